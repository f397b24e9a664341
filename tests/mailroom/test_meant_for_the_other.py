"""Answers to letters of the pair never reach the manager with their words (product §2, R14)."""

from datetime import datetime, timedelta

import pytest
from django.test import Client

from tests import make
from tests.cast import Cast
from tests.mailroom.conftest import answer, bring, letter_to
from tests.make import NOW
from tests.surveys.conftest import crowd
from varpa.checkins import letters as checkin_letters
from varpa.checkins.models import Checkin
from varpa.diary.actions import hand_over, note_read_through
from varpa.kernel import clock
from varpa.messaging.actions import begin_thread, write_message
from varpa.messaging.models import Message
from varpa.post.models import Inbound, Why
from varpa.surveys.actions.editing import open_survey
from varpa.surveys.actions.sending import send_survey
from varpa.times.actions import propose_times

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def read_by_manager(cast: Cast, words: str) -> bool:
    """Whether the manager's list of letters that found no place shows these words."""
    browser = Client()
    browser.force_login(cast.inga)
    with clock.moved_to(NOW):
        page = browser.get(f"/programmes/{cast.programme.ref}/mail/").content.decode()
    return words in page or Inbound.objects.filter(text__contains=words).exists()


def test_how_the_cooperation_goes_is_for_the_two_alone(cast: Cast) -> None:
    """The letter says: nobody else sees what is written."""
    checkin = Checkin.objects.create(pair=cast.pair, due=NOW.date(), at=NOW)
    checkin_letters.tell_both(checkin_letters.ASKED, checkin, now=NOW)
    letter = letter_to(cast.elina, "checkins.asked")
    assert "uzrakstīto neviens cits neredzēs" in letter.text
    bring(answer(letter, "Man ir bail viņam teikt, ka nesaprotu."))
    assert not read_by_manager(cast, "Man ir bail")
    assert letter_to(cast.elina, "mailroom.came_back").link == letter.link


def test_which_time_suits_is_told_to_the_other(cast: Cast) -> None:
    propose_times(
        pair=cast.pair,
        kind="first",
        means="video",
        minutes=60,
        starts_local=[datetime(2025, 10, 20, 15, 0)],
        zone="Europe/Riga",
        by=cast.andris,
        now=NOW,
    )
    bring(answer(letter_to(cast.elina, "times.proposed"), "Otrdien nevaru, man ir vizīte pie psihologa."))
    assert not read_by_manager(cast, "psihologa")
    assert "psihologa" in Message.objects.get().text


def test_what_the_mentee_answers_to_the_diary_is_not_the_managers(cast: Cast) -> None:
    entry = make.entry(cast.pair)
    diary = entry.diary
    note_read_through(diary=diary, by=cast.andris, now=NOW)
    hand_over(diary=diary, by=cast.andris, now=NOW)
    bring(answer(letter_to(cast.elina, "diary.handed_over"), "Par manu bailīgumu tur nav taisnība."))
    assert not read_by_manager(cast, "bailīgumu")
    back = letter_to(cast.elina, "mailroom.came_back")
    assert "bailīgumu" in back.text
    assert "/diar" in back.link


def test_a_mail_from_another_address_shows_no_subject(cast: Cast) -> None:
    """Its words are shown to nobody, says the page; nobody has read it, says the letter."""
    thread = begin_thread(pair=cast.pair, by=cast.andris, now=NOW, subject="Tavas paniskās bailes")
    write_message(thread=thread, text="Kā iet?", by=cast.andris, now=NOW)
    letter = letter_to(cast.elina, "messaging.written")
    assert "paniskās" in letter.subject
    [came] = bring(
        answer(letter, "Labāk.", by="elina@skola.example", key=False, subject=f"Re: {letter.subject}")
    )
    assert came.why == Why.OTHER_ADDRESS
    assert not read_by_manager(cast, "paniskās")


def test_a_survey_is_not_answered_by_mail_with_a_name_beside_it(cast: Cast) -> None:
    """What is anonymous on its page would stand before the manager with a name (R10)."""
    crowd(cast.programme, {("mentee", "LV"): 5})
    survey = open_survey(programme=cast.programme, form="progress_survey", by=cast.inga, now=NOW)
    closes = NOW.date() + timedelta(days=14)
    send_survey(survey=survey, roles=survey.roles, closes_on=closes, by=cast.inga, now=NOW)
    letter = letter_to(cast.elina, "surveys.asked")
    bring(answer(letter, "Mans mentors mani nesaprot."))
    assert not read_by_manager(cast, "nesaprot")
    assert letter_to(cast.elina, "mailroom.came_back").link == letter.link
