"""Who needs a call, and why: facts that a manager may see, in order, with the rhythm of contacts."""

from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from django.utils import translation

from tests import make
from tests.cast import Cast
from tests.checkins.test_checkins import agree, look
from tests.make import NOW
from tests.messaging.conftest import own_thread, write
from tests.support.conftest import See, queries, told
from tests.support.test_pages import words_of
from varpa.checkins.actions import begin_checkins
from varpa.checkins.models import Checkin
from varpa.guardians.models import Guardian, Worry
from varpa.history.models import Line
from varpa.kernel.refs import new_ref
from varpa.meetings.actions.meetings import cancel_meeting, move_meeting
from varpa.meetings.actions.reviews import review_meeting
from varpa.meetings.models import HourLine, LineState
from varpa.meetings.queries import hours_of
from varpa.messaging.actions import remind_of_answers, want_quiet
from varpa.pairs.actions.pairs import pause_pair, resume_pair
from varpa.pairs.models import Pair
from varpa.people.models import Person
from varpa.post.habits import say_rest
from varpa.post.models import Letter
from varpa.support.actions import contacts
from varpa.support.actions.cases import take_up_worry
from varpa.support.actions.contacts import note_call
from varpa.support.models import Call, Door, Kind, Spoken
from varpa.support.queries.signs import Level, Need, Sign, contact_due, needs_of
from varpa.support.words import said

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def _need(pair: Pair, days: float) -> Need | None:
    pair.programme.refresh_from_db()
    return next((each for each in needs_of(pair.programme, NOW + days * DAY) if each.pair == pair.pk), None)


def _signs(pair: Pair, days: float) -> dict[str, Level]:
    found = _need(pair, days)
    return {sign.key: sign.level for sign in found.signs} if found else {}


