"""A version of the cooperation plan as a document, in the language of whoever asks for it."""

from contextlib import suppress

from varpa.documents.render import pdf
from varpa.documents.shapes import Plan as PlanShape
from varpa.documents.shapes import PlanAnswer, PlanVersion
from varpa.files.queries import content
from varpa.pairs.models import Plan
from varpa.pairs.queries import Talk, confirmations_of, talks_of
from varpa.people.models import Person
from varpa.programmes.letterheads import letterhead
from varpa.programmes.queries import methodology_of
from varpa.ui import words


def paper_of(plan: Plan, reader: Person) -> bytes:
    """One version as PDF/UA, in the reader's language and time zone."""
    with words.on_paper(reader.language, reader.zone):
        title = str(methodology_of(plan.pair.programme).plan.title)
        return pdf("plan", _shape(plan), language=reader.language, title=title)


def _shape(plan: Plan) -> PlanShape:
    pair = plan.pair
    return {
        "letterhead": letterhead(pair.programme),
        "mentor": pair.mentor.person.name,
        "mentee": pair.mentee.person.name,
        "versions": [_version(plan)],
    }


def _version(plan: Plan) -> PlanVersion:
    talks = talks_of(plan, methodology_of(plan.pair.programme))
    return {
        "number": plan.version,
        "language": plan.pair.mentee.person.language,
        "answers": [_answer(talk) for talk in talks],
        "own_words": plan.own_words,
        "paper": _photograph(plan),
        "confirmations": [
            {"name": person.name, "on": words.day(at) if at else ""} for person, at in confirmations_of(plan)
        ],
    }


def _answer(talk: Talk) -> PlanAnswer:
    said = "\n".join(part for part in (talk.text, talk.choice) if part)
    return {"question": str(talk.question.text), "answer": said}


def _photograph(plan: Plan) -> bytes | None:
    """The paper as a picture; None where its bytes are gone: the rest of the plan is still to be read."""
    if plan.paper and plan.paper.withdrawn_at is None:
        with suppress(FileNotFoundError):
            return content(plan.paper)
    return None
