"""A methodology, typed: what a folder under `methodologies/` says. Nothing here is written into code.

A field's metadata tells the builder what the folder may say: `words` are the allowed words,
`inherits` names the key of the table around it that gives the value, `given` = False means that the
folder cannot write it at all.
"""

from dataclasses import dataclass, field
from typing import Any, Final, TypeVar

from varpa.kernel.text import TranslatedText
from varpa.methodology.dates import Offset
from varpa.methodology.evidence import ON_DEFENCE, Counted, EvidenceKind
from varpa.methodology.facts import Fact
from varpa.methodology.marks import KindAct, Known, Origin, QuestionAct, RoleKey
from varpa.methodology.outlines import Part
from varpa.methodology.reports import ReportPart, Result
from varpa.methodology.surveys import SurveyForm

NOTHING: Final = TranslatedText()


def _one_of(words: Any, **more: Any) -> Any:
    return field(metadata={"words": words}, **more)


@dataclass(frozen=True)
class Item:
    """One statement of the methodology: an ability, an advantage, a task."""

    key: str
    text: TranslatedText
    source: str = _one_of(Origin)


@dataclass(frozen=True)
class NamedItem:
    """A statement with a short name: a step of a meeting, a competence, an instrument of evaluation."""

    key: str
    name: TranslatedText
    source: str = _one_of(Origin)
    text: TranslatedText = NOTHING


@dataclass(frozen=True)
class Definition:
    """What mentoring is; `quoted` says that the source quotes it from elsewhere (methodology §1)."""

    key: str
    text: TranslatedText
    source: str = _one_of(Origin)
    quoted: bool = False


@dataclass(frozen=True)
class Aim:
    """What the programme or the methodology is for; `of` is "programme" or "methodology"."""

    key: str
    text: TranslatedText
    source: str = _one_of(Origin)
    of: str = _one_of(("programme", "methodology"), default="programme")


@dataclass(frozen=True)
class Benefit:
    """What somebody of a role gains (methodology §2)."""

    key: str
    text: TranslatedText
    role: str = _one_of(RoleKey)
    source: str = _one_of(Origin)


@dataclass(frozen=True)
class Phase:
    """A phase of the relationship (methodology §4); a pair is in the last phase whose fact has happened."""

    key: str
    name: TranslatedText
    text: TranslatedText
    begins: Fact
    source: str = _one_of(Origin)


@dataclass(frozen=True)
class Role:
    """Who a role is and what its tasks are (methodology §3)."""

    key: str
    name: TranslatedText
    text: TranslatedText
    source: str = _one_of(Origin)
    tasks: tuple[Item, ...] = ()


@dataclass(frozen=True)
class Means:
    """A means of communication (methodology §5)."""

    key: str
    name: TranslatedText
    source: str = _one_of(Origin)
    in_person: bool = False
    computer: bool = False
    phone: bool = False


@dataclass(frozen=True)
class Before:
    """One thing that somebody of a role does before a meeting of a kind: a line of a letter."""

    key: str
    text: TranslatedText
    role: str = _one_of((RoleKey.MENTOR, RoleKey.MENTEE))
    source: str = _one_of(Origin)


@dataclass(frozen=True)
class Starter:
    """A question that a mentee may bring to a meeting of a kind: one to begin with, never one to answer."""

    key: str
    text: TranslatedText
    source: str = _one_of(Origin)


@dataclass(frozen=True)
class Kind:
    """A kind of meeting; `acts` says what holding it means, `document` which guide is read before it.

    `programme`: what its course begins with, such as the stations of a tour. `questions`: to choose from.
    """

    key: str
    name: TranslatedText
    text: TranslatedText
    acts: str = _one_of(KindAct)
    source: str = _one_of(Origin)
    document: str = ""
    before: tuple[Before, ...] = ()
    questions: tuple[Starter, ...] = ()
    programme: TranslatedText = NOTHING