class TestSigns:
    def test_a_new_pair_has_none(self, cast: Cast) -> None:
        assert _signs(cast.pair, 6) == {}

    def test_silent_for_over_two_weeks(self, cast: Cast) -> None:
        assert "silent" not in _signs(cast.pair, 14)
        assert _signs(cast.pair, 15)["silent"] == Level.SOON
        assert _signs(cast.pair, 29)["silent"] == Level.NOW

    def test_a_date_that_is_set_makes_silence_a_thing_to_watch(self, cast: Cast) -> None:
        make.meeting(cast.pair, days=35)
        need = _need(cast.pair, 15)
        assert need is not None
        assert [(sign.key, sign.level) for sign in need.signs] == [
            ("silent", Level.WATCH),
            ("contact", Level.RHYTHM),
        ]
        assert not need.needs_call
        assert _signs(cast.pair, 29)["silent"] == Level.SOON

    def test_hours_that_are_missing_in_the_last_month_are_worth_a_call(self, cast: Cast) -> None:
        ends = datetime.combine(cast.programme.ends, time(), UTC)
        days = (ends - NOW).days
        assert "ending" not in _signs(cast.pair, days - 31)
        found = _signs(cast.pair, days - 29)
        assert found["ending"] == Level.SOON
        assert "hours" not in found
        lines = {"pair": cast.pair, "minutes": 960, "day": NOW.date(), "side": "mentor", "at": NOW}
        HourLine.objects.create(**lines, state=LineState.CONFIRMED)
        assert "ending" not in _signs(cast.pair, days - 28)

    def test_a_meeting_breaks_the_silence(self, cast: Cast) -> None:
        make.held(cast.pair, days=10)
        assert "silent" not in _signs(cast.pair, 20)

    def test_a_pause_is_no_silence(self, cast: Cast) -> None:
        pause_pair(pair=cast.pair, by=cast.inga, now=NOW + DAY)
        assert _need(cast.pair, 20) is None
        resume_pair(pair=cast.pair, by=cast.inga, now=NOW + 20 * DAY)
        assert "silent" not in _signs(cast.pair, 21)

    def test_after_a_pause_the_weeks_begin_anew_and_the_figure_is_true(self, cast: Cast, see: See) -> None:
        make.held(cast.pair, days=1)
        pause_pair(pair=cast.pair, by=cast.inga, now=NOW + 10 * DAY)
        resume_pair(pair=cast.pair, by=cast.inga, now=NOW + 60 * DAY)
        page = ("home:pairs", cast.programme.ref)
        silent = {"show": "silent"}
        for days, listed in ((70, False), (76, True)):
            assert ("silent" in _signs(cast.pair, days)) == listed
            shown = words_of(see(cast.inga, *page, now=NOW + days * DAY, **silent))
            assert (cast.andris.name in shown) == listed
        need = _need(cast.pair, 76)
        assert need is not None
        assert next(sign.count for sign in need.signs if sign.key == "silent") == 75

    def test_two_meetings_moved(self, cast: Cast) -> None:
        make.held(cast.pair, days=1)
        for days in (6, 9):
            meeting = make.meeting(cast.pair, days=days, kind="regular")
            later = meeting.starts_local + DAY
            move_meeting(
                meeting=meeting, starts_local=later, minutes=60, zone="Europe/Riga", by=cast.elina, now=NOW
            )
        assert _signs(cast.pair, 1)["moved"] == Level.WATCH

    def test_one_meeting_that_is_moved_twice_is_one(self, cast: Cast) -> None:
        meeting = make.meeting(cast.pair, days=6)
        for day in (7, 8):
            later = meeting.starts_local + timedelta(days=day)
            move_meeting(
                meeting=meeting, starts_local=later, minutes=60, zone="Europe/Riga", by=cast.elina, now=NOW
            )
        assert "moved" not in _signs(cast.pair, 1)

    def test_nothing_is_due_while_the_pair_rests(self, cast: Cast) -> None:
        """An answer that was owed, and a talk with the two, wait as long as the pause lasted."""
        write(own_thread(cast), cast.andris)
        pause_pair(pair=cast.pair, by=cast.inga, now=NOW + DAY)
        resume_pair(pair=cast.pair, by=cast.inga, now=NOW + 41 * DAY)
        for days in (41, 42):
            assert not {"answer", "contact"} & _signs(cast.pair, days).keys()
        assert "answer" in _signs(cast.pair, 46)
        assert "contact" not in _signs(cast.pair, 53)
        assert "contact" in _signs(cast.pair, 54)

    def test_no_next_meeting(self, cast: Cast) -> None:
        assert "no_date" in _signs(cast.pair, 8)
        make.meeting(cast.pair, days=12)
        assert "no_date" not in _signs(cast.pair, 8)

    def test_hours_behind(self, cast: Cast) -> None:
        assert "hours" not in _signs(cast.pair, 20)
        assert _signs(cast.pair, 80)["hours"] == Level.WATCH

    def test_an_answer_that_waits(self, cast: Cast) -> None:
        write(own_thread(cast), cast.andris)
        assert "answer" not in _signs(cast.pair, 5)
        assert _signs(cast.pair, 6)["answer"] == Level.WATCH
        assert _signs(cast.pair, 13)["answer"] == Level.SOON

    def test_who_owes_the_answer_is_reminded_before_the_manager_knows(self, cast: Cast) -> None:
        """Elīna wants no letters from Friday to Sunday: the reminder of Saturday reaches her on Monday."""
        say_rest(person_id=cast.elina.pk, begins=None, ends=None, days=[4, 5, 6], now=NOW)
        write(own_thread(cast), cast.andris)
        saturday = NOW.replace(hour=6) + 4 * DAY
        remind_of_answers(saturday)
        reminder = Letter.objects.get(kind="messaging.answer_due")
        assert reminder.not_before.date() == (NOW + 6 * DAY).date()
        for days in (4, 5, 6):
            assert "answer" not in _signs(cast.pair, days)
        assert "answer" in _signs(cast.pair, 7)

    def test_an_answer_that_waits_for_a_date_is_less_pressing_and_a_meeting_settles_it(
        self, cast: Cast
    ) -> None:
        write(own_thread(cast), cast.andris)
        meeting = make.meeting(cast.pair, days=16)
        assert _signs(cast.pair, 13)["answer"] == Level.WATCH
        after = NOW + 17 * DAY
        review_meeting(meeting=meeting, by=cast.andris, now=after, minutes=60, text="Labi.")
        assert "answer" not in _signs(cast.pair, 18)

    def test_messages_stopped_comes_first(self, cast: Cast) -> None:
        want_quiet(pair=cast.pair, by=cast.elina, now=NOW)
        need = _need(cast.pair, 15)
        assert need is not None
        assert need.signs[0].key == "quiet"

    @pytest.mark.parametrize("answered", [False, True])
    def test_looks_that_nobody_answers_are_seen_and_never_what_one_answered(
        self, cast: Cast, see: See, answered: bool
    ) -> None:
        agree(cast.pair)
        Pair.objects.filter(pk=cast.pair.pk).update(shares_plan=True)
        for month in (1, 2):
            begin_checkins(NOW + month * 28 * DAY)
        checkin = Checkin.objects.latest("due")
        if answered:
            look(checkin, cast.elina, "Slepeni vārdi")
        assert "looks" not in _signs(cast.pair, 56 + 20)
        assert _signs(cast.pair, 56 + 21)["looks"] == Level.WATCH
        page = words_of(see(cast.inga, "needs", cast.programme.ref, now=NOW + 77 * DAY))
        assert "Norunātā atskatīšanās paliek bez atbildes" in page
        assert "Slepeni" not in page
        if answered:
            look(checkin, cast.andris)
            assert "looks" not in _signs(cast.pair, 56 + 22)

    def test_that_they_agreed_to_look_back_is_told_only_where_the_plan_is_shared(self, cast: Cast) -> None:
        """Product §2: it is an answer of the plan."""
        agree(cast.pair)
        for month in (1, 2):
            begin_checkins(NOW + month * 28 * DAY)
        assert "looks" not in _signs(cast.pair, 56 + 21)

    def test_one_that_is_worth_a_question_needs_no_call_yet_two_do(self, cast: Cast) -> None:
        first = _need(cast.pair, 8)
        assert first is not None
        assert not first.needs_call
        write(own_thread(cast), cast.andris)
        second = _need(cast.pair, 9)
        assert second is not None
        assert second.needs_call

    def test_two_facts_of_different_kinds_add_up_and_none_counts_twice(self, cast: Cast) -> None:
        for day in (1, 2, 3):
            make.held(cast.pair, days=day, kind="first" if day == 1 else "regular")
        meeting = make.meeting(cast.pair, days=6, kind="regular")
        later = meeting.starts_local + DAY
        move_meeting(
            meeting=meeting, starts_local=later, minutes=60, zone="Europe/Riga", by=cast.elina, now=NOW
        )
        cancel_meeting(meeting=meeting, by=cast.elina, now=NOW + DAY)
        need = _need(cast.pair, 80)
        assert need is not None
        found = {sign.key: sign for sign in need.signs}
        assert "moved" not in found
        assert found["hours"].count == hours_of(cast.pair).waiting + hours_of(cast.pair).confirmed > 0
        assert "moved" not in _signs(cast.pair, 5)


