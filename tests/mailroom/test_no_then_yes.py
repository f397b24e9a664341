"""Whoever said no and then yes: the other hears of the yes, and of no that holds no more."""

from datetime import datetime, time, timedelta
from typing import Any

import pytest

from tests import make
from tests.cast import Cast
from tests.mailroom.conftest import answer, bring, letter_to
from tests.mailroom.test_calendars import APPLE, COUNTER, GOOGLE, OUTLOOK, replied
from tests.make import NOW
from varpa.meetings.actions.coming import say_coming
from varpa.meetings.actions.meetings import cancel_meeting, miss_meeting, move_meeting
from varpa.meetings.models import Meeting, Said
from varpa.messaging.models import Message
from varpa.notices.actions import choose_quiet_hours
from varpa.pairs.actions.pairs import dissolve_pair, pause_pair
from varpa.pairs.actions.readiness import pause_unprepared_pairs
from varpa.people.models import Person
from varpa.post.models import Letter, LetterState
from varpa.post.outbox import deliver_due
from varpa.programmes.actions.memberships import withdraw_member

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
NIGHT = datetime.fromisoformat("2025-10-14T20:30:00+00:00")
LATER = NIGHT + timedelta(minutes=15)
MORNING = NIGHT + 9 * HOUR
NO, YES = "meetings.cannot_come", "meetings.comes_after_all"


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    return make.meeting(cast.pair)


def stamped(maker: str, at: datetime) -> str:
    return maker.replace("DTSTAMP:20251014T101500Z", f"DTSTAMP:{at:%Y%m%dT%H%M%S}Z")


def calendar(meeting: Meeting, by: Person, said: str, at: datetime, maker: str = GOOGLE) -> None:
    bring(replied(meeting, by, said, maker=stamped(maker, at)), now=at)


def went_to(person: Person, *kinds: str) -> list[str]:
    sent = Letter.objects.filter(person=person.pk, state=LetterState.SENT, kind__in=kinds or (NO, YES))
    return list(sent.order_by("pk").values_list("kind", flat=True))


def rests_at_night(person: Person) -> None:
    hours: dict[str, Any] = {"begins": time(21), "ends": time(7), "days": []}
    choose_quiet_hours(person=person, now=NOW, **hours)
    deliver_due(NIGHT)


