"""Reading surveys: which there are, who was asked, who has answered."""

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any, Final, NamedTuple

from django.db.models import Count, Q, QuerySet

from varpa.events.models import Attendance, Event, EventKind, EventState
from varpa.history.remembering import until_changed
from varpa.kernel.compiled import compiled
from varpa.kernel.text import folded
from varpa.methodology.surveys import SurveyForm
from varpa.programmes.models import Programme
from varpa.programmes.queries import methodology_of, today_of
from varpa.surveys.models import Invitation, InvitationState, Question, Sheet, Survey, SurveyState

MOST_WORDS: Final = 5


class Asked(NamedTuple):
    """How many of a role in a country were asked, and how many of them have answered.

    `by_role`, `by_country`: whether that stands beside their answers, so that figures of it count them.
    """

    role: str
    country: str
    sent: int
    answered: int
    by_role: bool = True
    by_country: bool = True


def with_programme(surveys: QuerySet[Survey]) -> QuerySet[Survey]:
    """Surveys as their pages need them, in one query."""
    return surveys.select_related("programme__methodology_version", "programme__organisation", "event")


def surveys_of(programme: Programme, now: datetime) -> list[tuple[Survey, int, int]]:
    """The surveys of a programme, each with how many were asked and how many have answered."""
    counts = _rates(programme, now)
    rows = Survey.objects.filter(programme=programme)
    return [(each, *counts.get(each.pk, (0, 0))) for each in rows]


@until_changed
def _rates(programme: Programme, _minute: datetime) -> dict[int, tuple[int, int]]:
    invited = Invitation.objects.filter(survey__programme=programme).order_by().values_list("survey")
    answered = Count("pk", filter=Q(state=InvitationState.ANSWERED))
    counted = invited.annotate(sent=Count("pk"), answered=answered)
    return {survey: (of, done) for survey, of, done in counted}


def asked_questions(survey: Survey) -> list[Question]:
    """The questions that a survey asks now, in their order."""
    return list(survey.questions.filter(removed_at=None))


def for_role(questions: list[Question], role: str) -> list[Question]:
    """Of some questions, those that a role is asked."""
    return [each for each in questions if not each.roles or role in each.roles]


def asked_by_group(survey: Survey) -> list[Asked]:
    """Who was asked and who has answered, by role and country."""
    return _counted(survey.pk, anonymous=survey.anonymous)


def _counted(survey: int, *, anonymous: bool) -> list[Asked]:
    found = []
    for row in _asked(survey=survey):
        role, country, *label, sent, answered = row.values()
        bears = [bool(each) for each in label] if anonymous else [True, True]
        found.append(Asked(role, country, sent, answered, *bears))
    return found


def invited(survey: Survey, sought: str = "", *, waiting: bool = False) -> QuerySet[Invitation]:
    """Who was asked, by name: as much of them as a list says.

    `sought`: only whose name or place has these words; `waiting`: only who has not answered.
    """
    told = ("survey", "ref", "state", "membership__role", "membership__person__name")
    asked = survey.invitations.select_related("membership__person").only(*told)
    for word in folded(sought).split()[:MOST_WORDS]:
        asked = asked.filter(membership__search_text__contains=word)
    if waiting:
        asked = asked.filter(state=InvitationState.ASKED)
    return asked.order_by("membership__search_text", "pk")


def followed(survey: Survey, now: datetime) -> list[Asked]:
    """The same for a page: counted anew after a change of the programme."""
    return _followed(survey.programme, now, survey.pk)


@until_changed
def _followed(_programme: Programme, _minute: datetime, survey: int) -> list[Asked]:
    cells: dict[tuple[str, str], tuple[int, int]] = {}
    for each in _counted(survey, anonymous=False):
        sent, answered = cells.get((each.role, each.country), (0, 0))
        cells[each.role, each.country] = (sent + each.sent, answered + each.answered)
    return [Asked(*cell, *counted) for cell, counted in cells.items()]


def asked_beside(survey: Survey) -> Counter[tuple[str, str]]:
    """How many were asked of each role and country, as they stand beside the answers."""
    where = "group_" if survey.anonymous else ""
    return Counter(survey.invitations.order_by().values_list(f"{where}role", f"{where}country"))


