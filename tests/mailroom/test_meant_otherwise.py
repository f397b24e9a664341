"""Answers whose first word sounds like a yes, and whose rest says something else (R14)."""

from datetime import timedelta

import pytest
from django.test import Client

from tests import make
from tests.cast import Cast
from tests.mailroom.conftest import answer, bring, letter_to, mail
from tests.mailroom.test_calendars import OUTLOOK
from tests.make import NOW
from varpa.diary.evenings import ask_for_entries
from varpa.diary.models import Entry
from varpa.kernel import clock
from varpa.meetings.actions.reminders import remind
from varpa.meetings.actions.reviews import make_promise
from varpa.meetings.letters.meetings import uid
from varpa.meetings.models import HourLine, LineState, PromiseState, Said
from varpa.messaging.actions import begin_thread, write_message
from varpa.messaging.models import Message
from varpa.post.envelope import reply_address
from varpa.post.models import Inbound, InboundState

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def reply(cast: Cast, kind: str, text: str, *, by: str = "elina", days: float = 0) -> Inbound:
    [came] = bring(answer(letter_to(getattr(cast, by), kind), text), now=NOW + days * DAY)
    return came


@pytest.mark.parametrize(
    "text",
    [
        "Būšu prom.",
        "Būšu slima",
        "Būšu skolā līdz trijiem",
        "Būsiu išvykusi.",
        "Labi būtu citā dienā",
        "Nevaru sagaidīt!",
        "Can't wait!",
    ],
)
def test_the_opposite_is_not_noted(cast: Cast, text: str) -> None:
    meeting = make.meeting(cast.pair)
    reply(cast, "meetings.invited", text)
    said = list(meeting.comings.values_list("said", flat=True))
    wrong = Said.NO if text in ("Nevaru sagaidīt!", "Can't wait!") else Said.YES
    assert wrong not in said


@pytest.mark.parametrize(
    "text",
    [
        "Būšu 10 minūtes vēlāk",
        "Jā, tiekamies kafejnīcā",
        "Taip, paskambink 861234567",
        "Yes, bring the figures",
    ],
)
def test_words_after_a_short_yes_are_not_lost(cast: Cast, text: str) -> None:
    meeting = make.meeting(cast.pair)
    reply(cast, "meetings.invited", text)
    words = [*Message.objects.values_list("text", flat=True), *meeting.comings.values_list("word", flat=True)]
    assert text in words


@pytest.mark.parametrize(
    "text",
    [
        "Jā, izdarīšu rīt",
        "Taip, padarysiu rytoj",
        "Yes, I will do it tomorrow",
        "Gatavs būs piektdien",
        "Padaryta tik pusė",
        "Paldies!",
    ],
)
def test_a_promise_still_to_be_kept_is_not_kept(cast: Cast, text: str) -> None:
    made = make_promise(
        pair=cast.pair, text="Noskaidrot nomas cenu", due=(NOW + 3 * DAY).date(), by=cast.elina, now=NOW
    )
    remind(NOW + 2 * DAY)
    reply(cast, "meetings.promise_due", text, days=2.1)
    made.refresh_from_db()
    assert made.state == PromiseState.OPEN


@pytest.mark.parametrize("text", ["Jā, 45 min", "Taip, 45 minutės", "Yes, 45 min"])
def test_a_yes_with_another_length_does_not_confirm_the_first(cast: Cast, text: str) -> None:
    make.held(cast.pair, minutes=60)
    remind(NOW + 11 * DAY)
    reply(cast, "meetings.hours_waiting", text, days=11.1)
    line = HourLine.objects.get()
    assert (line.state, line.minutes) != (LineState.CONFIRMED, 60)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("Susitikome 9 val., kalbėjomės 50 min. Aptarėme kainas.", 50),
        ("Gerai pasikalbėjome. Kitą kartą 10 val. pas mane.", None),
        ("Sākām 10 min vēlāk, kopā 1 stunda.", 60),
    ],
)
def test_an_hour_of_the_clock_is_no_length(cast: Cast, text: str, minutes: int | None) -> None:
    meeting = make.meeting(cast.pair)
    remind(NOW + 4.5 * DAY)
    reply(cast, "meetings.review_due", text, by="andris", days=4.6)
    found = HourLine.objects.filter(meeting=meeting).values_list("minutes", flat=True).first()
    assert found in (minutes, None)


def test_no_word_of_a_long_answer_is_lost(cast: Cast) -> None:
    thread = begin_thread(pair=cast.pair, by=cast.andris, now=NOW)
    write_message(thread=thread, text="Kā iet?", by=cast.andris, now=NOW)
    long = "Lūk, viss plāns. " * 1500 + "Pats svarīgākais beigās."
    came = reply(cast, "messaging.written", long, days=0.1)
    if came.state == InboundState.PLACED:
        assert Message.objects.latest("pk").text.endswith("Pats svarīgākais beigās.")
    else:
        assert "Pats svarīgākais beigās." in letter_to(cast.elina, "mailroom.came_back").text


def test_no_word_of_a_long_evening_is_lost(cast: Cast) -> None:
    make.held(cast.pair)
    ask_for_entries(NOW + 5 * DAY)
    long = "Lūk, viss plāns. " * 1500 + "Pats svarīgākais beigās."
    came = reply(cast, "diary.write", long, by="andris", days=5.5)
    if came.state == InboundState.PLACED:
        assert Entry.objects.get().notes.endswith("Pats svarīgākais beigās.")
    else:
        assert "Pats svarīgākais beigās." in letter_to(cast.andris, "mailroom.came_back").text


def test_words_below_a_picture_of_a_page_arrive(cast: Cast) -> None:
    """Apple Mail and others write a page in pieces: words, a picture, words."""
    thread = begin_thread(pair=cast.pair, by=cast.andris, now=NOW)
    write_message(thread=thread, text="Kā iet?", by=cast.andris, now=NOW)
    letter = letter_to(cast.elina, "messaging.written")
    raw = (
        f"From: Elīna <{cast.elina.email}>\r\nTo: {reply_address(letter.ref)}\r\n".encode()
        + b"Message-ID: <pieces@mail.example>\r\nSubject: Re: x\r\nMIME-Version: 1.0\r\n"
        + b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n'
        + b"--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>Pirms bildes.</p>\r\n"
        + b"--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>Aiz bildes.</p>\r\n--b--\r\n"
    )
    bring(raw)
    text = Message.objects.latest("pk").text
    assert "Pirms bildes." in text
    assert "Aiz bildes." in text


@pytest.mark.parametrize("said", ["ACCEPTED", "TENTATIVE"])
def test_the_words_beside_a_yes_of_a_calendar_are_read(cast: Cast, said: str) -> None:
    meeting = make.meeting(cast.pair)
    made = mail("", by=cast.elina.email)
    made.add_attachment(
        OUTLOOK.format(said=said, who=cast.elina.email, uid=uid(meeting), sequence=0).encode(),
        maintype="text",
        subtype="calendar",
    )
    bring(made)
    browser = Client()
    browser.force_login(cast.andris)
    with clock.moved_to(NOW):
        page = browser.get(f"/threads/{Message.objects.get().thread.ref}/").content.decode()
    assert "Man ir kontroldarbs" in page


@pytest.mark.parametrize("text", ["Nē, slimoju.", "Negaliu, sergu", "Pārceļam uz otrdienu?"])
def test_why_one_cannot_come_is_told_however_short(cast: Cast, text: str) -> None:
    make.meeting(cast.pair)
    reply(cast, "meetings.invited", text)
    assert text in letter_to(cast.andris, "meetings.cannot_come").text
