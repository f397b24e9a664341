"""Reading events: what is coming, what the methodology offers, who is invited, who was there."""

from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import Count, DateTimeField, Exists, F, Min, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from varpa.events.models import (
    AgendaItem,
    Attendance,
    Event,
    EventKind,
    EventState,
    Feedback,
    Invitation,
    InvitationState,
    Material,
)
from varpa.history.remembering import until_changed
from varpa.kernel.compiled import compiled
from varpa.kernel.text import LANGUAGES, TranslatedText
from varpa.methodology import EvidenceKind
from varpa.methodology.model import Item, Period, Training
from varpa.people.models import Person
from varpa.programmes.models import Membership, Programme
from varpa.programmes.queries import LIVE, calendar_of, methodology_of

REMINDED_BEFORE = timedelta(days=3)
ASKED_WITHIN = timedelta(days=14)
"""Until when after an event one is asked, and may say, how it was."""
TOLD_AT_ONCE = 100
"""So many letters of invitation are written in one go."""


class Prepared(NamedTuple):
    """An event of the methodology that the programme has not made yet. `day`: when it is in the calendar."""

    key: str
    kind: str
    title: TranslatedText
    text: TranslatedText
    period: str
    training: str
    day: date
    topics: tuple[Item, ...]


class Counts(NamedTuple):
    """People counted once, and how often they were there altogether."""

    persons: int
    participations: int


def with_programme(events: QuerySet[Event]) -> QuerySet[Event]:
    """Events with their programme and what `methodology_of` needs."""
    return events.select_related("programme__methodology_version", "programme__organisation")


def with_agenda(events: QuerySet[Event]) -> QuerySet[Event]:
    """Events with their programme, the agenda and its materials."""
    materials = Prefetch("materials", Material.objects.filter(withdrawn_at=None).select_related("file"))
    agenda = AgendaItem.objects.filter(withdrawn_at=None).prefetch_related(materials)
    return with_programme(events).prefetch_related(Prefetch("agenda", agenda))


def prepared_drafts(programme: Programme) -> list[Prepared]:
    """Trainings and joint meetings of the methodology that no event of the programme is yet."""
    standing_ones = Event.objects.filter(programme=programme).exclude(state=EventState.CANCELLED)
    made = set(standing_ones.values_list("period", flat=True))
    return [each for each in all_prepared(programme) if each.period not in made]


def all_prepared(programme: Programme) -> list[Prepared]:
    """Every event that the methodology names: its trainings, at the joint meetings of their periods."""
    methodology, calendar = methodology_of(programme), calendar_of(programme)
    trainings = {each.period: each for each in methodology.training}
    return [
        _prepared(period, trainings[period.key], calendar[period.key].starts)
        for period in methodology.calendar
        if period.key in trainings
    ]


def _prepared(period: Period, training: Training, day: date) -> Prepared:
    return Prepared(
        key=training.key,
        kind=EventKind.JOINT if period.name else EventKind.TRAINING,
        title=_title(period.name, training.name),
        text=training.text,
        period=period.key,
        training=training.key,
        day=day,
        topics=(*training.meeting_topics, *training.topics),
    )


def _title(period: TranslatedText, training: TranslatedText) -> TranslatedText:
    """Both names in one, in each language: "Joint meeting, first training"."""
    said = {}
    for language in LANGUAGES:
        first, second = getattr(period, language), getattr(training, language)
        said[language] = f"{first}, {second[:1].lower()}{second[1:]}" if first else second
    return TranslatedText.from_dict(said)


def topics_of(programme: Programme) -> dict[str, TranslatedText]:
    """The topics of the methodology's trainings and joint meetings, by key."""
    found: dict[str, TranslatedText] = {}
    for training in methodology_of(programme).training:
        found.update({each.key: each.text for each in (*training.meeting_topics, *training.topics)})
    return found


def asks_for_reports(event: Event) -> bool:
    """Whether pairs report to this event what they have done: an activity of its period says so."""
    activities = methodology_of(event.programme).activities()
    asked = {each.period for each in activities if each.evidence == EvidenceKind.PAIR_REPORTED}
    return event.period in asked


def to_invite(event: Event) -> QuerySet[Membership]:
    """Accepted members of the chosen roles and countries, who have no invitation yet; each person once."""
    asked = Membership.objects.filter(programme=event.programme_id, state__in=LIVE, role__in=event.roles)
    if event.countries:
        # Of whom nobody knows the country, nobody can say that it is another one.
        asked = asked.filter(Q(country__in=event.countries) | Q(country=""))
    # Who was invited in a role that has ended since can no longer open that invitation.
    standing_ones = Invitation.objects.filter(event=event, membership__state__in=LIVE)
    invited = standing_ones.filter(membership__person=OuterRef("person"))
    return asked.filter(~Exists(invited)).select_related("person").order_by("pk")


def own_invitation(event: Event, person: Person) -> Invitation | None:
    """The invitation of a person who is still in the programme: were they `present`, have they `rated`?

    Present in whichever role they were entered.
    """
    return _own_invitation.first(event=event, person=person)


@compiled()
def _own_invitation(event: Event, person: Person) -> QuerySet[Invitation]:
    own = Invitation.objects.filter(event=event, membership__person=person, membership__state__in=LIVE)
    there = Attendance.objects.filter(event=event, membership__person=person, withdrawn_at=None)
    present = Exists(there)
    rated = Exists(Feedback.objects.filter(event=event, membership=OuterRef("membership")))
    found = own.select_related("membership__person").annotate(present=present, rated=rated)
    return found.order_by("pk")[:1]


