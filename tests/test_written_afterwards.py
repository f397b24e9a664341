"""After the end what was before is written down for thirty days, then it stands; only the two read it."""

from datetime import timedelta
from typing import Any

import pytest

from tests import make
from tests.cast import Cast, assemble
from tests.make import NOW
from tests.visits import Visitor, words
from varpa.behalf.actions import enter_paper
from varpa.meetings.actions.meetings import miss_meeting
from varpa.meetings.actions.reviews import log_meeting, review_meeting
from varpa.meetings.models import HourLine, Meeting, MeetingState
from varpa.pairs.actions.pairs import complete_pair
from varpa.pairs.actions.past import EndedLongAgo
from varpa.pairs.models import Pair
from varpa.support.actions.cases import tell
from varpa.support.actions.openings import NothingTold, open_pair
from varpa.support.models import Opening

pytestmark = pytest.mark.django_db
ENDED = NOW + timedelta(days=10)
MONTH = timedelta(days=30)
REASON = "Kāds ir rakstījis draudus, tie jāizlasa."


@pytest.fixture
def cast() -> Cast:
    """A pair that went the whole way; of one meeting before the end nobody has said whether it was."""
    assembled = assemble()
    make.held(assembled.pair, days=1)
    make.meeting(assembled.pair, days=5, kind="regular")
    complete_pair(pair=assembled.pair, by=assembled.andris, now=ENDED)
    return assembled


def fresh(cast: Cast) -> Pair:
    return Pair.objects.select_related("programme").get(pk=cast.pair.pk)


def unsaid(cast: Cast) -> Meeting:
    return Meeting.objects.get(pair=cast.pair, state=MeetingState.PLANNED)


def as_it_was() -> dict[str, Any]:
    local = (NOW + timedelta(days=3)).replace(tzinfo=None, hour=15, minute=0)
    return {"kind": "regular", "means": "video", "starts_local": local, "zone": "Europe/Riga", "minutes": 60}


def log(cast: Cast, days: timedelta) -> Meeting:
    said = {**as_it_was(), "text": "Vēl viena."}
    return log_meeting(pair=fresh(cast), by=cast.andris, now=ENDED + days, **said)


def from_paper(cast: Cast, days: timedelta) -> Meeting:
    signed = ["mentor", "mentee"]
    return enter_paper(pair=fresh(cast), signed=signed, by=cast.inga, now=ENDED + days, **as_it_was())


def review(cast: Cast, days: timedelta) -> Any:
    said = {"minutes": 50, "text": "Labi."}
    return review_meeting(meeting=unsaid(cast), by=cast.elina, now=ENDED + days, **said)


def miss(cast: Cast, days: timedelta) -> None:
    miss_meeting(meeting=unsaid(cast), missed_by="mentee", by=cast.andris, now=ENDED + days)


@pytest.mark.parametrize("write", [log, from_paper, review, miss])
def test_within_thirty_days_it_is_written_down(cast: Cast, write: Any) -> None:
    write(cast, MONTH - timedelta(hours=1))


@pytest.mark.parametrize("write", [log, from_paper, review, miss])
@pytest.mark.parametrize("later", [MONTH, timedelta(days=300), timedelta(days=12 * 365)])
def test_then_it_stands(cast: Cast, write: Any, later: timedelta) -> None:
    before = HourLine.objects.count(), Meeting.objects.count()
    with pytest.raises(EndedLongAgo):
        write(cast, later)
    assert (HourLine.objects.count(), Meeting.objects.count()) == before


def test_words_without_a_length_do_not_let_a_meeting_be_counted_later(cast: Cast) -> None:
    said = {"meeting": unsaid(cast), "by": cast.elina, "text": "Labi."}
    review_meeting(**said, minutes=None, now=ENDED + timedelta(days=1))
    with pytest.raises(EndedLongAgo):
        review_meeting(**said, minutes=50, revision=1, now=ENDED + MONTH)


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("lv", "Mentorings ir noslēdzies"),
        ("lt", "Mentorystė baigėsi"),
        ("en", "The mentoring ended"),
    ],
)
def test_what_cannot_be_done_any_more_is_not_offered(cast: Cast, language: str, told: str) -> None:
    manager = Visitor(cast.inga, days=41, language=language)
    room, paper = f"/pairs/{cast.pair.ref}/", f"/pairs/{cast.pair.ref}/papers/meeting/"
    shown = words(manager.get(room))
    for part in ("papers/meeting/", "papers/plan/", "openings/", "manage/"):
        assert f"{room}{part}" not in shown
    assert manager.get(paper)["Location"] == room
    assert told in words(manager.get(room))
    meeting = words(Visitor(cast.andris, days=41).get(f"/meetings/{unsaid(cast).ref}/"))
    for part in ("review/", "miss/"):
        assert f"/meetings/{unsaid(cast).ref}/{part}" not in meeting


def test_within_thirty_days_the_papers_are_offered(cast: Cast) -> None:
    manager = Visitor(cast.inga, days=20)
    address = f"/pairs/{cast.pair.ref}/papers/meeting/"
    assert address in words(manager.get(f"/pairs/{cast.pair.ref}/"))
    assert manager.get(address).status_code == 200


class TestOpeningWithAReason:
    """§7: only the two read. R8: who tells of something after the end is helped, and that may need it."""

    def test_a_reason_alone_opens_nothing_after_the_end(self, cast: Cast) -> None:
        with pytest.raises(NothingTold):
            open_pair(pair=fresh(cast), reason=REASON, by=cast.inga, now=ENDED)
        assert not Opening.objects.exists()

    def test_what_was_told_and_is_worked_on_opens_it(self, cast: Cast) -> None:
        told = {"door": "manager", "kind": "safety", "text": "Man bija bail."}
        tell(membership=cast.mentee, pair=fresh(cast), by=cast.elina, now=ENDED, **told)
        assert open_pair(pair=fresh(cast), reason=REASON, by=cast.inga, now=ENDED)

    @pytest.mark.parametrize(
        ("language", "told"),
        [
            ("lv", "Pāris ir beidzies, un rakstīto lasa tikai abi"),
            ("lt", "Poros darbas baigėsi, ir tai, kas parašyta, skaito tik abu"),
            ("en", "only the two read what they wrote"),
        ],
    )
    def test_the_page_says_so(self, cast: Cast, language: str, told: str) -> None:
        shown = words(Visitor(cast.inga, days=11, language=language).get(f"/pairs/{cast.pair.ref}/openings/"))
        assert told in shown
        assert 'name="reason"' not in shown
