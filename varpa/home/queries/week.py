"""The manager's week: what needs a person now, counted in few queries, whatever the size of the programme."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final, NamedTuple

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Value
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from varpa.events.queries.answers import waiting_for_staff
from varpa.guardians.access import WorryAction
from varpa.guardians.models import Worry
from varpa.history.remembering import until_changed
from varpa.home.above import Need, needs_above, waiting_above
from varpa.home.queries.surveys import few_words, surveys_due
from varpa.kernel.access import allowed
from varpa.kernel.compiled import compiled
from varpa.mailroom.access import MailAction
from varpa.mailroom.queries import waiting, with_programme
from varpa.meetings.models import HourLine, LineState, Meeting, MeetingState
from varpa.pairs.actions.pairs import MAKING_PAIRS
from varpa.pairs.models import OPEN, Pair, PairState
from varpa.pairs.places import with_free_places
from varpa.people.models import Person
from varpa.programmes.models import (
    Membership,
    MembershipState,
    Permission,
    PermissionKind,
    Programme,
    ProgrammeState,
    Role,
)
from varpa.programmes.queries import minors, prepared, today_of
from varpa.programmes.roles import role_name
from varpa.support.access import CaseAction
from varpa.support.models import Case, CaseState
from varpa.support.queries.mentors import unanswered
from varpa.support.queries.silence import silent
from varpa.ui.addresses import address_of
from varpa.visits.queries import unpermitted_ahead

UNANSWERED = timedelta(days=3)
NAMED = 3
"""Silent pairs that are named in the sentence, those that began first before the others."""


_NOTHING: Final = {
    **dict.fromkeys(("silent", "idle", "objected", "unanswered", "paused"), 0),
    "named": (),
    "surveys": (),
    "few_words": (),
}
_NO_EVENT: Final = dict.fromkeys(("unannounced", "unentered", "asked"), 0)
_NOBODY: Final = dict.fromkeys(
    (
        *("members", "applied", "unready", "permission", "unpaired"),
        *("free", "mentees_wait", "mentors_wait"),
    ),
    0,
)


class Told(NamedTuple):
    """What somebody wrote and is not read yet, as far as whoever looks may open it (R8).

    Pupils of whom a guardian or a school has told a worry, what else was told, and mails without a place.
    """

    worries: int = 0
    cases: int = 0
    mails: int = 0


NOTHING_TOLD: Final = Told()


def week(programme: Programme, now: datetime, told: Told = NOTHING_TOLD) -> list[Need]:
    """What needs the manager, most pressing first; lines with nothing in them are left out."""
    pairs, people = _counted(programme, now)
    return [need for need in _needs(programme, pairs, people, told) if need.count]


def pressing(
    programme: Programme, pairs: dict[str, Any], people: dict[str, Any], told: Told
) -> tuple[Need | None, int]:
    """What presses most of a programme, and how much: 0 the most. `pairs` lacks what no pair gives."""
    needs = _needs(programme, {**_NOTHING, **pairs}, {**_NOBODY, **people}, told)
    return next(((need, rank) for rank, need in enumerate(needs) if need.count), (None, len(needs)))


def _needs(programme: Programme, pairs: dict[str, Any], people: dict[str, Any], told: Told) -> list[Need]:
    """Every line of the week in its order, those with nothing in them too."""
    others = _people_needs(programme, people)
    events, of_pairs = _event_needs(programme, pairs), _pair_needs(programme, pairs, told.mails)
    of_pairs += _survey_needs(programme, pairs)
    steps, above = _steps(programme, people), needs_above(programme, pairs)
    return [*_told_needs(programme, told), *events, *of_pairs, *above, *others, *steps]


def told_to(person: Person, programme: Programme) -> Told:
    """What was told to somebody of the staff and is not read."""
    return told_each(person, [programme.pk]).get(programme.pk, NOTHING_TOLD)


def told_each(person: Person, programmes: Iterable[int]) -> dict[int, Told]:
    """The same of several programmes, by their keys: one question, by the grants that open the words."""
    keys, found = set(programmes), dict[int, Told]()
    for programme, number, of in _told(person=person):
        if programme in keys:
            found[programme] = found.get(programme, NOTHING_TOLD)._replace(**{of: number})
    return found


@compiled()
def _told(person: Person) -> QuerySet[Any, tuple[int, int, str]]:
    """(programme, number, field of Told) of all that somebody may open and nobody has."""
    worries = allowed(WorryAction.READ, person, Worry.objects.filter(read_at=None))
    apart = Q(worry=None) | ~Q(worry__in=worries.order_by().values("pk"))
    cases = allowed(CaseAction.HANDLE, person, Case.objects.filter(apart, state=CaseState.TOLD))
    mails = with_programme(allowed(MailAction.READ, person, waiting()))
    pupils = _each("worries", worries, "membership__programme", counted="membership")
    return pupils.union(_each("cases", cases, "programme"), _each("mails", mails, "programme"), all=True)


def _each(of: str, found: QuerySet[Any], programme: str, counted: str = "pk") -> QuerySet[Any, Any]:
    """By programme how many there are, and which field of Told it is."""
    by_programme: QuerySet[Any, Any] = found.order_by().values(programme)
    by_programme = by_programme.annotate(number=Count(counted, distinct=True), of=Value(of))
    return by_programme.values_list(programme, "number", "of")


def _told_needs(programme: Programme, told: Told) -> list[Need]:
    worry, number = told.worries, told.cases
    letters = ngettext("Read %(n)d letter about a worry", "Read %(n)d letters about worries", worry)
    same_day = _("What concerns safety is read the same day; whoever told it gets a letter")
    read = ngettext(
        "Read what %(n)d person wrote: something is wrong",
        "Read what %(n)d people wrote: something is wrong",
        number,
    )
    people = address_of("applications:people", programme.ref)
    return [
        _need(worry, letters, f"{people}?show=worry", same_day),
        _need(number, read, address_of("support:cases", programme.ref)),
    ]


def _steps(programme: Programme, people: dict[str, Any]) -> list[Need]:
    """What takes a young programme on: the step from draft, the first people, the step to running."""
    settings = address_of("programmes:settings", programme.ref)
    if programme.state == ProgrammeState.DRAFT:
        once = _("Until then nobody can apply, and no letter goes out")
        return [_need(1, _("Begin recruiting, or begin the programme"), settings, once)]
    if programme.state != ProgrammeState.RECRUITING:
        return []
    if not people["members"]:
        both = _("They apply by the page of the call, or come in by a list")
        return [_need(1, _("Seek people who take part"), address_of("calls:settings", programme.ref), both)]
    lacks = address_of("calls:lacks", programme.ref)
    return [
        _need(1, _("Begin the programme when the first pairs can be made"), settings),
        _need(1, _("See for which interests there is nobody yet"), lacks, _("And call for exactly those")),
    ]


@until_changed
def _counted(programme: Programme, minute: datetime) -> tuple[dict[str, Any], dict[str, Any]]:
    return _pairs(programme, minute), _people(programme, minute)


def pair_counts(now: datetime) -> dict[str, Count]:
    """What is counted of pairs, for one programme or for several at once."""
    planned = Meeting.objects.filter(pair=OuterRef("pk"), state=MeetingState.PLANNED, starts_at__gte=now)
    objected = HourLine.objects.filter(pair=OuterRef("pk"), state=LineState.OBJECTED)
    quiet = silent(now)
    proposed = Q(state=PairState.PROPOSED, proposed_at__lt=now - UNANSWERED)
    return {
        "silent": Count("pk", filter=quiet),
        "idle": Count("pk", filter=quiet & ~Q(Exists(planned))),
        "objected": Count("pk", filter=Q(Exists(objected)) & Q(state__in=OPEN)),
        "unanswered": Count("pk", filter=proposed),
        "paused": Count("pk", filter=Q(state=PairState.PAUSED)),
    }


def _pairs(programme: Programme, now: datetime) -> dict[str, Any]:
    pairs = Pair.objects.filter(programme=programme)
    longest = pairs.filter(silent(now)).order_by("active_at", "pk")
    names = longest.values_list("mentor__person__name", "mentee__person__name")[:NAMED]
    counts = pairs.aggregate(**pair_counts(now))
    named = [f"{mentor}, {mentee}" for mentor, mentee in names]
    return {**counts, **waiting_each([programme], now)[programme.pk], "named": named}


def waiting_each(programmes: Sequence[Programme], now: datetime) -> dict[int, dict[str, Any]]:
    """What waits for the staff (questions, surveys, events, rooms above), by the programme's key."""
    questions = unanswered(programmes)
    surveys, few = surveys_due(programmes, now), few_words(programmes, now)
    events, above = waiting_for_staff(programmes, now), waiting_above(programmes, now)
    visits = unpermitted_ahead(programmes, now)
    return {
        each.pk: {
            "questions": questions.get(each.pk, 0),
            "visits": visits.get(each.pk, 0),
            "surveys": surveys.get(each.pk, []),
            "few_words": few.get(each.pk, []),
            **events.get(each.pk, _NO_EVENT),
            **above[each.pk],
        }
        for each in programmes
    }