class TestCalls:
    def test_the_rhythm_twice_in_the_first_month_then_monthly(self, cast: Cast) -> None:
        assert contact_due(NOW, 0, None) == NOW + 14 * DAY
        assert contact_due(NOW, 1, NOW + 10 * DAY) == NOW + 30 * DAY
        assert contact_due(NOW, 2, NOW + 28 * DAY) == NOW + 58 * DAY
        assert contact_due(NOW, 1, NOW + 40 * DAY) == NOW + 70 * DAY

    def test_after_a_talk_a_pair_stands_behind(self, cast: Cast) -> None:
        later = NOW + 15 * DAY
        note_call(pair=cast.pair, spoken=Spoken.NOBODY, text="", by=cast.inga, now=later)
        first = _need(cast.pair, 15)
        assert first is not None
        assert not first.calm
        note_call(pair=cast.pair, spoken=Spoken.BOTH, text="Satiksies.", by=cast.inga, now=later)
        assert [need.calm for need in needs_of(cast.programme, later)] == [False, True]

    def test_written_down_once_and_never_in_history(self, cast: Cast) -> None:
        ref = new_ref()
        for _click in range(2):
            note_call(pair=cast.pair, spoken=Spoken.MENTEE, text="Slims.", by=cast.inga, now=NOW, ref=ref)
        assert Call.objects.count() == 1
        assert "Slims" not in str(list(Line.objects.values()))

    def test_nobody_else_and_not_for_oneself(self, cast: Cast) -> None:
        with pytest.raises(contacts.NotYourPair):
            note_call(pair=cast.pair, spoken=Spoken.BOTH, text="", by=cast.tomas, now=NOW)
        with pytest.raises(contacts.NotForOneself):
            note_call(pair=cast.pair, spoken=Spoken.BOTH, text="", by=cast.andris, now=NOW)
        with pytest.raises(contacts.WithWhom):
            note_call(pair=cast.pair, spoken="", text="", by=cast.inga, now=NOW)


