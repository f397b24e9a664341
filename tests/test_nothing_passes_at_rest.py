"""A pair rests: what is done is told, but no word goes between the two until it goes on (R1, R6)."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from tests import make
from tests.cast import Cast, assemble
from tests.defence.conftest import DAY, SETTINGS, finish, juror, plan_of, say, slot_of
from tests.events.conftest import SOON, announced
from tests.make import NOW
from tests.taking_part import LATER, Pupil
from tests.visits import Visitor, forms, words
from varpa.defence.actions import days, order, stage
from varpa.defence.actions.jurors import invite_guest
from varpa.defence.models import Defence, Juror, Slot
from varpa.diary import actions as diary
from varpa.diary.models import Diary, DiaryState
from varpa.events.actions import talking
from varpa.events.actions.planning import invite_those_lacking
from varpa.events.models import Event
from varpa.kernel.refs import new_ref
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


class TestBeforeOthers:
    """Where others hear it too, words of the one still wait for the other of the two (decision 0051)."""

    @pytest.fixture
    def event(self, cast: Cast) -> Event:
        return announced(cast.programme, cast.inga)

    def test_in_the_talk_of_an_event(self, cast: Cast, event: Event) -> None:
        given: dict[str, Any] = {"event": event, "language": "lv"}
        first = talking.say(text="Kā sākt?", by=cast.elina, now=NOW, **given)
        pause_pair(pair=cast.pair, by=cast.inga, now=SOON)
        talking.say(text=SENTENCE, under=first, by=cast.andris, now=SOON, **given)
        address = f"/events/{event.ref}/talk/"
        assert SENTENCE not in words(Visitor(cast.elina).get(address))
        for other in (cast.andris, cast.rimantas, cast.inga):
            assert SENTENCE in words(Visitor(other).get(address))
        assert not Letter.objects.filter(kind="events.talked").exists()
        resume_pair(pair=cast.pair, by=cast.inga, now=SOON)
        assert SENTENCE in words(Visitor(cast.elina).get(address))

    def test_nor_in_what_is_said_first_and_nobody_answers_it(self, cast: Cast, event: Event) -> None:
        pause_pair(pair=cast.pair, by=cast.inga, now=NOW)
        said = talking.say(event=event, text=SENTENCE, by=cast.elina, now=SOON, language="lv")
        andris = Visitor(cast.andris)
        assert SENTENCE not in words(andris.get(f"/events/{event.ref}/talk/"))
        there = {"ref": new_ref(), "text": "Zvani!"}
        assert andris.post(f"/events/{event.ref}/talk/{said.ref}/", there).status_code == 404

    def test_nor_between_two_who_have_only_been_proposed(self, cast: Cast, event: Event) -> None:
        mentee = make.member(cast.programme, make.person("Oskars Eglītis"), "mentee", ready=False)
        propose_pair(mentor=TestDiary.another(cast), mentee=mentee, by=cast.inga, now=NOW)
        laima = Person.objects.get(name="Laima Vītola")
        invite_those_lacking(event, SOON)
        talking.say(event=event, text=SENTENCE, by=laima, now=SOON, language="lv")
        address = f"/events/{event.ref}/talk/"
        assert SENTENCE not in words(Visitor(mentee.person).get(address))
        assert SENTENCE in words(Visitor(cast.elina).get(address))

    @pytest.mark.parametrize(
        ("language", "said"),
        [
            ("lv", "Šeit teiktais pagaidām gaida, to vēl nelasa: Andris Ozols"),
            ("lt", "Čia pasakyti žodžiai kol kas laukia, jų dar neskaito: Andris Ozols"),
            ("en", "What you say here waits for now and is not read yet by: Andris Ozols"),
        ],
    )
    def test_whoever_talks_is_told_so(self, cast: Cast, event: Event, language: str, said: str) -> None:
        elina = Visitor(cast.elina, language=language)
        address = f"/events/{event.ref}/talk/"
        assert said not in words(elina.get(address))
        pause_pair(pair=cast.pair, by=cast.inga, now=NOW)
        assert said in words(elina.get(address))

    def test_whoever_runs_the_programme_is_read_and_reads_as_such(self, cast: Cast, event: Event) -> None:
        make.manager(cast.programme, cast.andris)
        pause_pair(pair=cast.pair, by=cast.inga, now=NOW)
        given: dict[str, Any] = {"event": event, "now": SOON, "language": "lv"}
        talking.say(text="Sākam desmitos.", by=cast.andris, **given)
        talking.say(text=SENTENCE, by=cast.elina, **given)
        address = f"/events/{event.ref}/talk/"
        assert "Sākam desmitos." in words(Visitor(cast.elina).get(address))
        assert SENTENCE in words(Visitor(cast.andris).get(address))


class TestDefence:
    """A mentor is a juror by default: own words on the own mentee's plan wait as every other word does."""

    @pytest.fixture
    def day(self, cast: Cast) -> Defence:
        for pair in (cast.pair, cast.neighbours):
            plan_of(pair.mentee, "Darbnīca")
        made = days.make_defence(programme=cast.programme, seed=7, by=cast.inga, now=NOW, **SETTINGS)
        order.draw_order(defence=made, seed=7, by=cast.inga, now=NOW)
        days.announce_defence(defence=made, by=cast.inga, now=NOW)
        return made

    @staticmethod
    def said(cast: Cast, day: Defence, *jurors: Juror) -> Slot:
        """Elīna presents; each of them says something, and the day goes to its end."""
        days.begin_defence(defence=day, by=cast.inga, now=DAY)
        slot = slot_of(day, cast.elina)
        stage.start_slot(slot=slot, by=cast.inga, now=DAY)
        for each in jurors:
            say(slot, each, convinced=f"{each.name}: {SENTENCE}")
        stage.close_slot(slot=slot, by=cast.inga, now=DAY)
        finish(day, cast)
        return slot

    def test_the_own_mentors_words_wait(self, cast: Cast, day: Defence) -> None:
        pause_pair(pair=cast.pair, by=cast.inga, now=NOW)
        slot = self.said(cast, day, juror(day, cast.andris), juror(day, cast.rimantas))
        address = f"/slots/{slot.ref}/result/"
        page = words(Visitor(cast.elina, days=160).get(address))
        assert f"{cast.rimantas.name}: {SENTENCE}" in page
        assert f"Andris Ozols: {SENTENCE}" not in page
        assert "Šeit vēl gaida vārdi, un tos rakstīja: Andris Ozols" in page
        assert f"Andris Ozols: {SENTENCE}" in words(Visitor(cast.inga, days=160).get(address))
        resume_pair(pair=cast.pair, by=cast.inga, now=DAY)
        assert f"Andris Ozols: {SENTENCE}" in words(Visitor(cast.elina, days=160).get(address))

    def test_also_those_of_a_guest_who_is_the_mentor(self, cast: Cast, day: Defence) -> None:
        pause_pair(pair=cast.pair, by=cast.inga, now=NOW)
        Juror.objects.filter(person=cast.andris).delete()
        given = {"name": "A. Ozols", "address": "Andris@varpa.example", "language": "lv"}
        guest = invite_guest(defence=day, by=cast.inga, now=NOW, **given)
        slot = self.said(cast, day, guest)
        assert SENTENCE not in words(Visitor(cast.elina, days=160).get(f"/slots/{slot.ref}/result/"))

    def test_what_was_read_before_a_rest_stays(self, cast: Cast, day: Defence) -> None:
        slot = self.said(cast, day, juror(day, cast.andris))
        pause_pair(pair=cast.pair, by=cast.inga, now=DAY + timedelta(days=1))
        assert SENTENCE in words(Visitor(cast.elina, days=160).get(f"/slots/{slot.ref}/result/"))

    def test_the_juror_is_told_so_while_writing(self, cast: Cast, day: Defence) -> None:
        days.begin_defence(defence=day, by=cast.inga, now=DAY)
        stage.start_slot(slot=slot_of(day, cast.elina), by=cast.inga, now=DAY)
        andris, address = Visitor(cast.andris, days=160, language="en"), f"/defences/{day.ref}/jury/"
        told = "Elīna does not read your words until they may pass between the two of you."
        assert told not in words(andris.get(address))
        pause_pair(pair=cast.pair, by=cast.inga, now=DAY)
        assert told in words(andris.get(address))