def _people(programme: Programme, now: datetime) -> dict[str, Any]:
    members = Membership.objects.filter(programme=programme)
    return members.aggregate(**people_counts(today_of(programme, now)))


def people_counts(today: date) -> dict[str, Count]:
    """What is counted of people, for one programme or for several at once."""
    accepted = Q(state=MembershipState.ACCEPTED)
    part = Q(role__in=[Role.MENTOR, Role.MENTEE])
    permitted = Permission.objects.filter(
        membership=OuterRef("pk"), kind=PermissionKind.TAKING_PART, withdrawn_at__isnull=True
    )
    paired = Pair.objects.filter(mentee=OuterRef("pk"), state__in=OPEN)
    # A proposal that came to nothing leaves a gap to fill.
    ever = Pair.objects.filter(mentee=OuterRef("pk"), active_at__isnull=False)
    free = with_free_places(Membership.objects.filter(pk=OuterRef("pk")))
    waits = Q(state=MembershipState.WAITING)
    return {
        "members": Count("pk", filter=part),
        "applied": Count("pk", filter=Q(state=MembershipState.APPLIED)),
        "unready": Count("pk", filter=accepted & part & ~prepared(today)),
        "permission": Count("pk", filter=accepted & minors(today) & ~Q(Exists(permitted))),
        "unpaired": Count(
            "pk", filter=accepted & Q(role=Role.MENTEE) & ~Q(Exists(paired)) & ~Q(Exists(ever))
        ),
        "free": Count("pk", filter=accepted & Q(role=Role.MENTOR) & Q(Exists(free))),
        "mentees_wait": Count("pk", filter=waits & Q(role=Role.MENTEE)),
        "mentors_wait": Count("pk", filter=waits & Q(role=Role.MENTOR)),
    }


