"""A programme in which Andris and Elīna have something to say to those who come next."""

from typing import Any

import pytest

from tests import make
from tests.cast import Cast, assemble
from tests.make import NOW
from varpa.diary.actions import hand_over, note_read_through
from varpa.diary.models import Diary, Entry
from varpa.guidelines.actions.guidelines import draft
from varpa.guidelines.actions.recommendations import offer
from varpa.guidelines.models import Guidelines, Recommendation
from varpa.guidelines.springs import spring_of
from varpa.people.models import Person

SECRET = "Elīnas brālis ir slims."
ADVICE = "Vizīte jārīko jau septembrī, pirms skolas darbi sakrājas."
DIARY = f"{SECRET} {ADVICE} Pārējais izdevās."
OWN = "Man palīdzēja, ka jautājumus sūtīju iepriekš."


@pytest.fixture
def cast() -> Cast:
    return assemble()


@pytest.fixture
def entry(cast: Cast) -> Entry:
    return make.entry(cast.pair, text=DIARY)


@pytest.fixture
def passage(cast: Cast, entry: Entry) -> Recommendation:
    """One sentence of the diary, offered by its mentor before the handover."""
    return from_diary(cast, cast.andris, entry)


@pytest.fixture
def own_words(cast: Cast) -> Recommendation:
    return in_own_words(cast, cast.elina)


@pytest.fixture
def guidelines(cast: Cast, passage: Recommendation, own_words: Recommendation) -> Guidelines:
    return draft(programme=cast.programme, by=cast.inga, now=NOW)


def from_diary(cast: Cast, by: Person, entry: Entry, **more: Any) -> Recommendation:
    """Offer the one sentence of the entry that is advice."""
    spring = spring_of(cast.programme, by, f"entry:{entry.ref}")
    assert spring is not None
    chosen = [each.key for passage in spring.passages for each in passage.sentences if each.text == ADVICE]
    said = {"chosen": chosen, "phase": "start", "topic": "company-visit", **more}
    return offer(programme=cast.programme, spring=spring, **{"by": by, "now": NOW, **said})


def in_own_words(cast: Cast, by: Person, **more: Any) -> Recommendation:
    """Offer a sentence of one's own."""
    spring = spring_of(cast.programme, by)
    assert spring is not None
    said = {"words": OWN, "says": "worked", "phase": "learning", **more}
    return offer(programme=cast.programme, spring=spring, **{"by": by, "now": NOW, **said})


def handed_over(cast: Cast) -> Diary:
    """Andris hands his diary over to Elīna."""
    diary = Diary.objects.get(pair=cast.pair)
    note_read_through(diary=diary, by=cast.andris, now=NOW)
    hand_over(diary=diary, by=cast.andris, now=NOW)
    return diary
