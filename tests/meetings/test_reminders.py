"""Reminders: each has a reason and an end, and is written once (product R4, R5)."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import partial

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import make
from tests.cast import Cast
from tests.make import NOW
from tests.meetings.conftest import DAY, HOUR, page, text, wall
from varpa.diary.evenings import ask_for_entries
from varpa.meetings.actions import reminders
from varpa.meetings.actions.meetings import cancel_meeting, miss_meeting, move_meeting
from varpa.meetings.actions.preparation import add_topic, withdraw_topic
from varpa.meetings.actions.reminders import remind
from varpa.meetings.actions.reviews import make_promise, review_meeting, take_promise_step
from varpa.meetings.models import Meeting
from varpa.messaging.actions import begin_thread, remind_of_answers, write_message
from varpa.pairs.actions.pairs import dissolve_pair, pause_pair, resume_pair
from varpa.pairs.models import Plan, PlanAnswer
from varpa.post.actions import unsubscribe
from varpa.post.models import Letter, LetterState
from varpa.post.outbox import deliver_due
from varpa.programmes.models import Membership

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _one_pair(cast: Cast) -> None:
    """Only Andris and Elīna: the others are quiet."""
    for pair in (cast.neighbours, cast.elsewhere):
        pause_pair(pair=pair, by=None, now=NOW)


def waiting(kind: str) -> list[str]:
    """To whom letters of a kind go, or went."""
    letters = Letter.objects.filter(kind=f"meetings.{kind}").exclude(state="withdrawn")
    return sorted(letters.values_list("to_address", flat=True))


ANDRIS, ELINA = "andris@varpa.example", "elina@varpa.example"


class TestTopics:
    def test_the_mentee_two_days_before_and_once(self, cast: Cast) -> None:
        make.meeting(cast.pair, days=3)
        assert remind(NOW) == 0
        assert remind(NOW + DAY) == 1
        assert remind(NOW + DAY + HOUR) == 0
        assert waiting("topics_due") == [ELINA]

    def test_not_who_has_written_something(self, cast: Cast) -> None:
        add_topic(meeting=make.meeting(cast.pair), text="Cena?", by=cast.elina, now=NOW)
        assert remind(NOW + 2 * DAY) == 0

    def test_a_topic_of_the_mentor_is_no_topic_of_the_mentee(self, cast: Cast) -> None:
        add_topic(meeting=make.meeting(cast.pair), text="Cena?", by=cast.andris, now=NOW)
        assert remind(NOW + 2 * DAY) == 1

    def test_it_ends_with_the_first_topic(self, cast: Cast) -> None:
        meeting = make.meeting(cast.pair)
        remind(NOW + 2 * DAY)
        add_topic(meeting=meeting, text="Cena?", by=cast.elina, now=NOW + 2 * DAY)
        assert waiting("topics_due") == []

    def test_it_ends_when_the_meeting_begins(self, cast: Cast) -> None:
        make.meeting(cast.pair)
        remind(NOW + 2 * DAY)
        deliver_due(NOW + 5 * DAY)
        assert waiting("topics_due") == []

    def test_a_moved_meeting_reminds_anew(self, cast: Cast) -> None:
        meeting = make.meeting(cast.pair)
        remind(NOW + 2 * DAY)
        move_meeting(
            meeting=meeting,
            starts_local=wall(8),
            zone="Europe/Riga",
            minutes=60,
            by=cast.elina,
            now=NOW + 2 * DAY,
        )
        assert waiting("topics_due") == []
        assert remind(NOW + 7 * DAY) == 1

    def test_at_the_time_that_the_pair_agreed(self, cast: Cast) -> None:
        make.agreed_plan(cast.pair)
        PlanAnswer.objects.update(question="between_meetings", choice=5)
        make.meeting(cast.pair, days=7)
        assert remind(NOW + DAY) == 0
        assert remind(NOW + 2 * DAY) == 1
        assert waiting("topics_due") == [ELINA]

    def test_nearer_too_where_the_pair_agreed_so(self, cast: Cast) -> None:
        make.agreed_plan(cast.pair)
        PlanAnswer.objects.update(question="between_meetings", choice=1)
        make.meeting(cast.pair, days=3)
        assert remind(NOW + DAY) == 0
        assert remind(NOW + 2 * DAY) == 1

    def test_what_is_not_agreed_yet_moves_no_reminder(self, cast: Cast) -> None:
        make.agreed_plan(cast.pair)
        PlanAnswer.objects.update(question="between_meetings", choice=5)
        Plan.objects.update(state="draft")
        make.meeting(cast.pair, days=7)
        assert remind(NOW + 4 * DAY) == 0

    @pytest.mark.parametrize("choice", [None, 0, -3, True, "5", [5]])
    def test_what_is_no_number_of_days_counts_as_two(self, cast: Cast, choice: object) -> None:
        make.agreed_plan(cast.pair)
        PlanAnswer.objects.update(question="between_meetings", choice=choice)
        make.meeting(cast.pair, days=3)
        assert (remind(NOW + DAY - 3 * HOUR), remind(NOW + DAY)) == (0, 1)

    def test_however_many_pairs_as_many_queries(self, cast: Cast) -> None:
        make.meeting(cast.pair, days=4)
        with CaptureQueriesContext(connection) as one:
            remind(NOW)
        for person in range(4):
            mentor = make.member(
                cast.programme, make.person(f"Mentors {person}", f"m{person}@x.example"), "mentor"
            )
            mentee = make.member(
                cast.programme,
                make.person(f"Skolēns {person}", f"s{person}@x.example", born=date(2006, 1, 1)),
                "mentee",
            )
            make.meeting(make.pair(mentor, mentee), days=4)
        with CaptureQueriesContext(connection) as five:
            remind(NOW)
        assert len(five) == len(one)

    def test_a_cancelled_one_never(self, cast: Cast) -> None:
        meeting = make.meeting(cast.pair)
        remind(NOW + 2 * DAY)
        cancel_meeting(meeting=meeting, by=cast.andris, now=NOW + 2 * DAY)
        assert waiting("topics_due") == []
        assert remind(NOW + 2 * DAY) == 0

    def test_nobody_in_a_pair_that_rests(self, cast: Cast) -> None:
        make.meeting(cast.pair)
        pause_pair(pair=cast.pair, by=cast.inga, now=NOW)
        assert remind(NOW + 2 * DAY) == 0


class TestReview:
    def test_each_who_has_written_nothing_a_day_after(self, cast: Cast) -> None:
        meeting = make.meeting(cast.pair)
        assert remind(meeting.starts_at + 23 * HOUR) == 0
        assert remind(meeting.starts_at + DAY) == 2
        assert remind(meeting.starts_at + 2 * DAY) == 0
        assert waiting("review_due") == [ANDRIS, ELINA]

    def test_only_the_other_where_one_has_written(self, cast: Cast) -> None:
        meeting = make.held(cast.pair)
        assert remind(meeting.starts_at + DAY) == 1
        assert waiting("review_due") == [ELINA]

    def test_it_ends_with_the_review_of_that_side(self, cast: Cast) -> None:
        meeting = make.meeting(cast.pair)
        at = meeting.starts_at + DAY
        remind(at)
        review_meeting(meeting=meeting, by=cast.elina, now=at, minutes=60)
        assert waiting("review_due") == [ANDRIS]

    def test_it_ends_where_nobody_met(self, cast: Cast) -> None:
        meeting = make.meeting(cast.pair)
        at = meeting.starts_at + DAY
        remind(at)
        miss_meeting(meeting=meeting, missed_by="both", by=cast.andris, now=at)
        assert waiting("review_due") == []

    def test_nobody_is_asked_about_what_is_long_past(self, cast: Cast) -> None:
        meeting = make.meeting(cast.pair)
        remind(meeting.starts_at + 8 * DAY)
        assert waiting("review_due") == []


class TestPromise:
    def test_only_its_maker_the_day_before(self, cast: Cast) -> None:
        make_promise(pair=cast.pair, text="Piezvanīšu", due=date(2025, 10, 20), by=cast.elina, now=NOW)
        assert remind(NOW + 4 * DAY) == 0
        assert remind(NOW + 5 * DAY) == 1
        assert remind(NOW + 5 * DAY + HOUR) == 0
        assert waiting("promise_due") == [ELINA]

    def test_tomorrow_is_the_programmes_tomorrow(self, cast: Cast) -> None:
        make_promise(pair=cast.pair, text="Piezvanīšu", due=date(2025, 10, 20), by=cast.elina, now=NOW)
        assert remind(datetime(2025, 10, 18, 20, 30, tzinfo=UTC)) == 0
        assert remind(datetime(2025, 10, 18, 21, 30, tzinfo=UTC)) == 1

    @pytest.mark.parametrize("country", ["LV", "LT"])
    def test_not_on_a_public_holiday_but_on_the_last_day_before(self, cast: Cast, country: str) -> None:
        """Christmas is three days long in both countries."""
        Membership.objects.filter(pk=cast.mentee.pk).update(country=country)
        make_promise(pair=cast.pair, text="Piezvanīšu", due=date(2025, 12, 27), by=cast.elina, now=NOW)
        remind(datetime(2025, 12, 22, 12, tzinfo=UTC))
        assert waiting("promise_due") == []
        for day in (23, 24, 25, 26):
            remind(datetime(2025, 12, day, 12, tzinfo=UTC))
            assert waiting("promise_due") == [ELINA]
        letter = Letter.objects.get(kind="meetings.promise_due")
        assert letter.subject == "Tuvojas solītā diena: 2025.\xa0gada 27.\xa0decembrī"

    def test_what_is_a_holiday_elsewhere_changes_nothing(self, cast: Cast) -> None:
        Membership.objects.filter(pk=cast.mentee.pk).update(country="NO")
        make_promise(pair=cast.pair, text="Piezvanīšu", due=date(2025, 11, 19), by=cast.elina, now=NOW)
        remind(datetime(2025, 11, 17, 12, tzinfo=UTC))
        assert waiting("promise_due") == []
        remind(datetime(2025, 11, 18, 12, tzinfo=UTC))
        assert "Rīt" in Letter.objects.get(kind="meetings.promise_due").subject

    def test_the_day_goes_into_the_makers_calendar_without_the_words(self, cast: Cast) -> None:
        make_promise(pair=cast.pair, text="Piezvanīšu", due=date(2025, 10, 20), by=cast.elina, now=NOW)
        remind(datetime(2025, 10, 19, 12, tzinfo=UTC))
        letter = Letter.objects.get(kind="meetings.promise_due")
        assert letter.calendar_method == "PUBLISH"
        assert "DTSTART;VALUE=DATE:20251020" in letter.calendar
        assert "Piezvan" not in letter.calendar, "a calendar may be read by others"

    def test_it_ends_when_the_promise_is_kept(self, cast: Cast) -> None:
        promise = make_promise(
            pair=cast.pair, text="Piezvanīšu", due=date(2025, 10, 20), by=cast.elina, now=NOW
        )
        remind(NOW + 5 * DAY)
        take_promise_step(promise=promise, step="keep", by=cast.elina, now=NOW + 5 * DAY)
        assert waiting("promise_due") == []


class TestSilence:
    def test_both_when_the_rhythm_has_passed(self, cast: Cast) -> None:
        make.held(cast.pair)
        assert remind(NOW + 18 * DAY - 3 * HOUR) == 0
        assert remind(NOW + 18 * DAY) == 2
        assert waiting("none_planned") == [ANDRIS, ELINA]
        assert remind(NOW + 25 * DAY) == 0

    def test_before_the_first_meeting_from_the_day_the_pair_began(self, cast: Cast) -> None:
        assert remind(NOW + 14 * DAY) == 0
        assert remind(NOW + 15 * DAY) == 2

    def test_a_planned_meeting_that_nobody_wrote_about_is_no_next_meeting(self, cast: Cast) -> None:
        meeting = make.meeting(cast.pair)
        assert remind(meeting.starts_at + 16 * DAY) == 2
        assert waiting("none_planned") == [ANDRIS, ELINA]

    def test_a_cancelled_meeting_ahead_is_no_next_meeting(self, cast: Cast) -> None:
        cancel_meeting(meeting=make.meeting(cast.pair, days=60), by=cast.andris, now=NOW)
        assert remind(NOW + 15 * DAY) == 2

    def test_the_agreed_rhythm_counts(self, cast: Cast) -> None:
        make.held(cast.pair)
        make.agreed_plan(cast.pair)
        PlanAnswer.objects.update(choice=7)
        at = NOW + 11 * DAY + 2 * HOUR
        # The third asks whether the hours are right.
        assert remind(at) == 3
        assert waiting("none_planned") == [ANDRIS, ELINA]

    def test_not_on_a_public_holiday_of_the_reader(self, cast: Cast) -> None:
        proclamation = NOW + 35 * DAY
        Membership.objects.filter(pk=cast.mentor.pk).update(country="LT")
        remind(proclamation)
        assert waiting("none_planned") == [ANDRIS]
        remind(proclamation + DAY)
        assert waiting("none_planned") == [ANDRIS, ELINA]

    def test_it_ends_when_a_meeting_is_planned(self, cast: Cast) -> None:
        remind(NOW + 15 * DAY)
        make.meeting(cast.pair, days=20, now=NOW)
        assert waiting("none_planned") == []

    def test_nobody_after_the_closing_meeting(self, cast: Cast) -> None:
        make.held(cast.pair, kind="closing")
        remind(NOW + 20 * DAY)
        assert waiting("none_planned") == []

    def test_nobody_in_a_pair_that_has_ended(self, cast: Cast) -> None:
        dissolve_pair(pair=cast.pair, reason="Aizgāja.", by=cast.inga, now=NOW)
        assert remind(NOW + 20 * DAY) == 0


def test_those_who_were_reminded_do_not_stand_in_the_way(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reminders, "BATCH", 1)
    for days in range(3, 6):
        make.meeting(cast.pair, days=days, kind="regular")
    assert remind(NOW + 3 * DAY - HOUR * 4) == 2
    assert remind(NOW + 4 * DAY - HOUR * 4) == 1


def test_a_reminder_that_its_reader_stopped_is_not_written(cast: Cast) -> None:
    unsubscribe(person_id=cast.elina.pk, kind="meetings.topics_due", now=NOW)
    make.meeting(cast.pair)
    assert remind(NOW + 2 * DAY) == 0


class TestSaid:
    """What the mentor reads of the reminder of topics is what happens."""

    def said(self, cast: Cast, meeting: Meeting, now: datetime = NOW) -> str:
        return text(page(cast.andris, f"/meetings/{meeting.ref}/", now=now))

    def test_the_day_on_which_it_goes(self, cast: Cast) -> None:
        assert "Atgādinājumu 17.\u00a0oktobrī saņems Elīna." in self.said(
            cast, make.meeting(cast.pair, days=5)
        )

    def test_the_day_that_the_pair_chose(self, cast: Cast) -> None:
        make.agreed_plan(cast.pair)
        PlanAnswer.objects.update(question="between_meetings", choice=4)
        assert "Atgādinājumu 15.\u00a0oktobrī saņems Elīna." in self.said(
            cast, make.meeting(cast.pair, days=5)
        )

    def test_a_nearer_meeting_is_reminded_of_at_once(self, cast: Cast) -> None:
        meeting = make.meeting(cast.pair, days=1)
        assert "Atgādinājumu tūlīt saņems Elīna." in self.said(cast, meeting)
        remind(NOW)
        assert "Atgādinājums jau nosūtīts: Elīna." in self.said(cast, meeting)

    def test_nothing_where_none_goes(self, cast: Cast) -> None:
        meeting = make.meeting(cast.pair)
        remind(NOW + DAY)
        topic = add_topic(meeting=meeting, text="Cena?", by=cast.elina, now=NOW + DAY)
        withdraw_topic(topic=topic, by=cast.elina, now=NOW + DAY)
        assert "Atgādināj" not in self.said(cast, meeting, NOW + DAY)

    def test_nothing_where_the_mentee_has_stopped_them(self, cast: Cast) -> None:
        unsubscribe(person_id=cast.elina.pk, kind="meetings.topics_due", now=NOW)
        shown = self.said(cast, make.meeting(cast.pair))
        assert "Jautājumu vēl nav." in shown
        assert "Atgādināj" not in shown


class TestWhatWaitsForItsHour:
    """A letter waits for quiet hours, or to be gathered: meanwhile its reason may go."""

    @pytest.mark.parametrize("step", [pause_pair, partial(dissolve_pair, reason="Aizgāja.")])
    def test_no_reminder_of_a_pair_that_does_not_go_any_more(
        self, cast: Cast, step: Callable[..., object]
    ) -> None:
        make.held(cast.pair, days=1)
        make.meeting(cast.pair, days=5, kind="regular")
        make_promise(pair=cast.pair, text="Cenas.", due=date(2025, 10, 19), by=cast.elina, now=NOW)
        thread = begin_thread(pair=cast.pair, by=cast.andris, now=NOW)
        write_message(thread=thread, text="Kā iet?", by=cast.andris, now=NOW)
        soon = NOW + 4 * DAY
        remind(soon)
        ask_for_entries(soon)
        remind_of_answers(soon)
        kinds = set(Letter.objects.filter(state=LetterState.QUEUED).values_list("kind", flat=True))
        reminders = {f"meetings.{each}" for each in ("topics_due", "review_due", "promise_due")}
        reminders |= {"diary.write", "messaging.answer_due"}
        assert reminders <= kinds
        step(pair=cast.pair, by=cast.inga, now=soon)
        later = soon + HOUR
        remind(later)
        ask_for_entries(later)
        remind_of_answers(later)
        left = Letter.objects.filter(state=LetterState.QUEUED, kind__in=reminders)
        assert list(left.values_list("kind", flat=True)) == []

    def test_a_pair_that_goes_on_is_reminded_of_an_answer(self, cast: Cast) -> None:
        thread = begin_thread(pair=cast.pair, by=cast.andris, now=NOW)
        write_message(thread=thread, text="Kā iet?", by=cast.andris, now=NOW)
        soon = NOW + 4 * DAY
        for round_ in range(2):
            # It is held while the pair rests, goes after that, and so is not written twice.
            assert remind_of_answers(soon + round_ * DAY) == (round_ == 0)
            pause_pair(pair=cast.pair, by=cast.inga, now=soon + round_ * DAY)
            assert remind_of_answers(soon + round_ * DAY + HOUR) == 0
            resume_pair(pair=cast.pair, by=cast.inga, now=soon + round_ * DAY + 2 * HOUR)
        assert remind_of_answers(soon + 5 * DAY) == 0
        waiting = Letter.objects.filter(kind="messaging.answer_due", state=LetterState.QUEUED)
        assert [each.person for each in waiting] == [cast.elina.pk]

    def test_those_of_another_pair_stay(self, cast: Cast) -> None:
        make.meeting(cast.pair)
        assert remind(NOW + 2 * DAY) == 1
        dissolve_pair(pair=cast.neighbours, reason="Aizgāja.", by=cast.inga, now=NOW + 2 * DAY)
        remind(NOW + 2 * DAY)
        assert len(waiting("topics_due")) == 1
