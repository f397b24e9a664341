"""Notes of a meeting for oneself: nobody else ever sees them, by any road (principle 3, R13)."""

from typing import Any

import pytest

from tests import make
from tests.cast import Cast
from tests.house import walk
from tests.make import NOW
from tests.meetings.conftest import DAY, HOUR, follow, page, send, speak, text
from varpa.history.models import Line
from varpa.kernel.merging import Conflict
from varpa.kernel.personal import ERASE
from varpa.meetings.actions.preparation import write_notes
from varpa.meetings.actions.private_notes import write_private_notes
from varpa.meetings.models import Meeting, PrivateNotes
from varpa.meetings.private import private_notes_of
from varpa.pairs.actions.pairs import NotOneOfTheTwo, PairHasEnded, dissolve_pair, pause_pair
from varpa.people.models import Person
from varpa.post.models import Letter
from varpa.support.actions.openings import open_pair

pytestmark = pytest.mark.django_db

SECRET = "Slepena doma sev"


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    return make.meeting(cast.pair)


def write(meeting: Meeting, by: Person, words: str = SECRET, **changes: Any) -> PrivateNotes:
    given: dict[str, Any] = {"text": words, "revision": 0, "by": by, "now": NOW, **changes}
    return write_private_notes(meeting=meeting, **given)


def kept(meeting: Meeting, side: str) -> str:
    own = private_notes_of(meeting, side)
    return own.text if own else ""


class TestActions:
    def test_each_has_own_ones(self, cast: Cast, meeting: Meeting) -> None:
        write(meeting, cast.andris, "Andra")
        write(meeting, cast.elina, "Elīnas")
        assert (kept(meeting, "mentor"), kept(meeting, "mentee")) == ("Andra", "Elīnas")

    def test_what_was_saved_elsewhere_is_not_lost(self, cast: Cast, meeting: Meeting) -> None:
        write(meeting, cast.elina, "No telefona")
        with pytest.raises(Conflict) as told:
            write(meeting, cast.elina, "No datora")
        assert told.value.stored == {"text": "No telefona"}
        write(meeting, cast.elina, "No telefona un datora", revision=told.value.revision)

    def test_sent_twice_it_is_saved_once(self, cast: Cast, meeting: Meeting) -> None:
        write(meeting, cast.elina)
        before = Line.objects.count()
        assert write(meeting, cast.elina).revision == 1
        assert Line.objects.count() == before

    def test_nobody_but_the_two(self, cast: Cast, meeting: Meeting) -> None:
        for who in (cast.inga, cast.dace, cast.gabija, cast.zane):
            with pytest.raises(NotOneOfTheTwo):
                write(meeting, who)

    def test_while_the_pair_rests_yes_after_its_end_no(self, cast: Cast, meeting: Meeting) -> None:
        pause_pair(pair=cast.pair, by=cast.inga, now=NOW)
        write(meeting, cast.elina)
        dissolve_pair(pair=cast.pair, reason="Aizgāja.", by=cast.inga, now=NOW)
        with pytest.raises(PairHasEnded):
            write(meeting, cast.elina, "Vēl", revision=1)

    def test_the_history_says_nothing_of_what_is_in_them(self, cast: Cast, meeting: Meeting) -> None:
        write(meeting, cast.elina)
        line = Line.objects.get(verb="meeting.note_privately")
        assert SECRET not in str(line.details)

    def test_an_erasure_takes_them(self) -> None:
        assert PrivateNotes.PERSONAL["text"] == ERASE


