"""Calendar answers that arrive out of order, answer an older invitation, or propose something else."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tests import make
from tests.cast import Cast
from tests.mailroom.conftest import answer, bring, letter_to
from tests.mailroom.test_calendars import APPLE, COUNTER, GOOGLE, OUTLOOK, replied
from tests.make import NOW
from tests.visits import ask
from varpa.meetings.actions.coming import say_coming
from varpa.meetings.actions.meetings import move_meeting
from varpa.meetings.models import Coming, Meeting, Said
from varpa.messaging.actions import want_quiet
from varpa.people.models import Person
from varpa.post.models import InboundState, Letter

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
STAMP = "DTSTAMP:20251014T101500Z"
EARLY, LATE = "DTSTAMP:20251014T070000Z", "DTSTAMP:20251014T080000Z"
PLACE = "Bauskas iela 12, Jelgava"


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    return make.meeting(cast.pair, place="Kafejnīca")


def change(meeting: Meeting, by: Person, **changes: Any) -> None:
    """Another place, unless told otherwise: at the same hour."""
    asked: dict[str, Any] = {
        "starts_local": meeting.starts_local,
        "zone": meeting.zone,
        "minutes": meeting.minutes,
    }
    asked |= {"place": PLACE, **changes}
    move_meeting(meeting=meeting, by=by, now=NOW, **asked)


class TestOrder:
    """Of one invitation what was said last counts, not what came last (RFC 5546, 2.1.5)."""

    @pytest.mark.parametrize("maker", [GOOGLE, OUTLOOK, APPLE], ids=["Google", "Outlook", "Apple"])
    def test_an_earlier_answer_that_comes_late_changes_nothing(
        self, cast: Cast, meeting: Meeting, maker: str
    ) -> None:
        bring(replied(meeting, cast.elina, "ACCEPTED", maker=maker.replace(STAMP, LATE)))
        [came] = bring(replied(meeting, cast.elina, "DECLINED", maker=maker.replace(STAMP, EARLY)))
        assert came.state == InboundState.CAME_BACK
        assert "spēkā ir vēlākā" in letter_to(cast.elina, "mailroom.came_back").text
        coming = Coming.objects.get()
        assert (coming.said, coming.stamped_at) == (Said.YES, datetime.fromisoformat("2025-10-14T08:00Z"))
        assert not Letter.objects.filter(kind="meetings.cannot_come").exists()

    def test_in_order_the_later_counts(self, cast: Cast, meeting: Meeting) -> None:
        bring(replied(meeting, cast.elina, "ACCEPTED", maker=GOOGLE.replace(STAMP, EARLY)))
        bring(replied(meeting, cast.elina, "DECLINED", maker=GOOGLE.replace(STAMP, LATE)))
        assert Coming.objects.get().said == Said.NO

    def test_the_sequence_goes_before_the_hour(self, cast: Cast, meeting: Meeting) -> None:
        bring(replied(meeting, cast.elina, "ACCEPTED", maker=GOOGLE.replace(STAMP, LATE)))
        change(meeting, cast.andris, starts_local=meeting.starts_local + DAY)
        bring(replied(meeting, cast.elina, "DECLINED", maker=GOOGLE.replace(STAMP, EARLY)))
        assert Coming.objects.get().said == Said.NO

    def test_a_clock_that_is_fast_keeps_no_later_answer_away(self, cast: Cast, meeting: Meeting) -> None:
        ahead = GOOGLE.replace(STAMP, "DTSTAMP:20301014T101500Z")
        bring(replied(meeting, cast.elina, "ACCEPTED", maker=ahead))
        assert Coming.objects.get().stamped_at == NOW
        later = GOOGLE.replace(STAMP, "DTSTAMP:20251014T100000Z")
        bring(replied(meeting, cast.elina, "DECLINED", maker=later), now=NOW + 2 * HOUR)
        assert Coming.objects.get().said == Said.NO

    def test_words_by_mail_are_said_when_they_come(self, cast: Cast, meeting: Meeting) -> None:
        bring(answer(letter_to(cast.elina, "meetings.invited"), "Nē"))
        bring(replied(meeting, cast.elina, "ACCEPTED", maker=GOOGLE.replace(STAMP, EARLY)), now=NOW + HOUR)
        assert Coming.objects.get().said == Said.NO


class TestAnOlderInvitation:
    """An answer to an older invitation is judged by what it was given to: the hour (RFC 5546)."""

    def test_who_cannot_at_that_hour_cannot_though_the_place_is_another(
        self, cast: Cast, meeting: Meeting
    ) -> None:
        old = replied(meeting, cast.elina, "DECLINED", maker=OUTLOOK)
        change(meeting, cast.andris)
        [came] = bring(old)
        assert came.state == InboundState.PLACED
        coming = Coming.objects.get()
        assert (coming.said, coming.sequence) == (Said.NO, meeting.sequence)
        assert "Man ir kontroldarbs" in letter_to(cast.andris, "meetings.cannot_come").text
        assert PLACE in letter_to(cast.elina, "mailroom.came_back").text

    def test_nor_where_it_was_moved_there_and_back(self, cast: Cast, meeting: Meeting) -> None:
        old, was = replied(meeting, cast.elina, "DECLINED"), meeting.starts_local
        change(meeting, cast.andris, starts_local=was + DAY)
        change(meeting, cast.andris, starts_local=was)
        bring(old)
        assert Coming.objects.get().said == Said.NO

    def test_a_yes_to_another_place_is_asked_for_anew(self, cast: Cast, meeting: Meeting) -> None:
        old = replied(meeting, cast.elina)
        change(meeting, cast.andris)
        [came] = bring(old)
        assert came.state == InboundState.CAME_BACK
        assert not Coming.objects.exists()
        told = letter_to(cast.elina, "mailroom.came_back").text
        assert PLACE in told
        assert "pārcelta" not in told

    def test_a_no_to_another_hour_says_nothing_of_this_one(self, cast: Cast, meeting: Meeting) -> None:
        old = replied(meeting, cast.elina, "DECLINED")
        change(meeting, cast.andris, starts_local=meeting.starts_local + DAY)
        [came] = bring(old)
        assert came.state == InboundState.CAME_BACK
        assert "pārcelta" in letter_to(cast.elina, "mailroom.came_back").text
        assert not Letter.objects.filter(kind="meetings.cannot_come").exists()

    def test_a_no_given_before_the_newer_yes_is_overtaken_by_it(self, cast: Cast, meeting: Meeting) -> None:
        old = replied(meeting, cast.elina, "DECLINED", maker=GOOGLE.replace(STAMP, EARLY))
        change(meeting, cast.andris)
        bring(replied(meeting, cast.elina, maker=GOOGLE.replace(STAMP, LATE)), old)
        assert Coming.objects.get().said == Said.YES


class TestCounter:
    """A proposal is taken as a whole: hour, length and place."""

    LONGER = COUNTER.replace("T150000", "T153000").replace(
        "SEQUENCE", f"LOCATION:{PLACE.replace(',', chr(92) + ',')}\nSEQUENCE"
    )

    def test_it_is_told_with_its_length_and_place(self, cast: Cast, meeting: Meeting) -> None:
        bring(replied(meeting, cast.elina, maker=self.LONGER))
        coming = Coming.objects.get()
        assert (coming.proposed_minutes, coming.proposed_place) == (90, PLACE)
        told = letter_to(cast.andris, "meetings.cannot_come").text.replace("\xa0", " ")
        for words in ("14.00", "1 h 30 min", PLACE):
            assert words in told
        page = ask(cast.andris, f"/meetings/{meeting.ref}/").content.decode().replace("\xa0", " ")
        for words in ("14.00", "1 h 30 min", PLACE):
            assert words in page

    @pytest.mark.parametrize("length", ["DURATION:PT1H30M", "DURATION:PT5400S"])
    def test_a_length_may_be_written_as_such(self, cast: Cast, meeting: Meeting, length: str) -> None:
        bring(
            replied(
                meeting, cast.elina, maker=COUNTER.replace("DTEND;TZID=Europe/Riga:20251017T150000", length)
            )
        )
        assert Coming.objects.get().proposed_minutes == 90

    def test_what_is_the_same_is_not_proposed(self, cast: Cast, meeting: Meeting) -> None:
        same = COUNTER.replace("SEQUENCE", "LOCATION:Kafejnīca \nSEQUENCE")
        bring(replied(meeting, cast.elina, maker=same))
        coming = Coming.objects.get()
        assert (coming.proposed_minutes, coming.proposed_place) == (None, "")

    def test_only_another_place_is_no_other_hour(self, cast: Cast, meeting: Meeting) -> None:
        place = COUNTER.replace("T140000", "T100000").replace("T150000", "T110000")
        place = place.replace("SEQUENCE", "LOCATION:Bibliotēka\nSEQUENCE")
        bring(replied(meeting, cast.elina, maker=place))
        coming = Coming.objects.get()
        assert (coming.proposed_at, coming.proposed_place) == (None, "Bibliotēka")
        letter = letter_to(cast.andris, "meetings.cannot_come")
        assert "nevar piedalīties" not in letter.text
        assert "Bibliotēka" in letter.text

    def test_to_accept_is_one_press_on_the_page_that_the_letter_opens(
        self, cast: Cast, meeting: Meeting
    ) -> None:
        bring(replied(meeting, cast.elina, maker=self.LONGER))
        link = letter_to(cast.andris, "meetings.cannot_come").link
        page = ask(cast.andris, link)
        shown = page.context["form"]
        assert shown["starts"].value() == datetime(2025, 10, 17, 14, 0)
        assert (shown["minutes"].value(), shown["place"].value()) == (90, PLACE)
        given = {name: str(shown[name].value()) for name in ("sequence", "minutes", "means", "place", "zone")}
        ask(cast.andris, link, {**given, "starts": "2025-10-17T14:00"})
        meeting.refresh_from_db()
        assert (meeting.minutes, meeting.place) == (90, PLACE)
        assert meeting.starts_local == datetime(2025, 10, 17, 14, 0)
        assert "SEQUENCE:1" in letter_to(cast.elina, "meetings.invited").calendar

    def test_whoever_proposed_finds_the_meeting_as_it_stands(self, cast: Cast, meeting: Meeting) -> None:
        bring(replied(meeting, cast.elina, maker=self.LONGER))
        shown = ask(cast.elina, f"/meetings/{meeting.ref}/move/").context["form"]
        assert (shown["minutes"].value(), shown["place"].value()) == (60, "Kafejnīca")

    def test_a_place_is_words_for_whoever_wants_none(self, cast: Cast, meeting: Meeting) -> None:
        want_quiet(pair=cast.pair, by=cast.elina, now=NOW)
        bring(replied(meeting, cast.andris, maker=self.LONGER))
        letter = letter_to(cast.elina, "meetings.cannot_come")
        assert PLACE not in letter.text
        for link in (letter.link, f"/meetings/{meeting.ref}/"):
            assert PLACE not in ask(cast.elina, link).content.decode()
        assert ask(cast.elina, letter.link).context["form"]["minutes"].value() == 90

    def test_a_length_that_no_meeting_has_goes_back(self, cast: Cast, meeting: Meeting) -> None:
        long = COUNTER.replace("DTEND;TZID=Europe/Riga:20251017T150000", "DURATION:P3D")
        [came] = bring(replied(meeting, cast.elina, maker=long))
        assert came.state == InboundState.CAME_BACK

    def test_only_whoever_cannot_come_proposes(self, cast: Cast, meeting: Meeting) -> None:
        say_coming(meeting=meeting, said=Said.YES, by=cast.elina, now=NOW)
        with pytest.raises(IntegrityError), transaction.atomic():
            Coming.objects.update(proposed_minutes=30)
