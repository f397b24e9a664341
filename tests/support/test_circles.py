"""What is new among the mentors reaches those who take part, gathered, and can be stopped (S10)."""

from datetime import timedelta

import pytest

from tests import make
from tests.cast import Cast
from tests.make import NOW
from varpa.people.models import Person
from varpa.post.actions import unsubscribe
from varpa.post.models import Letter
from varpa.support.actions import mentors
from varpa.support.actions.circles import tell_circles
from varpa.support.models import CircleWord

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
LATER = NOW.replace(hour=12)


def say(cast: Cast, by: Person, hours: float = 0, text: str = "Kurš bija uzņēmumā?") -> CircleWord:
    return mentors.say(programme=cast.programme, text=text, by=by, now=NOW + hours * HOUR)


def told() -> list[str]:
    found = Letter.objects.filter(kind="support.circle").order_by("pk")
    return sorted(str(each.to_name) for each in found)


def circle_of(cast: Cast, *but: Person) -> list[str]:
    found = Person.objects.filter(
        memberships__programme=cast.programme, memberships__role__in=["mentor", "manager"]
    ).distinct()
    return sorted(each.name for each in found if each not in but)


def test_the_others_get_one_letter_however_much_is_said(cast: Cast) -> None:
    for minute in range(5):
        say(cast, cast.andris, minute / 60)
    assert tell_circles(NOW + HOUR) == 0
    assert tell_circles(LATER) == len(circle_of(cast, cast.andris)) > 1
    for more in (0, 0.5, 3):
        assert tell_circles(LATER + more * HOUR) == 0
    assert told() == circle_of(cast, cast.andris)


def test_an_answer_reaches_whoever_began(cast: Cast) -> None:
    say(cast, cast.andris)
    tell_circles(LATER)
    say(cast, cast.rimantas, 4, "Es biju.")
    tell_circles(LATER + 4 * HOUR)
    names = told()
    assert names.count(cast.andris.name) == 1
    assert names.count(cast.rimantas.name) == 1
    assert names.count(cast.inga.name) == 2


def test_it_says_that_something_was_said_and_never_what(cast: Cast) -> None:
    say(cast, cast.andris)
    tell_circles(LATER)
    letter = Letter.objects.get(kind="support.circle", to_address=cast.inga.email)
    assert "Mentoru lokā raksta Andris Ozols" in letter.text
    assert f"/programmes/{cast.programme.ref}/circle/" in letter.link
    assert "uzņēmumā" not in letter.text + letter.subject + letter.html
    assert letter.stop_link


def test_what_was_taken_back_is_told_to_nobody(cast: Cast) -> None:
    word = say(cast, cast.andris)
    mentors.take_back_word(word=word, by=cast.andris, now=NOW)
    assert tell_circles(LATER) == 0


def test_who_has_stopped_it_gets_none(cast: Cast) -> None:
    unsubscribe(person_id=cast.rimantas.pk, kind="support.circle", now=NOW)
    say(cast, cast.andris)
    tell_circles(LATER)
    assert told() == circle_of(cast, cast.andris, cast.rimantas)


def test_a_question_that_both_share_without_the_name_of_whoever_asked(cast: Cast) -> None:
    asked = mentors.ask(mentor=cast.mentor, text="Kā par naudu?", shares=True, by=cast.andris, now=NOW)
    mentors.answer(question=asked, text="Ar skaitļiem.", shares=True, by=cast.inga, now=NOW)
    alone = mentors.ask(mentor=cast.mentor, text="Cits", shares=False, by=cast.andris, now=NOW)
    mentors.answer(question=alone, text="Jā.", shares=True, by=cast.inga, now=NOW)
    tell_circles(LATER)
    assert told() == circle_of(cast, cast.andris, cast.inga)
    letter = Letter.objects.filter(kind="support.circle").latest("pk")
    assert f"/questions/{asked.ref}/" in letter.link
    assert "Andris" not in letter.text


@pytest.mark.parametrize(
    ("language", "subject"),
    [
        ("lv", "Jaunums mentoru lokā"),
        ("lt", "Naujiena mentorių rate"),
        ("en", "News in the mentors’ circle"),
    ],
)
def test_three_languages(cast: Cast, language: str, subject: str) -> None:
    cast.inga.language = language
    cast.inga.save()
    say(cast, cast.andris)
    tell_circles(LATER)
    assert Letter.objects.get(to_address=cast.inga.email, kind="support.circle").subject == subject


def test_nobody_of_another_programme_hears_of_it(cast: Cast) -> None:
    make.member(cast.elsewhere.programme, cast.zane, "mentor")
    say(cast, cast.andris)
    tell_circles(LATER)
    assert cast.zane.name not in told()
