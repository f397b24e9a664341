"""The home of a mentee with two mentors, the room of each pair, and what others see of it."""

import re
from typing import Any

import pytest

from tests import make
from tests.businessplans.conftest import WORDS, write
from tests.cast import Cast, assemble
from tests.home.test_pages import MOST_QUERIES, page, queries, text
from tests.make import NOW
from tests.pairs.conftest import second_pair
from varpa.applications.queries.people import partners
from varpa.businessplans.actions.plans import begin_plan, share_plan
from varpa.businessplans.actions.remarks import remark
from varpa.businessplans.models import BusinessPlan
from varpa.evaluation.measures import counted
from varpa.guardians.queries.door import mentors_of
from varpa.guardians.queries.schools import shown_pupils
from varpa.home.queries.homes import home_of
from varpa.messaging.actions import want_quiet
from varpa.pairs.actions.goals import set_goal
from varpa.pairs.actions.pairs import pause_pair
from varpa.pairs.models import Pair
from varpa.programmes.models import Programme

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return assemble()


@pytest.fixture
def other(cast: Cast) -> Pair:
    """Elīna is mentored by Laima too."""
    return second_pair(cast)


def things(cast: Cast, key: str) -> list[Any]:
    return [thing for thing in home_of(cast.elina, NOW).things if thing.key == key]


def shared_plan(cast: Cast) -> BusinessPlan:
    plan = begin_plan(membership=cast.mentee, title="Keramika", by=cast.elina, now=NOW)
    write(plan, cast, WORDS)
    share_plan(plan=plan, shared=True, by=cast.elina, now=NOW)
    return plan


class TestHome:
    def test_mentee_with_two_mentors_is_led_to_both(self, cast: Cast, other: Pair) -> None:
        shown = text(page(cast.elina, "/"))
        assert f"/pairs/{cast.pair.ref}/" in shown
        assert f"/pairs/{other.ref}/" in shown

    def test_beside_each_thing_stands_with_whom(self, cast: Cast, other: Pair) -> None:
        whose = {thing.whose.split(",")[0] for thing in things(cast, "first")}
        assert whose == {"Andris", "Laima"}

    def test_the_plan_is_one_thing_however_many_mentors(self, cast: Cast, other: Pair) -> None:
        for pair in (cast.pair, other):
            set_goal(pair=pair, text="Saprast cenu", by=cast.elina, now=NOW)
        [thing] = things(cast, "business")
        # The plan is the mentee's: nobody's name stands beside it.
        assert thing.whose == str(cast.programme)

    def test_a_word_of_either_mentor_leads_to_the_plan(self, cast: Cast, other: Pair) -> None:
        plan = shared_plan(cast)
        remark(plan=plan, part="idea", quote="", text="Kāpēc?", by=other.mentor.person, now=NOW)
        [thing] = things(cast, "remarks")
        assert thing.whose.startswith("Laima")

    def test_words_of_one_that_wait_do_not_come_by_the_other(self, cast: Cast, other: Pair) -> None:
        plan = shared_plan(cast)
        want_quiet(pair=other, by=cast.elina, now=NOW)
        remark(plan=plan, part="idea", quote="", text="Kāpēc?", by=other.mentor.person, now=NOW)
        assert things(cast, "remarks") == []

    def test_the_second_mentor_is_asked_about_on_the_home_of_the_first_pair(self, cast: Cast) -> None:
        asked = second_pair(cast, active=False)
        home = home_of(cast.elina, NOW)
        assert (home.stage, home.pair, home.others) == ("proposed", asked, [cast.pair])
        assert "first" in {thing.key for thing in home.things}

    def test_one_pair_rests_and_the_other_is_next(self, cast: Cast, other: Pair) -> None:
        pause_pair(pair=cast.pair, by=cast.inga, now=NOW)
        home = home_of(cast.elina, NOW)
        assert (home.stage, home.pair, home.others) == ("active", other, [cast.pair])

    def test_it_takes_as_many_questions_as_with_one(self, cast: Cast, other: Pair) -> None:
        assert queries(cast.elina, "/") <= MOST_QUERIES + 1


class TestRoom:
    def test_the_mentee_goes_from_one_to_the_other(self, cast: Cast, other: Pair) -> None:
        shown = text(page(cast.elina, f"/pairs/{cast.pair.ref}/"))
        assert "Tavi citi mentori:" in shown
        assert f'href="/pairs/{other.ref}/"' in shown

    def test_a_mentor_reads_who_else_mentors_and_enters_no_other_room(self, cast: Cast, other: Pair) -> None:
        shown = text(page(cast.andris, f"/pairs/{cast.pair.ref}/"))
        assert "Elīna – arī citi mentori: Laima Vītola" in re.sub(r"\s+", " ", shown)
        assert f"/pairs/{other.ref}/" not in shown
        assert page(cast.andris, f"/pairs/{other.ref}/").status_code == 404

    def test_whoever_is_only_asked_yet_is_named_to_no_mentor(self, cast: Cast) -> None:
        second_pair(cast, active=False)
        assert "Laima" not in text(page(cast.andris, f"/pairs/{cast.pair.ref}/"))

    def test_the_manager_sees_both(self, cast: Cast, other: Pair) -> None:
        shown = text(page(cast.inga, f"/pairs/{cast.pair.ref}/"))
        assert "Laima Vītola" in shown
        listed = text(page(cast.inga, f"/programmes/{cast.programme.ref}/pairs/"))
        assert listed.count("Elīna Bērziņa") >= 2

    def test_with_one_mentor_nothing_of_it_is_shown(self, cast: Cast) -> None:
        assert "citi mentori" not in text(page(cast.elina, f"/pairs/{cast.pair.ref}/"))

    def test_hours_goals_and_plan_are_of_the_pair(self, cast: Cast, other: Pair) -> None:
        set_goal(pair=cast.pair, text="Saprast cenu", by=cast.elina, now=NOW)
        make.agreed_plan(cast.pair)
        assert "Saprast cenu" in text(page(cast.elina, f"/pairs/{cast.pair.ref}/"))
        assert "Saprast cenu" not in text(page(cast.elina, f"/pairs/{other.ref}/"))
        assert other.plans.count() == 0


class TestOthers:
    def test_a_guardian_sees_who_both_mentors_are(self, cast: Cast, other: Pair) -> None:
        assert [each.name for each in mentors_of(cast.mentee)] == ["Andris Ozols", "Laima Vītola"]

    def test_a_school_sees_its_pupil_once(self, cast: Cast, other: Pair) -> None:
        [pupil] = shown_pupils([cast.mentee])
        assert pupil.membership == cast.mentee

    def test_the_list_of_people_names_both_in_one_line(self, cast: Cast, other: Pair) -> None:
        found = partners([cast.mentee.pk])
        assert [(pk, partner.name) for pk, partner in found] == [
            (cast.mentee.pk, "Andris Ozols"),
            (cast.mentee.pk, "Laima Vītola"),
        ]

    def test_persons_are_counted_once_and_pairs_each(self, cast: Cast, other: Pair) -> None:
        programme = Programme.objects.get(pk=cast.programme.pk)
        told = counted(programme, [("mentees", ""), ("pairs", "")])
        assert told == {("mentees", ""): 2, ("pairs", ""): 3}
