"""Words beside a calendar's answer: they reach the other once; what the program writes itself is no word."""

from email.message import EmailMessage

import pytest

from tests import make
from tests.cast import Cast
from tests.mailroom.conftest import bring, letter_to
from tests.mailroom.test_calendars import APPLE, GOOGLE, OUTLOOK, replied
from tests.make import NOW
from varpa.meetings.models import Coming, Meeting, Said
from varpa.messaging.actions import want_quiet
from varpa.messaging.models import About, Message
from varpa.people.models import Person
from varpa.post.models import InboundState, Letter, Why

pytestmark = pytest.mark.django_db
WORDS = "Paņemšu līdzi krāsns rasējumu."
GOOGLE_BODY = """{name} has {did} this invitation.{note}

Tikšanās
Friday Oct 17, 2025 ⋅ 10am – 11am
Eastern European Time - Riga

Organizer
Varpa
atbildes@varpa.example

Guests
{name}

You are receiving this email because you are subscribed to calendar notifications.
Invitation from Google Calendar: https://calendar.google.com/calendar/
"""
APPOINTMENT = """
-----Original Appointment-----
From: Varpa <atbildes@varpa.example>
Sent: Tuesday, October 14, 2025 12:00 PM
To: Elīna Bērziņa
Subject: Tikšanās
When: Friday, October 17, 2025 10:00 AM-11:00 AM.
Where: Kafejnīca
"""
BARE = "\n".join(line for line in OUTLOOK.split("\n") if not line.startswith("COMMENT"))


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    return make.meeting(cast.pair)


def worded(
    meeting: Meeting, by: Person, body: str, said: str = "ACCEPTED", *, maker: str = BARE, **more: str
) -> EmailMessage:
    """An answer whose mail has words of its own."""
    made = replied(meeting, by, said, maker=maker, **more)
    made.get_payload(0).set_content(body)  # the plain part stands first
    return made


@pytest.mark.parametrize("said", ["ACCEPTED", "TENTATIVE"])
def test_the_words_beside_a_yes_are_a_message_about_the_meeting(
    cast: Cast, meeting: Meeting, said: str
) -> None:
    [came] = bring(worded(meeting, cast.elina, WORDS + APPOINTMENT, said))
    assert came.state == InboundState.PLACED
    message = Message.objects.get()
    assert (message.text, message.side) == (WORDS, "mentee")
    assert (message.thread.about_kind, message.thread.about_ref) == (About.MEETING, meeting.ref)
    assert Coming.objects.get().word == ""


def test_the_words_beside_a_no_go_with_it(cast: Cast, meeting: Meeting) -> None:
    """As those of a no by mail do: one letter says that it is off the hour, and why."""
    bring(worded(meeting, cast.elina, "Man ir kontroldarbs." + APPOINTMENT, "DECLINED"))
    assert Coming.objects.get().word == "Man ir kontroldarbs."
    assert "Man ir kontroldarbs." in letter_to(cast.andris, "meetings.cannot_come").text
    assert not Message.objects.exists()


@pytest.mark.parametrize(
    "body",
    [
        GOOGLE_BODY.format(name="Elīna Bērziņa", did="accepted", note=""),
        GOOGLE_BODY.format(name="elina.berzina2009", did="accepted", note=""),
        "Elīna Bērziņa accepted your invitation to “Tikšanās”.\n",
        "Elīna Bērziņa ir pieņēmis(-usi) šo ielūgumu.\n",
        "Elīna Bērziņa priėmė šį kvietimą.\n",
        "Пользователь Elīna Bērziņa принял(а) приглашение.\n",
        "\r\n\xa0\r\n" + APPOINTMENT,
        "Sent from my iPhone",
        "Jā",
    ],
)
def test_what_a_program_writes_itself_is_no_word(cast: Cast, meeting: Meeting, body: str) -> None:
    bring(worded(meeting, cast.elina, body))
    assert Coming.objects.get().said == Said.YES
    assert not Message.objects.exists()


def test_a_note_that_google_repeats_in_the_mail_is_said_once(cast: Cast, meeting: Meeting) -> None:
    noted = GOOGLE.replace("X-NUM-GUESTS=0", f'X-NUM-GUESTS=0;X-RESPONSE-COMMENT="{WORDS}"')
    body = GOOGLE_BODY.format(name="Elīna Bērziņa", did="accepted", note=f' with this note:\n\n"{WORDS}"')
    bring(worded(meeting, cast.elina, body, maker=noted))
    assert Message.objects.get().text == WORDS
    bring(worded(meeting, cast.elina, body, maker=noted.replace("T101500Z", "T081500Z")), now=NOW)
    assert Message.objects.count() == 1


