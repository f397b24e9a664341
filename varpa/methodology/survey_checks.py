"""What must fit together in the forms of surveys, and between them and the calendar."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from varpa.methodology.builder import suggestion
from varpa.methodology.evidence import EvidenceKind
from varpa.methodology.faults import Fault, again, keyed, twice
from varpa.methodology.marks import RoleKey
from varpa.methodology.reader import Place
from varpa.methodology.surveys import ROWS_OF, AskedQuestion, AskKind, Secrecy, SurveyForm

if TYPE_CHECKING:
    from varpa.methodology.model import Activity, Methodology

FILE: Final = "surveys.toml"
MOST_QUESTIONS: Final = 60
MOST_MINUTES: Final = 60
MOST_STEPS: Final = 11
OF_SURVEYS: Final = (EvidenceKind.SURVEY_SENT, EvidenceKind.SURVEY_ANSWERED)
_CHOOSES: Final = (AskKind.CHOICE, AskKind.MANY)
_STEPS: Final = (AskKind.SCALE, AskKind.MATRIX)


def survey_faults(methodology: "Methodology") -> Iterator[Fault]:
    """Everything in the forms that does not fit together."""
    for at, form in enumerate(methodology.surveys):
        place: Place = ("surveys", at)
        yield from _form(methodology, form, place)
        yield from twice(FILE, *keyed(form.questions, (*place, "questions")))
        for number, question in enumerate(form.questions):
            here = (*place, "questions", number)
            yield from _question(methodology, form, question, here)
            yield from _only_if(form, number, here)


def asked_for(methodology: "Methodology", activity: "Activity", place: Place) -> Iterator[Fault]:
    """The form whose sending or answering completes an activity of the calendar."""
    here, known = (*place, "survey"), {form.key: form for form in methodology.surveys}
    if activity.evidence not in OF_SURVEYS:
        if activity.survey:
            words = f"“survey” does not go with evidence = “{activity.evidence}”, only with surveys"
            yield Fault("calendar.toml", here, words, ((*place, "evidence"),))
        return
    if not activity.survey:
        words = f"activity “{activity.key}” has evidence = “{activity.evidence}” but no “survey”"
        yield Fault("calendar.toml", here, words, lacks="calendar.toml")
    elif activity.survey not in known:
        words = f"there is no form “{activity.survey}”{suggestion(activity.survey, list(known))}"
        yield Fault("calendar.toml", here, words, lacks=FILE)
    elif (
        activity.evidence == EvidenceKind.SURVEY_ANSWERED
        and activity.role not in known[activity.survey].roles
    ):
        words = f"the form “{activity.survey}” is not for the role “{activity.role}”"
        yield Fault("calendar.toml", here, words, ((*place, "role"),), lacks=FILE)


def _form(methodology: "Methodology", form: SurveyForm, place: Place) -> Iterator[Fault]:
    if not form.roles:
        yield Fault(FILE, (*place, "roles"), f"“roles” is empty: nobody would answer “{form.key}”")
    yield from again(FILE, (*place, "roles"), form.roles)
    if not 1 <= form.minutes <= MOST_MINUTES:
        yield Fault(FILE, (*place, "minutes"), f"a form takes between 1 and {MOST_MINUTES} minutes")
    if not 1 <= len(form.questions) <= MOST_QUESTIONS:
        words = f"a form has 1 to {MOST_QUESTIONS} questions, “{form.key}” has {len(form.questions)}"
        yield Fault(FILE, (*place, "questions"), words, lacks=FILE)
    compared = form.compares or form.key in {other.compares for other in methodology.surveys}
    if compared and form.secrecy != Secrecy.CONFIDENTIAL:
        words = f"“{form.key}” compares before and after: it is confidential, never anonymous"
        yield Fault(FILE, (*place, "secrecy"), words)
    known = [other.key for other in methodology.surveys if other.key != form.key]
    if form.compares and form.compares not in known:
        words = f"there is no other form “{form.compares}”{suggestion(form.compares, known)}"
        yield Fault(FILE, (*place, "compares"), words, lacks=FILE)


def _question(
    methodology: "Methodology", form: SurveyForm, question: AskedQuestion, place: Place
) -> Iterator[Fault]:
    kind, key = question.kind, question.key
    if form.secrecy == Secrecy.ANONYMOUS and question.roles and set(form.roles) - set(question.roles):
        words = f"“{key}” asks one role alone: what sheets lack would tell whose they are, so “{form.key}” "
        yield Fault(FILE, (*place, "roles"), f"{words}is confidential")
    strangers = [role for role in question.roles if role not in form.roles and role in tuple(RoleKey)]
    if strangers:
        yield Fault(FILE, (*place, "roles"), f"the form is not for “{strangers[0]}”")
    if kind in _CHOOSES and not 2 <= len(question.options) <= MOST_STEPS:
        yield Fault(FILE, (*place, "options"), f"“{key}” needs 2 to {MOST_STEPS} options", lacks=FILE)
    if kind not in _CHOOSES and question.options:
        yield Fault(FILE, (*place, "options"), f"“options” do not go with kind = “{kind}”")
    if kind != AskKind.MATRIX and (question.rows or question.rows_of):
        yield Fault(FILE, (*place, "rows"), f"“rows” do not go with kind = “{kind}”")
    if kind == AskKind.MATRIX and bool(question.rows) == bool(question.rows_of):
        yield Fault(FILE, (*place, "rows"), f"“{key}” needs rows, or rows_of = “competences”", lacks=FILE)
    if question.rows_of in ROWS_OF and not getattr(methodology, question.rows_of):
        words = f"the methodology has no {question.rows_of}"
        yield Fault(FILE, (*place, "rows_of"), words, lacks="evaluation.toml")
    if kind in _STEPS and not 1 <= question.most - question.least < MOST_STEPS:
        yield Fault(FILE, (*place, "most"), f"a scale has 2 to {MOST_STEPS} steps")
    if kind in _STEPS and not (question.low and question.high):
        yield Fault(FILE, place, f"“{key}” says what its scale means: “low” and “high”", lacks=FILE)
    yield from twice(FILE, *keyed(question.options, (*place, "options")))
    yield from twice(FILE, *keyed(question.rows, (*place, "rows")))


def _only_if(form: SurveyForm, number: int, place: Place) -> Iterator[Fault]:
    condition, here = form.questions[number].only_if, (*place, "only_if")
    if not condition:
        return
    earlier = {each.key: each for each in form.questions[:number] if each.kind == AskKind.CHOICE}
    if condition.question not in earlier:
        words = f"there is no earlier question “{condition.question}” of kind “choice”"
        yield Fault(FILE, here, words + suggestion(condition.question, list(earlier)), lacks=FILE)
        return
    options = [option.key for option in earlier[condition.question].options]
    if condition.is_ not in options:
        words = f"“{condition.question}” has no option “{condition.is_}”"
        yield Fault(FILE, here, words + suggestion(condition.is_, options), lacks=FILE)
