"""Silence: the two have neither met nor worked together otherwise for over two weeks (R4, methodology §2)."""

from datetime import timedelta

import pytest
from django.utils import translation

from tests.cast import Cast
from tests.make import NOW
from tests.messaging.conftest import own_thread, write
from varpa.meetings.actions.hours import confirm_hours, enter_work
from varpa.pairs.models import Pair
from varpa.support.queries.signs import needs_of
from varpa.support.queries.silence import silent
from varpa.support.words import said

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def silent_pairs(days: float) -> set[int]:
    return set(Pair.objects.filter(silent(NOW + days * DAY)).values_list("pk", flat=True))


def told(pair: Pair, days: float, language: str = "en") -> dict[str, str]:
    """The reasons for a call to a pair, by their keys, in words."""
    pair.programme.refresh_from_db()
    needs = [each for each in needs_of(pair.programme, NOW + days * DAY) if each.pair == pair.pk]
    with translation.override(language):
        return {sign.key: said(sign) for need in needs for sign in need.signs}


def test_e_mentoring_that_both_count_breaks_a_silence(cast: Cast) -> None:
    """The two devote their hours "in individual meetings in person or by e-mentoring"."""
    by, day = cast.andris, (NOW + 10 * DAY).date()
    line = enter_work(pair=cast.pair, day=day, minutes=90, work="Lasīju plānu", by=by, now=NOW + 10 * DAY)
    assert "silent" in told(cast.pair, 15)
    assert cast.pair.pk in silent_pairs(20)
    confirm_hours(line=line, minutes=90, by=cast.elina, now=NOW + 11 * DAY)
    assert "silent" not in told(cast.pair, 20)
    assert cast.pair.pk not in silent_pairs(20)
    assert "silent" in told(cast.pair, 25)


def test_messages_of_both_break_a_silence_and_those_of_one_do_not(cast: Cast) -> None:
    thread = own_thread(cast)
    write(thread, cast.andris, now=NOW + 10 * DAY)
    assert "silent" in told(cast.pair, 15)
    write(thread, cast.elina, now=NOW + 12 * DAY)
    assert "silent" not in told(cast.pair, 20)
    assert cast.pair.pk not in silent_pairs(20)
    assert "silent" in told(cast.pair, 25)
    assert cast.pair.pk in silent_pairs(25)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("lv", "Bez tikšanās 30 dienas, bez citas kopīgas darbības 20 dienas"),
        ("lt", "Be susitikimo 30 dienų, be kito bendro darbo 20 dienų"),
        ("en", "No meeting for 30 days, nothing else together for 20 days"),
    ],
)
def test_the_facts_are_told_apart(cast: Cast, language: str, words: str) -> None:
    thread = own_thread(cast)
    for by in (cast.andris, cast.elina):
        write(thread, by, now=NOW + 10 * DAY)
    assert told(cast.pair, 30, language)["silent"] == words
