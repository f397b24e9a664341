"""A pair rests: what is done is told, but no word goes between the two until it goes on (R1, R6)."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from tests import make
from tests.cast import Cast, assemble
from tests.make import NOW
from tests.taking_part import LATER, Pupil
from tests.visits import Visitor, forms, words
from varpa.diary import actions as diary
from varpa.diary.models import Diary, DiaryState
from varpa.meetings.actions import hours, meetings
from varpa.meetings.models import HourLine
from varpa.pairs.actions.pairs import (
    NotActive,
    NotPermitted,
    PairHasEnded,
    answer_proposal,
    dissolve_pair,
    pause_pair,
    propose_pair,
    resume_pair,
)
from varpa.pairs.models import Pair, PairState
from varpa.people.models import Person
from varpa.post.models import Letter
from varpa.times import actions as times

pytestmark = pytest.mark.django_db
SENTENCE = "Zvani man: +371 29123456"
Doing = Callable[[Pupil], object]
# What is still done while a pair rests, with a word beside it.
BESIDE: dict[str, Doing] = {
    "a meeting called off": lambda at: meetings.cancel_meeting(
        meeting=at.ahead, reason=SENTENCE, **at.mentors
    ),
    "proposed times declined": lambda at: times.decline_times(
        proposal=at.option.proposal, answer=SENTENCE, **at.by
    ),
    "an hour disputed": lambda at: hours.object_to_hours(
        line=HourLine.objects.get(meeting=at.held), word=SENTENCE, **at.by
    ),
}


@pytest.fixture
def cast() -> Cast:
    return assemble()


@pytest.fixture
def pupil(cast: Cast) -> Pupil:
    return Pupil(cast)


def told(*readers: Person) -> str:
    """What is written to some, who may be named; what one did oneself, one may read."""
    letters = (
        Letter.objects.filter(person__in=[each.pk for each in readers]) if readers else Letter.objects.all()
    )
    return " ".join(letters.values_list("text", flat=True))


def others(pupil: Pupil, name: str) -> Person:
    """Who did not do it."""
    return (pupil.mentee if name == "a meeting called off" else pupil.pair.mentor).person


@pytest.mark.parametrize("name", BESIDE)
def test_words_beside_what_is_done_wait(pupil: Pupil, name: str) -> None:
    pupil.withdraw("taking_part")
    letters = Letter.objects.count()
    BESIDE[name](pupil)
    assert Letter.objects.count() > letters
    assert SENTENCE not in told(others(pupil, name))


@pytest.mark.parametrize("name", BESIDE)
def test_while_the_pair_goes_they_are_told(pupil: Pupil, name: str) -> None:
    BESIDE[name](pupil)
    assert SENTENCE in told(others(pupil, name))


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("lv", "vārdi gaidīs, līdz mentorings atsāksies"),
        ("lt", "žodžiai palauks, kol mentorystė bus tęsiama"),
        ("en", "the words wait until the pair goes on"),
    ],
)
def test_whoever_writes_is_told_so_before(cast: Cast, language: str, said: str) -> None:
    meeting = make.meeting(cast.pair)
    pause_pair(pair=cast.pair, by=cast.inga, now=NOW)
    page = words(Visitor(cast.andris, language=language).get(f"/meetings/{meeting.ref}/cancel/"))
    assert said in page


def test_once_the_pair_goes_on_the_words_are_read(cast: Cast) -> None:
    meeting = make.meeting(cast.pair)
    pause_pair(pair=cast.pair, by=cast.inga, now=NOW)
    meetings.cancel_meeting(meeting=meeting, reason=SENTENCE, by=cast.andris, now=NOW)
    elina, address = Visitor(cast.elina), f"/meetings/{meeting.ref}/"
    assert SENTENCE not in words(elina.get(address))
    assert SENTENCE in words(Visitor(cast.andris).get(address))
    resume_pair(pair=cast.pair, by=cast.inga, now=NOW)
    assert SENTENCE in words(elina.get(address))


def test_why_a_meeting_did_not_take_place_waits_too(pupil: Pupil) -> None:
    pupil.withdraw("taking_part")
    laima, day = pupil.pair.mentor.person, LATER + timedelta(days=6)
    meetings.miss_meeting(meeting=pupil.ahead, missed_by="mentor", reason=SENTENCE, by=laima, now=day)
    krista = Visitor(pupil.mentee.person, days=12)
    for address in (f"/meetings/{pupil.ahead.ref}/", f"/pairs/{pupil.pair.ref}/meetings/", "/"):
        assert SENTENCE not in words(krista.get(address))
    assert SENTENCE in words(Visitor(laima, days=12).get(f"/meetings/{pupil.ahead.ref}/"))
    assert SENTENCE not in told(pupil.mentee.person)


def test_a_disputed_hour_is_read_without_its_words(pupil: Pupil) -> None:
    pupil.withdraw("taking_part")
    line = HourLine.objects.get(meeting=pupil.held)
    hours.object_to_hours(line=line, word=SENTENCE, by=pupil.mentee.person, now=LATER)
    laima = Visitor(pupil.pair.mentor.person, days=6)
    for address in (f"/hours/{line.ref}/", f"/pairs/{pupil.pair.ref}/hours/"):
        assert SENTENCE not in words(laima.get(address))


class TestDiary:
    """It is the mentor's words to the mentee, and the mentee's to the mentor."""

    @staticmethod
    def written(pair: Pair) -> Diary:
        make.entry(pair, text=SENTENCE)
        return Diary.objects.get(pair=pair)

    @staticmethod
    def hand_over(kept: Diary) -> None:
        who: dict[str, Any] = {"by": kept.pair.mentor.person, "now": LATER}
        diary.note_read_through(diary=kept, **who)
        diary.hand_over(diary=kept, **who)

    def test_it_is_not_handed_over_at_rest(self, pupil: Pupil) -> None:
        kept = self.written(pupil.pair)
        pupil.withdraw("taking_part")
        with pytest.raises(NotActive):
            self.hand_over(Diary.objects.get(pk=kept.pk))
        kept.refresh_from_db()
        assert kept.state == DiaryState.OPEN
        assert SENTENCE not in told()

    def test_the_page_says_why(self, cast: Cast) -> None:
        kept = self.written(cast.pair)
        pause_pair(pair=cast.pair, by=cast.inga, now=NOW)
        andris = Visitor(cast.andris, language="en")
        form = forms(andris.get(f"/diaries/{kept.ref}/handover/"))[0]
        assert "It was paused by Inga Liepa" in words(andris.send(form, 0, tick=("read",)))

    def test_nor_answered(self, pupil: Pupil) -> None:
        kept = self.written(pupil.pair)
        self.hand_over(kept)
        pupil.withdraw("taking_part")
        with pytest.raises(NotActive):
            diary.answer_diary(diary=Diary.objects.get(pk=kept.pk), text=SENTENCE, revision=0, **pupil.by)

    def test_nor_handed_over_before_the_two_may_meet(self, cast: Cast) -> None:
        mentee = make.member(cast.programme, make.person("Oskars Eglītis"), "mentee", ready=False)
        pair = propose_pair(mentor=self.another(cast), mentee=mentee, by=cast.inga, now=NOW)
        for member in (pair.mentor, pair.mentee):
            answer_proposal(pair=pair, yes=True, by=member.person, now=NOW)
        pair.refresh_from_db()
        assert pair.state == PairState.ACCEPTED
        kept = self.written(pair)
        with pytest.raises(NotActive):
            self.hand_over(kept)
        dissolve_pair(pair=pair, reason="Pārcelšanās", by=cast.inga, now=NOW)
        with pytest.raises(PairHasEnded):
            self.hand_over(Diary.objects.get(pk=kept.pk))

    def test_nor_after_the_end_where_no_guardian_permits(self, pupil: Pupil) -> None:
        kept = self.written(pupil.pair)
        pupil.withdraw("taking_part")
        dissolve_pair(pair=pupil.pair, reason="Vecāki", by=pupil.cast.inga, now=LATER)
        with pytest.raises(NotPermitted):
            self.hand_over(Diary.objects.get(pk=kept.pk))

    def test_after_the_end_it_is_handed_over(self, pupil: Pupil) -> None:
        kept = self.written(pupil.pair)
        dissolve_pair(pair=pupil.pair, reason="Pārcelšanās", by=pupil.cast.inga, now=LATER)
        self.hand_over(Diary.objects.get(pk=kept.pk))
        diary.answer_diary(diary=Diary.objects.get(pk=kept.pk), text="Paldies", revision=0, **pupil.by)

    @staticmethod
    def another(cast: Cast) -> Any:
        return make.member(cast.programme, make.person("Laima Vītola"), "mentor")
