"""What came of a survey: reckoned by the worker, kept, and put into words by people (R10)."""

import random
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from varpa.history.actions import record
from varpa.kernel.once import make_once
from varpa.kernel.refusals import Refusal
from varpa.kernel.text import TranslatedText
from varpa.methodology.surveys import AskKind
from varpa.people.models import Person
from varpa.programmes.queries import methodology_of
from varpa.surveys.access import may_read_texts
from varpa.surveys.comparing import Member, changes, compared_keys, unless_too_near
from varpa.surveys.computing import Answers, draw, figures, live
from varpa.surveys.hiding import LEAST, LEAST_WORDS
from varpa.surveys.models import Drawn, Question, Result, Sheet, Survey, SurveyState, Theme, random_key
from varpa.surveys.queries.answers import settled_texts, told_texts
from varpa.surveys.queries.figures import result_of, shown_at_closing
from varpa.surveys.queries.surveys import asked_beside, asked_by_group, has_answers, with_programme
from varpa.surveys.wording import Wording


class NoWords(Refusal):
    sentence = _("Write the theme in at least one language.")


class TooFewWords(Refusal):
    sentence = _("Fewer than five have answered in own words: there is no theme to write of them.")


class NotYoursToSumUp(Refusal):
    """Words that one does not read would be invented."""

    sentence = _(
        "A theme is written by whoever reads the answers once the survey has closed: of ten and more whoever "
        "manages the programme, of fewer the lead partner’s staff."
    )


def compute_due(now: datetime) -> int:
    """The worker's part: reckon again what has new answers; how many surveys."""
    due = with_programme(Survey.objects.filter(stale=True)).order_by("pk")
    for survey in due:
        compute_results(survey=survey, now=now)
    return len(due)


@transaction.atomic
def compute_results(*, survey: Survey, now: datetime) -> None:
    """Reckon the figures that may be shown and keep them; no history: nobody has done anything."""
    held = Survey.objects.select_for_update().get(pk=survey.pk)
    Survey.objects.filter(pk=survey.pk).update(stale=False)
    closed = held.state == SurveyState.CLOSED
    sheets = mix(held, closed=closed)
    earlier = result_of(Survey.objects.select_related("result").get(pk=survey.pk))
    questions = list(held.questions.all())
    data: dict[str, Any] = {
        **_figures(held, questions, [_answers(each) for each in sheets], earlier),
        "closed": closed,
        "asked": _asked(held),
        **_compared_with(held, questions, earlier.get("changes", []), closed=closed),
    }
    counted = sum(closed or each.drawn != Drawn.WAITS for each in sheets)
    given = {"data": data, "counted": counted, "few": _few(questions, data) if closed else 0, "at": now}
    Result.objects.update_or_create(survey=held, defaults=given)
    if closed:
        # Whoever is compared with this survey has to be reckoned again.
        following = Survey.objects.filter(programme=held.programme_id, compares=held.key)
        following.filter(state=SurveyState.CLOSED, result__at__lt=now).update(stale=True)


def mix(survey: Survey, *, closed: bool) -> list[Sheet]:
    """Draw who is counted while the survey is open, and lay anonymous sheets anew: all at once, in any order.

    Also where a database keeps, for itself, which transaction has written a row, all rows are then of one.
    """
    held = list(Sheet.objects.filter(survey=survey))
    if closed:
        # Everything is counted now: the lot says nothing any more.
        for sheet in held:
            sheet.drawn = Drawn.WAITS
    else:
        waiting = [each for each in held if each.drawn == Drawn.WAITS]
        drawn = draw([(each.role, each.country) for each in waiting], asked_beside(survey))
        for place, where in drawn.items():
            waiting[place].drawn = where
    if not survey.anonymous:
        Sheet.objects.bulk_update(held, ["drawn"], batch_size=500)
        return held
    random.SystemRandom().shuffle(held)
    # Those alone: an answer that comes at this moment stays.
    Sheet.objects.filter(pk__in=[sheet.pk for sheet in held]).delete()
    for sheet in held:
        sheet.pk = random_key()
    return Sheet.objects.bulk_create(held, batch_size=500)


@transaction.atomic
def write_theme(
    *, question: Question, text: TranslatedText, ref: str = "", by: Person, now: datetime
) -> Theme:
    """Say what several open answers have in common; a second click finds the first.

    Whoever does not read them cannot sum them up: raises TooFewWords, or NotYoursToSumUp.
    """
    if not text:
        raise NoWords()
    if told_texts(question.survey, question) < LEAST:
        raise TooFewWords()
    if not may_read_texts(question, settled_texts(question), by):
        raise NotYoursToSumUp()
    fields = {"text": text, "by": by, "at": now}
    theme, made = make_once(Theme, ref=ref, question=question, fields=fields)
    if made:
        programme_ref = question.survey.programme.ref
        record("survey.write_theme", question.survey, now=now, by=by, programme_ref=programme_ref)
    return theme


@transaction.atomic
def withdraw_theme(*, theme: Theme, by: Person, now: datetime) -> None:
    """Take a theme back; a second click changes nothing."""
    if Theme.objects.filter(pk=theme.pk, withdrawn_at=None).update(withdrawn_at=now):
        survey = theme.question.survey
        record("survey.withdraw_theme", survey, now=now, by=by, programme_ref=survey.programme.ref)


