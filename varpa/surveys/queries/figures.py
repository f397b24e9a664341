"""What may be shown of the answers (R10): figures, changes, themes, response; nothing is computed here."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from django.db.models import Count, Q, QuerySet

from varpa.kernel.compiled import compiled
from varpa.kernel.text import LANGUAGES, TranslatedText
from varpa.methodology.surveys import AskKind
from varpa.programmes.models import Programme
from varpa.surveys.models import InvitationState, Question, Result, Survey, Theme

NOTHING: Final = TranslatedText()
Shares = tuple[tuple[TranslatedText, int | None], ...]


@dataclass(frozen=True)
class Figure:
    """What came of one question in one group; `n` is None where the group is hidden.

    `question` is its key, of a row of a matrix "question.row". `role` and `country` are empty for the whole.
    `sent` and `answered` are of those in the group whose answers bear it, `left` of the others: too few of
    their role and country were asked, or have answered. `shares` are whole percents of `n`, in the order of
    the words, whose keys are `options`; where several may be chosen they add up to more than 100. An open
    question has `n` alone.
    """

    survey: str
    survey_name: TranslatedText
    question: str
    text: TranslatedText
    kind: str
    role: str
    sent: int
    answered: int
    n: int | None
    mean: float | None
    shares: Shares
    country: str = ""
    options: tuple[str, ...] = ()
    left: int = 0


@dataclass(frozen=True)
class Change:
    """How a competence stands at the end against the start, by own assessment; never says why.

    `n`: who has answered both times; `missing`: asked, and not answered both. `low` to `high` is the
    95 % interval of `change` (paired t), `g` Hedges' g_av. `improved`, `same`, `worse` are counts,
    `intervals` their Wilson intervals in percent. `looking_back`: the start as remembered at the end.
    """

    survey: str
    question: str
    text: TranslatedText
    role: str
    country: str
    looking_back: bool
    n: int | None
    missing: int
    before: float | None = None
    after: float | None = None
    change: float | None = None
    low: float | None = None
    high: float | None = None
    g: float | None = None
    improved: int | None = None
    same: int | None = None
    worse: int | None = None
    intervals: tuple[tuple[int, int], ...] = ()
    name: TranslatedText = NOTHING


class Renamed(NamedTuple):
    """A question, or a row of one, that was asked in other words than before, as it is called now."""

    question: str
    name: TranslatedText


@dataclass(frozen=True)
class Said:
    """What several open answers have in common, in the words of who read them; `n` of the answers."""

    survey: str
    survey_name: TranslatedText
    question: str
    text: TranslatedText
    theme: TranslatedText
    n: int | None


def figures(programme: Programme) -> list[Figure]:
    """Every figure that may be shown, survey by survey, question by question; the whole before its groups."""
    return [figure for survey in with_results(programme) for figure in figures_of(survey)]


def figures_of(survey: Survey) -> list[Figure]:
    """The figures of one survey, read with its result and questions."""
    result, questions = result_of(survey), {each.key: each for each in survey.questions.all()}
    asked = result.get("asked", {})
    found = []
    for row in result.get("figures", []):
        question = questions.get(row["question"])
        if question is None:
            continue
        sent, answered, *left = asked.get(f"{row['by']}:{row['group']}", (0, 0))
        text, key = _named(question, row["row"])
        found.append(
            Figure(
                survey=survey.key,
                survey_name=survey.name,
                question=key,
                text=text,
                kind=question.kind,
                role=row["group"] if row["by"] == "role" else "",
                country=row["group"] if row["by"] == "country" else "",
                sent=sent,
                answered=answered,
                n=row["n"],
                mean=row["mean"],
                shares=tuple(_shares(question, row["shares"])),
                left=sum(left),
                options=tuple(key for key, _percent in row["shares"]),
            )
        )
    return found


def changes(programme: Programme) -> list[Change]:
    """How competences stand at the end against the start, of closed surveys that compare."""
    return [change for survey in with_results(programme) for change in changes_of(survey)]


def changes_of(survey: Survey) -> list[Change]:
    """The changes of one survey that compares, read with its result and questions."""
    questions = {each.key: each for each in survey.questions.all()}
    found = []
    for row in result_of(survey).get("changes", []):
        question = questions.get(row["question"])
        if question is None:
            continue
        text, key = _named(question, row["row"])
        figures = {name: row[name] for name in STORED if name in row}
        intervals = tuple((low, high) for low, high in row.get("intervals", ()))
        more = {**figures, "intervals": intervals, "name": _row_of(question, row["row"]) or text}
        found.append(Change(survey.key, key, text, row["role"], row["country"], **more))
    return found


def reworded(programme: Programme) -> list[Renamed]:
    """What no survey of the programme that compares could compare, for it was asked in other words."""
    return [each for survey in comparing(programme) for each in reworded_of(survey)]


def reworded_of(survey: Survey) -> list[Renamed]:
    """What a survey that compares does not, for it was asked in other words; read with its questions."""
    questions = {each.key: each for each in survey.questions.all()}
    found = []
    for key, row in result_of(survey).get("reworded", []):
        if key in questions:
            text, name = _named(questions[key], row)
            found.append(Renamed(name, _row_of(questions[key], row) or text))
    return found


STORED = (
    "looking_back",
    "n",
    "missing",
    "before",
    "after",
    "change",
    "low",
    "high",
    "g",
    "improved",
    "same",
    "worse",
)


def themes(programme: Programme) -> list[Said]:
    """The themes of the open answers, survey by survey."""
    counted = {
        (figure.survey, figure.question): figure.n
        for figure in figures(programme)
        if figure.kind == AskKind.TEXT and not figure.role and not figure.country
    }
    rows = Theme.objects.filter(question__survey__programme=programme, withdrawn_at=None)
    found = rows.select_related("question__survey").order_by("question__survey_id", "question__place", "pk")
    return [
        Said(
            survey=theme.question.survey.key,
            survey_name=theme.question.survey.name,
            question=theme.question.key,
            text=theme.question.text,
            theme=theme.text,
            n=counted.get((theme.question.survey.key, theme.question.key)),
        )
        for theme in found
    ]


def response(programme: Programme) -> list[tuple[str, int, int]]:
    """Of each survey that was sent: its key, how many were asked, how many have answered."""
    answered = Count("invitations", filter=Q(invitations__state=InvitationState.ANSWERED))
    rows = Survey.objects.filter(programme=programme).exclude(sent_at=None).order_by("sent_at", "pk")
    counted = rows.annotate(sent=Count("invitations"), answered=answered)
    return list(counted.values_list("key", "sent", "answered"))


def result_of(survey: Survey) -> dict[str, Any]:
    """What the worker has kept of a survey; empty before it has."""
    try:
        data: dict[str, Any] = survey.result.data
    except Result.DoesNotExist:
        return {}
    return data


def answered_of(survey: Survey) -> tuple[int, int]:
    """How many were asked, and how many of them had answered when the results were reckoned."""
    sent, answered, *_left = result_of(survey).get("asked", {}).get(":", (0, 0))
    return sent, answered


def shown_at_closing(data: dict[str, Any]) -> bool:
    """Whether figures or changes of a survey that has closed were shown: that happens once (R10)."""
    rows = data.get("figures", [])
    # Before results said whether the survey had closed, groups were shown after the closing only.
    closed = data.get("closed", any(each["by"] for each in rows))
    return bool(closed) and any(each["n"] is not None for each in (*rows, *data.get("changes", [])))


def was_shown(survey: Survey) -> bool:
    """The same of a survey, or of one that compares with it."""
    own = Q(survey=survey) | Q(survey__programme=survey.programme_id, survey__compares=survey.key)
    found = Result.objects.filter(own).values_list("data", flat=True)
    return any(shown_at_closing(data) for data in found)


def with_results(programme: Programme) -> list[Survey]:
    """The surveys that were sent, each with its result and all its questions: two queries."""
    return list(_sent(programme).prefetch_related("questions"))


def comparing(programme: Programme) -> list[Survey]:
    """Of these the surveys that compare with an earlier one."""
    return list(_sent(programme).exclude(compares="").prefetch_related("questions"))


def when_reckoned(programme: Programme) -> list[Survey]:
    """The same without questions, and of results only when they were reckoned: one query, little to read."""
    return _reckoned(programme=programme)


@compiled()
def _reckoned(programme: Programme) -> QuerySet[Survey]:
    return _sent(programme).defer("result__data")


def _sent(programme: Programme) -> QuerySet[Survey]:
    """In the order in which they were sent."""
    sent = Survey.objects.filter(programme=programme).exclude(sent_at=None)
    return sent.select_related("result").order_by("sent_at", "pk")


def _named(question: Question, row: str) -> tuple[TranslatedText, str]:
    """What a question is called, or a row of its matrix: text and key."""
    if not row:
        return question.text, question.key
    own = _row_of(question, row)
    heads = {language: f"{question.text.within(language)} {own.within(language)}" for language in LANGUAGES}
    return TranslatedText(**heads), f"{question.key}.{row}"


def _row_of(question: Question, row: str) -> TranslatedText:
    """What a row of a matrix is called; nothing where it is none."""
    texts: list[dict[str, str]] = [each["text"] for each in question.rows if each["key"] == row]
    return TranslatedText.from_dict(texts[0]) if texts else TranslatedText()


def _shares(question: Question, stored: list[tuple[str, int]]) -> Iterator[tuple[TranslatedText, int | None]]:
    words = {each["key"]: TranslatedText.from_dict(each["text"]) for each in question.options}
    for key, percent in stored:
        yield words.get(key) or TranslatedText.same(key), percent