def answers_of(event: Event) -> dict[str, int]:
    """How many have answered what, by state; every state is there.

    `earlier`: how many of those who come have said so before the event was changed.
    """
    rows = list(_answers(event=event))
    counted = {state: number for state, number, _earlier in rows}
    earlier = sum(before for state, _number, before in rows if state == InvitationState.COMING)
    return {**{state: counted.get(state, 0) for state in InvitationState.values}, "earlier": earlier}


@compiled()
def _answers(event: Event) -> QuerySet[Invitation, tuple[str, int, int]]:
    before = Count("pk", filter=Q(answered_at__lt=F("event__changed_at")))
    invited = Invitation.objects.filter(event=event).order_by().values("state")
    return invited.annotate(n=Count("pk"), earlier=before).values_list("state", "n", "earlier")


def present_at(event: Event) -> int:
    """How many people were at an event, each once."""
    return next(iter(_present(event=event)), 0)


@compiled()
def _present(event: Event) -> QuerySet[Attendance, int]:
    there = Attendance.objects.filter(event=event, withdrawn_at=None).order_by().values("event")
    return there.annotate(n=Count("membership__person", distinct=True)).values_list("n", flat=True)


def with_counts(events: QuerySet[Event]) -> QuerySet[Event]:
    """Events with `invited`, `coming` and `present`: for a list, in one query."""
    invited = Invitation.objects.filter(event=OuterRef("pk"))
    present = Attendance.objects.filter(event=OuterRef("pk"), withdrawn_at=None)
    return events.annotate(
        invited=_counted(invited, "pk"),
        coming=_counted(invited.filter(state=InvitationState.COMING), "pk"),
        present=_counted(present, "membership__person"),
    )


def _counted(rows: QuerySet[Any], what: str) -> Coalesce:
    """Each table by itself: joined, two thousand who are invited would meet two thousand who were there."""
    counted = rows.order_by().values("event").annotate(number=Count(what, distinct=True))
    return Coalesce(Subquery(counted.values("number")), 0)


def with_own_answer(events: QuerySet[Event], person: Person) -> QuerySet[Event]:
    """Events with `own`: the invitations of a person, in one more query."""
    own = Invitation.objects.filter(membership__person=person, membership__state__in=LIVE)
    return events.prefetch_related(Prefetch("invitations", own, to_attr="own"))


def standing(programme: Programme) -> QuerySet[Attendance]:
    """Who was at the programme's events, without what was entered by mistake."""
    attendances = Attendance.objects.filter(event__programme=programme, withdrawn_at=None)
    return attendances.exclude(event__state=EventState.CANCELLED)


def each_once(attendances: QuerySet[Attendance]) -> QuerySet[Attendance]:
    """Without the later entries of a person who has two memberships and was entered at an event by both."""
    entered = Attendance.objects.filter(withdrawn_at=None).order_by().values("event", "membership__person")
    return attendances.filter(pk__in=entered.annotate(first=Min("pk")).values("first"))


def counts_of(attendances: QuerySet[Attendance]) -> Counts:
    """People once altogether, and once for each event at which they were."""
    there = attendances.order_by().values("event", "membership__person").distinct()
    found = there.aggregate(persons=Count("membership__person", distinct=True), participations=Count("event"))
    return Counts(found["persons"], found["participations"])


@until_changed
def people_counted(programme: Programme, _now: datetime) -> Counts:
    """The people of all events of a programme, as they stand."""
    return counts_of(standing(programme))


def to_remind(now: datetime) -> list[Event]:
    """Events within three days of which nobody was reminded yet; not at once after the invitation."""
    return _to_remind(now=now, until=now + REMINDED_BEFORE, told_before=now - timedelta(days=1))


@compiled(now=DateTimeField(), until=DateTimeField(), told_before=DateTimeField())
def _to_remind(now: datetime, until: datetime, told_before: datetime) -> QuerySet[Event]:
    near = Event.objects.filter(state=EventState.ANNOUNCED, starts_at__gt=now, reminded_at=None)
    return with_programme(near.filter(starts_at__lte=until, announced_at__lte=told_before))


def to_ask(now: datetime) -> list[Event]:
    """Events that were held and of which nobody was asked yet how they were."""
    return _to_ask(settled_after=now - ASKED_WITHIN)


@compiled(settled_after=DateTimeField())
def _to_ask(settled_after: datetime) -> QuerySet[Event]:
    held = Event.objects.filter(state=EventState.HELD, feedback_asked_at=None)
    return with_programme(held.filter(settled_at__gte=settled_after))


@compiled(now=DateTimeField())
def still_to_come(now: datetime) -> QuerySet[Event]:
    """Events to which people are invited and that have not begun."""
    return with_programme(Event.objects.filter(state=EventState.ANNOUNCED, starts_at__gt=now))


@compiled()
def untold() -> QuerySet[Invitation]:
    """Invitations whose letter, or the letter about a change, is not written yet; some at a time."""
    behind = Q(told=None) | Q(told__lt=F("event__sequence"))
    announced = Q(event__state=EventState.ANNOUNCED)
    cancelled = Q(event__state=EventState.CANCELLED, told__isnull=False)
    found = Invitation.objects.filter(behind, announced | cancelled, membership__state__in=LIVE)
    read = found.select_related("membership__person", "event__programme__methodology_version")
    return read.order_by("pk")[:TOLD_AT_ONCE]
