"""Whoever has stopped messages learns what the other does with a meeting, and reads no words beside it."""

import pytest

from tests import make
from tests.cast import Cast
from tests.mailroom.conftest import answer, bring, letter_to, mail
from tests.mailroom.test_calendars import OUTLOOK
from tests.make import NOW
from varpa.meetings.actions.hours import enter_work
from varpa.meetings.letters import hours as hour_letters
from varpa.meetings.letters.meetings import uid
from varpa.meetings.models import Coming, HourLine, LineState, Said
from varpa.messaging.actions import lift_quiet, want_quiet
from varpa.messaging.models import Message
from varpa.post.models import InboundState, Letter

pytestmark = pytest.mark.django_db
HARSH = "Atbildi man beidzot."


def _unread_by(address: str) -> bool:
    letters = Letter.objects.filter(to_address=address)
    return not any(HARSH in each.text or HARSH in each.html or HARSH in each.brief for each in letters)


def test_a_no_by_mail_is_told_without_its_words(cast: Cast) -> None:
    make.meeting(cast.pair)
    want_quiet(pair=cast.pair, by=cast.elina, now=NOW)
    [came] = bring(answer(letter_to(cast.andris, "meetings.invited"), f"Nevaru. {HARSH}"))
    assert came.state == InboundState.PLACED
    assert "nevar piedalīties" in letter_to(cast.elina, "meetings.cannot_come").text
    assert _unread_by(cast.elina.email)
    assert HARSH in Coming.objects.get(side="mentor").word
    told = letter_to(cast.andris, "mailroom.came_back").text
    assert "Elīna pašlaik nevēlas saņemt ziņas" in told
    assert "Projekta vadītājs" in told


def test_a_yes_counts_though_its_words_do_not_pass(cast: Cast) -> None:
    meeting = make.meeting(cast.pair)
    want_quiet(pair=cast.pair, by=cast.elina, now=NOW)
    [came] = bring(answer(letter_to(cast.andris, "meetings.invited"), f"Jā, būšu. {HARSH}"))
    assert came.state == InboundState.PLACED
    assert meeting.comings.get(side="mentor").said == Said.YES
    assert not Message.objects.exists()
    assert _unread_by(cast.elina.email)
    assert letter_to(cast.andris, "mailroom.came_back")


def test_a_bare_answer_needs_no_letter_back(cast: Cast) -> None:
    make.meeting(cast.pair)
    want_quiet(pair=cast.pair, by=cast.elina, now=NOW)
    bring(answer(letter_to(cast.andris, "meetings.invited"), "Jā"))
    assert not Letter.objects.filter(kind="mailroom.came_back").exists()


def test_the_yes_of_whoever_stopped_messages_counts_with_its_words(cast: Cast) -> None:
    meeting = make.meeting(cast.pair)
    want_quiet(pair=cast.pair, by=cast.elina, now=NOW)
    [came] = bring(answer(letter_to(cast.elina, "meetings.invited"), "Jā, būšu. Paņemšu plānu līdzi."))
    assert came.state == InboundState.PLACED
    assert "plānu" in meeting.comings.get(side="mentee", said=Said.YES).word


def test_the_comment_of_a_calendar_program_waits_too(cast: Cast) -> None:
    meeting = make.meeting(cast.pair)
    want_quiet(pair=cast.pair, by=cast.elina, now=NOW)
    made = mail("", by=cast.andris.email)
    text = OUTLOOK.format(uid=uid(meeting), said="DECLINED", who=cast.andris.email, sequence=0)
    made.add_alternative(text, subtype="calendar", params={"method": "REPLY"})
    bring(made)
    assert "kontroldarbs" in meeting.comings.get(side="mentor", said=Said.NO).word
    assert "kontroldarbs" not in letter_to(cast.elina, "meetings.cannot_come").text
    assert letter_to(cast.andris, "mailroom.came_back")


def _waiting_line(cast: Cast) -> HourLine:
    line = enter_work(pair=cast.pair, day=NOW.date(), minutes=30, work="Plāns", by=cast.elina, now=NOW)
    hour_letters.ask_for_yes(line, now=NOW)
    return line


def test_an_objection_by_mail_is_told_with_its_length_alone(cast: Cast) -> None:
    line = _waiting_line(cast)
    want_quiet(pair=cast.pair, by=cast.elina, now=NOW)
    bring(answer(letter_to(cast.andris, "meetings.hours_waiting"), f"Nē, 20 min. {HARSH}"))
    line.refresh_from_db()
    assert (line.state, line.settled_minutes) == (LineState.OBJECTED, 20)
    assert "20\xa0min" in letter_to(cast.elina, "meetings.hours_objected").text
    assert _unread_by(cast.elina.email)
    assert letter_to(cast.andris, "mailroom.came_back")


def test_a_yes_to_hours_counts_and_its_words_go_back(cast: Cast) -> None:
    line = _waiting_line(cast)
    want_quiet(pair=cast.pair, by=cast.elina, now=NOW)
    [came] = bring(answer(letter_to(cast.andris, "meetings.hours_waiting"), f"Jā. {HARSH}"))
    line.refresh_from_db()
    assert (came.state, line.state) == (InboundState.PLACED, LineState.CONFIRMED)
    assert HARSH in letter_to(cast.andris, "mailroom.came_back").text
    assert not Message.objects.exists()


def test_once_messages_may_come_again_words_pass_as_before(cast: Cast) -> None:
    make.meeting(cast.pair)
    want_quiet(pair=cast.pair, by=cast.elina, now=NOW)
    lift_quiet(pair=cast.pair, by=cast.elina, now=NOW)
    bring(answer(letter_to(cast.andris, "meetings.invited"), f"Nevaru. {HARSH}"))
    assert HARSH in letter_to(cast.elina, "meetings.cannot_come").text
    assert not Letter.objects.filter(kind="mailroom.came_back").exists()