class TestPage:
    def test_plain_words_and_the_next_step(self, cast: Cast, see: See) -> None:
        page = words_of(see(cast.inga, "needs", cast.programme.ref, now=NOW + 15 * DAY))
        assert "Bez tikšanās 15 dienas" in page
        assert "Nākamajai tikšanās reizei nav datuma" in page
        assert "Piezvaniet abiem" in page
        assert "Jāpiezvana 2 pāriem" in page

    def test_who_asked_for_help_is_first_for_whoever_may_handle_it(self, cast: Cast, see: See) -> None:
        case = told(cast, door=Door.LEAD_PARTNER)
        page = words_of(see(cast.dace, "needs", cast.programme.ref, now=NOW + DAY))
        assert f"/cases/{case.ref}/" in page
        assert "lūdza palīdzību" not in words_of(see(cast.inga, "needs", cast.programme.ref, now=NOW + DAY))

    def test_a_worry_is_told_as_a_worry(self, cast: Cast, see: See) -> None:
        """Neither of the two has said anything."""
        ilze: dict[str, Any] = {"name": "Ilze Bērziņa", "address": "ilze@b.example", "language": "lv"}
        guardian = Guardian.objects.create(membership=cast.mentee, by=cast.elina, at=NOW, **ilze)
        worry = Worry.objects.create(membership=cast.mentee, guardian=guardian, text="Vai viss labi?", at=NOW)
        take_up_worry(worry=worry, now=NOW)
        page = words_of(see(cast.inga, "needs", cast.programme.ref))
        assert "Viens no abiem" not in page
        assert "Par drošību: vecāks, aizbildnis vai skola" in page

    def test_safety_that_nobody_has_read_comes_first_and_is_led_to(self, cast: Cast, see: See) -> None:
        later = NOW + 32 * DAY
        safety = told(cast, kind=Kind.SAFETY, now=later)
        told(cast, now=later + timedelta(hours=1))
        want_quiet(pair=cast.neighbours, by=cast.gabija, now=NOW)
        page = words_of(see(cast.inga, "needs", cast.programme.ref, now=later + timedelta(hours=2)))
        assert page.index("Elīna Bērziņa") < page.index("Gabija")
        assert f"/cases/{safety.ref}/" in page
        assert "Par drošību: " in page

    def test_one_of_the_two_is_not_led_to_the_own_pair(self, cast: Cast, see: See) -> None:
        make.manager(cast.programme, cast.andris)
        want_quiet(pair=cast.pair, by=cast.elina, now=NOW)
        assert "Elīna" in words_of(see(cast.inga, "needs", cast.programme.ref))
        assert "Elīna" not in words_of(see(cast.andris, "needs", cast.programme.ref))

    def test_written_on_the_page(self, cast: Cast, see: See) -> None:
        post = {"ref": new_ref(), "spoken": Spoken.MENTOR, "text": "Zvanīs pats."}
        assert see(cast.inga, "calls", cast.pair.ref, post=post).status_code == 302
        page = words_of(see(cast.inga, "needs", cast.programme.ref, now=NOW + 15 * DAY))
        assert "Zvanīs pats." in page
        assert "Zvanīs pats." in words_of(see(cast.dace, "calls", cast.pair.ref))

    def test_only_the_staff(self, cast: Cast, see: See) -> None:
        for who in (cast.andris, cast.elina):
            assert see(who, "needs", cast.programme.ref).status_code == 403
            assert see(who, "calls", cast.pair.ref).status_code == 403
        for who in (cast.tomas, cast.zane):
            assert see(who, "needs", cast.programme.ref).status_code == 404
            assert see(who, "calls", cast.pair.ref).status_code == 404

    def test_the_week_leads_here(self, cast: Cast, see: See) -> None:
        page = words_of(see(cast.inga, "home:board", cast.programme.ref, now=NOW + 15 * DAY))
        assert f"/programmes/{cast.programme.ref}/support/" in page

    def test_asks_at_most_thirteen_times_at_any_size_also_after_each_change(self, cast: Cast) -> None:
        write(own_thread(cast), cast.andris)
        make.held(cast.pair, days=1)
        told(cast)
        note_call(pair=cast.pair, spoken=Spoken.NOBODY, text="", by=cast.inga, now=NOW)
        later, page = NOW + 15 * DAY, ("support:needs", cast.programme.ref)
        few = queries(cast.inga, *page, now=later)
        for number in range(30):
            mentor = make.member(
                cast.programme, make.person(f"M{number} A", f"m{number}@v.example"), "mentor"
            )
            mentee = make.member(
                cast.programme, make.person(f"B{number} A", f"b{number}@v.example"), "mentee"
            )
            pair = make.pair(mentor, mentee)
            note_call(pair=pair, spoken=Spoken.BOTH, text="", by=cast.inga, now=NOW)
        assert queries(cast.inga, *page, now=later) == few <= 13


