"""What a question meant when a page showed it: an answer to it never takes another meaning unseen.

A mark is a short digest of the question as its reader had it. The page carries the marks of what it asks, a
draft those of what it answers.
"""

import json
from collections.abc import Iterable, Mapping
from hashlib import sha256

from varpa.kernel.text import TranslatedText
from varpa.methodology.surveys import AskKind
from varpa.surveys.models import Invitation, Question

Marks = dict[str, str]
LENGTH = 8


def marks_of(questions: Iterable[Question], invitation: Invitation) -> Marks:
    """The mark of each question, by its key, in the language of whoever is asked."""
    language = invitation.membership.person.language
    return {each.key: _mark(each, language) for each in questions}


def changed_since(then: Mapping[str, str], now: Mapping[str, str]) -> set[str]:
    """Which questions are asked otherwise now; one that was not asked then has no answer to be read wrong."""
    return {key for key, mark in now.items() if key in then and then[key] != mark}


def as_text(marks: Mapping[str, str]) -> str:
    """Marks as a field of a page carries them."""
    return " ".join(f"{key}:{mark}" for key, mark in marks.items())


def from_text(text: str) -> Marks:
    """The marks that a page has sent back; what is none is left out."""
    pairs = (each.rpartition(":") for each in text.split())
    return {key: mark for key, _sign, mark in pairs if key and len(mark) == LENGTH}


def still_meant(
    questions: Iterable[Question], values: Mapping[str, object], changed: set[str]
) -> dict[str, object]:
    """What was kept, without choices and numbers under a question that is asked otherwise now; words stay."""
    words = {each.key for each in questions if each.kind == AskKind.TEXT}
    return {key: value for key, value in values.items() if key not in changed or key in words}


def _mark(question: Question, language: str) -> str:
    ends = [each.within(language) for each in (question.text, question.low, question.high)]
    listed = [
        (each["key"], TranslatedText.from_dict(each["text"]).within(language))
        for each in (*question.options, *question.rows)
    ]
    said = [question.kind, *ends, question.least, question.most, listed]
    return sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()[:LENGTH]
