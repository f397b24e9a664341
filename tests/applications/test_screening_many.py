"""What came of screening many mentors: one result and day for those who have none yet (R1)."""

from datetime import date
from typing import Any

import pytest

from tests.applications.test_pages import LANGUAGES, ask, send, speak, text
from tests.cast import Cast
from tests.make import NOW
from tests.together import at_once
from varpa.applications.actions.decisions import Outcome, screen_all
from varpa.history.models import Line
from varpa.programmes.actions.screening import record_screening
from varpa.programmes.models import Membership, Programme, Screening

DAY = date(2025, 10, 1)


def asks(cast: Cast) -> None:
    Programme.objects.filter(pk=cast.programme.pk).update(mentors_are_screened=True)


def screen(cast: Cast, *members: Membership, passed: bool = True) -> Outcome:
    fresh = Membership.objects.filter(pk__in=[each.pk for each in members]).select_related("programme")
    return screen_all(memberships=fresh, passed=passed, day=DAY, by=cast.inga, now=NOW)


def standing(member: Membership) -> list[tuple[bool, date, int]]:
    found = Screening.objects.filter(membership=member, replaced_at=None)
    return list(found.values_list("passed", "day", "by"))


@pytest.mark.django_db
def test_one_result_and_day_is_written_down_for_many(cast: Cast) -> None:
    asks(cast)
    outcome = screen(cast, cast.mentor, cast.mentee)
    assert [each.pk for each in outcome.done] == [cast.mentor.pk]
    assert [each.pk for each, _why in outcome.refused] == [cast.mentee.pk], "a mentee is not screened"
    assert standing(cast.mentor) == [(True, DAY, cast.inga.pk)]


@pytest.mark.django_db
def test_a_result_that_stands_is_never_overwritten_for_many(cast: Cast) -> None:
    asks(cast)
    screen(cast, cast.mentor, passed=False)
    outcome = screen(cast, cast.mentor)
    assert [str(why)[:20] for _each, why in outcome.refused] == ["There is a result al"]
    assert [passed for passed, _day, _by in standing(cast.mentor)] == [False]


@pytest.mark.django_db
def test_the_page_names_only_those_who_have_no_result(cast: Cast) -> None:
    assert 'value="screened"' not in text(ask(cast, "people", cast.programme.ref))
    asks(cast)
    speak(cast, "en")
    listed = text(ask(cast, "people", cast.programme.ref, "?show=unscreened"))
    assert 'value="screened"' in listed
    assert cast.mentor.ref in listed
    assert cast.mentee.ref not in listed
    query = f"?step=screened&who={cast.mentor.ref}&who={cast.mentee.ref}"
    shown = text(ask(cast, "decide_all", cast.programme.ref, query))
    assert f'name="who" value="{cast.mentor.ref}"' in shown
    assert f'name="who" value="{cast.mentee.ref}"' not in shown
    assert "1 of those ticked is left out" in shown
    assert not Screening.objects.exists(), "it is only shown"
    data: dict[str, Any] = {"step": "screened", "who": [cast.mentor.ref], "passed": "yes", "day": ""}
    assert 'class="why"' in text(send(cast, "decide_all", cast.programme.ref, data))
    done = text(send(cast, "decide_all", cast.programme.ref, {**data, "day": "2025-10-01"}))
    assert "The screening result of 1 person is written down." in done
    assert standing(cast.mentor) == [(True, DAY, cast.inga.pk)]
    assert cast.mentor.ref not in text(ask(cast, "people", cast.programme.ref, "?show=unscreened"))
    answer = ask(cast, "decide_all", cast.programme.ref, query)
    assert answer.status_code == 302, "nobody is left"


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_is_in_three_languages(cast: Cast, language: str) -> None:
    asks(cast)
    speak(cast, language)
    said = {"lv": "Ierakstīt pārbaudes", "lt": "Įrašyti patikros", "en": "Write down what came"}
    query = f"?step=screened&who={cast.mentor.ref}"
    assert said[language] in text(ask(cast, "decide_all", cast.programme.ref, query))


@pytest.mark.django_db(transaction=True)
def test_a_result_written_by_another_at_once_stands_beside_none(cast: Cast) -> None:
    asks(cast)
    one = Membership.objects.select_related("programme").get(pk=cast.mentor.pk)
    found = at_once(
        lambda: screen(cast, cast.mentor),
        lambda: record_screening(membership=one, passed=False, day=DAY, by=cast.dace, now=NOW),
    )
    assert [each for each in found if isinstance(each, Exception)] == []
    # Whoever was first: the single word of the other manager is the last.
    assert [passed for passed, _day, _by in standing(cast.mentor)] == [False]
    assert Line.objects.filter(verb="membership.held_back").count() == 1
