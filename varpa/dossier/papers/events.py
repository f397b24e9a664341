"""Joint meetings and trainings: which were held, and who was there."""

from collections.abc import Iterator

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from varpa.documents.render import pdf
from varpa.documents.shapes import Attendance as Shape
from varpa.documents.shapes import AttendanceLine
from varpa.documents.tables import Value
from varpa.dossier.naming import Naming
from varpa.dossier.papers.pieces import Leaf, Paper, Piece, Table, heads, stamp
from varpa.dossier.reach import Reach
from varpa.events.models import Attendance, Event, EventState, Sheet
from varpa.events.queries.events import each_once, standing
from varpa.events.words import country_name, how_name, when
from varpa.programmes.letterheads import letterhead
from varpa.programmes.roles import role_name
from varpa.ui import words


def _write(reach: Reach) -> Iterator[Piece]:
    titles = _titles(reach)
    columns = heads(
        _("Reference"),
        _("Event"),
        _("Kind"),
        _("Begins"),
        _("Minutes"),
        _("Place"),
        _("State"),
        _("Were there"),
    )
    yield Table("events", _("Events"), columns, _events(reach, titles))
    columns = heads(
        _("Reference"),
        _("Event"),
        _("Day"),
        _("Reference of the person"),
        _("Name, or initials and reference"),
        _("Role"),
        _("Country"),
        _("How it is known"),
        _("Entered on"),
    )
    yield Table("attendance", _("Attendance"), columns, _attendance(reach, titles))
    columns = heads(_("Reference"), _("Event"), _("Kept on"), _("SHA-256"))
    yield Table("signed-lists", _("Signed lists that are kept"), columns, _sheets(reach, titles))
    for event in _held(reach).select_related("programme__organisation").iterator(chunk_size=50):
        lines = [_line(reach, each) for each in _there(reach).filter(event=event)]
        if lines:
            yield _list(reach, event, titles[event.pk], lines)


def _titles(reach: Reach) -> dict[int, str]:
    """What the events are called, with pupils as the dossier calls them."""
    found = {each.pk: str(each.title) for each in Event.objects.filter(programme=reach.programme)}
    return dict(zip(found, Naming(reach).read(list(found.values())), strict=True))


def _held(reach: Reach) -> QuerySet[Event]:
    """Events of the period that were announced and not cancelled, to which the partner was invited."""
    events = Event.objects.filter(reach.within("starts_at"), programme=reach.programme)
    return events.filter(state__in=(EventState.ANNOUNCED, EventState.HELD)).order_by("starts_at", "pk")


def _there(reach: Reach) -> QuerySet[Attendance]:
    rows = each_once(standing(reach.programme)).filter(
        reach.within("event__starts_at"), reach.of_partner("membership__")
    )
    order = ("event__starts_at", "event", "membership__search_text", "membership")
    return rows.select_related("event", "membership__person").order_by(*order)


def _events(reach: Reach, titles: dict[int, str]) -> Iterator[tuple[Value, ...]]:
    partner = reach.of_partner("attendances__membership__")
    entered = Q(attendances__withdrawn_at=None) & partner
    there = Count("attendances__membership__person", filter=entered, distinct=True)
    for each in _held(reach).annotate(there=there):
        begins, state = stamp(each.starts_at, reach), str(each.get_state_display())
        kind = str(each.get_kind_display())
        yield each.ref, titles[each.pk], kind, begins, each.minutes, each.place, state, each.there


def _attendance(reach: Reach, titles: dict[int, str]) -> Iterator[tuple[Value, ...]]:
    for each in _there(reach).iterator(chunk_size=500):
        member = each.membership
        yield (
            each.event.ref,
            titles[each.event_id],
            reach.day(each.event.starts_at),
            member.ref,
            reach.called(member),
            role_name(reach.programme, member.role),
            country_name(member.country),
            how_name(each.how),
            reach.day(each.at),
        )


def _sheets(reach: Reach, titles: dict[int, str]) -> Iterator[tuple[Value, ...]]:
    sheets = Sheet.objects.filter(reach.within("event__starts_at"), event__programme=reach.programme)
    for each in sheets.filter(withdrawn_at=None).select_related("event", "file").order_by("at", "pk"):
        yield each.event.ref, titles[each.event_id], reach.day(each.at), each.file.sha256


def _line(reach: Reach, each: Attendance) -> AttendanceLine:
    return {
        "name": reach.called(each.membership, signed=True),
        "role": role_name(reach.programme, each.membership.role),
        "country": country_name(each.membership.country),
        "present": how_name(each.how),
    }


def _list(reach: Reach, event: Event, called: str, lines: list[AttendanceLine]) -> Leaf:
    shape: Shape = {
        "letterhead": letterhead(reach.programme),
        "event": {
            "title": called,
            "when": when(event),
            "place": event.place,
            "link": "",
            "languages": ", ".join(words.language_name(code) for code in event.languages),
        },
        "agenda": [],
        "lines": lines,
        "empty": 0,
    }
    title = _("Attendance list")
    name = f"{reach.day(event.starts_at)}-{event.ref}.pdf"
    content = pdf("attendance", shape, language=reach.language, title=title)
    return Leaf(name, f"{title}: {called}", content)


EVENTS = Paper(
    key="events",
    name=gettext_lazy("Events and attendance lists"),
    shows=gettext_lazy(
        "Each joint meeting and training with day, place, length; who was there, by role and country, and "
        "how that is known; the list of each by name; that a signed list is kept, by its SHA-256."
    ),
    leaves_out=gettext_lazy(
        "What people answered to the invitation, food and travel, questions, feedback, links to join; the "
        "pictures of signed lists; in the table the names of pupils, unless the dossier was asked for with "
        "names everywhere; everywhere that of a pupil without a guardian’s permission to take part."
    ),
    why=gettext_lazy(
        "An attendance list is signed by name, and funders ask for it so. What somebody eats or asks proves "
        "nothing; the signed originals are shown on the spot."
    ),
    write=_write,
)
