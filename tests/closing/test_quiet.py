"""The end of a pair while one of the two wants no messages: the other's new words wait, facts do not."""

from datetime import datetime, timedelta

import pytest

from tests.cast import Cast, assemble
from tests.make import NOW
from tests.meetings.conftest import follow, page, speak, text
from varpa.closing.actions import excuse, look_back
from varpa.closing.models import Excuse, LookBack
from varpa.messaging.actions import lift_quiet, want_quiet
from varpa.people.models import Person

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
BEFORE, AFTER = NOW - HOUR, NOW + HOUR
HARSH, THANKS, WHY = "Atbildi man beidzot", "Paldies, raksti man", "Tu neatbildēji"
WAITS = {"lv": "Klāt ir daži vārdi", "lt": "Pridėta ir keli žodžiai", "en": "There are a few words with it"}
TOLD = {"lv": "pašlaik nevēlas saņemt ziņas", "lt": "šiuo metu nenori gauti", "en": "wants no messages"}


@pytest.fixture
def cast() -> Cast:
    """Elīna has stopped messages."""
    cast = assemble()
    want_quiet(pair=cast.pair, by=cast.elina, now=NOW)
    return cast


def address(cast: Cast) -> str:
    return f"/pairs/{cast.pair.ref}/closing/"


def review(cast: Cast, by: Person, words: str, *, now: datetime = NOW, revision: int = 0) -> LookBack:
    given = {"text": words, "thanks": THANKS if by == cast.andris else "", "stay_in_touch": True}
    return look_back(pair=cast.pair, revision=revision, by=by, now=now, **given)


def say_why(cast: Cast, by: Person, *, now: datetime = NOW) -> Excuse:
    return excuse(pair=cast.pair, requirement="role_swap", reason=WHY, by=by, now=now)


@pytest.mark.parametrize("language", ["lv", "lt", "en"])
def test_the_review_of_the_other_waits(cast: Cast, language: str) -> None:
    speak(language, cast.elina)
    review(cast, cast.andris, HARSH)
    review(cast, cast.elina, "Zinu cenu")
    shown = text(page(cast.elina, address(cast)))
    assert HARSH not in shown
    assert THANKS not in shown
    assert WAITS[language] in shown
    own = text(page(cast.andris, address(cast)))
    assert HARSH in own
    assert "Zinu cenu" in own


def test_a_review_from_before_stays_until_it_is_written_over(cast: Cast) -> None:
    written = review(cast, cast.andris, "Krāsns ir silta", now=BEFORE)
    review(cast, cast.elina, "Zinu cenu")
    assert "Krāsns ir silta" in text(page(cast.elina, address(cast)))
    review(cast, cast.andris, HARSH, revision=written.revision, now=AFTER)
    shown = text(page(cast.elina, address(cast)))
    assert HARSH not in shown
    assert "Krāsns ir silta" not in shown


def test_why_something_did_not_happen_waits_and_that_it_did_not_is_read(cast: Cast) -> None:
    say_why(cast, cast.andris)
    for where in (address(cast), f"/pairs/{cast.pair.ref}/"):
        shown = text(page(cast.elina, where))
        assert WHY not in shown
        assert "Nenotika" in shown
        assert WHY in text(page(cast.andris, where))
    assert WAITS["lv"] in text(page(cast.elina, address(cast)))


def test_a_reason_from_before_stays_and_ones_own_is_read(cast: Cast) -> None:
    say_why(cast, cast.andris, now=BEFORE)
    assert WHY in text(page(cast.elina, address(cast)))
    Excuse.objects.all().delete()
    say_why(cast, cast.elina)
    for who in (cast.elina, cast.andris):
        assert WHY in text(page(who, address(cast)))


def test_another_reason_tells_nothing_of_the_one_that_waits(cast: Cast) -> None:
    say_why(cast, cast.andris)
    sent = {"reason": "Nebija laika", "instead_of": ""}
    shown = text(follow(cast.elina, f"{address(cast)}excuses/role_swap/", sent))
    assert WHY not in shown
    assert "Nebija laika" in shown


@pytest.mark.parametrize("language", ["lv", "lt", "en"])
def test_the_writer_is_told_before_and_after(cast: Cast, language: str) -> None:
    speak(language, cast.andris, cast.elina)
    assert TOLD[language] in text(page(cast.andris, address(cast)))
    assert TOLD[language] not in text(page(cast.elina, address(cast)))
    sent = {"text": HARSH, "thanks": "", "contact": "", "revision": "0"}
    assert TOLD[language] in text(follow(cast.andris, address(cast), sent)).split("<h1>")[0]
    why = {"reason": WHY, "instead_of": ""}
    answer = follow(cast.andris, f"{address(cast)}excuses/role_swap/", why)
    assert TOLD[language] in text(answer).split("<h1>")[0]


def test_it_is_read_once_messages_may_come_again(cast: Cast) -> None:
    review(cast, cast.elina, "Zinu cenu")
    review(cast, cast.andris, HARSH)
    say_why(cast, cast.andris)
    lift_quiet(pair=cast.pair, by=cast.elina, now=AFTER)
    told = text(page(cast.elina, f"/pairs/{cast.pair.ref}/messages/", now=AFTER))
    assert f'href="{address(cast)}"' in told
    shown = text(page(cast.elina, address(cast), now=AFTER))
    for words in (HARSH, THANKS, WHY):
        assert words in shown
