"""Another methodology, without business plans and visits: the call and the application speak of none."""

from dataclasses import replace

import pytest
from django.utils import translation

from tests import other
from tests.calls.conftest import Applicant
from tests.make import FOLDER, NOW
from tests.visits import words
from varpa.calls.forms.applying import FIELDS
from varpa.calls.offering import what_mentors_do
from varpa.calls.queries import asked_by
from varpa.calls.steps import HEADS, head_of
from varpa.methodology import load
from varpa.methodology.model import Methodology
from varpa.programmes.models import Programme, Role

pytestmark = pytest.mark.django_db


def labels(programme: Programme, role: str) -> str:
    """Everything that an application asks, with the heads of its steps."""
    asked = asked_by(programme, role, NOW)
    fields = [each for step in HEADS[role] for each in FIELDS[step](asked).values()]
    heads = [str(head_of(asked, step)) for step in HEADS[role]]
    return "\n".join([*heads, *(f"{each.label} {each.help_text}" for each in fields)])


@pytest.mark.parametrize("language", ["lv", "lt", "en"])
@pytest.mark.parametrize("methodology", [other.workshop(), other.stars()])
def test_the_call_for_mentors_sells_no_business(methodology: Methodology, language: str) -> None:
    with translation.override(language):
        assert other.named(what_mentors_do(methodology)) == []


def test_the_call_says_how_the_two_meet_and_whether_there_is_a_training() -> None:
    seed, workshop = what_mentors_do(load(FOLDER)), what_mentors_do(other.workshop())
    assert "experience of business" in seed
    assert "in person or remotely" in seed
    assert "training beforehand" in seed
    assert "10\u00a0h" in workshop
    assert "in person or remotely" in workshop
    assert "training" not in workshop
    assert "in person" not in what_mentors_do(other.stars())
    here = tuple(each for each in other.workshop().means if each.in_person)
    assert "remotely" not in what_mentors_do(replace(other.workshop(), means=here))


@pytest.mark.parametrize("language", ["lv", "lt", "en"])
@pytest.mark.parametrize("role", [Role.MENTOR, Role.MENTEE])
def test_nobody_is_asked_of_business(programme: Programme, role: str, language: str) -> None:
    taken = other.by(other.workshop(), programme)
    with translation.override(language):
        assert other.named(labels(taken, role)) == []


@pytest.mark.parametrize("role", [Role.MENTOR, Role.MENTEE])
def test_where_nobody_meets_in_person_no_distance_is_asked(programme: Programme, role: str) -> None:
    asked = asked_by(other.by(other.workshop(), programme), role, NOW)
    assert set(FIELDS["reach"](asked)) == {"languages", "travel_km"}
    asked = asked_by(other.by(other.stars(), programme), role, NOW)
    assert set(FIELDS["reach"](asked)) == {"languages"}
    assert str(head_of(asked, "reach")) == "Languages"


def test_a_computer_is_asked_for_where_some_means_needs_one(programme: Programme) -> None:
    assert "computer" in FIELDS["means"](asked_by(programme, Role.MENTEE, NOW))
    taken = other.by(other.workshop(), programme)
    assert set(FIELDS["means"](asked_by(taken, Role.MENTEE, NOW))) == {"means"}


def test_the_seeds_questions_stay_as_they_are(programme: Programme) -> None:
    assert "What does your company do?" in labels(programme, Role.MENTOR)
    assert "How far can you go to see the mentor’s company?" in labels(programme, Role.MENTEE)


@pytest.mark.parametrize("language", ["lv", "lt", "en"])
def test_the_front_door_speaks_of_no_meeting_that_cannot_be(programme: Programme, language: str) -> None:
    taken = other.by(other.stars(), programme)
    page = words(Applicant().get(f"/call/{taken.ref}/?language={language}"))
    main = page[page.index("<main") : page.index("</main>")]
    assert other.named(main, ("in person", "klātienē", "gyvai")) == []
    assert "10\u00a0" in main
