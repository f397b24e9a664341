"""Whatever is sent to any address: never a page of 500, no word lost, nothing of another programme touched.

Every form and every question is found by walking the site (`walking`), so that a new one is tried without a
line here. In full (`test full`) as everybody who may, with all that is wrong in turn (quality §3).
"""

import logging
from collections.abc import Iterator
from html import escape
from itertools import islice
from typing import Any
from zlib import crc32

import pytest
from django.conf import settings

from tests.files.samples import picture, upload
from tests.journeys.conftest import Time
from tests.journeys.furnished import furnish_whole
from tests.wild.hostile import FILES
from tests.wild.others import Others
from tests.wild.values import ALL, LONG, WRONG
from tests.wild.walking import Question, Target, Walk, is_page, undone
from varpa.files.models import File

pytestmark = pytest.mark.django_db
TURNS = 12 if ALL else 1
"""How often all fields of a form are wrong at once, each time otherwise."""
EACH = None if ALL else 1
"""In so many fields of a form, each alone, something is wrong."""
FEW = 4
"""Of the hostile files so many are tried at a field."""
TOLD = (b'class="why"', b'class="error"', b"wrap messages")
"""How a page says what could not be taken: at the field, or at its head."""
TYPED = ("text", "textarea")
REAL = {"date": "2025-11-20", "datetime-local": "2025-11-20T15:00", "number": "3", "time": "15:00"}


@pytest.fixture(scope="module")
def walk(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Walk]:
    """One of everything, walked through once. Refusals are what is asked for: they are not told."""
    logging.disable(logging.WARNING)
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), undone():
        Time(patch)
        patch.setattr(settings, "MEDIA_ROOT", tmp_path_factory.mktemp("files"))
        yield Walk.through(furnish_whole())
    logging.disable(logging.NOTSET)


def tell(told: list[str]) -> None:
    """Fail with all that was found, each once: a comparison would show the first only."""
    if told:
        pytest.fail("\n".join(sorted(set(told))), pytrace=False)


def test_no_form_fails_whatever_is_sent(walk: Walk) -> None:
    told = [
        told
        for target in walk.targets
        for sent in _wrong(target)
        for told in _failure(target, target.send(sent))
    ]
    tell(told)


def test_one_thing_wrong_loses_nothing_else(walk: Walk) -> None:
    told = []
    for target in walk.targets:
        for sent, wrong in _one_wrong(target):
            answer = target.send(sent)
            told += [*_failure(target, answer), *_lost(target, sent, wrong, answer)]
    tell(told)


def test_what_is_too_long_is_told_and_kept(walk: Walk) -> None:
    told = []
    for target in walk.targets:
        words = [name for name, kind in target.form.written.items() if kind in TYPED]
        if not words:
            continue
        sent = {**_real(target), **dict.fromkeys(words, LONG)}
        answer = target.send(sent)
        told += [*_failure(target, answer), *_lost(target, sent, "", answer)]
        if is_page(answer) and not any(sign in answer.content for sign in TOLD):
            told.append(f"{target.name} does not say what is too long")
    tell(told)


def test_no_hostile_file_fails_or_is_kept(walk: Walk) -> None:
    told = []
    before = File.objects.count()
    for target in walk.targets:
        for name, kind in _hostile(target):
            kept: list[int] = []
            answer = target.send(
                {**_real(target), name: FILES[kind]()},
                before_undone=lambda kept=kept: kept.append(File.objects.count() - before),
            )
            told += [f"{kind}: {each}" for each in _failure(target, answer)]
            told += [f"{kind}: {target.name} keeps it"] if any(kept) else []
    tell(told)


def test_nothing_of_another_programme_changes(walk: Walk) -> None:
    others = Others.of(walk.cast.elsewhere.programme)
    told = []
    with others.watching():
        for target in walk.targets:
            for sent in others.put_into(_real(target), target.asked.fields):
                answer = target.send(sent, before_undone=others.touched)
                told += [*_failure(target, answer), *(f"{target.name}: {each}" for each in others.found)]
    tell(told)


