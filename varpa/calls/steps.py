"""The steps of applying: which groups of questions, in which order, for whom."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from varpa.methodology import Methodology, overrides
from varpa.methodology.overrides import AddedQuestion
from varpa.programmes.ages import ages_in, births
from varpa.programmes.models import Programme, Role
from varpa.programmes.queries import methodology_of

ROLES: Final = (Role.MENTEE.value, Role.MENTOR.value)
ORDER: Final = (
    "who",
    "place",
    "interests",
    "topic",
    "reach",
    "means",
    "week",
    "abilities",
    "questions",
    "guardian",
)
HEADS: Final[dict[str, dict[str, str | Promise]]] = {
    Role.MENTEE: {
        "who": pgettext_lazy("mentee", "Who are you?"),
        "place": pgettext_lazy("mentee", "Where do you study?"),
        "interests": pgettext_lazy("mentee", "What are you interested in?"),
        "topic": pgettext_lazy("mentee", "What is your idea?"),
        "reach": _("Languages and distance"),
        "means": pgettext_lazy("mentee", "How can you be reached?"),
        "week": pgettext_lazy("mentee", "When do you have time?"),
        "questions": pgettext_lazy("mentee", "The programme also asks"),
        "guardian": pgettext_lazy("mentee", "Whom do we ask at home?"),
    },
    Role.MENTOR: {
        "who": _("Who are you?"),
        "place": _("Where do you work?"),
        "interests": _("What does your company do?"),
        "topic": _("What do you know best?"),
        "reach": _("Languages and distance"),
        "means": _("How can you be reached?"),
        "week": _("When do you have time?"),
        "abilities": _("How do you see yourself?"),
        "questions": _("The programme also asks"),
    },
}
OTHERWISE: Final[dict[str, dict[str, str | Promise]]] = {
    Role.MENTEE: {"place": pgettext_lazy("mentee", "Where do you study or work?")},
    Role.MENTOR: {"interests": _("Which fields do you know?")},
}
"""Heads by a methodology that is not of business."""


class Asked(NamedTuple):
    """Whom the questions are for: what the forms need to know of the programme."""

    programme: Programme
    role: str
    most_mentees: int
    today: date

    @property
    def mentee(self) -> bool:
        return self.role == Role.MENTEE

    @property
    def methodology(self) -> Methodology:
        return methodology_of(self.programme)

    @property
    def questions(self) -> tuple[AddedQuestion, ...]:
        """The programme's own questions to whoever applies in this role; `about` nobody asks both."""
        added = overrides.parse(self.programme.overrides).questions.get(overrides.APPLICATION, ())
        return tuple(each for each in added if not each.about or self.role in each.about)


def steps_of(asked: Asked, answers: Mapping[str, Any]) -> list[str]:
    """The steps of one application: a guardian only for a minor, questions only where there are any."""
    left_out = set()
    if not asked.questions:
        left_out.add("questions")
    if not is_minor(asked, answers):
        left_out.add("guardian")
    return [step for step in ORDER if step in HEADS[asked.role] and step not in left_out]


def head_of(asked: Asked, step: str) -> str | Promise:
    """The question that stands above a step, by what the methodology has."""
    if step == "reach" and not asked.methodology.meets_in_person():
        return _("Languages")
    other = {} if asked.methodology.is_of_business() else OTHERWISE[asked.role]
    return other.get(step) or HEADS[asked.role][step]


def is_minor(asked: Asked, answers: Mapping[str, Any]) -> bool:
    """Whether a guardian is to be asked: a mentee under the age of the country that was named."""
    born = day_of(answers.get("born"))
    grown = births(asked.today, ages_in(answers.get("country") or "", asked.programme.ages)).grown
    return asked.mentee and born is not None and born > grown


def day_of(text: Any) -> date | None:
    """A day as answers keep it."""
    return date.fromisoformat(text) if text else None
