"""What a methodology says of its items, in words: the names of texts, of settings and of their values."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from varpa.methodology.dates import Offset
from varpa.methodology.evidence import Counted, EvidenceKind
from varpa.methodology.facts import Fact
from varpa.methodology.marks import KindAct, Known, PartAct, QuestionAct
from varpa.methodology.model import Methodology, Period
from varpa.methodology.reports import ReportAct, ResultKind
from varpa.methodology.surveys import AFTER_TRAINING, AskKind, Moment, Secrecy
from varpa.programmes.models import Role
from varpa.programmes.parts import PARTS

Words = str | Promise

TEXTS: Final[dict[str, Words]] = {
    "title": _("Title"),
    "name": pgettext_lazy("methodology", "Name"),
    "text": pgettext_lazy("methodology", "Text"),
    "hint": _("Hint below it"),
    "body": _("What the guide says"),
    "programme": _("What its course begins with"),
    "low": _("What the lowest step means"),
    "high": _("What the highest step means"),
    "why": _("What is told to whoever chooses it"),
}
SETTINGS: Final[dict[str, Words]] = {
    "version": _("Number of the version"),
    "hours_minutes": _("Hours of a pair together"),
    "months": _("Months that a programme takes"),
    "quoted": _("It is quoted from elsewhere"),
    "of": _("What is counted"),
    "role": pgettext_lazy("methodology", "For whom"),
    "roles": pgettext_lazy("methodology", "For whom"),
    "begins": _("With what the phase begins"),
    "in_person": _("The two meet in person"),
    "computer": _("It needs a computer"),
    "phone": _("It needs a telephone"),
    "acts": _("What the program does with it"),
    "document": _("The guide to read"),
    "about": _("Each of them gets an answer"),
    "facts": _("What the program shows beside it"),
    "evidence": _("What shows that it is done"),
    "due": _("Due"),
    "survey": _("The survey"),
    "starts": pgettext_lazy("period", "Begins"),
    "ends": pgettext_lazy("period", "Ends"),
    "fact": _("What shows it"),
    "shown_by": _("What shows it"),
    "period": _("Period of the calendar"),
    "training": _("Training"),
    "topics": _("Topics that it covers"),
    "required": _("It must be read before the two meet"),
    "minutes": _("Minutes that it takes"),
    "secrecy": _("Who knows whose an answer is"),
    "moment": _("When it is sent"),
    "on": _("A draft of it stands ready in each programme"),
    "compares": _("The survey with which it is compared"),
    "after": _("What it follows"),
    "kind": _("How it is answered"),
    "least": _("Lowest number"),
    "most": _("Highest number"),
    "rows_of": _("Whose names are its rows"),
    "again": _("It looks back at the beginning"),
    "competences": _("Competences that it touches"),
    "only_if": _("Asked only after a certain answer"),
}
LISTS: Final[dict[str, Words]] = {
    **PARTS,
    "tasks": _("Tasks"),
    "questions": _("Questions"),
    "activities": _("Activities"),
    "before": _("What to do before the meeting"),
    "topics": _("Topics of the training"),
    "meeting_topics": _("Topics of the joint meeting"),
    "choices": _("Answers to choose from"),
    "options": _("Answers to choose from"),
    "rows": _("Rows"),
}
GROUPS: Final[tuple[tuple[Words, tuple[str, ...]], ...]] = (
    (_("Frame"), ("frame", "phases", "roles", "means", "kinds", "requirements", "results")),
    (_("Questions"), ("plan", "first_meeting", "diary", "surveys")),
    (_("Calendar and training"), ("calendar", "training", "lessons")),
    (_("What the mentee makes"), ("business_plan", "company_profile", "presentation", "listening")),
    (_("Evaluation"), ("evaluation", "competences", "framework", "report")),
    (
        _("What people read"),
        (
            *(
                "documents",
                "definitions",
                "unique_value",
                "aims",
                "is_not",
                "benefits",
                "stance",
                "abilities",
            ),
            *("cycle", "communication", "advantages", "drawbacks", "relationship", "meetings", "steps"),
        ),
    ),
)
"""The parts of a methodology as somebody looks for them; each stands once."""
SHOWN: Final[dict[str, Words]] = {
    EvidenceKind.RECORDED: _("The manager writes it down"),
    EvidenceKind.PROGRAMME_STARTED: _("The programme has begun"),
    EvidenceKind.READ: _("The guide was read"),
    EvidenceKind.PREPARED: _("Prepared: training or lessons, notice, permission"),
    EvidenceKind.ATTENDED: _("Was at the training or joint meeting"),
    EvidenceKind.PAIR_ACTIVE: _("The two work together"),
    EvidenceKind.FIRST_MEETING_HELD: _("The first meeting was held"),
    EvidenceKind.GOALS_SET: _("Goals are set"),
    EvidenceKind.PLAN_AGREED: _("The cooperation plan is agreed"),
    EvidenceKind.MEETINGS_HELD: _("The two have met in the period"),
    EvidenceKind.HOURS_REACHED: _("The hours are reached"),
    EvidenceKind.VISIT_HELD: _("The company was visited"),
    EvidenceKind.ROLE_SWAP_HELD: _("The role swap was held"),
    EvidenceKind.DIARY_KEPT: _("The diary has an entry in the period"),
    EvidenceKind.PAIR_REPORTED: _("The pair has reported to the joint meeting"),
    EvidenceKind.CLOSING_REVIEW: _("The closing review is done"),
    EvidenceKind.DIARY_HANDED_OVER: _("The diary is handed over"),
    EvidenceKind.BUSINESS_PLAN_BEGUN: _("The business plan is begun"),
    EvidenceKind.BUSINESS_PLAN_SUBMITTED: _("The business plan is submitted"),
    EvidenceKind.PROFILE_APPROVED: _("The company profile is approved"),
    EvidenceKind.PRESENTATION_MADE: _("The presentation is begun"),
    EvidenceKind.PRESENTATION_SHOWN: _("The mentor has seen the presentation"),
    EvidenceKind.PRESENTATION_RECOMMENDED: _("The mentor has recommended something on a presentation"),
    EvidenceKind.PLAN_DEFENDED: _("The plan was defended"),
    EvidenceKind.PLANS_JUDGED: _("Has said something to a plan at the defence"),
    EvidenceKind.TRAINING_PUBLISHED: _("The training programme is published"),
    EvidenceKind.EVENT_HELD: _("An event of the period was held"),
    EvidenceKind.DEFENCE_HELD: _("The defence is over"),
    EvidenceKind.REPORT_PUBLISHED: _("The evaluation report is published"),
    EvidenceKind.GUIDELINES_PUBLISHED: _("The guidelines are published"),
    EvidenceKind.SURVEY_SENT: _("The survey was sent"),
    EvidenceKind.SURVEY_ANSWERED: _("The survey was answered"),
    Fact.CLOSING_PLANNED: _("The closing meeting is planned"),
    Fact.PAIR_ENDED: _("The cooperation has ended"),
}
ACTS: Final[dict[str, dict[str, Words]]] = {
    "Question": {
        QuestionAct.MEANS: _("Agreed means are offered first"),
        QuestionAct.REPLY_TIME: _("Reminds whoever owes an answer"),
        QuestionAct.HOURS: _("Letters wait for agreed hours"),
        QuestionAct.RHYTHM: _("Warns where no meeting is planned"),
        QuestionAct.LENGTH: _("Offers the agreed length of a meeting"),
        QuestionAct.TOPICS: _("Reminds of topics before a meeting"),
        QuestionAct.EVALUATION: _("Opens a short check on the cooperation"),
        QuestionAct.CONFIDENTIAL: _("What stays between the two, at hand beside the messages"),
        QuestionAct.BOUNDARIES: _("Boundaries, at hand beside the messages"),
        QuestionAct.DISCONTENT: _("Shown to whoever wants to say that something is wrong"),
    },
    "Kind": {
        KindAct.FIRST: _("It is the first meeting"),
        KindAct.REGULAR: _("It is a regular meeting"),
        KindAct.VISIT: _("It is the company visit"),
        KindAct.ROLE_SWAP: _("It is the role swap"),
        KindAct.CLOSING: _("It is the closing meeting"),
        KindAct.REHEARSAL: _("It is the rehearsal of a presentation"),
    },
    "Part": {
        PartAct.FIGURES: _("The figures of the plan stand here"),
        PartAct.VISIT: _("Notes of the company visit belong here"),
    },
    "ReportPart": {
        ReportAct.INTRODUCTION: _("Introduction"),
        ReportAct.PROGRAMME: _("Figures of the programme"),
        ReportAct.PEOPLE: _("Figures of people"),
        ReportAct.ACTIVITIES: _("Activities of the calendar"),
        ReportAct.RESULTS: _("Promised results"),
        ReportAct.SURVEYS: _("Results of surveys"),
        ReportAct.COMPETENCES: _("Change of competences"),
        ReportAct.WORDS: _("Words of people who allow to be quoted"),
        ReportAct.PROBLEMS: _("Problems"),
        ReportAct.INDICATORS: _("Indicators"),
    },
}
VALUES: Final[dict[str, dict[str, Words]]] = {
    "role": {str(role.value): role.label for role in Role},
    "evidence": SHOWN,
    "begins": SHOWN,
    "fact": SHOWN,
    "of": {
        Counted.PROGRAMME: _("The programme"),
        Counted.PEOPLE: _("Each person"),
        Counted.PAIRS: _("Each pair"),
        "methodology": _("The methodology"),
    },
    "facts": {
        Known.LATENESS: _("Who was late"),
        Known.MOVED: _("Meetings that were moved"),
        Known.PROMISES: _("Promises and whether they were kept"),
        Known.GOALS: _("Goals"),
        Known.FEEDBACK: _("What the other said of the meeting"),
    },
    "shown_by": {
        ResultKind.COMPETENCES_RAISED: _("Change of competences"),
        ResultKind.BUSINESS_PLANS_SUBMITTED: _("Business plans that are submitted"),
        ResultKind.PROFILES_APPROVED: _("Company profiles that are approved"),
        ResultKind.DIARIES_HANDED_OVER: _("Diaries that are handed over"),
        ResultKind.REPORT_PUBLISHED: _("The evaluation report is published"),
        ResultKind.GUIDELINES_PUBLISHED: _("The guidelines are published"),
    },
    "secrecy": {
        Secrecy.ANONYMOUS: _("Nobody"),
        Secrecy.CONFIDENTIAL: _("It is known, and shown only of groups"),
    },
    "moment": {
        Moment.START: _("At the beginning"),
        Moment.MIDDLE: _("In the middle"),
        Moment.END: _("At the end"),
    },
    "after": {AFTER_TRAINING: _("Each training")},
    "kind": {
        AskKind.SCALE: _("On a scale"),
        AskKind.CHOICE: _("One answer"),
        AskKind.MANY: _("Several answers"),
        AskKind.MATRIX: _("On a scale, row by row"),
        AskKind.NUMBER: _("With a number"),
        AskKind.TEXT: _("In own words"),
    },
    "rows_of": {"competences": PARTS["competences"], "framework": PARTS["framework"]},
}
VALUES["roles"] = VALUES["about"] = VALUES["role"]
CHOSEN_FROM: Final = {
    "document": "documents",
    "survey": "surveys",
    "compares": "surveys",
    "period": "calendar",
    "training": "training",
    "competences": "competences",
}
"""Settings that name an item of a list of the methodology."""


def words_of(item: Any, name: str) -> Mapping[str, Words]:
    """The words of the values that a setting of an item may have."""
    return ACTS.get(type(item).__name__, {}) if name == "acts" else VALUES.get(name, {})


def called(item: Any) -> str:
    """How an item is called on a page; a period without a name by its months."""
    for name in ("title", "name", "text"):
        text = getattr(item, name, None)
        if text:
            return " ".join(str(text).split())
    return str(_months(item)) if isinstance(item, Period) else str(_("Nothing is written yet"))


def _months(period: Period) -> str:
    first = period.starts.months + 1
    last = max(first, period.ends.months + (1 if period.ends.days >= 0 else 0))
    if first == last:
        return str(_("Month {first}")).format(first=first)
    return str(_("Months {first} to {last}")).format(first=first, last=last)


def offset_words(offset: Offset) -> str:
    """A day of the calendar, counted from the first day of a programme."""
    return str(_("{months} months and {days} days after the first day")).format(
        months=offset.months, days=offset.days
    )


def value_words(methodology: Methodology, item: Any, name: str) -> str:
    """What a setting of an item says, in words."""
    value = getattr(item, name)
    if name == "hours_minutes":
        return f"{value / 60:g}"
    if isinstance(value, bool):
        return str(_("Yes") if value else _("No"))
    if isinstance(value, Offset):
        return offset_words(value)
    known = {**words_of(item, name), **dict(choices_of(methodology, item, name))}
    many: Iterable[Any] = value if isinstance(value, tuple) else (value,)
    return ", ".join(str(known.get(each, each)) for each in many if each) or "–"


def choices_of(methodology: Methodology, item: Any, name: str) -> list[tuple[str, str]]:
    """The items of the methodology that a setting may name."""
    if name == "topics":
        trainings = [each for each in methodology.training if each.key == getattr(item, "training", "")]
        return [(topic.key, called(topic)) for each in trainings for topic in each.topics]
    listed = getattr(methodology, CHOSEN_FROM[name]) if name in CHOSEN_FROM else ()
    return [(each.key, called(each)) for each in listed]
