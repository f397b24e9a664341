"""What the pages of the diary share: the cast, its mentor at a browser, and forms."""

from typing import Any

import pytest

from tests import make
from tests.cast import Cast, assemble
from tests.make import NOW
from tests.visits import Form, Visitor, forms
from varpa.diary import actions
from varpa.diary.models import Diary, Entry


@pytest.fixture
def cast() -> Cast:
    return assemble()


@pytest.fixture
def andris(cast: Cast) -> Visitor:
    return Visitor(cast.andris)


def diary_of(cast: Cast) -> Diary:
    return Diary.objects.get(pair=cast.pair)


def page_of(cast: Cast) -> str:
    return f"/pairs/{cast.pair.ref}/diary/"


def form_of(visitor: Visitor, address: str) -> Form:
    """The form of a page that shows one."""
    return forms(visitor.get(address))[-1]


def new_form(visitor: Visitor, cast: Cast) -> Form:
    return form_of(visitor, page_of(cast) + "new/")


def about(cast: Cast, days: int = 1) -> str:
    """Where an entry about a meeting begins, which was held."""
    return f"{page_of(cast)}new/?meeting={make.held(cast.pair, days=days).ref}"


def handed(cast: Cast) -> Diary:
    diary = diary_of(cast)
    actions.note_read_through(diary=diary, by=cast.andris, now=NOW)
    actions.hand_over(diary=diary, by=cast.andris, now=NOW)
    return diary


def write(cast: Cast, entry: Entry, *, answers: Any = None, **texts: str) -> None:
    entry.refresh_from_db()
    actions.write_entry(
        entry=entry,
        texts=texts,
        answers=answers or {},
        day=entry.day,
        minutes=entry.minutes,
        revision=entry.revision,
        by=cast.andris,
        now=NOW,
    )


# Writing an entry
