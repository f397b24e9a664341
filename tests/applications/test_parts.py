"""All of a long list is dealt with part after part: each is reached, and the page says how many are left."""

from typing import Any

import pytest

from tests.applications.test_pages import LANGUAGES, applicant, ask, send, speak, text
from tests.applications.test_screening_many import asks, screen
from tests.cast import Cast
from tests.visits import forms
from varpa.applications.models import Interview
from varpa.history.models import Line
from varpa.people.models import Person
from varpa.post.models import Letter
from varpa.programmes.models import Membership, MembershipState, Role, Screening

pytestmark = pytest.mark.django_db

FIRST = "Part 1 of 3. People in this part: 2; left after it: 3."
SECOND = "Part 2 of 3. People in this part: 2; left after it: 1."
LAST = "Part 3 of 3, the last. People in this part: 1."


@pytest.fixture(autouse=True)
def _two_at_once(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("varpa.applications.queries.parts.MOST_AT_ONCE", 2)
    speak(cast, "en")


def five(cast: Cast) -> list[Membership]:
    return [applicant(cast, f"Anna{at} Ozola") for at in range(5)]


def offered(answer: Any) -> dict[str, Any] | None:
    """What the form of a preview would send; None where nothing is offered any more."""
    return next((each.fields for each in forms(answer) if each.writes and "step" in each.fields), None)


def through(cast: Cast, query: str, **said: str) -> list[str]:
    """What the pages say from the first preview on; what is said is said once, the rest sent as it stands."""
    answer = ask(cast, "decide_all", cast.programme.ref, f"{query}&all=1")
    shown = [text(answer)]
    while (fields := offered(answer)) and len(shown) < 9:
        answer, said = send(cast, "decide_all", cast.programme.ref, {**fields, **said}), {}
        shown.append(text(answer))
    return shown


def test_who_is_decided_on_leaves_the_list_and_nobody_is_passed_over(cast: Cast) -> None:
    five(cast)
    first, second, last, done = through(cast, "?step=accept&state=applied")
    assert FIRST in first
    assert SECOND in second
    assert "2 people accepted." in second
    assert LAST in last
    assert "1 person accepted." in done
    assert not Membership.objects.filter(state=MembershipState.APPLIED).exists()


def test_a_letter_reaches_all_in_the_words_of_the_first_part(cast: Cast) -> None:
    people = {each.person.email for each in five(cast)}
    first, second, last, _done = through(
        cast, "?step=write&state=applied", subject_en="News of parts", words_en="Come on Monday"
    )
    assert FIRST in first
    assert SECOND in second
    assert "Come on Monday" in second
    assert LAST in last
    found = Letter.objects.filter(subject__contains="News of parts").values_list("to_address", flat=True)
    assert sorted(found) == sorted(people)


def test_a_part_sent_twice_writes_once(cast: Cast) -> None:
    five(cast)
    answer = ask(cast, "decide_all", cast.programme.ref, "?step=write&state=applied&all=1")
    data = {**(offered(answer) or {}), "subject_en": "News of parts", "words_en": "Come"}
    for _turn in range(2):
        assert SECOND in text(send(cast, "decide_all", cast.programme.ref, data))
    assert Letter.objects.filter(subject__contains="News of parts").count() == 2


def test_who_could_not_be_reached_is_told_above_the_next_part(cast: Cast) -> None:
    silent = five(cast)[0].person
    Person.objects.filter(pk=silent.pk).update(email=None)
    _first, second, *_more = through(cast, "?step=write&state=applied", subject_en="News", words_en="Come")
    assert "1 person stays as before:" in second
    assert "There is no e-mail address" in second
    assert SECOND in second


def test_all_are_asked_for_a_talk(cast: Cast) -> None:
    five(cast)
    shown = through(cast, "?step=talk&state=applied", words="Let us talk", times="")
    assert [FIRST in shown[0], SECOND in shown[1], LAST in shown[2]] == [True] * 3
    assert Interview.objects.count() == Line.objects.filter(verb="membership.talk").count() == 5


def test_screening_counts_only_those_without_a_result(cast: Cast) -> None:
    asks(cast)
    mentors = [applicant(cast, f"Anna{at} Ozola", role=Role.MENTOR) for at in range(6)]
    screen(cast, mentors[0])
    first, second, last, _done = through(
        cast, "?step=screened&role=mentor&state=applied", passed="yes", day="2025-10-01"
    )
    assert "Write down what came of screening 2 mentors?" in first
    assert FIRST in first
    assert "1 of those ticked is left out" in first
    assert SECOND in second
    assert "2025-10-01" in second
    assert LAST in last
    assert Screening.objects.filter(replaced_at=None).count() == 6


def test_something_lacking_leaves_it_the_same_part(cast: Cast) -> None:
    five(cast)
    answer = ask(cast, "decide_all", cast.programme.ref, "?step=write&state=applied&all=1")
    fields = offered(answer) or {}
    assert FIRST in text(send(cast, "decide_all", cast.programme.ref, fields))


def test_whoever_is_ticked_is_no_part(cast: Cast) -> None:
    anna, *_others = five(cast)
    shown = text(ask(cast, "decide_all", cast.programme.ref, f"?step=accept&who={anna.ref}"))
    assert "Part 1" not in shown
    assert 'name="part"' not in shown


@pytest.mark.parametrize("language", LANGUAGES)
def test_parts_are_told_in_three_languages(cast: Cast, language: str) -> None:
    five(cast)
    speak(cast, language)
    first, second, last, _done = through(cast, "?step=accept&state=applied")
    told = {
        "lv": ("1. daļa no 3.", "2. daļa no 3.", "3. daļa no 3, pēdējā."),
        "lt": ("1 dalis iš 3.", "2 dalis iš 3.", "3 dalis iš 3, paskutinė."),
        "en": ("Part 1 of 3.", "Part 2 of 3.", "Part 3 of 3, the last."),
    }
    assert [words in shown for words, shown in zip(told[language], (first, second, last), strict=True)] == [
        True
    ] * 3
