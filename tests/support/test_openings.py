"""Opening with a reason (product §2): who, for how long, what is seen; and every other road is closed."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import make
from tests.cast import Cast
from tests.make import NOW
from tests.messaging.conftest import own_thread, write
from tests.messaging.test_actions import VOICE
from tests.support.conftest import See
from tests.support.test_pages import words_of
from tests.times.conftest import propose
from varpa.history.models import Line
from varpa.meetings.actions.coming import say_coming
from varpa.meetings.actions.hours import enter_work, object_to_hours
from varpa.meetings.actions.meetings import cancel_meeting
from varpa.meetings.actions.preparation import write_notes
from varpa.meetings.models import Said
from varpa.messaging.actions import want_quiet
from varpa.messaging.models import Message, Seen
from varpa.post.models import Letter
from varpa.support.actions import openings
from varpa.support.actions.openings import LASTS, end_opening, look, open_pair
from varpa.support.models import Look, Opening
from varpa.times.actions import decline_times

pytestmark = pytest.mark.django_db
REASON = "Audzēkne ziņoja par draudiem sarakstē."


def _opened(cast: Cast, **changes: Any) -> Opening:
    return open_pair(**{"pair": cast.pair, "reason": REASON, "by": cast.inga, "now": NOW, **changes})


def _written(cast: Cast) -> dict[str, str]:
    """A message with a file, notes of a meeting, a diary entry: their references."""
    message = write(
        own_thread(cast), cast.andris, "Slepenā ziņa", files=[SimpleUploadedFile("v.webm", VOICE)]
    )
    meeting = make.meeting(cast.pair)
    write_notes(meeting=meeting, notes="Slepenā piezīme", revision=0, by=cast.andris, now=NOW)
    entry = make.entry(cast.pair, text="Slepenā dienasgrāmata")
    file = message.attachments.get().file.ref
    found = {"thread": message.thread.ref, "message": message.ref, "file": file}
    return {**found, "meeting": meeting.ref, "entry": entry.ref, "diary": entry.diary.ref}


class TestOpening:
    def test_the_two_learn_who_when_and_why(self, cast: Cast, see: See) -> None:
        _opened(cast)
        letters = Letter.objects.filter(kind="support.opened")
        assert {each.to_address for each in letters} == {cast.andris.email, cast.elina.email}
        assert all(REASON in each.text and "Inga Liepa" in each.text for each in letters)
        for who in (cast.andris, cast.elina):
            page = words_of(see(who, "doors", cast.pair.ref))
            assert REASON in page
            assert "Inga Liepa" in page
            assert "#openings" in words_of(see(who, "home:room", cast.pair.ref))

    def test_a_reason_is_a_sentence(self, cast: Cast) -> None:
        with pytest.raises(openings.ReasonTooShort):
            _opened(cast, reason="Vajag.")

    def test_whoever_is_in_the_pair_is_recused(self, cast: Cast, see: See) -> None:
        make.manager(cast.programme, cast.andris)
        with pytest.raises(openings.Recused):
            _opened(cast, by=cast.andris)
        assert _opened(cast, by=cast.dace).by == cast.dace

    def test_nobody_else_opens(self, cast: Cast) -> None:
        for who in (cast.rimantas, cast.tomas, cast.zane):
            with pytest.raises(openings.NotYourPair):
                _opened(cast, by=who)

    def test_a_second_click_opens_once(self, cast: Cast) -> None:
        assert _opened(cast) == _opened(cast, now=NOW + timedelta(minutes=1))
        assert Letter.objects.filter(kind="support.opened").count() == 2

    def test_it_ends(self, cast: Cast, see: See) -> None:
        refs, opening = _written(cast), _opened(cast)
        later = NOW + LASTS
        with pytest.raises(openings.OpeningIsOver):
            look(opening=opening, kind="thread", thing_ref=refs["thread"], by=cast.inga, now=later)
        for name, args in [("opening", ()), ("opened_thread", ("thread",)), ("opened_meeting", ("meeting",))]:
            page = see(cast.inga, name, opening.ref, *[refs[each] for each in args], now=later)
            assert page.status_code == 302
        assert see(cast.inga, "opened_file", opening.ref, refs["file"], now=later).status_code == 404

    def test_it_can_end_before(self, cast: Cast, see: See) -> None:
        opening = _opened(cast)
        end_opening(opening=opening, by=cast.inga, now=NOW + timedelta(minutes=5))
        assert see(cast.inga, "opening", opening.ref, now=NOW + timedelta(minutes=6)).status_code == 302


class TestLooking:
    def test_messages_and_notes_and_what_was_seen(self, cast: Cast, see: See) -> None:
        refs, opening = _written(cast), _opened(cast)
        assert see(cast.inga, "opening", opening.ref).status_code == 200
        assert Look.objects.count() == 0
        for _twice in range(2):
            assert "Slepenā ziņa" in words_of(see(cast.inga, "opened_thread", opening.ref, refs["thread"]))
        assert "Slepenā piezīme" in words_of(see(cast.inga, "opened_meeting", opening.ref, refs["meeting"]))
        assert see(cast.inga, "opened_file", opening.ref, refs["file"]).status_code == 200
        assert Line.objects.filter(verb="opening.look", actor=cast.inga.pk).count() == 2
        assert "sarakste" in words_of(see(cast.elina, "doors", cast.pair.ref))

    def test_whoever_turns_a_page_writes_nothing_again(self, cast: Cast, see: See) -> None:
        refs, opening = _written(cast), _opened(cast)
        for written in (1, 0):
            with CaptureQueriesContext(connection) as asked:
                see(cast.inga, "opened_thread", opening.ref, refs["thread"])
            looks = [each["sql"] for each in asked if 'INSERT INTO "support_look"' in each["sql"]]
            assert len(looks) == written

    def test_words_beside_a_meeting_that_the_other_wants_not_to_read(self, cast: Cast, see: See) -> None:
        want_quiet(pair=cast.pair, by=cast.elina, now=NOW)
        meeting, opening = make.meeting(cast.pair), _opened(cast)
        say_coming(meeting=meeting, said=Said.NO, by=cast.andris, now=NOW, word="Slepens nē")
        cancel_meeting(meeting=meeting, by=cast.andris, now=NOW, reason="Slepens iemesls")
        assert meeting.ref in words_of(see(cast.inga, "opening", opening.ref))
        shown = words_of(see(cast.inga, "opened_meeting", opening.ref, meeting.ref))
        assert "Slepens nē" in shown
        assert "Slepens iemesls" in shown

    def test_words_with_proposed_times_and_with_hours(self, cast: Cast, see: See) -> None:
        want_quiet(pair=cast.pair, by=cast.elina, now=NOW)
        opening = _opened(cast)
        assert "Slepen" not in words_of(see(cast.inga, "opened_times", opening.ref))
        decline_times(proposal=propose(cast, cast.andris, word="Slepens laiks"), by=cast.elina, now=NOW)
        work = {"day": NOW.date(), "minutes": 30, "work": "Slepens darbs"}
        line = enter_work(pair=cast.pair, **work, by=cast.elina, now=NOW)
        object_to_hours(line=line, word="Slepens iebildums", minutes=20, by=cast.andris, now=NOW)
        shown = words_of(see(cast.inga, "opening", opening.ref))
        assert f"/openings/{opening.ref}/times/" in shown
        assert f"/openings/{opening.ref}/hours/" in shown
        assert "Slepens laiks" in words_of(see(cast.inga, "opened_times", opening.ref))
        hours = words_of(see(cast.inga, "opened_hours", opening.ref))
        assert "Slepens darbs" in hours
        assert "Slepens iebildums" in hours
        assert "piedāvātajiem laikiem pievienotie vārdi" in words_of(see(cast.elina, "doors", cast.pair.ref))
        assert set(Look.objects.values_list("kind", "thing_ref")) == {
            ("times", cast.pair.ref),
            ("hours", cast.pair.ref),
        }

    @pytest.mark.parametrize("name", ["opened_times", "opened_hours"])
    def test_words_of_no_meeting_open_to_nobody_else(self, cast: Cast, see: See, name: str) -> None:
        opening = _opened(cast)
        for who in (cast.dace, cast.andris, cast.elina, cast.rimantas, cast.tomas, cast.zane):
            assert see(who, name, opening.ref).status_code == 404
        assert see(cast.inga, name, opening.ref, now=NOW + LASTS).status_code == 302

    def test_nothing_changes_of_what_the_two_have_read(self, cast: Cast, see: See) -> None:
        refs, opening = _written(cast), _opened(cast)
        before = list(Seen.objects.values())
        see(cast.inga, "opened_thread", opening.ref, refs["thread"])
        assert list(Seen.objects.values()) == before

    def test_only_whoever_opened_it_and_only_this_pair(self, cast: Cast, see: See) -> None:
        refs, opening = _written(cast), _opened(cast)
        for who in (cast.dace, cast.andris, cast.elina, cast.rimantas, cast.tomas, cast.zane):
            assert see(who, "opening", opening.ref).status_code == 404
            assert see(who, "opened_thread", opening.ref, refs["thread"]).status_code == 404
        other = _opened(cast, pair=cast.neighbours)
        assert see(cast.inga, "opened_thread", other.ref, refs["thread"]).status_code == 404
        assert see(cast.inga, "opened_meeting", other.ref, refs["meeting"]).status_code == 404
        assert see(cast.inga, "opened_file", other.ref, refs["file"]).status_code == 404

    def test_a_message_taken_back_stays_taken_back(self, cast: Cast, see: See) -> None:
        refs, opening = _written(cast), _opened(cast)
        Message.objects.update(taken_back_at=NOW)
        assert "Slepenā" not in words_of(see(cast.inga, "opened_thread", opening.ref, refs["thread"]))
        assert see(cast.inga, "opened_file", opening.ref, refs["file"]).status_code == 404


ROADS = [
    ("messaging:threads", "pair"),
    ("messaging:thread", "thread"),
    ("messaging:fresh", "thread"),
    ("messaging:file", "message", "file"),
    ("meetings:meeting", "meeting"),
    ("meetings:list", "pair"),
    ("meetings:promises", "pair"),
    ("diary:diary", "pair"),
    ("diary:new", "pair"),
    ("diary:entry", "entry"),
    ("diary:handover", "diary"),
    ("diary:copy", "diary"),
    ("pairs:goals", "pair"),
    ("pairs:plan", "pair"),
    ("pairs:topic", "pair"),
    ("closing:closing", "pair"),
    ("support:words", "pair"),
]


@pytest.mark.parametrize("road", ROADS, ids=lambda road: road[0])
def test_every_other_road_is_closed(cast: Cast, see: See, road: tuple[str, ...]) -> None:
    """Opened or not: neither a manager nor the lead partner comes to content by another page, nor writes."""
    refs = {**_written(cast), "pair": cast.pair.ref}
    for who in (cast.inga, cast.dace):
        _opened(cast, by=who)
        for post in (None, {"text": "Es", "ref": "aaaaaaaaaaaa"}):
            answer = see(who, road[0], *[refs[each] for each in road[1:]], post=post)
            assert answer.status_code in (403, 404, 405)
    assert Message.objects.count() == 1


def test_the_two_can_read_of_every_opening(cast: Cast, see: See) -> None:
    """Also of the first of many, with its reason."""
    for number in range(60):
        first = number == 0
        reason = "Pirmais iemesls no visiem." if first else "Viens no daudziem iemesliem."
        given = {"by": cast.inga, "at": NOW, "until": NOW}
        Opening.objects.create(pair=cast.pair, reason=reason, **given)
    for who in (cast.andris, cast.elina):
        page = see(who, "doors", cast.pair.ref).content.decode()
        assert "Pirmais iemesls" not in page
        assert "?page=2" in page
        assert "Pirmais iemesls" in see(who, "doors", cast.pair.ref, page="2").content.decode()
