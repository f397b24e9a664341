"""The forms of a pair on paper: topic, cooperation plan, meeting, diary page (principle 6)."""

from collections.abc import Callable, Iterable
from typing import Final

from django.utils.translation import gettext as _

from varpa.documents.render import pdf
from varpa.documents.shapes import AskedGroup, AskedQuestion, Blank
from varpa.methodology import Methodology
from varpa.methodology.marks import QuestionAct
from varpa.methodology.model import Question, QuestionSet
from varpa.pairs.models import Pair, Side
from varpa.people.models import Person
from varpa.programmes.letterheads import letterhead
from varpa.programmes.models import Programme
from varpa.programmes.queries import methodology_of
from varpa.ui import words

TOPIC, PLAN, MEETING, DIARY = "topic", "plan", "meeting", "diary"
LINES: Final = 3


def offered(side: str) -> tuple[str, ...]:
    """The forms that one side may print, or staff ("") for them: the diary is not the mentee's."""
    return (TOPIC, PLAN, MEETING) if side == Side.MENTEE else (TOPIC, PLAN, MEETING, DIARY)


def blank(pair: Pair, key: str, reader: Person) -> bytes:
    """An offered form as PDF/UA, in the reader's language."""
    with words.on_paper(reader.language, reader.zone):
        names = (pair.mentor.person.name, pair.mentee.person.name)
        return _form(pair.programme, key, reader.language, names)


def blank_for_anybody(programme: Programme, key: str, language: str) -> bytes:
    """The same with room for the names, in the language that is active."""
    return _form(programme, key, language, ("", ""))


def _form(programme: Programme, key: str, language: str, names: tuple[str, str]) -> bytes:
    methodology = methodology_of(programme)
    mentor, mentee = names
    shape: Blank = {
        "letterhead": letterhead(programme),
        "mentor": mentor,
        "mentee": mentee,
        "seen": _seen(key),
        "groups": _GROUPS[key](methodology),
        "signed": key == PLAN,
    }
    return pdf("blank", shape, language=language, title=title_of(methodology, key))


def title_of(methodology: Methodology, key: str) -> str:
    """What the form is called; topic, plan and diary as the methodology calls them."""
    named = {TOPIC: methodology.first_meeting, PLAN: methodology.plan, DIARY: methodology.diary}
    return str(named[key].title) if key in named else _("Meeting")


def _seen(key: str) -> str:
    return {
        TOPIC: _("Both of you read it. Anything may stay blank."),
        PLAN: _("Both of you read it. Anything may stay blank."),
        MEETING: _("Both of you read the first part; how it went is each one's own."),
        DIARY: _("Only the mentor sees it until the handover. Nothing is compulsory."),
    }[key]


def _topic(methodology: Methodology) -> list[AskedGroup]:
    """The first half of the first meeting (methodology §8.1)."""
    asked = [_lines(text, LINES) for text in _texts(methodology.first_meeting)]
    return [{"head": "", "questions": asked}]


def _plan(methodology: Methodology) -> list[AskedGroup]:
    means = [str(each.name) for each in methodology.means]
    asked = [
        _lines(str(each.text), LINES, means if each.acts == QuestionAct.MEANS else ())
        for each in methodology.plan.questions
    ]
    return [{"head": "", "questions": asked}]


def _meeting(methodology: Methodology) -> list[AskedGroup]:
    """The three steps of a meeting with all that each asks for (methodology §8)."""
    kinds = [str(each.name) for each in methodology.kinds]
    means = [str(each.name) for each in methodology.means]
    before = [
        _lines(_("Day, hour and place"), 1),
        _lines(_("Kind of meeting"), 0, kinds),
        _lines(_("Means"), 0, means),
        _lines(_("What shall come of it?"), 1),
        _lines(_("What must be at hand?"), 1),
        _lines(_("Agenda"), 2),
        _lines(_("Topics and questions"), LINES),
    ]
    during = [_lines(_("Notes"), LINES)]
    after = [
        _lines(_("Length, minutes"), 1),
        _lines(_("How it went"), 2),
        _lines(_("What came of it?"), 2),
        _lines(_("What is the progress towards the goals?"), 1),
        _lines(_("What was promised, by whom and by when"), 2),
        _lines(_("Next meeting"), 1),
    ]
    heads = (_("Before"), _("During the meeting"), _("After"))
    groups = zip(heads, (before, during, after), strict=True)
    return [{"head": head, "questions": questions} for head, questions in groups]


def _diary(methodology: Methodology) -> list[AskedGroup]:
    parts = [
        _lines(_("Day and length"), 1),
        _lines(_("Notes"), LINES + 2),
        _lines(_("Results"), LINES),
        _lines(_("Recommendations on the progress"), LINES),
        _lines(_("Observations on the mentee, on yourself, on how effective it was"), LINES + 1),
    ]
    questions = [line for asked in methodology.diary.questions for line in _answers(methodology, asked)]
    return [
        {"head": "", "questions": parts},
        {"head": _("Questions of the diary: answer those that help"), "questions": questions},
    ]


def _answers(methodology: Methodology, asked: Question) -> Iterable[AskedQuestion]:
    """Room for an answer; for one about each of the two where the question is about both (§8.2)."""
    about = [str(methodology.role(key).name) for key in asked.about]
    if len(about) == 1:
        return [_lines(f"{asked.text} ({about[0].lower()})", 2)]
    if not about:
        return [_lines(str(asked.text), 2)]
    return [_lines(f"{asked.text}\n{about[0]}", 2), *(_lines(name, 2) for name in about[1:])]


_GROUPS: dict[str, Callable[[Methodology], list[AskedGroup]]] = {
    TOPIC: _topic,
    PLAN: _plan,
    MEETING: _meeting,
    DIARY: _diary,
}


def _texts(asked: QuestionSet) -> Iterable[str]:
    return (str(question.text) for question in asked.questions)


def _lines(label: str, rows: int, ticks: Iterable[str] = ()) -> AskedQuestion:
    return {"label": label, "ticks": list(ticks), "rows": rows, "days": [], "parts": []}
