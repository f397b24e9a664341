"""A survey on paper: the same questions, with boxes and lines, as PDF/UA."""

from typing import Final

from django.utils.translation import gettext as _

from varpa.documents.render import pdf
from varpa.documents.shapes import AskedGroup, AskedQuestion, SurveyPaper
from varpa.methodology.surveys import AskKind
from varpa.programmes.letterheads import letterhead
from varpa.surveys.models import Question, Survey
from varpa.surveys.words import choices

LINES: Final = 4


def form_paper(survey: Survey, questions: list[Question], language: str) -> bytes:
    """The form in a language; staff enters what stands in it, without a name."""
    shape: SurveyPaper = {
        "letterhead": letterhead(survey.programme),
        "text": str(survey.text),
        "promise": _promise(survey),
        "groups": [_group(question, questions) for question in questions],
    }
    return pdf("survey", shape, language=language, title=str(survey.name))


def _promise(survey: Survey) -> str:
    if survey.anonymous:
        return _(
            "Anonymous: whoever enters this paper sees it, then it is destroyed. The data keep who has "
            "answered, but not whose answers are which."
        )
    return _(
        "Confidential: the programme keeps whose answers these are. They are shown only together with those "
        "of at least four others."
    )


def _group(question: Question, questions: list[Question]) -> AskedGroup:
    head = _after(question, questions)
    if question.kind != AskKind.MATRIX:
        return {"head": "", "questions": [_asked(f"{head}{question.text}", question)]}
    ends = f"{question.least}: {question.low}, {question.most}: {question.high}"
    rows = [_asked(row, question) for row in choices(question)]
    return {"head": f"{head}{question.text} ({ends})", "questions": rows}


def _asked(label: str, question: Question) -> AskedQuestion:
    kind = question.kind
    ticks: list[str] = []
    if kind in (AskKind.SCALE, AskKind.MATRIX):
        ticks = [str(step) for step in range(question.least, question.most + 1)]
    if kind == AskKind.SCALE:
        ticks[0], ticks[-1] = f"{ticks[0]} {question.low}", f"{ticks[-1]} {question.high}"
    if kind in (AskKind.CHOICE, AskKind.MANY):
        ticks = choices(question)
    rows = {AskKind.TEXT.value: LINES, AskKind.NUMBER.value: 1}.get(kind, 0)
    return {"label": label, "ticks": ticks, "rows": rows, "days": [], "parts": []}


def _after(question: Question, questions: list[Question]) -> str:
    """`If “Yes” above: `, where a question is meant only after an answer."""
    earlier = next((each for each in questions if each.key == question.only_question), None)
    if earlier is None:
        return ""
    at = next((at for at, each in enumerate(earlier.options) if each["key"] == question.only_is), None)
    word = choices(earlier)[at] if at is not None else ""
    return _("If “%(answer)s” above") % {"answer": word} + ": "
