"""Answering by mail, in words, the invitation to an event (R14)."""

from datetime import datetime, timedelta

import pytest

from tests.cast import Cast
from tests.events.conftest import AFTER, SOON, STARTS, announced, answers, invitation, said
from tests.mailroom.conftest import answer, bring, letter_to
from tests.make import NOW
from varpa.events.actions.duties import invite_and_remind, write_to_invited
from varpa.events.actions.planning import cancel_event, change_event
from varpa.events.models import Event, Question
from varpa.events.queries.answers import waiting_for_staff
from varpa.history.models import Channel, Line
from varpa.post.models import Inbound, InboundState, Letter
from varpa.programmes.models import Membership, MembershipState

pytestmark = pytest.mark.django_db
INVITED = "events.invited"


@pytest.fixture
def event(cast: Cast) -> Event:
    """The second training, of which everybody has a letter."""
    event = announced(cast.programme, cast.inga)
    write_to_invited(NOW)
    return event


def reply(cast: Cast, text: str, *, by: str = "elina", kind: str = INVITED, now: datetime = SOON) -> Inbound:
    [came] = bring(answer(letter_to(getattr(cast, by), kind), text), now=now)
    return came


def told(cast: Cast, by: str = "elina") -> str:
    return letter_to(getattr(cast, by), "mailroom.came_back").text


@pytest.mark.parametrize("text", ["Jā", "Jā, būšu!", "Taip", "Dalyvausiu.", "Yes", "I’ll be there", "Приду"])
def test_a_plain_yes_is_a_sign_up(cast: Cast, event: Event, text: str) -> None:
    before = Letter.objects.count()
    assert reply(cast, text).state == InboundState.PLACED
    assert invitation(event, cast.elina).state == "coming"
    assert Line.objects.get(verb="event.coming").channel == Channel.MAIL
    assert not Question.objects.exists()
    assert Letter.objects.count() == before


@pytest.mark.parametrize("text", ["Nē", "Diemžēl nevarēšu", "Negaliu", "Nedalyvausiu.", "Sorry, I can't"])
def test_a_plain_no_says_so(cast: Cast, event: Event, text: str) -> None:
    assert reply(cast, text).state == InboundState.PLACED
    assert invitation(event, cast.elina).state == "away"


def test_what_was_said_of_needs_before_stays(cast: Cast, event: Event) -> None:
    answers(event, cast.elina, diet="Bez gaļas")
    reply(cast, "Jā")
    assert invitation(event, cast.elina).diet == "Bez gaļas"


def test_a_question_reaches_those_who_lead_the_event_and_nobody_else(cast: Cast, event: Event) -> None:
    assert reply(cast, "Vai no Bauskas būs autobuss?").state == InboundState.PLACED
    question = Question.objects.get()
    assert (question.text, question.in_confidence) == ("Vai no Bauskas būs autobuss?", True)
    assert question.membership.person == cast.elina
    assert invitation(event, cast.elina).state == "asked"
    assert "„jā” vai „nē”" in told(cast)
    assert Line.objects.get(verb="question.ask").channel == Channel.MAIL
    assert waiting_for_staff([cast.programme], SOON)[cast.programme.pk]["asked"] == 1
    assert waiting_for_staff([cast.programme], AFTER)[cast.programme.pk]["asked"] == 0


def test_a_yes_with_a_question_is_both(cast: Cast, event: Event) -> None:
    reply(cast, "Jā, būšu.\n\nVai jāņem līdzi dators?")
    assert invitation(event, cast.elina).state == "coming"
    assert "Vai jāņem līdzi dators?" in Question.objects.get().text
    assert "„jā” vai „nē”" not in told(cast)


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("Jā, atvedīšu kūku", "coming"),
        ("Taip, vėluosiu 20 minučių", "coming"),
        ("Jā. Kur tieši?", "coming"),
        ("Jā, nē, nezinu", "asked"),
        ("Nē, slimoju.", "away"),
        ("Negaliu, sergu", "away"),
        ("Yes, with Andris", "coming"),
    ],
)
def test_few_words_beside_a_yes_or_no_are_not_lost(cast: Cast, event: Event, text: str, state: str) -> None:
    assert reply(cast, text).state == InboundState.PLACED
    assert invitation(event, cast.elina).state == state
    assert [each.text for each in Question.objects.all()] == [text]
    assert Question.objects.get().in_confidence


