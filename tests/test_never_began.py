"""A proposal that never became a pair leaves an answer behind, and nothing of a mentoring (R8)."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests import make
from tests.cast import Cast, assemble
from tests.make import NOW
from tests.visits import Visitor, words
from varpa.diary.actions import NoDiaryYet, begin_entry, offer_left_diaries
from varpa.diary.models import Diary, Entry
from varpa.pairs.actions.pairs import answer_proposal, dissolve_pair, propose_pair
from varpa.pairs.models import Pair
from varpa.post.models import Letter
from varpa.programmes.models import Role

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def cast() -> Cast:
    return assemble()


@pytest.fixture
def proposal(cast: Cast) -> Pair:
    laima = make.person("Laima Vītola", "laima@varpa.example")
    janis = make.person("Jānis Bērzs", "janis@varpa.example", born=NOW.date() - 7000 * DAY)
    mentor = make.member(cast.programme, laima, Role.MENTOR, ready=False, country="LV")
    mentee = make.member(cast.programme, janis, Role.MENTEE, ready=False, country="LV")
    return propose_pair(mentor=mentor, mentee=mentee, by=cast.inga, now=NOW)


def declined(pair: Pair, cast: Cast) -> None:
    answer_proposal(pair=pair, yes=False, by=pair.mentor.person, now=NOW)


def called_off(pair: Pair, cast: Cast) -> None:
    for side in (pair.mentor, pair.mentee):
        answer_proposal(pair=pair, yes=True, by=side.person, now=NOW)
    dissolve_pair(pair=pair, reason="Brauc prom", by=cast.inga, now=NOW)


ENDS = [declined, called_off]
ROOMS = [
    "plan/",
    "goals/",
    "messages/",
    "diary/",
    "closing/",
    "help/words/",
    "meetings/new/",
    "share/",
    "topic/",
]


@pytest.mark.parametrize("ends", ENDS)
@pytest.mark.parametrize("side", ["mentor", "mentee"])
def test_both_read_that_the_proposal_ended_and_nothing_else(
    cast: Cast, proposal: Pair, ends: Callable[[Pair, Cast], None], side: str
) -> None:
    ends(proposal, cast)
    visitor = Visitor(proposal.member(side).person)
    other = proposal.member("mentee" if side == "mentor" else "mentor").person
    home = words(visitor.get("/", follow=True))
    assert proposal.ref not in home
    assert other.name not in home
    room = visitor.get(f"/pairs/{proposal.ref}/")
    assert (room.status_code, room.headers["Location"]) == (302, f"/pairs/{proposal.ref}/answer/")
    page = words(visitor.get(f"/pairs/{proposal.ref}/answer/"))
    assert "Šoreiz sadarbība neizveidosies" in page
    assert "Mentorings" not in page
    for room in ROOMS:
        assert visitor.get(f"/pairs/{proposal.ref}/{room}").status_code in (403, 404), room
    assert visitor.get("/help/", follow=True).status_code == 200


@pytest.mark.parametrize("ends", ENDS)
def test_nobody_is_asked_to_hand_over_a_diary_of_what_never_was(
    cast: Cast, proposal: Pair, ends: Callable[[Pair, Cast], None]
) -> None:
    ends(proposal, cast)
    with pytest.raises(NoDiaryYet):
        begin_entry(pair=proposal, day=NOW.date(), by=proposal.mentor.person, now=NOW)
    diary = Diary.objects.create(pair=proposal, begun_at=NOW)
    Entry.objects.create(diary=diary, day=NOW.date(), begun_at=NOW, saved_at=NOW)
    assert offer_left_diaries(NOW + DAY) == 0
    assert not Letter.objects.filter(kind="diary.left").exists()


def test_before_it_begins_nothing_says_that_the_two_may_write(proposal: Pair) -> None:
    page = words(Visitor(proposal.mentee.person).get(f"/pairs/{proposal.ref}/messages/"))
    assert "varat sarakstīties" not in page
    assert "Te abi varēsiet sarakstīties" in page