class TestTheNoWasTold:
    @pytest.mark.parametrize("maker", [GOOGLE, OUTLOOK, APPLE], ids=["Google", "Outlook", "Apple"])
    def test_the_yes_of_a_calendar_is_told(self, cast: Cast, meeting: Meeting, maker: str) -> None:
        calendar(meeting, cast.elina, "DECLINED", NOW, maker)
        deliver_due(NOW)
        calendar(meeting, cast.elina, "ACCEPTED", NOW + HOUR, maker)
        letter = letter_to(cast.andris, YES)
        assert "Elīna Bērziņa tomēr piedalīsies" in letter.text
        assert "10.00" in letter.text
        assert letter.link.endswith(f"/meetings/{meeting.ref}/")

    def test_the_yes_of_words_by_mail_is_told(self, cast: Cast, meeting: Meeting) -> None:
        bring(answer(letter_to(cast.elina, "meetings.invited"), "Nē, man ir kontroldarbs."))
        deliver_due(NOW)
        bring(answer(letter_to(cast.elina, "meetings.invited"), "Jā"), now=NOW + HOUR)
        deliver_due(NOW + HOUR)
        assert went_to(cast.andris) == [NO, YES]

    def test_that_one_comes_perhaps_is_told_as_perhaps(self, cast: Cast, meeting: Meeting) -> None:
        calendar(meeting, cast.elina, "DECLINED", NOW)
        deliver_due(NOW)
        calendar(meeting, cast.elina, "TENTATIVE", NOW + HOUR)
        assert "varbūt" in letter_to(cast.andris, YES).text
        assert "piedalīsies" not in letter_to(cast.andris, YES).text

    def test_a_yes_takes_a_proposal_back(self, cast: Cast, meeting: Meeting) -> None:
        calendar(meeting, cast.elina, "", NOW, COUNTER)
        deliver_due(NOW)
        calendar(meeting, cast.elina, "ACCEPTED", NOW + HOUR)
        deliver_due(NOW + HOUR)
        assert went_to(cast.andris) == [NO, YES]

    @pytest.mark.parametrize("language", ["lv", "lt", "en"])
    def test_in_the_language_of_the_other(self, cast: Cast, meeting: Meeting, language: str) -> None:
        Person.objects.filter(pk=cast.andris.pk).update(language=language)
        calendar(meeting, cast.elina, "DECLINED", NOW)
        deliver_due(NOW)
        calendar(meeting, cast.elina, "ACCEPTED", NOW + HOUR)
        told = {"lv": "tomēr piedalīsies", "lt": "vis dėlto dalyvaus", "en": "will come after all"}
        assert told[language] in letter_to(cast.andris, YES).text

    def test_the_same_yes_again_is_told_once(self, cast: Cast, meeting: Meeting) -> None:
        calendar(meeting, cast.elina, "DECLINED", NOW)
        deliver_due(NOW)
        for hours in (1, 2):
            calendar(meeting, cast.elina, "ACCEPTED", NOW + hours * HOUR)
        calendar(meeting, cast.elina, "TENTATIVE", NOW + 3 * HOUR)
        deliver_due(NOW + 3 * HOUR)
        assert went_to(cast.andris) == [NO, YES]

    def test_no_yes_and_no_leaves_a_no(self, cast: Cast, meeting: Meeting) -> None:
        for hours, said in enumerate(("DECLINED", "ACCEPTED", "DECLINED")):
            calendar(meeting, cast.elina, said, NOW + hours * HOUR)
            deliver_due(NOW + hours * HOUR)
        assert went_to(cast.andris) == [NO, YES, NO]

    def test_a_yes_that_waits_does_not_outlive_the_next_no(self, cast: Cast, meeting: Meeting) -> None:
        rests_at_night(cast.andris)
        calendar(meeting, cast.elina, "DECLINED", NOW + HOUR)
        deliver_due(NOW + HOUR)
        calendar(meeting, cast.elina, "ACCEPTED", NIGHT)
        calendar(meeting, cast.elina, "DECLINED", LATER)
        deliver_due(MORNING)
        assert went_to(cast.andris) == [NO, NO]

    def test_a_yes_to_another_hour_than_the_no_was_to_is_no_change_of_mind(
        self, cast: Cast, meeting: Meeting
    ) -> None:
        calendar(meeting, cast.elina, "DECLINED", NOW)
        deliver_due(NOW)
        moved(meeting, cast.andris, NOW + HOUR)
        calendar(meeting, cast.elina, "ACCEPTED", NOW + 2 * HOUR)
        assert not Letter.objects.filter(kind=YES).exists()

    def test_a_first_yes_needs_no_letter(self, cast: Cast, meeting: Meeting) -> None:
        calendar(meeting, cast.elina, "ACCEPTED", NOW)
        assert not Letter.objects.filter(kind=YES).exists()

    def test_an_answer_to_it_reaches_who_comes(self, cast: Cast, meeting: Meeting) -> None:
        calendar(meeting, cast.elina, "DECLINED", NOW)
        deliver_due(NOW)
        calendar(meeting, cast.elina, "ACCEPTED", NOW + HOUR)
        bring(answer(letter_to(cast.andris, NO), "Žēl."), now=NOW + HOUR)
        bring(answer(letter_to(cast.andris, YES), "Labi, gaidu."), now=NOW + HOUR)
        assert {each.text for each in Message.objects.all()} == {"Žēl.", "Labi, gaidu."}
        assert {each.thread.about_ref for each in Message.objects.all()} == {meeting.ref}


def moved(meeting: Meeting, by: Person, now: datetime) -> None:
    meeting.refresh_from_db()
    starts = datetime(2025, 10, 18, 12)
    move_meeting(meeting=meeting, starts_local=starts, zone="Europe/Riga", minutes=60, by=by, now=now)