@dataclass(frozen=True)
class Question:
    """One question.

    `about`: who each gets an answer of their own, in this order; () is one answer for both.
    `acts`: what the agreed answer does in a cooperation plan. `facts`: what the system knows beside it.
    """

    key: str
    text: TranslatedText
    source: str = _one_of(Origin)
    about: tuple[str, ...] = _one_of((RoleKey.MENTOR, RoleKey.MENTEE), default=())
    acts: str = _one_of(QuestionAct, default="")
    facts: str = _one_of(Known, default="")
    hint: TranslatedText = NOTHING


@dataclass(frozen=True)
class QuestionSet:
    """Questions that are answered together: the first meeting, the cooperation plan, the diary."""

    key: str
    title: TranslatedText
    text: TranslatedText
    source: str = _one_of(Origin)
    questions: tuple[Question, ...] = ()


@dataclass(frozen=True)
class Activity:
    """One activity of one role in one period, with the evidence that completes it (methodology §10).

    `of`: what the board counts ("programme", "people", "pairs"). `document`: what is read, where evidence is
    `read`. `survey`: the form that is sent or answered, where evidence is `survey_sent` or `survey_answered`.
    """

    key: str
    name: TranslatedText
    evidence: EvidenceKind
    period: str = field(metadata={"inherits": "key", "given": False})
    due: Offset = field(metadata={"inherits": "ends"})
    role: str = _one_of(RoleKey)
    source: str = _one_of(Origin)
    of: str = _one_of(Counted, default="")
    text: TranslatedText = NOTHING
    document: str = ""
    survey: str = ""


@dataclass(frozen=True)
class Period:
    """A row of the calendar: offsets from the programme's first day, both inclusive. Most have no name."""

    key: str
    starts: Offset
    ends: Offset
    source: str = _one_of(Origin)
    name: TranslatedText = NOTHING
    activities: tuple[Activity, ...] = ()


@dataclass(frozen=True)
class Requirement:
    """One thing that completion looks for (R3)."""

    key: str
    name: TranslatedText
    text: TranslatedText
    fact: Fact
    source: str = _one_of(Origin)


@dataclass(frozen=True)
class Training:
    """A training of the training programme, with the topics of its joint meeting (methodology §10)."""

    key: str
    name: TranslatedText
    period: str
    source: str = _one_of(Origin)
    text: TranslatedText = NOTHING
    topics: tuple[Item, ...] = ()
    meeting_topics: tuple[Item, ...] = ()


@dataclass(frozen=True)
class Choice:
    """An answer to a question of a lesson; `why` is told to whoever chooses it. None is marked as right."""

    key: str
    text: TranslatedText
    why: TranslatedText


@dataclass(frozen=True)
class LessonQuestion:
    """A question that teaches rather than tests: every choice has its explanation."""

    key: str
    text: TranslatedText
    source: str = _one_of(Origin)
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True)
class Lesson:
    """A short lesson for one role: at most a page of Markdown, then its questions.

    The lessons of a training are its self-study; `topics` are those of the training that this one covers.
    """

    key: str
    title: TranslatedText
    text: TranslatedText
    training: str
    role: str = _one_of((RoleKey.MENTOR, RoleKey.MENTEE))
    source: str = _one_of(Origin)
    topics: tuple[str, ...] = ()
    questions: tuple[LessonQuestion, ...] = ()


@dataclass(frozen=True)
class Document:
    """What people read: a guide, or the methodology itself. `body` is Markdown without its first heading.

    `roles` are asked to read it (and must, where `required`); anybody in the programme may.
    """

    key: str
    roles: tuple[str, ...] = _one_of(RoleKey)
    source: str = _one_of(Origin)
    required: bool = False
    title: TranslatedText = field(default=NOTHING, metadata={"given": False})
    body: TranslatedText = field(default=NOTHING, metadata={"given": False})