@pytest.mark.parametrize("language", ["lv", "lt", "en"])
def test_three_languages(cast: Cast, see: See, language: str) -> None:
    cast.inga.language = language
    cast.inga.save()
    want_quiet(pair=cast.pair, by=cast.elina, now=NOW)
    page = words_of(see(cast.inga, "needs", cast.programme.ref, now=NOW + 80 * DAY, language=language))
    assert {"lv": "Kam jāpiezvana", "lt": "Kam reikia paskambinti", "en": "Who needs a call"}[
        language
    ] in page


def test_whoever_calls_finds_the_numbers_but_not_one_of_the_two(cast: Cast, see: See) -> None:
    """Those who run the programme see a number; a manager who is in the pair is recused from this too."""
    Person.objects.filter(pk=cast.elina.pk).update(phone="+371 2000 0001")
    assert 'href="tel:+37120000001"' in words_of(see(cast.inga, "calls", cast.pair.ref))
    make.manager(cast.programme, cast.andris)
    assert "tel:" not in words_of(see(cast.andris, "calls", cast.pair.ref))


def test_what_was_said_in_a_call_is_not_read_by_one_of_the_two(cast: Cast, see: See) -> None:
    """ "Read by those who run the programme, not by the two": also where one of the two runs it."""
    note_call(pair=cast.pair, spoken=Spoken.MENTEE, text="Baidās jautāt.", by=cast.inga, now=NOW)
    make.manager(cast.programme, cast.andris)
    later = NOW + 80 * DAY
    for who, reads in ((cast.inga, True), (cast.dace, True), (cast.andris, False)):
        assert ("Baidās jautāt." in words_of(see(who, "calls", cast.pair.ref))) is reads
        assert ("Baidās jautāt." in words_of(see(who, "needs", cast.programme.ref, now=later))) is reads


@pytest.mark.parametrize(
    ("language", "begins"), [("lv", "Stundas līdz "), ("lt", "Valandos iki "), ("en", "Hours by ")]
)
def test_hours_say_by_when(language: str, begins: str) -> None:
    """3 of 16 is little in March and much in October of the year before: the day stands beside it."""
    sign = Sign("hours", Level.WATCH, count=180, of=960, since=NOW)
    with translation.override(language):
        assert said(sign).replace("\xa0", " ").startswith(begins)