@compiled()
def _asked(survey: int) -> QuerySet[Any, dict[str, Any]]:
    names = ("role", "country", "group_role", "group_country")
    members = Invitation.objects.filter(survey=survey).values(*names)
    answered = Count("pk", filter=Q(state=InvitationState.ANSWERED))
    counted: QuerySet[Any, dict[str, Any]] = members.annotate(sent=Count("pk"), answered=answered)
    return counted.order_by()


def minutes_of(surveys: Collection[Survey]) -> dict[str, int]:
    """How many minutes these surveys ask together of one of each role that they went to, or will go to.

    Those about a training are asked of whoever was there alone (`minutes_after_trainings`).
    """
    surveys = [survey for survey in surveys if survey.event_id is None]
    sent = Invitation.objects.filter(survey__in=[survey.pk for survey in surveys]).order_by()
    asked: dict[int, set[str]] = {}
    for key, role in sent.values_list("survey", "role").distinct():
        asked.setdefault(key, set()).add(role)
    minutes = Counter[str]()
    for survey in surveys:
        for role in survey.roles:
            if role in asked.get(survey.pk, {role}):
                minutes[role] += survey.minutes
    return dict(minutes)


def minutes_after_trainings(surveys: Collection[Survey]) -> dict[str, int]:
    """How many minutes those about trainings ask, of each role, of the one who was at the most of them."""
    about = [survey for survey in surveys if survey.event_id is not None]
    if not about:
        return {}
    asked = Counter[tuple[str, int]]()
    went = Invitation.objects.filter(survey__in=[each.pk for each in about]).order_by()
    minutes = {each.pk: each.minutes for each in about}
    for survey, role, member in went.values_list("survey", "role", "membership"):
        asked[role, member] += minutes[survey]
    drafts = {each.event_id: each for each in about if each.state == SurveyState.DRAFT}
    there = Attendance.objects.filter(event__in=list(drafts), withdrawn_at=None).order_by()
    for event, role, member in there.values_list("event", "membership__role", "membership"):
        if role in drafts[event].roles:
            asked[role, member] += drafts[event].minutes
    roles = dict.fromkeys(role for survey in about for role in survey.roles)
    most = {
        role: max((of for (each, _who), of in asked.items() if each == role), default=0) for role in roles
    }
    return {role: of for role, of in most.items() if of}


def forms_left(
    programme: Programme, surveys: Iterable[Survey], now: datetime
) -> list[tuple[SurveyForm, list[Event]]]:
    """The forms of the methodology of which the programme has no copy yet.

    One that asks about a training always stands there, with those that were held and have none.
    """
    known = {survey.key for survey in surveys}
    asked = {survey.event_id for survey in surveys}
    trainings = [each for each in trainings_held(programme, now) if each.pk not in asked]
    forms = [form for form in methodology_of(programme).surveys if form.key not in known]
    return [(form, trainings if form.after else []) for form in forms]


def trainings_held(programme: Programme, now: datetime) -> QuerySet[Event]:
    """The trainings of a programme that have begun, also those at a joint meeting, in their order."""
    called = Event.objects.filter(programme=programme, starts_at__lte=now)
    held = called.filter(state__in=(EventState.ANNOUNCED, EventState.HELD))
    return held.filter(Q(kind=EventKind.TRAINING) | Q(training__gt="")).order_by("starts_at", "pk")


def was_held(event: Event, programme: Programme, now: datetime) -> bool:
    """Whether it is one of these trainings."""
    return trainings_held(programme, now).filter(pk=event.pk).exists()


def is_open(survey: Survey, now: datetime) -> bool:
    """Whether answers are taken at a moment; the last day counts, in the programme's zone."""
    if survey.state != SurveyState.OPEN:
        return False
    return survey.closes_on is None or today_of(survey.programme, now) <= survey.closes_on


def has_answers(survey: Survey) -> bool:
    """Whether somebody has answered: from then on no question takes another meaning."""
    return Sheet.objects.filter(survey=survey).exists()


def invitations_read() -> QuerySet[Invitation]:
    """Invitations with what an answer needs, in one query."""
    return Invitation.objects.select_related(
        "survey__programme__methodology_version", "survey__programme__organisation", "membership__person"
    )