def _pair_needs(programme: Programme, found: dict[str, Any], mails: int) -> list[Need]:
    pairs = address_of("home:pairs", programme.ref)
    quiet, idle, objected = found["silent"], found["idle"], found["objected"]
    unanswered, paused = found["unanswered"], found["paused"]
    also = _("without a planned meeting: %(n)d") % {"n": idle}
    who = "; ".join([*found["named"], *([also] if idle else [])])
    call = ngettext(
        "Call %(n)d pair silent for over two weeks", "Call %(n)d pairs silent for over two weeks", quiet
    )
    settle = ngettext("Help %(n)d pair settle its hours", "Help %(n)d pairs settle their hours", objected)
    ask = ngettext("Ask %(n)d proposed pair for a yes", "Ask %(n)d proposed pairs for a yes", unanswered)
    support = address_of("support:needs", programme.ref)
    questions, answer = found["questions"], address_of("support:questions", programme.ref)
    reply = ngettext("Answer %(n)d question", "Answer %(n)d questions", questions)
    resume = ngettext("See what %(n)d paused pair needs", "See what %(n)d paused pairs need", paused)
    days = _("No answer for three days")
    visits = found.get("visits", 0)
    ask_anew = ngettext(
        "Ask anew for the guardian’s permission for %(n)d planned visit",
        "Ask anew for the guardian’s permission for %(n)d planned visits",
        visits,
    )
    until = _("Until it is here, the visit cannot take place")
    people = f"{address_of('applications:people', programme.ref)}?role=mentee"
    place = ngettext("Read %(n)d letter that found no place", "Read %(n)d letters that found no place", mails)
    return [
        _need(visits, ask_anew, people, until),
        _need(quiet, call, support, who),
        _need(questions, reply, answer),
        _need(objected, settle, f"{pairs}?show=objected"),
        _need(unanswered, ask, f"{pairs}?show=proposed", days),
        _need(paused, resume, f"{pairs}?show=paused"),
        _need(mails, place, address_of("mailroom:programme", programme.ref)),
    ]


