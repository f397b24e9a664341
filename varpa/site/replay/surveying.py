"""What people are asked: the two surveys of the source, and competences before and after (methodology §9)."""

from datetime import date, timedelta
from random import Random
from typing import Any

from varpa.methodology import EvidenceKind
from varpa.methodology.surveys import AskKind, SurveyForm
from varpa.programmes.access import LIVE
from varpa.programmes.models import Membership
from varpa.site.replay.house import House
from varpa.site.replay.stage import Course
from varpa.site.replay.words import Words
from varpa.surveys.actions.answering import asked_of, submit_answers
from varpa.surveys.actions.editing import edit_survey, open_survey
from varpa.surveys.actions.sending import send_survey
from varpa.surveys.hiding import LEAST
from varpa.surveys.models import Invitation, InvitationState, Question, Secrecy, Survey

OPEN_FOR, BEFORE = timedelta(days=14), timedelta(days=24)
LOOKS = 5
"""On so many evenings somebody answers; who has not by then is silent."""
ANSWERS, SPEAKS, GROWS = 0.4, 0.35, 0.6
"""How many of those still asked answer on one evening, write words, and find themselves better at the end."""
COMPARED = ("start", "end")


def survey_everybody(house: House) -> None:
    """Begin a course for each form that is on, and for the two that compare competences."""
    for form in house.methodology.surveys:
        if form.on or form.moment in COMPARED:
            house.stage.begin(ask(house, form))


def ask(house: House, form: SurveyForm) -> Course:
    """One survey, from the manager's click to the last answer; reminders and the closing are the worker's."""
    day = _day(house, form)
    chance = Random(f"{house.seed}/{form.key}")
    yield house.dates.at(day, 11)
    given: dict[str, Any] = {"form": form.key, "by": house.manager}
    survey = house.stage.do(open_survey, programme=house.programme, **given)
    _keep_the_promise(house, survey)
    given = {"roles": list(survey.roles), "closes_on": day + OPEN_FOR, "by": house.manager}
    if not house.stage.do(send_survey, survey=survey, **given):
        return
    for evening in range(LOOKS):
        yield house.dates.at(day + timedelta(days=1 + 3 * evening), 19)
        _some_answer(house, survey, form, chance)


def _keep_the_promise(house: House, survey: Survey) -> None:
    """Of fewer than five no answer is anonymous: the manager makes the survey confidential first."""
    there = Membership.objects.filter(programme=house.programme, role__in=survey.roles, state__in=LIVE)
    if survey.anonymous and there.count() < LEAST:
        kept = {name: getattr(survey, name) for name in ("name", "text", "roles", "minutes", "revision")}
        house.stage.do(edit_survey, survey=survey, secrecy=Secrecy.CONFIDENTIAL, by=house.manager, **kept)


def _day(house: House, form: SurveyForm) -> date:
    """The day on which a form is sent: so that its last day comes before the calendar wants it done."""
    window = house.window(EvidenceKind.SURVEY_SENT, form.key)
    if window:
        return window.due - BEFORE
    if form.moment == "start":
        return house.dates.opens + timedelta(days=10)
    if form.moment == "end":
        return house.dates.closes - BEFORE
    return house.dates.opens + (house.dates.closes - house.dates.opens) // 2


def _some_answer(house: House, survey: Survey, form: SurveyForm, chance: Random) -> None:
    waiting = Invitation.objects.filter(survey=survey, state=InvitationState.ASKED)
    for invitation in waiting.select_related("membership__person", "survey__programme").order_by("pk"):
        member = invitation.membership
        if chance.random() > ANSWERS:
            continue
        own = Random(f"{house.seed}/{member.ref}")
        values = _values(asked_of(invitation), form, chance, own, house.words(member.person.language))
        house.stage.do(submit_answers, invitation=invitation, values=values, by=member.person)


def _values(
    questions: list[Question], form: SurveyForm, chance: Random, own: Random, words: Words
) -> dict[str, Any]:
    """Answers as somebody gives them; `own` is the person, so that before and after speak of one."""
    found: dict[str, Any] = {}
    for question in questions:
        rows = [each["key"] for each in question.rows]
        options = [each["key"] for each in question.options]
        if question.kind == AskKind.MATRIX:
            found[question.key] = {row: _number(question, form, chance, own) for row in rows}
        elif question.kind in (AskKind.SCALE, AskKind.NUMBER):
            found[question.key] = _number(question, form, chance, own)
        elif question.kind == AskKind.CHOICE:
            found[question.key] = options[min(int(chance.expovariate(1.5)), len(options) - 1)]
        elif question.kind == AskKind.MANY:
            found[question.key] = chance.sample(options, chance.randint(0, 2))
        elif chance.random() < SPEAKS:
            found[question.key] = words.answer("survey", question.key)
    return found


def _number(question: Question, form: SurveyForm, chance: Random, own: Random) -> int:
    if form.moment in COMPARED:
        grown = form.moment == "end" and chance.random() < GROWS
        return min(own.randint(question.least, question.most - 1) + grown, question.most)
    return min(question.least + int(chance.triangular(1, question.most, question.most - 1)), question.most)
