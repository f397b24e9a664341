"""Invented people: whoever is invented for a mentee may be the mentor, and there are texts for the two."""

from datetime import UTC, date, datetime
from pathlib import Path
from random import Random
from typing import Any

import pytest
from django.conf import settings

from varpa.matching.forms import USUAL_RULES
from varpa.matching.models import Run
from varpa.matching.queries.moves import against_rules
from varpa.methodology import load
from varpa.programmes.models import Membership, MembershipState
from varpa.programmes.week import TIMES
from varpa.sectors.sectors import sector
from varpa.site.boot import ROOT
from varpa.site.replay.crowd import Applicant, Crowd, Seeker
from varpa.site.replay.house import programme_name
from varpa.site.replay.joining import while_here
from varpa.site.replay.whole import SEED_METHODOLOGY
from varpa.site.replay.words import ideas


@pytest.fixture(scope="module")
def seekers() -> list[Seeker]:
    plan = load(settings.METHODOLOGIES / SEED_METHODOLOGY)
    crowd = Crowd(plan, date(2013, 3, 1), Random("1/crowd"))
    return [crowd.seeker(number, 2) for number in range(60)]


def _values(applicant: Applicant) -> dict[str, Any]:
    place = {"school": applicant.place, "company": applicant.place}
    said = {**applicant.said, "travel": applicant.said.get("travel_km")}
    return {**said, **place, "means": applicant.means}


def test_no_rule_keeps_a_mentee_from_the_mentors_invented_for_it(seekers: list[Seeker]) -> None:
    """So a run places everybody, whatever the seed."""
    run = Run(rules=USUAL_RULES)
    for seeker in seekers:
        mentee = _values(seeker.mentee)
        assert [against_rules(run, mentee, _values(mentor)) for mentor in seeker.mentors] == [[], []]


def test_there_are_texts_in_every_language_that_two_may_share(seekers: list[Seeker]) -> None:
    for seeker in seekers:
        spoken = seeker.mentee.said["languages"]
        assert spoken[0] == seeker.mentee.home
        assert all(seeker.idea in ideas(language) for language in spoken)


def test_what_people_say_is_known_to_matching_and_not_all_alike(seekers: list[Seeker]) -> None:
    people = [each for seeker in seekers for each in (seeker.mentee, *seeker.mentors)]
    for each in people:
        assert all(sector(code) for code in each.said["interests"])
        assert set(each.said["availability"]) <= set(TIMES)
        assert each.said["region"]
        assert each.said["region"] in each.place or each.role == "mentee"
    for name in ("interests", "availability", "languages", "region"):
        assert len({tuple(each.said[name]) for each in people}) > 4, name


def test_who_leaves_prepares_no_more() -> None:
    membership = Membership(state=MembershipState.ACCEPTED)
    first, second = (datetime(2013, 7, day, tzinfo=UTC) for day in (25, 28))
    course = while_here(membership, iter([first, second]))
    assert next(course) == first
    membership.state = MembershipState.WITHDRAWN
    assert next(course, None) is None


def test_who_applies_again_is_the_same_human_at_another_address() -> None:
    plan = load(settings.METHODOLOGIES / SEED_METHODOLOGY)
    crowd = Crowd(plan, date(2013, 3, 1), Random("2/crowd"))
    first = crowd.seeker(0, 1).mentee
    second = crowd.again(first)
    assert (second.name, second.born, second.said) == (first.name, first.born, first.said)
    assert second.email != first.email
    assert second.roster_key == ""


@pytest.mark.parametrize(
    ("folder", "name"),
    [
        (ROOT / "tests" / "methodology" / "other", "Pirmosios dirbtuvės, 2013–2014"),
        (settings.METHODOLOGIES / SEED_METHODOLOGY, "Educate for Business, 2013–2014"),
    ],
)
def test_a_programme_is_called_by_its_project_or_the_title_of_its_methodology(
    folder: Path, name: str
) -> None:
    called = programme_name(load(folder), date(2013, 3, 1), date(2014, 4, 30))
    assert called.within("lt") == name


def test_nobody_has_the_address_of_those_who_run_the_programme() -> None:
    """With this seed the manager's name is drawn once more."""
    plan = load(settings.METHODOLOGIES / SEED_METHODOLOGY)
    staff = Crowd(plan, date(2013, 3, 1), Random("7/staff"))
    known = [staff.staff("lv") for _one in range(2)]
    crowd = Crowd(plan, date(2013, 3, 1), Random("7/crowd"))
    for name, address in known:
        crowd.know(name, address)
    seekers = [crowd.seeker(number, 1) for number in range(60)]
    drawn = {each.email for seeker in seekers for each in (seeker.mentee, *seeker.mentors)}
    assert not drawn & {address for _name, address in known}