@pytest.mark.parametrize(
    "text", ["Jā, jā! Liels paldies!", "Jā\n\nElīna", "Būšu, paldies. Elīna Bērziņa", "Nē, nevarēšu. Paldies"]
)
def test_thanks_and_the_own_name_are_no_question(cast: Cast, event: Event, text: str) -> None:
    reply(cast, text)
    assert invitation(event, cast.elina).state != "asked"
    assert not Question.objects.exists()


def test_a_yes_with_a_but_is_no_yes(cast: Cast, event: Event) -> None:
    reply(cast, "Jā, bet tikai tad, ja būs autobuss")
    assert invitation(event, cast.elina).state == "asked"
    assert Question.objects.get().text.startswith("Jā, bet")


def test_who_comes_too_late_for_a_place_is_told_that_it_waits(cast: Cast) -> None:
    event = announced(cast.programme, cast.inga, places=1)
    write_to_invited(NOW)
    answers(event, cast.andris)
    reply(cast, "Jā")
    assert invitation(event, cast.elina).state == "waiting"
    assert "gaidītāju sarakst" in told(cast)


def test_a_yes_to_the_old_hour_is_none_to_the_new_one(cast: Cast, event: Event) -> None:
    old = letter_to(cast.elina, INVITED)
    moved = said(starts_local=STARTS.replace(hour=12))
    change_event(event=event, revision=0, by=cast.inga, now=SOON, **moved)
    write_to_invited(SOON)
    [came] = bring(answer(old, "Jā"), now=SOON + timedelta(hours=1))
    assert came.state == InboundState.CAME_BACK
    assert invitation(event, cast.elina).state == "asked"
    reply(cast, "Jā", now=SOON + timedelta(hours=2))
    assert invitation(event, cast.elina).state == "coming"


@pytest.mark.parametrize("text", ["Vai var pārcelt uz citu laiku", "Another time please"])
def test_another_hour_is_told_to_be_none_and_read_all_the_same(cast: Cast, event: Event, text: str) -> None:
    assert reply(cast, text).state == InboundState.PLACED
    assert invitation(event, cast.elina).state == "asked"
    assert Question.objects.get().text == text
    assert "Pasākuma laiks visiem ir viens" in told(cast)


def test_nothing_comes_back_kindly(cast: Cast, event: Event) -> None:
    assert reply(cast, "").state == InboundState.CAME_BACK
    assert invitation(event, cast.elina).state == "asked"


def test_what_was_cancelled_or_has_begun_needs_no_answer(cast: Cast, event: Event) -> None:
    assert reply(cast, "Jā", now=AFTER).state == InboundState.CAME_BACK
    assert "jau bija sācies" in told(cast)
    cancel_event(event=event, by=cast.inga, now=SOON)
    assert reply(cast, "Taip", by="gabija").state == InboundState.CAME_BACK
    assert "neįvyks" in told(cast, "gabija")


def test_who_has_left_answers_nothing_more(cast: Cast, event: Event) -> None:
    Membership.objects.filter(person=cast.elina).update(state=MembershipState.WITHDRAWN)
    assert reply(cast, "Jā").state == InboundState.CAME_BACK


def test_a_file_is_told_of(cast: Cast, event: Event) -> None:
    letter = letter_to(cast.elina, INVITED)
    [came] = bring(answer(letter, "Jā", files=(("a.txt", "text/plain", b"a"),)), now=SOON)
    assert came.state == InboundState.PLACED
    assert "nevarēja saglabāt" in told(cast)


def test_the_reminder_is_answered_like_the_invitation(cast: Cast, event: Event) -> None:
    near = event.starts_at - timedelta(days=2)
    invite_and_remind(near)
    assert reply(cast, "Jā", kind="events.reminder", now=near).state == InboundState.PLACED
    assert invitation(event, cast.elina).state == "coming"


def test_the_same_mail_twice_asks_once(cast: Cast, event: Event) -> None:
    letter = answer(letter_to(cast.elina, INVITED), "Vai būs autobuss?")
    bring(letter, letter, now=SOON)
    assert Question.objects.count() == 1
