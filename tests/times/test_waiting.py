"""Times that wait are reminded of, and lapse with a word to both (R4, §2)."""

from datetime import datetime, timedelta

import pytest

from tests import make
from tests.cast import Cast
from tests.make import NOW
from tests.times.conftest import propose
from varpa.absences.actions import say_away
from varpa.meetings.actions.reminders import remind
from varpa.pairs.actions.pairs import pause_pair
from varpa.pairs.models import Pair
from varpa.people.models import Person
from varpa.post.models import Letter, LetterState
from varpa.times.actions import end_passed, remind_of_times
from varpa.times.models import Proposal, ProposalState

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
LATER = [datetime(2025, 11, 3, 16, 0), datetime(2025, 11, 4, 16, 0)]


def told(kind: str) -> set[str]:
    """Whom of Andris and Elīna a letter of a kind goes to."""
    two = ["andris@varpa.example", "elina@varpa.example"]
    standing = Letter.objects.filter(kind=kind, to_address__in=two).exclude(state=LetterState.WITHDRAWN)
    return set(standing.values_list("to_address", flat=True))


def times_of(who: Person) -> Letter:
    return Letter.objects.get(kind="times.due", to_address=who.email)


class TestReminder:
    def test_whoever_has_not_chosen_is_reminded_once_the_time_to_answer_has_passed(self, cast: Cast) -> None:
        proposal = propose(cast, starts_local=LATER)
        for hours in range(0, 84, 12):
            assert remind_of_times(NOW + timedelta(hours=hours)) == 0
        assert remind_of_times(NOW + 4 * DAY) == 1
        assert remind_of_times(NOW + 9 * DAY) == 0
        assert told("times.due") == {cast.elina.email}
        assert times_of(cast.elina).link.endswith(f"/times/{proposal.ref}/")

    def test_a_day_before_the_last_of_the_times_at_the_latest(self, cast: Cast) -> None:
        propose(cast, starts_local=[(NOW + 2 * DAY).replace(tzinfo=None)])
        assert remind_of_times(NOW + timedelta(hours=1)) == 0
        assert remind_of_times(NOW + timedelta(hours=26)) == 1

    def test_nobody_who_is_away_is_reminded(self, cast: Cast) -> None:
        propose(cast, starts_local=LATER)
        first, last = (NOW + DAY).date(), (NOW + 8 * DAY).date()
        say_away(person=cast.elina, first=first, last=last, now=NOW)
        assert remind_of_times(NOW + 5 * DAY) == 0
        assert remind_of_times(NOW + 16 * DAY) == 1


class TestNoMeetingIsPlanned:
    @pytest.fixture
    def idle(self, cast: Cast) -> Cast:
        make.held(cast.pair, days=1)
        return cast

    def test_nobody_is_told_to_plan_while_times_wait(self, idle: Cast) -> None:
        propose(idle, now=NOW + 14 * DAY, starts_local=LATER)
        for days in range(14, 20):
            remind(NOW + days * DAY)
        assert told("meetings.none_planned") == set()

    def test_three_days_after_they_have_passed_both_are_told_to_plan(self, idle: Cast) -> None:
        propose(idle, now=NOW + 14 * DAY, starts_local=LATER[:1])
        end_passed(NOW + 21 * DAY)
        remind(NOW + 22 * DAY)
        assert told("meetings.none_planned") == set()
        remind(NOW + 25 * DAY)
        assert told("meetings.none_planned") == {idle.andris.email, idle.elina.email}


class TestPassed:
    def test_both_are_told_once_with_the_way_to_others(self, cast: Cast) -> None:
        propose(cast)
        for days in (10, 11):
            end_passed(NOW + days * DAY)
        assert Proposal.objects.get().state == ProposalState.PASSED
        assert told("times.passed") == {cast.andris.email, cast.elina.email}
        assert Letter.objects.filter(kind="times.passed").count() == 2
        own = Letter.objects.get(kind="times.passed", to_address=cast.andris.email)
        assert "neviens no Jūsu piedāvātajiem laikiem" in own.text
        assert own.link.endswith(f"/pairs/{cast.pair.ref}/times/")

    def test_the_reminder_that_waits_is_taken_out(self, cast: Cast) -> None:
        propose(cast)
        remind_of_times(NOW + 8 * DAY)
        end_passed(NOW + 10 * DAY)
        assert told("times.due") == set()

    def test_what_a_meeting_has_overtaken_ends_without_a_word(self, cast: Cast) -> None:
        propose(cast)
        make.meeting(cast.pair, days=4, kind="regular", now=NOW + DAY)
        end_passed(NOW + 10 * DAY)
        assert Proposal.objects.get().state == ProposalState.PASSED
        assert told("times.passed") == set()

    def test_a_pause_ends_them_without_a_word(self, cast: Cast) -> None:
        propose(cast)
        pause_pair(pair=Pair.objects.get(pk=cast.pair.pk), by=cast.inga, now=NOW + DAY)
        end_passed(NOW + 10 * DAY)
        assert told("times.passed") == set()
