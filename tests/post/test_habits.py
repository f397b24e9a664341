"""Letters keep to the habits of their readers: quiet hours, one letter a day, exactly once."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tests.post import servers
from tests.post.conftest import CODE, ELINA, NOW, REMINDER, write
from tests.post.servers import Server
from varpa.post import actions, gathering, habits, outbox
from varpa.post.models import Habit, Letter, LetterState, Pace, Unsubscribed

pytestmark = pytest.mark.django_db

NIGHT = datetime(2025, 10, 14, 20, 0, tzinfo=UTC)  # 23:00 in Riga
MORNING = datetime(2025, 10, 15, 4, 0, tzinfo=UTC)  # 7:00
AFTERNOON = datetime(2025, 10, 14, 13, 0, tzinfo=UTC)  # 16:00
YOUNG = replace(ELINA, young_until=date(2026, 1, 1))
TOGETHER = replace(REMINDER, key="tests.together")


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Server:
    made = Server()
    servers.installed(monkeypatch, made)
    return made


def quiet(**changes: Any) -> None:
    said = {"begins": time(21), "ends": time(7), "days": (), "now": NOW, **changes}
    habits.say_rest(person_id=7, **said)


def daily(**changes: Any) -> None:
    habits.say_pace(
        person_id=7, **{"pace": Pace.DAILY, "tell_at": time(16), "tell_on": 0, "now": NOW, **changes}
    )


def state(letter: Letter) -> str:
    letter.refresh_from_db()
    return letter.state


class TestQuietHours:
    def test_what_can_wait_waits(self) -> None:
        quiet()
        assert write(now=NIGHT).not_before == MORNING
        assert write(now=NIGHT, once="invited", kind=CODE).not_before == MORNING

    def test_what_is_urgent_or_prompt_never_waits(self) -> None:
        quiet()
        assert write(now=NIGHT, urgent=True).not_before == NIGHT
        assert write(replace(CODE, prompt=True), now=NIGHT, once="code").not_before == NIGHT

    def test_adults_have_none_until_they_say_so(self) -> None:
        assert write(now=NIGHT).not_before == NIGHT

    def test_the_night_is_quiet_for_whoever_is_under_age(self) -> None:
        assert write(to=YOUNG, now=NIGHT).not_before == MORNING
        grown = datetime(2026, 1, 1, 20, 0, tzinfo=UTC)
        assert write(to=YOUNG, now=grown, once="grown").not_before == grown

    def test_the_young_may_choose_none(self) -> None:
        quiet(begins=None, ends=None)
        assert write(to=YOUNG, now=NIGHT).not_before == NIGHT

    def test_whoever_has_no_account_has_no_habits(self) -> None:
        assert write(to=replace(ELINA, person_id=None), now=NIGHT).not_before == NIGHT

    def test_what_waits_already_follows_what_is_said_now(self) -> None:
        letter = write(not_before=NIGHT)
        quiet()
        letter.refresh_from_db()
        assert (letter.not_before, letter.next_try_at) == (MORNING, MORNING)
        quiet(begins=None, ends=None)
        letter.refresh_from_db()
        assert letter.not_before == NIGHT

    def test_a_letter_that_came_back_does_not_go_again_in_the_night(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        servers.installed(monkeypatch, Server(servers.away))
        quiet()
        before = datetime(2025, 10, 14, 17, 59, 30, tzinfo=UTC)
        letter = write(now=before)
        outbox.deliver_due(before)
        letter.refresh_from_db()
        assert letter.next_try_at == MORNING

    def test_the_database_knows_no_half_an_hour(self) -> None:
        for wrong in ({"rest_from": time(21)}, {"rest_days": 127}, {"tell_on": 7}):
            with pytest.raises(IntegrityError), transaction.atomic():
                Habit.objects.create(person=9, **wrong)


class TestGathered:
    def test_what_can_be_stopped_is_gathered(self) -> None:
        daily()
        letter = write()
        assert (letter.gathers, letter.not_before) == (True, AFTERNOON)
        assert not write(CODE, once="needed").gathers
        assert not write(once="urgent", urgent=True).gathers
        part = actions.CalendarPart("REQUEST", "BEGIN:VCALENDAR")
        assert not write(once="calendar", calendar=part).gathers

    def test_the_outbox_leaves_it_alone(self, server: Server) -> None:
        daily()
        write()
        assert outbox.deliver_due(AFTERNOON) == 0

    def test_all_is_told_in_one_letter(self, server: Server) -> None:
        daily()
        letters = [write(once=f"letter {each}", link=f"/meetings/m{each}/") for each in range(3)]
        assert gathering.waited_for(AFTERNOON - timedelta(minutes=1)) == []
        assert gathering.waited_for(AFTERNOON) == [7]
        told = gathering.tell_together(TOGETHER, person_id=7, now=AFTERNOON)
        assert told
        assert [state(each) for each in letters] == [LetterState.GATHERED] * 3
        assert {each.gathered_into_id for each in letters} == {told.pk}
        assert told.text.count("https://varpa.example/meetings/m") == 3
        assert '<a href="https://varpa.example/meetings/m2/">' in told.html
        assert told.stop_link in told.text
        assert outbox.deliver_due(AFTERNOON) == 1
        assert server.ids == [told.message_id]

    def test_a_second_round_tells_nothing_again(self, server: Server) -> None:
        daily()
        write(once="one")
        write(once="two")
        assert gathering.tell_together(TOGETHER, person_id=7, now=AFTERNOON)
        assert gathering.waited_for(AFTERNOON) == []
        assert gathering.tell_together(TOGETHER, person_id=7, now=AFTERNOON) is None

    def test_a_process_that_ends_half_way_has_told_nothing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        daily()
        letters = [write(once="one"), write(once="two")]

        def killed(*_given: object) -> None:
            raise KeyboardInterrupt

        with monkeypatch.context() as patch:
            patch.setattr(gathering, "_lines", killed)
            with pytest.raises(KeyboardInterrupt):
                gathering.tell_together(TOGETHER, person_id=7, now=AFTERNOON)
        assert [state(each) for each in letters] == [LetterState.QUEUED] * 2
        assert gathering.tell_together(TOGETHER, person_id=7, now=AFTERNOON)
        assert Letter.objects.filter(kind=TOGETHER.key).count() == 1

    def test_a_single_one_goes_as_it_is(self, server: Server) -> None:
        daily()
        letter = write()
        assert gathering.tell_together(TOGETHER, person_id=7, now=AFTERNOON) == letter
        outbox.deliver_due(AFTERNOON)
        assert server.ids == [letter.message_id]

    def test_what_has_lost_its_reason_is_not_told(self, server: Server) -> None:
        daily()
        done = write(once="done", about="meeting:done")
        late = write(once="late", ends=AFTERNOON + timedelta(minutes=1))
        stopped = write(replace(REMINDER, key="tests.other"), once="stopped")
        left = write(once="left")
        actions.withdraw(about="meeting:done", now=NOW)
        Unsubscribed.objects.create(person=7, kind="tests.other", at=NOW)
        assert gathering.tell_together(TOGETHER, person_id=7, now=AFTERNOON + timedelta(minutes=2)) == left
        assert [state(each) for each in (done, late, stopped)] == [LetterState.WITHDRAWN] * 3

    def test_whoever_stopped_the_gathered_letter_gets_none(self) -> None:
        daily()
        letters = [write(once="one"), write(once="two")]
        Unsubscribed.objects.create(person=7, kind=TOGETHER.key, at=NOW)
        assert gathering.tell_together(TOGETHER, person_id=7, now=AFTERNOON) is None
        assert [state(each) for each in letters] == [LetterState.WITHDRAWN] * 2

    def test_several_of_one_conversation_are_one_line(self) -> None:
        daily()
        for each in range(3):
            write(once=f"message {each}", link="/threads/t/")
        told = gathering.tell_together(TOGETHER, person_id=7, now=AFTERNOON)
        assert told
        assert told.text.count("/threads/t/") == 1
        assert "(3)" in told.text

    def test_whoever_is_away_is_told_afterwards(self) -> None:
        daily()
        letter = write()
        gathering.put_off([7], now=AFTERNOON + timedelta(seconds=5))
        letter.refresh_from_db()
        assert letter.not_before == AFTERNOON + timedelta(days=1)

    def test_another_letter_of_the_thread_does_not_wait_for_it(self, server: Server) -> None:
        daily()
        write(once="reminder")
        write(CODE, once="moved", now=AFTERNOON + timedelta(minutes=1))
        assert outbox.deliver_due(AFTERNOON + timedelta(minutes=1)) == 1

    def test_at_once_again_lets_it_go(self, server: Server) -> None:
        daily()
        write()
        daily(pace=Pace.AT_ONCE, now=NOW + timedelta(minutes=5))
        assert outbox.deliver_due(NOW + timedelta(minutes=5)) == 1
