"""A calendar program answers for its owner (RFC 5546)."""

from typing import Any

import pytest

from tests.cast import Cast
from tests.events.conftest import ON_THE_DAY, SOON, STARTS, answers, invitation, said
from varpa.events.actions.coming import Begun
from varpa.events.actions.planning import change_event
from varpa.events.answers import ASKED, ASKED_TOO, MovedSince, SayYesOrNo, calendar, in_words
from varpa.events.models import Event, Question
from varpa.history.models import Channel, Line
from varpa.people.models import Person
from varpa.post.replies import Answer, CalendarReply, NothingThere, handler_of


def reply(
    event: Event, person: Person, what: str, sequence: int = 0, words: str = "", now: Any = SOON
) -> Any:
    given = CalendarReply(f"event-{event.ref}@x", sequence, person.email or "", what, words)
    return calendar(Answer("23456789abcd", f"event:{event.ref}", person.pk, words, now, calendar=given))


def test_yes_and_no_of_a_calendar_are_those_of_the_page(cast: Cast, event: Event) -> None:
    assert handler_of("calendar.event") is calendar
    answers(event, cast.elina, diet="Bez gaļas")
    assert reply(event, cast.elina, "ACCEPTED").link == f"/events/{event.ref}/"
    assert invitation(event, cast.elina).diet == "Bez gaļas"
    reply(event, cast.elina, "DECLINED")
    assert invitation(event, cast.elina).state == "away"
    assert Line.objects.get(verb="event.away").channel == Channel.MAIL


@pytest.mark.parametrize(("what", "state"), [("ACCEPTED", "coming"), ("DECLINED", "away")])
def test_the_words_beside_an_answer_of_a_calendar_are_read(
    cast: Cast, event: Event, what: str, state: str
) -> None:
    landed = reply(event, cast.elina, what, words="Man tajā dienā ir kontroldarbs")
    assert invitation(event, cast.elina).state == state
    question = Question.objects.get()
    assert (question.text, question.in_confidence) == ("Man tajā dienā ir kontroldarbs", True)
    assert str(landed.told) == str(ASKED_TOO)


def test_a_calendar_that_says_no_word_asks_nothing(cast: Cast, event: Event) -> None:
    assert reply(event, cast.elina, "ACCEPTED", words="Jā, paldies!").told == ""
    assert not Question.objects.exists()


def test_perhaps_and_another_hour_are_no_answer(cast: Cast, event: Event) -> None:
    for what in ("TENTATIVE", "COUNTER"):
        with pytest.raises(SayYesOrNo):
            reply(event, cast.elina, what)


def test_a_yes_to_the_old_hour_is_none_to_the_new_one(cast: Cast, event: Event) -> None:
    moved = said(starts_local=STARTS.replace(hour=12))
    change_event(event=event, revision=0, by=cast.inga, now=SOON, **moved)
    with pytest.raises(MovedSince):
        reply(event, cast.elina, "ACCEPTED")
    assert invitation(event, cast.elina).state == "asked"


def test_a_stranger_answers_nothing(cast: Cast, event: Event) -> None:
    with pytest.raises(NothingThere):
        reply(event, cast.zane, "ACCEPTED")


def after_it_began(event: Event, person: Person, text: str) -> Any:
    return in_words(Answer("23456789abcd", f"event:{event.ref}", person.pk, text, ON_THE_DAY))


def test_words_after_the_hour_reach_those_who_lead_the_event(cast: Cast, event: Event) -> None:
    words = "Nē, diemžēl saslimu, lūdzu, nodod Annai manus materiālus"
    landed = after_it_began(event, cast.elina, words)
    assert (landed.told, invitation(event, cast.elina).state) == (f"{Begun()} {ASKED}", "asked")
    question = Question.objects.get()
    assert (question.text, question.in_confidence) == (words, True)


def test_nobody_is_asked_for_a_yes_after_the_hour(cast: Cast, event: Event) -> None:
    assert after_it_began(event, cast.elina, "Kavēšos 20 minūtes").told == str(ASKED)
    assert Question.objects.get().text == "Kavēšos 20 minūtes"


def test_a_mere_yes_after_the_hour_changes_nothing(cast: Cast, event: Event) -> None:
    with pytest.raises(Begun):
        after_it_began(event, cast.elina, "Jā")
    assert not Question.objects.exists()


def test_a_calendar_that_answers_after_the_hour_is_told_what_its_owner_needs(
    cast: Cast, event: Event
) -> None:
    words = "Nāku, bet kavēšos, autobuss sabojājās"
    assert str(reply(event, cast.elina, "ACCEPTED", words=words, now=ON_THE_DAY).told) == f"{Begun()} {ASKED}"
    assert Question.objects.get().text == words
    with pytest.raises(Begun):
        reply(event, cast.elina, "ACCEPTED", now=ON_THE_DAY)


@pytest.mark.parametrize(("what", "sequence"), [("ACCEPTED", 0), ("TENTATIVE", 1), ("COUNTER", 1)])
def test_words_beside_an_answer_that_cannot_be_entered_are_read(
    cast: Cast, event: Event, what: str, sequence: int
) -> None:
    moved = said(starts_local=STARTS.replace(hour=12))
    change_event(event=event, revision=0, by=cast.inga, now=SOON, **moved)
    assert reply(event, cast.elina, what, sequence, "Man tajā dienā ir kontroldarbs").told.endswith(
        str(ASKED)
    )
    assert Question.objects.get().text == "Man tajā dienā ir kontroldarbs"
    assert invitation(event, cast.elina).state == "asked"
