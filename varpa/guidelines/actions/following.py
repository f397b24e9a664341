"""The programme of the next year: it begins with all that was set in this one, without people (S21)."""

from copy import deepcopy
from datetime import date, datetime
from typing import Final

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from varpa.calls.actions.calls import write_call
from varpa.calls.models import Call
from varpa.files.queries import bytes_of
from varpa.guardians.actions.notices import write_notice
from varpa.guardians.models import NoticeText
from varpa.guidelines.holding import faults_told
from varpa.guidelines.models import Version
from varpa.history.actions import record
from varpa.kernel.once import require_same
from varpa.kernel.refs import new_ref
from varpa.kernel.refusals import Refusal
from varpa.kernel.text import TranslatedText
from varpa.methodology import Broken, Methodology
from varpa.people.models import Person
from varpa.programmes.actions.appointing import invite_manager
from varpa.programmes.actions.overriding import override
from varpa.programmes.actions.programmes import hold_emblem, make_programme, put_emblem_on
from varpa.programmes.models import Partner, Programme
from varpa.programmes.queries import managers, methodology_of, own_methodology_of
from varpa.taxes.actions import take_over

CARRIED: Final = (
    *("countries", "languages", "zone", "currency", "funder_text"),
    *("passages_may_be_left_out", "mentors_are_screened", "comment_days"),
)
OF_CALL: Final = ("contact_name", "contact_address", "contact_phone", "partners", "most_mentees")
DAYS_OF_CALL: Final = ("mentor_opens", "mentor_closes", "mentee_opens", "mentee_closes")


class NothingComes(Refusal):
    """A version of earlier days, of which no methodology comes."""

    sentence = _(
        "No methodology comes of this version: {problems} Under “Changes for the next methodology” word the "
        "change otherwise, or take it out, and publish the guidelines once more."
    )


@transaction.atomic
def follow_programme(
    *,
    former: Programme,
    ref: str,
    name: TranslatedText,
    starts: date,
    ends: date,
    same_managers: bool,
    by: Person,
    now: datetime,
    learnt: Version | None = None,
) -> Programme:
    """Make a draft of the same methodology with what the former programme had set; days are inclusive.

    `learnt`: from the methodology that comes of these guidelines of it instead; raises NothingComes.

    Days are not carried over: those of periods, of applying and of holidays are of one year, and reporting
    periods are named and dated by the funder's agreement, which a shifted guess would belie. A second click
    with the same `ref` answers the first one's programme. Raises what `make_programme` raises.
    """
    # Two clicks at once: the second one waits, and finds the programme whole.
    Programme.objects.select_for_update(no_key=True).get(pk=former.pk)
    known = Programme.objects.filter(ref=ref, organisation=former.organisation_id).first()
    if known:
        require_same(known, {"name": name, "starts": starts, "ends": ends})
        return known
    programme = make_programme(
        organisation=former.organisation,
        methodology=_next_of(learnt) if learnt else own_methodology_of(former),
        ref=ref,
        name=name,
        starts=starts,
        ends=ends,
        by=by,
        now=now,
        **{field: getattr(former, field) for field in CARRIED},
    )
    _changes(former, programme, learnt, by, now)
    _partners(former, programme)
    _emblem(former, programme, by, now)
    _words(former, programme, by, now)
    take_over(former=former, programme=programme, by=by, now=now)
    if same_managers:
        _managers(former, programme, by, now)
    told = {"former": former.ref}
    record("programme.follow", programme, now=now, by=by, programme_ref=programme.ref, details=told)
    return programme


def _next_of(version: Version) -> Methodology:
    # What writes a folder takes its time to be read in.
    from varpa.guidelines.exporting import next_of

    try:
        return next_of(version).after
    except Broken as broken:
        raise NothingComes(
            problems=faults_told(broken.problems, methodology_of(version.programme))
        ) from broken


def _changes(
    former: Programme, programme: Programme, learnt: Version | None, by: Person, now: datetime
) -> None:
    """Its own hours, wording and questions; what a country asks for otherwise; mentors of a mentee.

    What the guidelines have adopted stands in the methodology already.
    """
    own = {part: deepcopy(said) for part, said in former.overrides.items() if part != "windows"}
    adopted = set(learnt.changes) if learnt else set()
    if "hours_minutes" in adopted:
        own.pop("hours_minutes", None)
    own["texts"] = {path: text for path, text in own.get("texts", {}).items() if path not in adopted}
    own["questions"] = {
        among: [each for each in questions if f"questions.{among}.{each['key']}" not in adopted]
        for among, questions in own.get("questions", {}).items()
    }
    own = {part: said for part, said in own.items() if said}
    if own:
        override(programme=programme, changes=own, revision=programme.revision, by=by, now=now)
    programme.ages, programme.mentors_at_once = deepcopy(former.ages), former.mentors_at_once
    programme.save(update_fields=["ages", "mentors_at_once"])


def _partners(former: Programme, programme: Programme) -> None:
    Partner.objects.filter(programme=programme).delete()
    known = list(Partner.objects.filter(programme=former, withdrawn_at=None))
    for each in known:
        each.pk, each.ref, each.programme, each.revision = None, new_ref(), programme, 0
    Partner.objects.bulk_create(known)


def _emblem(former: Programme, programme: Programme, by: Person, now: datetime) -> None:
    """A file of its own: one programme may take another emblem, and the other keeps this one."""
    content = bytes_of(former.emblem)
    if former.emblem and content:
        kept = hold_emblem(upload=ContentFile(content, name=former.emblem.name), by=by, now=now)
        put_emblem_on(programme=programme, emblem=kept, by=by, now=now)


def _words(former: Programme, programme: Programme, by: Person, now: datetime) -> None:
    """Whoever answers applicants, and the guardian's notice in its languages."""
    call = Call.objects.filter(programme=former).first()
    if call:
        changes = {field: getattr(call, field) for field in OF_CALL} | dict.fromkeys(DAYS_OF_CALL)
        write_call(programme=programme, changes=changes, revision=0, by=by, now=now)
    there = ("", *programme.countries)
    for each in NoticeText.objects.filter(programme=former, country__in=there, withdrawn_at=None):
        words = {name: getattr(each, name) for name in ("language", "country", "text", "letter")}
        write_notice(programme=programme, revision=0, by=by, now=now, **words)


def _managers(former: Programme, programme: Programme, by: Person, now: datetime) -> None:
    working = managers(former)
    for each in working.filter(person__is_active=True).exclude(person__email=None):
        address = each.person.email or ""
        invite_manager(programme=programme, name=each.person.name, address=address, by=by, now=now)