def _survey_needs(programme: Programme, found: dict[str, Any]) -> list[Need]:
    due, few = found["surveys"], found["few_words"]
    send = ngettext(
        "Send %(n)d survey whose time has come", "Send %(n)d surveys whose time has come", len(due)
    )
    sum_up = ngettext(
        "Let the lead partner sum up what few wrote in %(n)d survey",
        "Let the lead partner sum up what few wrote in %(n)d surveys",
        len(few),
    )
    lists = address_of("surveys:list", programme.ref)
    # Of one the page of its results leads to the words.
    read = address_of("surveys:results", few[0].ref) if len(few) == 1 else lists
    asks, wait = (", ".join(str(each.name) for each in surveys) for surveys in (due, few))
    return [_need(len(due), send, lists, asks), _need(len(few), sum_up, read, wait)]


def _event_needs(programme: Programme, found: dict[str, Any]) -> list[Need]:
    events, soon, over = (
        address_of("events:list", programme.ref),
        found["unannounced"],
        found["unentered"],
    )
    announce = ngettext(
        "Announce %(n)d event that is less than two weeks away",
        "Announce %(n)d events that are less than two weeks away",
        soon,
    )
    enter = ngettext("Enter who was at %(n)d event", "Enter who was at %(n)d events", over)
    asked = found["asked"]
    reply = ngettext(
        "Answer %(n)d question about an event still ahead",
        "Answer %(n)d questions about events still ahead",
        asked,
    )
    return [_need(over, enter, events), _need(soon, announce, events), _need(asked, reply, events)]


def _people_needs(programme: Programme, found: dict[str, Any]) -> list[Need]:
    people = address_of("applications:people", programme.ref)
    applied, permission = found["applied"], found["permission"]
    unready, unpaired = found["unready"], found["unpaired"]
    decide = ngettext("Decide on %(n)d application", "Decide on %(n)d applications", applied)
    ask = ngettext(
        "Ask for the guardian’s permission for %(n)d person",
        "Ask for the guardian’s permission for %(n)d people",
        permission,
    )
    until = _("Until it is here, the pair cannot meet")
    prepare = ngettext("Help %(n)d person get prepared", "Help %(n)d people get prepared", unready)
    find = ngettext(
        "Find a pair for %(n)d person who waits", "Find a pair for %(n)d people who wait", unpaired
    )
    return [
        _need(applied, decide, f"{people}?state=applied"),
        _need(permission, ask, f"{people}?show=permission", until),
        _need(unready, prepare, f"{people}?show=unready"),
        _need(unpaired, find, address_of("matching:start", programme.ref)),
        *_waiting_list(programme, found),
    ]


def _waiting_list(programme: Programme, found: dict[str, Any]) -> list[Need]:
    """Who waits on the list of the call (S2), once a place is free; whoever is let in already comes first."""
    if programme.state not in MAKING_PAIRS:
        return []
    free, unpaired = found["free"], found["unpaired"]
    mentees = found["mentees_wait"] if free > unpaired else 0
    mentors = found["mentors_wait"] if unpaired > free else 0
    people = address_of("applications:people", programme.ref)
    let_in = _("Let in from the waiting list, %(role)s: %(n)d")
    of_mentees = let_in % {"role": role_name(programme, Role.MENTEE, _("mentees")), "n": mentees}
    of_mentors = let_in % {"role": role_name(programme, Role.MENTOR, _("mentors")), "n": mentors}
    places = _("Free places: %(n)d") % {"n": free - unpaired}
    lack = _("Without a place so far: %(n)d") % {"n": unpaired - free}
    return [
        Need(mentees, of_mentees, f"{people}?role=mentee&state=waiting", places),
        Need(mentors, of_mentors, f"{people}?role=mentor&state=waiting", lack),
    ]


def _need(count: int, sentence: str, url: str, detail: str = "") -> Need:
    return Need(count, sentence % {"n": count}, url, detail)