def test_a_note_that_stands_only_in_the_mail_is_found(cast: Cast, meeting: Meeting) -> None:
    body = GOOGLE_BODY.format(name="Elīna Bērziņa", did="accepted", note=f' with this note:\n\n"{WORDS}"')
    bring(worded(meeting, cast.elina, body, maker=GOOGLE))
    assert Message.objects.get().text == WORDS


PARAGRAPHS = "Pirmā rindkopa.\n\nOtrā rindkopa: ņemšu „sarkanās” krāsas."
APPLE_LIST = "Kad: piektdien, 17. oktobrī 10.00\nKur: Kafejnīca\nVarpa <atbildes@varpa.example>\n"


@pytest.mark.parametrize("said", ["ACCEPTED", "DECLINED"])
@pytest.mark.parametrize(
    "own",
    [
        "Jautājums: vai varu ņemt līdzi draugu?",
        "Piektdien: kontroldarbs.\nSestdien: varu.",
        "Vieta: labāk bibliotēkā.",
        "Skaties https://keramika.lv/cenas, tas ir par cenām.",
        "https://keramika.lv/cenas",
        "Raksti man uz elina@inbox.example, tur lasu biežāk.",
        "Elīna Bērziņa: paldies par ielūgumu!",
        PARAGRAPHS,
    ],
)
def test_no_word_below_the_sentence_of_a_program_is_lost(
    cast: Cast, meeting: Meeting, own: str, said: str
) -> None:
    for body in (
        f"Elīna Bērziņa accepted your invitation.\n\n{own}",
        f"Elīna Bērziņa accepted your invitation.\n\n{own}\n\n{APPLE_LIST}",
        f'Elīna Bērziņa has replied to the invitation with this note:\n\n"{own}"\n\n{APPLE_LIST}',
        f"Elīna Bērziņa has replied to the invitation with this note:\n\n{own}\n\n{APPLE_LIST}",
        f"{own}\n\nElīna Bērziņa accepted your invitation.\n\n{APPLE_LIST}",
    ):
        Message.objects.all().delete()
        Coming.objects.all().delete()
        bring(worded(meeting, cast.elina, body, said))
        told = [*Message.objects.values_list("text", flat=True), Coming.objects.get().word]
        assert "".join(told) == own


def test_nor_on_the_line_of_that_sentence(cast: Cast, meeting: Meeting) -> None:
    bring(worded(meeting, cast.elina, "Elīna Bērziņa accepted your invitation. Paņemšu krāsas."))
    assert Message.objects.get().text == "Paņemšu krāsas."


def test_nor_of_a_note_in_google_of_several_paragraphs(cast: Cast, meeting: Meeting) -> None:
    note = f' with this note:\n\n"{PARAGRAPHS}"'
    bring(worded(meeting, cast.elina, GOOGLE_BODY.format(name="Elīna Bērziņa", did="accepted", note=note)))
    assert Message.objects.get().text == PARAGRAPHS


def test_who_writes_of_the_invitation_is_no_program(cast: Cast, meeting: Meeting) -> None:
    own = "Es pieņemu ielūgumu, bet kavēšu desmit minūtes."
    bring(worded(meeting, cast.elina, own))
    assert Message.objects.get().text == own


def test_a_comment_beside_a_yes_is_told_too(cast: Cast, meeting: Meeting) -> None:
    bring(replied(meeting, cast.elina, "ACCEPTED", maker=OUTLOOK))
    assert Message.objects.get().text == "Man ir kontroldarbs, atvainojos."
    assert letter_to(cast.andris, "messaging.written")


@pytest.mark.parametrize("maker", [BARE, APPLE], ids=["Outlook", "Apple"])
def test_the_same_answer_twice_is_one_message(cast: Cast, meeting: Meeting, maker: str) -> None:
    bring(*(worded(meeting, cast.elina, WORDS, maker=maker) for _each in range(2)))
    assert Message.objects.count() == 1


def test_while_messages_are_stopped_they_stay_beside_the_yes(cast: Cast, meeting: Meeting) -> None:
    want_quiet(pair=cast.pair, by=cast.elina, now=NOW)
    bring(worded(meeting, cast.andris, WORDS))
    assert Coming.objects.get().word == WORDS
    assert not Message.objects.exists()
    assert not any(WORDS in each.text for each in Letter.objects.filter(to_address=cast.elina.email))
    assert letter_to(cast.andris, "mailroom.came_back")


def test_an_answer_of_somebody_else_that_is_passed_on_is_not_ones_own(cast: Cast, meeting: Meeting) -> None:
    [came] = bring(worded(meeting, cast.elina, WORDS, "DECLINED", who=str(cast.andris.email)))
    assert (came.state, came.why) == (InboundState.NO_PLACE, Why.OTHER_ADDRESS)
    assert not Coming.objects.exists()
    assert not Message.objects.exists()
    assert came.text == ""
