"""The page of a visit while the mentee wants no messages: nothing is lost, and nothing thrust on."""

import re
from datetime import timedelta

import pytest

from tests import make
from tests.cast import Cast, assemble
from tests.company_visits.test_visits import describe
from tests.make import NOW
from tests.meetings.conftest import page, speak, text
from varpa.meetings.models import Meeting
from varpa.messaging.actions import lift_quiet, want_quiet

pytestmark = pytest.mark.django_db
HARSH = "Atbildi man beidzot"
HOUR = timedelta(hours=1)
FOLDED = re.compile(r"<details[^>]*>(?:(?!</details>).)*Atbildi man beidzot", re.DOTALL)
OPEN = re.compile(r"<details[^>]*\bopen\b")
OFFERED = {"lv": "raksta par vizīti", "lt": "rašo apie vizitą", "en": "has written about the visit"}
TOLD = {"lv": "ir aizvērts", "lt": "lieka suskleista", "en": "lies folded up"}


@pytest.fixture
def cast() -> Cast:
    """Everybody on the stage."""
    return assemble()


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    """A visit that was planned before messages were stopped."""
    return make.meeting(cast.pair, kind="visit", minutes=120, place="Bauskas iela 12, Jelgava")


@pytest.mark.parametrize("language", ["lv", "lt", "en"])
def test_what_is_written_since_lies_folded_up(cast: Cast, meeting: Meeting, language: str) -> None:
    speak(language, cast.elina, cast.andris)
    address = f"/meetings/{meeting.ref}/visit/"
    want_quiet(pair=cast.pair, by=cast.elina, now=NOW)
    describe(meeting, cast.andris, texts={"bring": HARSH}, now=NOW + HOUR)
    shown = text(page(cast.elina, address))
    assert OFFERED[language] in shown
    assert FOLDED.search(shown)
    assert not OPEN.search(shown)
    assert meeting.place in shown
    assert "18" in shown, "when she is home again is told"
    assert TOLD[language] in text(page(cast.andris, address))
    lift_quiet(pair=cast.pair, by=cast.elina, now=NOW + 2 * HOUR)
    shown = text(page(cast.elina, address))
    assert HARSH in shown
    assert not FOLDED.search(shown)


def test_what_was_written_before_stays_open(cast: Cast, meeting: Meeting) -> None:
    describe(meeting, cast.andris, texts={"bring": "Slēgti apavi"}, now=NOW)
    want_quiet(pair=cast.pair, by=cast.elina, now=NOW + HOUR)
    shown = text(page(cast.elina, f"/meetings/{meeting.ref}/visit/"))
    assert "Slēgti apavi" in shown
    assert OFFERED["lv"] not in shown