class TestPage:
    @pytest.mark.parametrize("hours", [-48, 0, 24])
    def test_only_the_writer_reads_them_before_during_and_after(
        self, cast: Cast, meeting: Meeting, hours: int
    ) -> None:
        write(meeting, cast.elina)
        now = meeting.starts_at + hours * HOUR
        assert SECRET in text(page(cast.elina, f"/meetings/{meeting.ref}/", now=now))
        assert SECRET not in text(page(cast.andris, f"/meetings/{meeting.ref}/", now=now))

    def test_who_sees_them_stands_beside_the_field(self, cast: Cast, meeting: Meeting) -> None:
        told = {
            ("lv", "andris"): "Šo redzat tikai Jūs. Neviens cits to nekad neredz",
            ("lv", "elina"): "Šo redzi tikai tu. Neviens cits to nekad neredz",
            ("lt", "elina"): "Tai matai tik tu. Niekas kitas to niekada nemato",
            ("en", "elina"): "Only you see this. Nobody else ever does",
        }
        for (language, who), words in told.items():
            speak(language, getattr(cast, who))
            form = text(page(getattr(cast, who), f"/meetings/{meeting.ref}/")).split('id="private-notes"')[1]
            assert words in form.split("</form>")[0]

    def test_it_saves_as_one_types(self, cast: Cast, meeting: Meeting) -> None:
        address = f"/meetings/{meeting.ref}/notes/private/"
        given = {"text": SECRET, "revision": "0"}
        saved = send(cast.elina, address, given, **{"X-Autosave": "1"}).json()
        assert saved["revision"] == 1
        # From the other device, without having seen that.
        late = {"text": "Cits teksts", "revision": "0"}
        assert send(cast.elina, address, late, **{"X-Autosave": "1"}).json() == {"conflict": True}
        both = text(send(cast.elina, address, late))
        assert SECRET in both
        assert "Cits teksts" in both
        follow(cast.elina, address, {"text": "Abi", "revision": "1"})
        assert PrivateNotes.objects.get().text == "Abi"

    def test_after_the_end_they_are_read_and_not_written(self, cast: Cast, meeting: Meeting) -> None:
        write(meeting, cast.elina)
        dissolve_pair(pair=cast.pair, reason="Aizgāja.", by=cast.inga, now=NOW)
        own = text(page(cast.elina, f"/meetings/{meeting.ref}/", now=NOW + 9 * DAY))
        assert SECRET in own
        assert 'id="private-notes"' not in own
        address = f"/meetings/{meeting.ref}/notes/private/"
        kept = text(send(cast.elina, address, {"text": SECRET + " un vēl", "revision": "1"}))
        assert SECRET + " un vēl" in kept
        assert PrivateNotes.objects.get().text == SECRET

    @pytest.mark.parametrize("who", ["zane", "rimantas", "gabija", "tomas", "inga", "dace"])
    def test_nobody_else_reaches_them(self, cast: Cast, meeting: Meeting, who: str) -> None:
        write(meeting, cast.elina)
        address = f"/meetings/{meeting.ref}/"
        assert page(getattr(cast, who), address).status_code == 404
        given = {"text": "X", "revision": "1"}
        assert send(getattr(cast, who), f"{address}notes/private/", given).status_code == 404

    def test_the_other_writes_own_ones_never_these(self, cast: Cast, meeting: Meeting) -> None:
        write(meeting, cast.elina)
        address = f"/meetings/{meeting.ref}/notes/private/"
        send(cast.andris, address, {"text": "Andra", "revision": "0"})
        assert (kept(meeting, "mentor"), kept(meeting, "mentee")) == ("Andra", SECRET)


class TestOpening:
    def test_an_opening_with_a_reason_shows_the_shared_notes_and_never_these(
        self, cast: Cast, meeting: Meeting
    ) -> None:
        write(meeting, cast.elina)
        write(meeting, cast.andris, SECRET + " mentoram")
        write_notes(meeting=meeting, notes="Kopīga piezīme", revision=0, by=cast.andris, now=NOW)
        reason = "Audzēkne ziņoja par draudiem sarakstē."
        opening = open_pair(pair=cast.pair, reason=reason, by=cast.inga, now=NOW)
        opened = f"/openings/{opening.ref}/meetings/{meeting.ref}/"
        roads = [opened, f"/openings/{opening.ref}/", f"/pairs/{cast.pair.ref}/"]
        for who in (cast.inga, cast.dace):
            assert not any(SECRET in text(page(who, road)) for road in roads)
        assert "Kopīga piezīme" in text(page(cast.inga, opened))

    def test_where_only_these_were_written_nothing_can_be_opened(self, cast: Cast, meeting: Meeting) -> None:
        write(meeting, cast.elina)
        opening = open_pair(pair=cast.pair, reason="Audzēkne ziņoja par draudiem.", by=cast.inga, now=NOW)
        opened = page(cast.inga, f"/openings/{opening.ref}/meetings/{meeting.ref}/")
        assert opened.status_code == 404 or SECRET not in text(opened)

    def test_no_letter_tells_of_them(self, cast: Cast, meeting: Meeting) -> None:
        write(meeting, cast.elina)
        assert not [each for each in Letter.objects.all() if SECRET in each.text + each.html]

    def test_no_other_room_names_them(self) -> None:
        # What somebody has written for themselves alone goes with whoever is erased: there they are named.
        erased = ("privacy", "holdings.py")
        others = [
            path for path in walk.python() if "meetings" not in path.parts and path.parts[-2:] != erased
        ]
        assert len(others) > 100
        assert [path for path in others if "PrivateNotes" in path.read_text()] == []
        assert not hasattr(Meeting, "private_notes")


def test_they_are_of_one_meeting(cast: Cast, meeting: Meeting) -> None:
    write(meeting, cast.elina)
    other = make.meeting(cast.pair, kind="regular", days=9)
    assert SECRET not in text(page(cast.elina, f"/meetings/{other.ref}/"))
