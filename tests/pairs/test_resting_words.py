"""Whoever acts in a pair that rests is told that it rests, by whose doing, and what makes it go on."""

from typing import Any

import pytest

from tests import make
from tests.cast import Cast
from tests.make import NOW
from tests.pairs.conftest import send, text
from tests.visits import Visitor, queries, words
from varpa.pairs.actions import goals, pairs, readiness
from varpa.programmes.actions.memberships import withdraw_member
from varpa.programmes.models import Preparation, StepKey

pytestmark = pytest.mark.django_db
BY_INGA = {
    "lv": "To 14.\u00a0oktobrī apturēja Inga Liepa. Tas turpināsies, kad projekta vadītājs to atsāks.",
    "lt": "Ją spalio\u00a014\u00a0d. sustabdė Inga Liepa. Ji bus tęsiama, kai ją atnaujins projekto vadovas.",
    "en": "It was paused by Inga Liepa, 14\u00a0October. It goes on once the project manager resumes it.",
}
BY_NOBODY = "sagatavošanās vairs nav pilnīga. Tas atsāksies pats"


def speak(language: str, *people: Any) -> None:
    for person in people:
        person.language = language
        person.save(update_fields=["language"])


@pytest.mark.parametrize("language", ["lv", "lt", "en"])
@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/pairs/{ref}/",
        "/pairs/{ref}/plan/",
        "/pairs/{ref}/goals/",
        "/pairs/{ref}/topic/",
        "/pairs/{ref}/meetings/new/",
        "/pairs/{ref}/meetings/log/",
        "/pairs/{ref}/closing/",
        "/pairs/{ref}/promises/",
        "/pairs/{ref}/hours/",
    ],
)
def test_each_page_says_so(cast: Cast, address: str, language: str) -> None:
    pairs.pause_pair(pair=cast.pair, by=cast.inga, now=NOW)
    where = address.format(ref=cast.pair.ref)
    for who in (cast.andris, cast.elina):
        assert BY_INGA[language] in words(Visitor(who, language=language).get(where))


def test_the_pages_of_a_resting_pair_stay_within_their_queries(cast: Cast) -> None:
    pairs.pause_pair(pair=cast.pair, by=cast.inga, now=NOW)
    for address in ("/", f"/pairs/{cast.pair.ref}/", f"/pairs/{cast.pair.ref}/goals/"):
        assert queries(cast.elina, address) <= 12


def test_a_meeting_that_cannot_be_prepared_says_so(cast: Cast) -> None:
    meeting = make.meeting(cast.pair)
    pairs.pause_pair(pair=cast.pair, by=cast.inga, now=NOW)
    assert BY_INGA["lv"] in words(Visitor(cast.elina).get(f"/meetings/{meeting.ref}/"))


def test_what_is_sent_too_late_is_refused_with_it(cast: Cast) -> None:
    elina = Visitor(cast.elina)
    pairs.pause_pair(pair=cast.pair, by=cast.inga, now=NOW)
    given = {"ref": "23456789abcd", "text": "Piezvanīt", "due": ""}
    shown = words(elina.post(f"/pairs/{cast.pair.ref}/promises/", given))
    assert f"Mentorings uz laiku ir apturēts. {BY_INGA['lv']}" in shown
    assert "Piezvanīt" in shown


@pytest.mark.parametrize(
    ("address", "given"),
    [
        ("/meetings/{meeting}/topics/", {"text": "Paliek te."}),
        ("/meetings/{meeting}/preparation/", {"revision": "0", "agenda": "Paliek te."}),
        ("/pairs/{pair}/hours/", {"ref": "23456789abcd", "work": "Paliek te.", "minutes": "30"}),
        (
            "/pairs/{pair}/meetings/new/",
            {"ref": "23456789abcd", "kind": "regular", "minutes": "30", "place": "Paliek te."},
        ),
        (
            "/pairs/{pair}/meetings/log/",
            {"ref": "23456789abcd", "kind": "regular", "minutes": "30", "text": "Paliek te."},
        ),
    ],
)
@pytest.mark.parametrize("who", ["andris", "elina"])
def test_what_is_sent_too_late_stays_in_its_field(
    cast: Cast, address: str, given: dict[str, str], who: str
) -> None:
    meeting = make.meeting(cast.pair)
    pairs.pause_pair(pair=cast.pair, by=cast.inga, now=NOW)
    given = {
        "starts": "2025-10-14T12:00",
        "means": "video",
        "zone": "Europe/Riga",
        "day": "2025-10-14",
        **given,
    }
    where = address.format(meeting=meeting.ref, pair=cast.pair.ref)
    shown = words(Visitor(getattr(cast, who)).post(where, given))
    assert "Paliek te." in shown
    assert BY_INGA["lv"] in shown


def test_where_preparation_is_missing_it_says_that(cast: Cast) -> None:
    Preparation.objects.filter(membership=cast.mentor, step=StepKey.TRAINING).delete()
    readiness.pause_unprepared_pairs(NOW)
    cast.pair.refresh_from_db()
    with pytest.raises(pairs.PairRests) as told:
        goals.set_goal(pair=cast.pair, text="Cena", by=cast.elina, now=NOW)
    assert "Inga" not in str(told.value)
    assert BY_NOBODY in words(Visitor(cast.elina).get("/"))
    assert BY_NOBODY in words(Visitor(cast.elina).get(f"/pairs/{cast.pair.ref}/goals/"))


class TestTheManager:
    def test_sees_since_when_and_by_whom(self, cast: Cast) -> None:
        pairs.pause_pair(pair=cast.pair, by=cast.dace, now=NOW)
        shown = text(cast.inga, "manage", cast.pair.ref)
        assert "Dace Kalniņa" in shown
        assert "14.\u00a0oktobrī" in shown

    def test_is_told_whose_preparation_is_missing(self, cast: Cast) -> None:
        pairs.pause_pair(pair=cast.pair, by=cast.inga, now=NOW)
        withdraw_member(membership=cast.mentor, by=cast.inga, now=NOW)
        with pytest.raises(pairs.NotPrepared) as told:
            pairs.resume_pair(pair=cast.pair, by=cast.inga, now=NOW)
        assert "Andris Ozols" in str(told.value)
        assert "Elīna" not in str(told.value)
        assert send(cast.inga, "resume", cast.pair.ref).status_code == 302

    def test_is_told_of_a_pair_that_has_not_begun_as_before(self, cast: Cast) -> None:
        assert "Apturēt" in text(cast.inga, "manage", cast.pair.ref)
