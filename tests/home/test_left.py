"""A pair ended early: what is left of it to do stands on the first page and in its diary (§8.2)."""

from datetime import timedelta

import pytest

from tests import make
from tests.cast import Cast, assemble
from tests.make import NOW
from tests.visits import Visitor, queries, words
from varpa.diary import actions
from varpa.diary.models import Diary
from varpa.meetings.actions.hours import object_to_hours
from varpa.meetings.models import HourLine
from varpa.pairs.actions.pairs import dissolve_pair

pytestmark = pytest.mark.django_db
DIARY = "Hand your diary over: after that day it is sealed"


@pytest.fixture
def cast() -> Cast:
    """Andris wrote one entry, and both have met; then the manager ended the pair."""
    assembled = assemble()
    make.entry(assembled.pair)
    make.held(assembled.pair, days=1)
    end(assembled)
    return assembled


def end(cast: Cast) -> None:
    dissolve_pair(pair=cast.pair, reason="Cits mentors", outcome="rematched", by=cast.inga, now=NOW)


def home(who: object, language: str = "en", days: int = 2) -> str:
    return words(Visitor(who, days=days, language=language).get("/"))


@pytest.mark.parametrize(
    ("language", "said", "until"),
    [
        ("lv", "Nododiet savu dienasgrāmatu: pēc šīs dienas to aizzīmogos", "13. novembrim"),
        ("lt", "Perduokite savo dienoraštį: po šios dienos jis bus užantspauduotas", "lapkričio 13 d."),
        ("en", DIARY, "13 November"),
    ],
)
def test_the_mentor_is_led_to_the_handover(cast: Cast, language: str, said: str, until: str) -> None:
    shown = home(cast.andris, language)
    assert said in shown
    assert until in shown.replace("\N{NO-BREAK SPACE}", " ")
    assert f"/diaries/{Diary.objects.get().ref}/handover/" in shown


def test_the_mentee_and_a_stranger_are_not(cast: Cast) -> None:
    assert "/handover/" not in home(cast.elina)
    assert "/handover/" not in home(cast.gabija)


def test_not_once_it_is_handed_over_or_the_days_are_over(cast: Cast) -> None:
    assert "/handover/" not in home(cast.andris, days=31)
    kept = Diary.objects.get()
    actions.note_read_through(diary=kept, by=cast.andris, now=NOW)
    actions.hand_over(diary=kept, by=cast.andris, now=NOW)
    assert "/handover/" not in home(cast.andris)


def test_hours_that_wait_are_led_to_for_whom_they_wait(cast: Cast) -> None:
    line, address = HourLine.objects.get(), f"/pairs/{cast.pair.ref}/hours/"
    other, own = (cast.elina, cast.andris) if line.side == "mentor" else (cast.andris, cast.elina)
    assert address in home(other)
    assert address not in home(own)
    object_to_hours(line=line, word="Bija īsāk", minutes=30, by=other, now=NOW + timedelta(days=2))
    assert address in home(own)
    assert address not in home(other)


@pytest.mark.parametrize(
    ("language", "mentor", "mentee"),
    [
        ("lv", "pēc tam to aizzīmogos", "līdz tam to nelasa neviens cits"),
        ("lt", "po to jis bus užantspauduotas", "iki tol niekas kitas jo neskaito"),
        ("en", "then it is sealed", "until then nobody else reads it"),
    ],
)
def test_the_diary_says_until_when(cast: Cast, language: str, mentor: str, mentee: str) -> None:
    page = f"/pairs/{cast.pair.ref}/diary/"
    for who, said in ((cast.andris, mentor), (cast.elina, mentee)):
        shown = words(Visitor(who, days=2, language=language).get(page))
        assert said in shown
        assert {"lv": "beigās", "lt": "pabaigoje", "en": "end of the programme"}[language] not in shown


def test_two_questions_more_however_many_pairs_have_ended(cast: Cast) -> None:
    before = queries(cast.andris, "/", days=40)
    assert queries(cast.andris, "/", days=2) <= before + 2


def test_thirty_days_and_no_longer(cast: Cast) -> None:
    assert DIARY in home(cast.andris, days=29)
    assert timedelta(days=30) == actions.OFFERED
