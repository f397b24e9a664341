"""Unclear questions: asked, wanted by others, answered; and a minute after the event (R10)."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from tests import make
from tests.cast import Cast
from tests.events.conftest import AFTER, ON_THE_DAY, SOON, invitation
from varpa.events.actions import feedback, questions
from varpa.events.actions.duties import invite_and_remind
from varpa.events.actions.planning import hold_event
from varpa.events.actions.presence import mark_present
from varpa.events.actions.questions import answer_question, ask_question, take_question_back, vote
from varpa.events.models import Event, Feedback, Question
from varpa.events.queries.people import feedback_of, public_answers, questions_of
from varpa.kernel import clock
from varpa.kernel.merging import Conflict
from varpa.kernel.refs import new_ref
from varpa.people.models import Person
from varpa.post.models import Letter
from varpa.programmes.models import Role


def ask(event: Event, person: Person, **changes: Any) -> Question:
    asked = {"text": "Vai drīkst divus mentorus?", "in_confidence": False, "language": "lv", **changes}
    return ask_question(invitation=invitation(event, person), by=person, **{"now": SOON, **asked})


def test_a_question_is_kept_once(cast: Cast, event: Event) -> None:
    ref = new_ref()
    assert ask(event, cast.elina, ref=ref) == ask(event, cast.elina, ref=ref)
    with pytest.raises(questions.Empty):
        ask(event, cast.elina, text="  ")
    with pytest.raises(questions.TooLong):
        ask(event, cast.elina, text="x" * 2001)
    with pytest.raises(questions.Closed):
        ask(event, cast.elina, now=AFTER + timedelta(days=20))


def test_others_want_it_answered_once_each(cast: Cast, event: Event) -> None:
    question = ask(event, cast.elina)
    own = invitation(event, cast.gabija)
    assert vote(question=question, invitation=own, by=cast.gabija, now=SOON)
    assert not vote(question=question, invitation=own, by=cast.gabija, now=SOON)
    with pytest.raises(questions.OwnQuestion):
        vote(question=question, invitation=invitation(event, cast.elina), by=cast.elina, now=SOON)
    assert questions_of(event, cast.gabija, staff=False)[0].wanted == 1


def test_in_confidence_is_for_staff_and_whoever_asked(cast: Cast, event: Event) -> None:
    question = ask(event, cast.elina, in_confidence=True)
    seen = {person: list(questions_of(event, person, staff=False)) for person in (cast.elina, cast.andris)}
    assert seen == {cast.elina: [question], cast.andris: []}
    assert list(questions_of(event, cast.inga, staff=True)) == [question]
    with pytest.raises(questions.Hidden):
        vote(question=question, invitation=invitation(event, cast.andris), by=cast.andris, now=SOON)
    answer_question(question=question, answer="Jā.", revision=0, by=cast.inga, now=AFTER, language="lv")
    assert not public_answers(cast.programme).exists()


def test_an_answer_is_told_once_and_stays_for_everybody(cast: Cast, event: Event) -> None:
    question = ask(event, cast.elina)
    said: dict[str, Any] = {"question": question, "by": cast.inga, "now": AFTER, "language": "lv"}
    assert answer_question(answer="Jā.", revision=0, **said)
    assert not answer_question(answer="Jā.", revision=0, **said)
    with pytest.raises(Conflict):
        answer_question(answer="Nē.", revision=0, **said)
    assert answer_question(answer="Jā, ja abi piekrīt.", revision=1, **said)
    assert list(public_answers(cast.programme)) == [question]
    letter = Letter.objects.get(kind="events.answered")
    assert letter.person == cast.elina.pk
    assert "Jā" not in letter.text
    with pytest.raises(questions.AnsweredAlready):
        take_question_back(question=question, by=cast.elina, now=AFTER)


def test_a_question_without_an_answer_is_taken_back(cast: Cast, event: Event) -> None:
    question = ask(event, cast.elina)
    take_question_back(question=question, by=cast.elina, now=SOON)
    take_question_back(question=question, by=cast.elina, now=SOON)
    assert not questions_of(event, cast.inga, staff=True).exists()


def rate(event: Event, member: Any, helped: str = "much", text: str = "") -> Feedback:
    given = {"event": event, "membership": member, "helped": helped, "text": text}
    return feedback.say_how_it_was(by=member.person, now=AFTER, **given)


def test_only_who_was_there_says_how_it_was_and_once(cast: Cast, event: Event) -> None:
    with pytest.raises(feedback.NotThere):
        rate(event, cast.mentor)
    mark_present(event=event, members=[cast.mentor], by=cast.inga, now=ON_THE_DAY)
    assert rate(event, cast.mentor) == rate(event, cast.mentor)
    with pytest.raises(feedback.SaidAlready):
        rate(event, cast.mentor, "little")
    with pytest.raises(feedback.ChooseWords):
        rate(event, cast.mentor, "ten")


def test_fewer_than_five_answers_are_shown_to_nobody(cast: Cast, event: Event) -> None:
    people = [make.person(f"{name} Ozola") for name in ("Anna", "Beate", "Cilda", "Doma", "Elza")]
    members = [make.member(cast.programme, each, Role.MENTOR) for each in people]
    mark_present(event=event, members=members, by=cast.inga, now=ON_THE_DAY)
    for each in members[:4]:
        rate(event, each, text="Vairāk laika jautājumiem.")
    assert feedback_of(event, 5) == (5, 4, [], [], 0)
    rate(event, members[4], "little")
    shown = feedback_of(event, 5)
    assert [count for _words, count in shown.counts] == [4, 0, 1]
    assert len(shown.texts) == 4


def test_nobody_is_told_apart_by_subtracting_what_was_shown_before(cast: Cast, event: Event) -> None:
    """R10: of any two moments at which somebody looks, what differs is of five people at least."""
    members = [
        make.member(cast.programme, make.person(f"Anna{letter} Ozola"), Role.MENTOR)
        for letter in "ABCDEFGHIJKLM"
    ]
    mark_present(event=event, members=members, by=cast.inga, now=ON_THE_DAY)
    seen = []
    for number, each in enumerate(members):
        rate(event, each, "little" if number in (5, 11) else "much", text=f"Teikums {20 - number}.")
        seen.append(feedback_of(event, len(members)))
    shown = [sum(count for _words, count in each.counts) for each in seen]
    assert shown == [0, 0, 0, 0, 5, 5, 5, 5, 5, 10, 10, 10, 10]
    assert [len(each.texts) for each in seen] == shown
    for before in seen:
        for after in seen:
            new = set(after.texts) - set(before.texts)
            assert not new or len(new) >= 5
    assert all(each.texts == sorted(each.texts) for each in seen)
    assert (seen[-1].answered, seen[-1].waiting) == (13, 3)


def test_the_page_says_that_more_are_added_by_five(cast: Cast, event: Event) -> None:
    members = [
        make.member(cast.programme, make.person(f"Anna{letter} Ozola"), Role.MENTOR) for letter in "ABCDEF"
    ]
    mark_present(event=event, members=members, by=cast.inga, now=ON_THE_DAY)
    for each in members:
        rate(event, each)
    client = Client()
    client.force_login(cast.inga)
    with clock.moved_to(AFTER):
        page = client.get(f"/events/{event.ref}/").content.decode()
    assert "pirmās 5" in page


def test_who_was_there_is_asked_once_how_it_was(cast: Cast, event: Event) -> None:
    mark_present(event=event, members=[cast.mentor, cast.mentee], by=cast.inga, now=ON_THE_DAY)
    hold_event(event=event, by=cast.inga, now=AFTER)
    assert invite_and_remind(AFTER) == 2
    assert invite_and_remind(AFTER) == 0
    assert Letter.objects.filter(kind="events.feedback").count() == 2