@dataclass(frozen=True)
class Methodology:
    """A whole methodology. `hours_minutes` is the target of a pair, `months` the length of a programme."""

    key: str
    version: str
    title: TranslatedText
    hours_minutes: int
    months: int
    phases: tuple[Phase, ...]
    roles: tuple[Role, ...]
    means: tuple[Means, ...]
    kinds: tuple[Kind, ...]
    plan: QuestionSet
    first_meeting: QuestionSet
    diary: QuestionSet
    calendar: tuple[Period, ...]
    text: TranslatedText = NOTHING
    requirements: tuple[Requirement, ...] = ()
    documents: tuple[Document, ...] = ()
    unique_value: tuple[Item, ...] = ()
    definitions: tuple[Definition, ...] = ()
    aims: tuple[Aim, ...] = ()
    is_not: tuple[Item, ...] = ()
    benefits: tuple[Benefit, ...] = ()
    stance: tuple[Item, ...] = ()
    abilities: tuple[Item, ...] = ()
    cycle: tuple[Item, ...] = ()
    communication: tuple[Item, ...] = ()
    advantages: tuple[Item, ...] = ()
    drawbacks: tuple[Item, ...] = ()
    results: tuple[Result, ...] = ()
    relationship: tuple[Item, ...] = ()
    meetings: tuple[Item, ...] = ()
    steps: tuple[NamedItem, ...] = ()
    training: tuple[Training, ...] = ()
    lessons: tuple[Lesson, ...] = ()
    evaluation: tuple[NamedItem, ...] = ()
    competences: tuple[NamedItem, ...] = ()
    framework: tuple[NamedItem, ...] = ()
    business_plan: tuple[Part, ...] = ()
    company_profile: tuple[Part, ...] = ()
    presentation: tuple[Part, ...] = ()
    listening: tuple[Item, ...] = ()
    report: tuple[ReportPart, ...] = ()
    surveys: tuple[SurveyForm, ...] = ()

    def role(self, key: str) -> Role:
        """The role with a key; KeyError where there is none."""
        return _named(self.roles, key)

    def phase(self, key: str) -> Phase:
        """The phase with a key; KeyError where there is none."""
        return _named(self.phases, key)

    def kind(self, key: str) -> Kind:
        """The kind of meeting with a key; KeyError where there is none."""
        return _named(self.kinds, key)

    def document(self, key: str) -> Document:
        """The document with a key; KeyError where there is none."""
        return _named(self.documents, key)

    def lesson(self, key: str) -> Lesson:
        """The lesson with a key; KeyError where there is none."""
        return _named(self.lessons, key)

    def self_study(self, role: str, training: str = "") -> tuple[Lesson, ...]:
        """The lessons that stand in for a training: for the first (R1) where none is named."""
        asked = training or (self.training[0].key if self.training else "")
        return tuple(lesson for lesson in self.lessons if (lesson.role, lesson.training) == (role, asked))

    def prepares_by(self, role: str) -> str:
        """What preparing asks of a role besides the notice (R1): "training", "reading", or "" for nothing."""
        if self.training:
            return "training"
        return "reading" if any(each.required and role in each.roles for each in self.documents) else ""

    def activities(self) -> tuple[Activity, ...]:
        """All activities of the calendar, in its order."""
        return tuple(activity for period in self.calendar for activity in period.activities)

    def has_defence(self) -> bool:
        """Whether the calendar looks for a day of defence: not every methodology ends with one."""
        return any(each.evidence in ON_DEFENCE for each in self.activities())

    def has_kind(self, act: str) -> bool:
        """Whether some kind of meeting acts as this one: a visit, a role swap."""
        return any(kind.acts == act for kind in self.kinds)

    def kind_of(self, act: str) -> Kind:
        """The kind of meeting that acts so; each methodology has a first and a regular one."""
        return next(kind for kind in self.kinds if kind.acts == act)

    def is_of_business(self) -> bool:
        """Whether it is about firms: a plan of one, the profile of one, or a visit to one belongs to it."""
        return bool(self.business_plan or self.company_profile) or self.has_kind(KindAct.VISIT)

    def meets_in_person(self) -> bool:
        """Whether the two may sit at one table by some of its means."""
        return any(each.in_person for each in self.means)

    def meets_remotely(self) -> bool:
        """Whether the two may work together from afar by some of its means."""
        return any(not each.in_person for each in self.means)


Thing = TypeVar("Thing", Role, Phase, Kind, Document, Lesson)


def _named(things: tuple[Thing, ...], key: str) -> Thing:
    for thing in things:
        if thing.key == key:
            return thing
    raise KeyError(key)