class TestTheNoStillWaits:
    """Andris has quiet hours; Elīna cannot come, late in the evening."""

    @pytest.fixture(autouse=True)
    def _evening(self, cast: Cast, meeting: Meeting) -> None:
        rests_at_night(cast.andris)
        calendar(meeting, cast.elina, "DECLINED", NIGHT)
        meeting.refresh_from_db()

    def test_it_goes_in_the_morning(self, cast: Cast) -> None:
        deliver_due(LATER)
        assert went_to(cast.andris) == []
        deliver_due(MORNING)
        assert went_to(cast.andris) == [NO]

    def test_a_yes_takes_it_back_and_needs_no_letter(self, cast: Cast, meeting: Meeting) -> None:
        calendar(meeting, cast.elina, "ACCEPTED", LATER)
        deliver_due(MORNING)
        assert went_to(cast.andris) == []

    def test_moving_the_meeting_takes_it_back(self, cast: Cast, meeting: Meeting) -> None:
        moved(meeting, cast.elina, LATER)
        deliver_due(MORNING)
        assert went_to(cast.andris) == []

    def test_another_place_leaves_it(self, cast: Cast, meeting: Meeting) -> None:
        """Who cannot then, cannot at another place either."""
        hour: dict[str, Any] = {"starts_local": meeting.starts_local, "zone": meeting.zone}
        move_meeting(meeting=meeting, minutes=60, place="Cita vieta", by=cast.andris, now=LATER, **hour)
        deliver_due(MORNING)
        deliver_due(MORNING + HOUR)
        assert went_to(cast.andris) == [NO]

    def test_another_place_takes_back_what_was_proposed_to_the_earlier(
        self, cast: Cast, meeting: Meeting
    ) -> None:
        longer = COUNTER.replace("T140000", "T100000").replace("T150000", "T113000")
        calendar(meeting, cast.elina, "", NIGHT + HOUR, longer)
        assert Letter.objects.filter(kind=NO, state=LetterState.QUEUED).count() == 2
        hour: dict[str, Any] = {"starts_local": meeting.starts_local, "zone": meeting.zone}
        move_meeting(meeting=meeting, minutes=90, by=cast.andris, now=NIGHT + 2 * HOUR, **hour)
        deliver_due(MORNING)
        assert went_to(cast.andris) == []

    def test_cancelling_it_takes_it_back(self, cast: Cast, meeting: Meeting) -> None:
        cancel_meeting(meeting=meeting, by=cast.elina, now=LATER)
        deliver_due(MORNING)
        assert went_to(cast.andris) == []

    def test_a_pause_takes_it_back(self, cast: Cast) -> None:
        pause_pair(pair=cast.pair, by=cast.inga, now=LATER)
        deliver_due(MORNING)
        assert went_to(cast.andris) == []

    def test_the_end_takes_it_back(self, cast: Cast) -> None:
        dissolve_pair(pair=cast.pair, by=cast.inga, reason="x", now=LATER)
        deliver_due(MORNING)
        assert went_to(cast.andris) == []

    def test_withdrawing_who_wrote_it_takes_it_back(self, cast: Cast) -> None:
        withdraw_member(membership=cast.mentee, by=cast.inga, now=LATER)
        pause_unprepared_pairs(LATER)
        deliver_due(MORNING)
        assert went_to(cast.andris) == []

    def test_once_the_hour_has_come_it_is_over(self, cast: Cast, meeting: Meeting) -> None:
        deliver_due(meeting.starts_at)
        assert went_to(cast.andris) == []
        miss_meeting(meeting=meeting, missed_by="mentee", by=cast.andris, now=meeting.starts_at + HOUR)

    def test_the_no_of_the_other_stands(self, cast: Cast, meeting: Meeting) -> None:
        """Both cannot; the yes of one takes back the own no alone."""
        say_coming(meeting=meeting, said=Said.NO, by=cast.andris, now=LATER)
        say_coming(meeting=meeting, said=Said.YES, by=cast.elina, now=LATER)
        deliver_due(MORNING)
        assert went_to(cast.andris) == []
        assert went_to(cast.elina) == [NO]