def test_no_question_fails(walk: Walk) -> None:
    told = []
    for question in walk.questions:
        for turn in range(TURNS if question.asked.fields else 0):
            names = sorted(question.asked.fields)
            asked: dict[str, Any] = {name: _turned(question.name + name, turn) for name in names}
            told += _failure(question, question.ask(asked))
    tell(told)


def _turned(name: str, turn: int) -> str:
    return WRONG[(_number(name) + turn * 17) % len(WRONG)]


def _wrong(target: Target) -> Iterator[dict[str, Any]]:
    """No fields at all; then each with what is wrong for it, or several where one is expected."""
    yield {}
    for turn in range(TURNS):
        names = sorted({*target.asked.fields, *target.form.fields, "wild"})
        sent: dict[str, Any] = {name: _turned(target.name + name, turn) for name in names}
        if _number(target.name) + turn & 1:
            sent = {name: [value, _turned(name, turn)] for name, value in sent.items()}
        yield sent


def _real(target: Target) -> dict[str, Any]:
    """What somebody might have written into a form."""
    sent: dict[str, Any] = dict(target.form.fields)
    for name, value in reversed(target.form.boxes):
        sent.setdefault(name, [value])
    for name, kind in target.form.written.items():
        if kind in TYPED:
            sent[name] = [_words(name)]
        elif not any(sent.get(name, [])):
            sent[name] = [REAL.get(kind, "vards@varpa.example")]
    sent |= {name: [value] for name, value in target.form.buttons[-1:] if name}
    return {**sent, **{name: upload(picture()) for name in target.form.files}}


def _words(name: str) -> str:
    return f"Vārdi laukā {name}"


def _one_wrong(target: Target) -> Iterator[tuple[dict[str, Any], str]]:
    """A form filled in, with one field wrong, and which one it is."""
    real = _real(target)
    if not (ALL or target.form.written):
        # A button: nothing is written beside it that could be lost, and all its fields were wrong before.
        return
    yield real, ""
    names = sorted({*target.asked.fields, *target.form.fields} - {"csrfmiddlewaretoken", "wild"}, key=_number)
    for turn, name in enumerate(islice(names, EACH)):
        yield {**_real(target), name: _turned(target.name + name, turn)}, name


def _hostile(target: Target) -> Iterator[tuple[str, str]]:
    """The fields that take a file, each with what it is tried with."""
    for name in sorted({*target.form.files, *target.asked.files}):
        start = _number(target.name + name)
        kinds = list(FILES) if ALL else [list(FILES)[(start + turn) % len(FILES)] for turn in range(FEW)]
        yield from ((name, kind) for kind in kinds)


def _number(name: str) -> int:
    return crc32(name.encode())


def _failure(of: Target | Question, answer: Any) -> list[str]:
    if isinstance(answer, Exception):
        return [f"{of.name}: {type(answer).__name__}: {str(answer)[:200]}"]
    return [f"{of.name}: {answer.status_code}"] if answer.status_code >= 500 else []


def _lost(target: Target, sent: dict[str, Any], wrong: str, answer: Any) -> list[str]:
    """The words that are neither taken in nor on the page that came back."""
    shown = wrong and wrong not in target.form.written and wrong not in dict(target.form.boxes)
    if isinstance(answer, Exception) or shown:
        # A field that no person fills in was changed: whoever does that keeps their own words.
        return []
    words = [name for name, kind in target.form.written.items() if kind in TYPED and name != wrong]
    if answer.status_code == 302:
        queued = answer.wsgi_request._messages._queued_messages
        refused = [str(each) for each in queued if each.level_tag in ("warning", "error")]
        return [f"{target.name} leads away from {words}: {refused}"] if words and refused else []
    page = answer.content.decode(errors="replace") if is_page(answer) or answer.status_code >= 400 else ""
    gone = [name for name in words if page and not _stands(page, sent[name])]
    return [f"{target.name} {answer.status_code} loses {gone}, {wrong} being wrong"] if gone else []


def _stands(page: str, value: Any) -> bool:
    text = value if isinstance(value, str) else value[0]
    return text in page or escape(text) in page
