"""What a programme promises and what shows it; the outline of the evaluation report (methodology §6, §9)."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from varpa.kernel.text import TranslatedText
from varpa.methodology.marks import Origin
from varpa.methodology.outlines import Guiding
from varpa.methodology.reader import Place

NOTHING: Final = TranslatedText()


class ResultKind(StrEnum):
    """What shows that a promised result is there: the room of reports counts each kind."""

    COMPETENCES_RAISED = "competences_raised"
    BUSINESS_PLANS_SUBMITTED = "business_plans_submitted"
    PROFILES_APPROVED = "profiles_approved"
    DIARIES_HANDED_OVER = "diaries_handed_over"
    REPORT_PUBLISHED = "report_published"
    GUIDELINES_PUBLISHED = "guidelines_published"


class ReportAct(StrEnum):
    """What the draft of a part of the evaluation report is made of."""

    INTRODUCTION = "introduction"
    PROGRAMME = "programme"
    PEOPLE = "people"
    ACTIVITIES = "activities"
    RESULTS = "results"
    SURVEYS = "surveys"
    COMPETENCES = "competences"
    WORDS = "words"
    PROBLEMS = "problems"
    INDICATORS = "indicators"


@dataclass(frozen=True)
class Result:
    """What the programme promises; without `shown_by` nothing counts it, and the page says so."""

    key: str
    name: TranslatedText
    source: str = field(metadata={"words": Origin})
    text: TranslatedText = NOTHING
    shown_by: str = field(metadata={"words": ResultKind}, default="")


@dataclass(frozen=True)
class ReportPart:
    """One part of the evaluation report.

    `acts`: which figures its draft tells, none for a part that only people can write. Each of `questions`
    stands in the draft as a marked gap, until a person has answered it or taken it out.
    """

    key: str
    name: TranslatedText
    text: TranslatedText
    source: str = field(metadata={"words": Origin})
    questions: tuple[Guiding, ...] = ()
    acts: str = field(metadata={"words": ReportAct}, default="")


def contradictions(parts: tuple[ReportPart, ...]) -> Iterator[tuple[Place, str]]:
    """What does not fit together in an outline of the report: figures that are told twice, gaps alike."""
    acting: dict[str, str] = {}
    for at, part in enumerate(parts):
        if part.acts in acting:
            yield ("report", at, "acts"), f"“{part.acts}” acts already in the part “{acting[part.acts]}”"
        elif part.acts:
            acting[part.acts] = part.key
        keys = [question.key for question in part.questions]
        for number, key in enumerate(keys):
            if key in keys[:number]:
                yield ("report", at, "questions", number, "key"), f"the key “{key}” is there twice"
