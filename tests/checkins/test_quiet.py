"""A look at the cooperation while one of the two wants no messages: what was chosen is read, words wait."""

from datetime import timedelta

import pytest

from tests.cast import Cast, assemble
from tests.make import NOW
from tests.meetings.conftest import follow, page, speak, text
from varpa.checkins.actions import look_back
from varpa.checkins.models import Checkin
from varpa.messaging.actions import lift_quiet, want_quiet
from varpa.people.models import Person

pytestmark = pytest.mark.django_db
AFTER = NOW + timedelta(hours=1)
HARSH = "Atbildi man beidzot"
WAITS = {"lv": "Klāt ir daži vārdi", "lt": "Pridėta ir keli žodžiai", "en": "There are a few words with it"}
TOLD = {"lv": "pašlaik nevēlas saņemt ziņas", "lt": "šiuo metu nenori gauti", "en": "wants no messages"}


@pytest.fixture
def cast() -> Cast:
    return assemble()


@pytest.fixture
def checkin(cast: Cast) -> Checkin:
    """Elīna has stopped messages; a look has begun."""
    want_quiet(pair=cast.pair, by=cast.elina, now=NOW)
    return Checkin.objects.create(pair=cast.pair, due=NOW.date(), at=NOW)


def answer(checkin: Checkin, by: Person, change: str) -> None:
    look_back(checkin=checkin, how="well", nearer="yes", change=change, by=by, now=NOW)


@pytest.mark.parametrize("language", ["lv", "lt", "en"])
def test_words_wait_and_choices_are_read(cast: Cast, checkin: Checkin, language: str) -> None:
    speak(language, cast.elina)
    answer(checkin, cast.andris, HARSH)
    answer(checkin, cast.elina, "Man labāk rakstīt")
    shown = text(page(cast.elina, f"/checkins/{checkin.ref}/"))
    assert HARSH not in shown
    assert "Man labāk rakstīt" in shown
    assert shown.count("<dl") == 2
    assert WAITS[language] in shown
    own = text(page(cast.andris, f"/checkins/{checkin.ref}/"))
    assert HARSH in own
    assert "Man labāk rakstīt" in own


@pytest.mark.parametrize("language", ["lv", "lt", "en"])
def test_the_writer_is_told_before_and_after(cast: Cast, checkin: Checkin, language: str) -> None:
    speak(language, cast.andris, cast.elina)
    where = f"/checkins/{checkin.ref}/"
    assert TOLD[language] in text(page(cast.andris, where))
    assert TOLD[language] not in text(page(cast.elina, where))
    sent = {"how": "well", "nearer": "yes", "change": HARSH, "shared": "False"}
    assert TOLD[language] in text(follow(cast.andris, where, sent)).split("<h1>")[0]


def test_it_is_read_once_messages_may_come_again(cast: Cast, checkin: Checkin) -> None:
    answer(checkin, cast.andris, HARSH)
    answer(checkin, cast.elina, "")
    lift_quiet(pair=cast.pair, by=cast.elina, now=AFTER)
    told = text(page(cast.elina, f"/pairs/{cast.pair.ref}/messages/", now=AFTER))
    assert f'href="/checkins/{checkin.ref}/"' in told
    assert HARSH in text(page(cast.elina, f"/checkins/{checkin.ref}/", now=AFTER))
