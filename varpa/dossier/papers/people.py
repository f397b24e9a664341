"""Who takes part, and what guardians have permitted."""

from collections.abc import Iterator

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from varpa.documents.tables import Value
from varpa.dossier.counting import TAKING_PART, participants
from varpa.dossier.papers.pieces import Paper, Piece, Table, heads, yes
from varpa.dossier.reach import Reach
from varpa.events.words import country_name
from varpa.guardians.words import LANGUAGES
from varpa.programmes.models import Membership, MembershipState, NoticeVersion, Permission
from varpa.programmes.partners import partner_of
from varpa.programmes.queries import STAFF
from varpa.programmes.roles import role_name

LISTED = (MembershipState.ACCEPTED, MembershipState.COMPLETED, MembershipState.WITHDRAWN)


def _people(reach: Reach) -> Iterator[Piece]:
    columns = heads(
        _("Reference"),
        _("Name, or initials and reference"),
        _("Role"),
        _("Country"),
        _("Partner"),
        _("School or company"),
        _("State"),
        _("Applied on"),
        _("Took part first on"),
        _("Took part in this period"),
        _("New in this period"),
        _("Counted once, here"),
    )
    yield Table("people", _("People"), columns, _rows(reach))


def _rows(reach: Reach) -> Iterator[tuple[Value, ...]]:
    """Staff, and whoever took part by the end of the period; in a whole dossier all who are in."""
    found, whole = participants(reach), reach.first is None and reach.last is None
    members = Membership.objects.filter(programme=reach.programme, state__in=LISTED)
    if reach.partner:
        members = members.filter(reach.of_partner() | Q(role__in=STAFF))
    rows = members.select_related("person").order_by("role", "search_text", "pk")
    for each in rows.iterator(chunk_size=500):
        took = found.get(each.person_id)
        stays = each.state != MembershipState.WITHDRAWN and (whole or each.role in STAFF)
        if not stays and (took is None or not took.inside):
            continue
        counted = took is not None and took.membership == each.pk and each.role in TAKING_PART
        yield (
            each.ref,
            reach.called(each),
            role_name(reach.programme, each.role),
            country_name(each.country),
            _partner(reach, each),
            each.place,
            str(each.get_state_display()),
            reach.day(each.applied_at),
            took.first if took else None,
            yes(took and took.inside),
            yes(took and reach.holds(took.first)),
            yes(counted),
        )


def _partner(reach: Reach, member: Membership) -> str:
    """The partner to which a member belongs; of whom it is not known, that is said."""
    found = partner_of(member, reach.partners)
    unsaid = "" if member.role in STAFF else str(pgettext("partner", "not chosen yet"))
    return str(found) if found else unsaid


def _permissions(reach: Reach) -> Iterator[Piece]:
    columns = heads(
        _("Reference"),
        _("Name, or initials and reference"),
        _("Country"),
        _("What was permitted"),
        _("Given on"),
        _("Day that stands on the paper"),
        _("Paper is kept"),
        _("Withdrawn on"),
        _("Language of the notice that was read"),
        _("Version of the notice that was read"),
    )
    yield Table("permissions", _("Permissions of guardians"), columns, _permitted(reach))
    read = heads(_("Language"), _("Version"), _("First read before a permission"), _("Notice, word by word"))
    yield Table("notices", _("Notices that guardians have read"), read, _notices(reach))


def _permitted(reach: Reach) -> Iterator[tuple[Value, ...]]:
    """What was given or withdrawn in the period."""
    given = Permission.objects.filter(
        reach.within("at") | reach.within("withdrawn_at"),
        reach.of_partner("membership__"),
        membership__programme=reach.programme,
    )
    for each in (
        given.select_related("membership__person", "notice").order_by("at", "pk").iterator(chunk_size=500)
    ):
        withdrawn = reach.day(each.withdrawn_at)
        yield (
            each.membership.ref,
            reach.called(each.membership),
            country_name(each.membership.country),
            str(each.get_kind_display()),
            reach.day(each.at),
            each.day,
            yes(each.scan_id),
            withdrawn if withdrawn is None or not reach.last or withdrawn <= reach.last else None,
            LANGUAGES[each.notice.language] if each.notice else "",
            each.notice.number if each.notice else None,
        )


def _notices(reach: Reach) -> Iterator[tuple[Value, ...]]:
    """Each wording that a guardian had read who permitted something by the link, until the period ended."""
    for each in NoticeVersion.objects.filter(reach.until("at"), programme=reach.programme):
        yield LANGUAGES[each.language], each.number, reach.day(each.at), " ".join(each.text.split())


PEOPLE = Paper(
    key="people",
    name=gettext_lazy("People"),
    shows=gettext_lazy(
        "Everybody who takes part: reference, role, country, partner, school or company, state, since when. "
        "Mentors and staff by name, pupils by initials and reference."
    ),
    leaves_out=gettext_lazy(
        "Addresses, phones, dates of birth, what was written in applications, whoever was declined; names of "
        "pupils, unless the dossier was asked for with names everywhere."
    ),
    why=gettext_lazy("A list has to let people be counted once, not reached."),
    write=_people,
)
PERMISSIONS = Paper(
    key="permissions",
    name=gettext_lazy("Permissions of guardians"),
    shows=gettext_lazy(
        "For each pupil what was permitted, when, whether on paper, when it was withdrawn, and which notice "
        "the guardian had read who permitted it by the link; the notices, word by word."
    ),
    leaves_out=gettext_lazy(
        "Who the guardian is and how to reach them; the papers themselves; worries that were told."
    ),
    why=gettext_lazy("That and when it was permitted is the proof; a guardian has no part in the programme."),
    write=_permissions,
)