def _answers(sheet: Sheet) -> Answers:
    return Answers((sheet.role, sheet.country), sheet.values, sheet.drawn)


def _figures(
    survey: Survey, questions: list[Question], sheets: list[Answers], earlier: dict[str, Any]
) -> dict[str, Any]:
    """The figures that may be shown, and the batches of which those of an open survey are made."""
    hidden = _compared(survey, questions)
    own = [each for each in questions if each.key not in hidden]
    before = earlier.get("figures", [])
    if shown_at_closing(earlier):
        # They were shown once, of all: there is nothing to add.
        return {"figures": before}
    if survey.state == SurveyState.CLOSED:
        return {"figures": figures(own, sheets, earlier=before)}
    found, batches = live(own, sheets, earlier=before, batches=earlier.get("batches", {}))
    return {"figures": found, "batches": batches}


def _few(questions: list[Question], data: dict[str, Any]) -> int:
    """Of how many questions so few have written own words that the manager sees their themes only (R10)."""
    open_ones = {each.key for each in questions if each.kind == AskKind.TEXT}
    wholes = [each for each in data["figures"] if each["question"] in open_ones and not each["by"]]
    return sum(LEAST <= (each["n"] or 0) < LEAST_WORDS for each in wholes)


def _asked(survey: Survey) -> dict[str, tuple[int, int, int]]:
    """Of each group: of those whose answers bear it how many were asked and have answered; how many are left.

    Beside an answer of few of a role and country nothing stands: no figure of the group counts it.
    """
    found: dict[str, tuple[int, int, int]] = {}
    for each in asked_by_group(survey):
        groups = (
            (":", True),
            (f"role:{each.role}", each.by_role),
            (f"country:{each.country}", each.by_country),
        )
        for name, bears in groups:
            sent, answered, left = found.get(name, (0, 0, 0))
            more = (each.sent, each.answered, 0) if bears else (0, 0, each.sent)
            found[name] = (sent + more[0], answered + more[1], left + more[2])
    return found


def _compared(survey: Survey, questions: list[Question]) -> set[str]:
    """What is shown only as a change: beside it, the difference would speak of who is missing there.

    Also before the survey with which it will be compared is made: nobody forgets what was seen.
    """
    others = Survey.objects.filter(programme=survey.programme_id)
    others = others.filter(compares=survey.key) | others.filter(key=survey.compares, key__gt="")
    forms = [each for each in methodology_of(survey.programme).surveys if each.compares == survey.key]
    if not survey.compares and not forms and not others.exists():
        return set()
    known = set(Question.objects.filter(survey__in=others).values_list("key", flat=True))
    hidden = compared_keys(questions, known.union(*({each.key for each in form.questions} for form in forms)))
    return hidden - _asked_otherwise(survey, questions)


def _asked_otherwise(survey: Survey, questions: list[Question]) -> set[str]:
    """What is another question than the one before, and is shown as any other: beside it stands no change.

    Only once the one before was answered: from then on the words of it stay.
    """
    first = Survey.objects.filter(programme=survey.programme_id, key=survey.compares, key__gt="").first()
    if first is None or not has_answers(first):
        return set()
    wording = Wording(first, survey, survey.programme)
    return {each.key for each in questions if not each.again and not wording.is_same(each)}


def _compared_with(
    survey: Survey, questions: list[Question], earlier: list[dict[str, Any]], *, closed: bool
) -> dict[str, Any]:
    """The changes since the survey at the start, and what is not compared with it: it was asked otherwise."""
    if not survey.compares:
        return {"changes": []}
    first = Survey.objects.filter(programme=survey.programme_id, key=survey.compares).first()
    wording = Wording(first, survey, survey.programme)
    asked = {each.key: each for each in questions}
    backs = [each for each in questions if each.again]

    def meant(line: dict[str, Any]) -> bool:
        question, row = asked.get(line["question"]), line["row"]
        if question is None:
            return False
        back = next((each for each in backs if row in [one["key"] for one in each.rows]), None)
        if line["looking_back"] and back and not wording.looks_back_on(question, back, row):
            return False
        return wording.is_same(question, row)

    found = _changes(survey, first, questions) if closed else []
    # Of what was rewritten nothing stays, also not what was compared before anybody looked at the words.
    changes = unless_too_near([*filter(meant, found)], [*filter(meant, earlier)])
    other = dict.fromkeys((line["question"], line["row"]) for line in found if not meant(line))
    return {"changes": changes, "reworded": [list(each) for each in other]}


def _changes(survey: Survey, first: Survey | None, questions: list[Question]) -> list[dict[str, Any]]:
    if first is not None and first.state == SurveyState.OPEN:
        return []
    surveys = [each for each in (first, survey) if each is not None]
    asked = {
        key: (role, country)
        for each in surveys
        for key, role, country in each.invitations.values_list("membership_id", "role", "country")
    }
    before, after = ({} if each is None else _by_member(each) for each in (first, survey))
    members = [Member(key, cell) for key, cell in sorted(asked.items())]
    return changes(questions, before, after, members)


def _by_member(survey: Survey) -> dict[int, dict[str, Any]]:
    rows = Sheet.objects.filter(survey=survey).exclude(membership=None)
    return {key: values for key, values in rows.values_list("membership_id", "values") if key is not None}
