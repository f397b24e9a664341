"""The outline of the guidelines: the programme as a whole, then every phase of the methodology."""

from typing import Final, NamedTuple

from varpa.kernel.text import TranslatedText
from varpa.methodology import EvidenceKind, Fact, Methodology
from varpa.methodology.guides import METHODOLOGY
from varpa.methodology.model import Activity

WHOLE: Final = "programme"
LEARNT: Final = "learnt"
"""The guide in which a methodology keeps what earlier programmes learnt."""

_WHOLE_NAME: Final = TranslatedText("Programma kopumā", "Programa kaip visuma", "The programme as a whole")
_ORDER: Final = tuple(Fact)
_AS_IF: Final = {
    EvidenceKind.MEETINGS_HELD: Fact.PLAN_AGREED,
    EvidenceKind.DIARY_KEPT: Fact.PLAN_AGREED,
    EvidenceKind.BUSINESS_PLAN_BEGUN: Fact.PLAN_AGREED,
    EvidenceKind.PROFILE_APPROVED: Fact.PLAN_AGREED,
    EvidenceKind.BUSINESS_PLAN_SUBMITTED: Fact.CLOSING_PLANNED,
    EvidenceKind.PRESENTATION_MADE: Fact.CLOSING_PLANNED,
    EvidenceKind.PRESENTATION_SHOWN: Fact.CLOSING_PLANNED,
    EvidenceKind.PRESENTATION_RECOMMENDED: Fact.CLOSING_PLANNED,
    EvidenceKind.PLAN_DEFENDED: Fact.CLOSING_PLANNED,
    EvidenceKind.PLANS_JUDGED: Fact.CLOSING_PLANNED,
}
"""What pairs do over a while, by the fact after which most of it falls."""


class Step(NamedTuple):
    """A section of the guidelines; `key` is that of a phase, or WHOLE."""

    key: str
    name: TranslatedText


def steps_of(methodology: Methodology) -> list[Step]:
    """The sections in their order."""
    return [Step(WHOLE, _WHOLE_NAME), *(Step(phase.key, phase.name) for phase in methodology.phases)]


def topics_of(methodology: Methodology) -> list[Step]:
    """What a recommendation may be about: the guides that people read."""
    inner = (METHODOLOGY, LEARNT)
    return [Step(each.key, each.title) for each in methodology.documents if each.key not in inner]


def step_of(methodology: Methodology, activity: Activity) -> str:
    """To which section an activity of the calendar belongs: by the fact that shows it."""
    word = str(_AS_IF.get(activity.evidence, activity.evidence))
    if word not in list(_ORDER):
        return WHOLE
    happened = _ORDER.index(Fact(word))
    begun = [phase.key for phase in methodology.phases if _ORDER.index(phase.begins) <= happened]
    return begun[-1] if begun else WHOLE
