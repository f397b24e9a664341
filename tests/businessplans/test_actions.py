"""The plan is the mentee's: begun, written, shared, kept, submitted, brought back."""

from dataclasses import replace

import pytest

from tests.businessplans.conftest import WORDS, write
from tests.cast import Cast
from tests.make import NOW
from tests.money.plans import CAKES
from varpa.businessplans.access import BusinessPlanAction
from varpa.businessplans.actions import plans
from varpa.businessplans.actions.parts import FiguresChanged, NoSuchPart, write_figures
from varpa.businessplans.models import BusinessPlan, Part, PlanState, Version
from varpa.history.models import Line
from varpa.kernel.access import may
from varpa.kernel.merging import Conflict
from varpa.kernel.states import AlreadyMoved
from varpa.money.figures import to_json
from varpa.people.models import Person
from varpa.programmes.models import ProgrammeState

pytestmark = pytest.mark.django_db
SOME, OTHER = to_json(CAKES), to_json(replace(CAKES, vat=not CAKES.vat))


def lines(verb: str) -> int:
    return Line.objects.filter(verb=f"business_plan.{verb}").count()


def test_begun_twice_it_is_one_plan(cast: Cast, plan: BusinessPlan) -> None:
    again = plans.begin_plan(membership=cast.mentee, title="Cits", by=cast.elina, now=NOW)
    assert (again, again.title, lines("begin")) == (plan, "Keramikas darbnīca", 1)


@pytest.mark.parametrize("name", ["andris", "inga", "dace", "zane"])
def test_nobody_but_the_mentee_begins_or_writes(cast: Cast, plan: BusinessPlan, name: str) -> None:
    person: Person = getattr(cast, name)
    for act in (
        lambda: plans.begin_plan(membership=cast.mentee, title="Mans", by=person, now=NOW),
        lambda: write(plan, cast, "Mans teksts", by=person),
        lambda: write_figures(plan=plan, figures=SOME, revision=0, by=person, now=NOW),
        lambda: plans.name_plan(plan=plan, title="Cits", revision=0, by=person, now=NOW),
        lambda: plans.share_plan(plan=plan, shared=True, by=person, now=NOW),
        lambda: plans.let_manager_read(plan=plan, reads=True, by=person, now=NOW),
        lambda: plans.submit_plan(plan=plan, by=person, now=NOW),
        lambda: plans.keep_version(plan=plan, by=person, now=NOW),
        lambda: plans.restore_version(plan=plan, number=1, by=person, now=NOW),
        lambda: plans.take_back_plan(plan=plan, by=person, now=NOW),
    ):
        before = Line.objects.count()
        with pytest.raises(plans.OnlyTheMentee):
            act()
        assert Line.objects.count() == before


def test_a_plan_needs_a_name(cast: Cast) -> None:
    with pytest.raises(plans.NamelessPlan):
        plans.begin_plan(membership=cast.mentee, title="  ", by=cast.elina, now=NOW)


def test_writing_the_same_twice_is_one_line(cast: Cast, plan: BusinessPlan, part: Part) -> None:
    write(plan, cast, WORDS, revision=0)
    assert (lines("write"), Part.objects.get().text) == (1, WORDS)


def test_two_devices_lose_no_word(cast: Cast, plan: BusinessPlan, part: Part) -> None:
    with pytest.raises(Conflict) as told:
        write(plan, cast, "No telefona", revision=0)
    assert (told.value.stored["text"], told.value.given["text"]) == (WORDS, "No telefona")


def test_a_part_that_is_not_in_the_outline(cast: Cast, plan: BusinessPlan) -> None:
    with pytest.raises(NoSuchPart):
        write(plan, cast, "Teksts", key="dreams")


def test_figures_of_two_devices(cast: Cast, plan: BusinessPlan) -> None:
    write_figures(plan=plan, figures=SOME, revision=0, by=cast.elina, now=NOW)
    write_figures(plan=plan, figures=SOME, revision=0, by=cast.elina, now=NOW)
    with pytest.raises(FiguresChanged):
        write_figures(plan=plan, figures=OTHER, revision=0, by=cast.elina, now=NOW)
    assert (BusinessPlan.objects.get().figures, lines("write_figures")) == (SOME, 1)


def test_it_is_shared_and_taken_back_by_the_mentee(cast: Cast, shared: BusinessPlan) -> None:
    with pytest.raises(AlreadyMoved):
        plans.share_plan(plan=shared, shared=True, by=cast.elina, now=NOW)
    plans.share_plan(plan=shared, shared=False, by=cast.elina, now=NOW)
    assert (shared.state, shared.shared_at) == (PlanState.DRAFTING, None)


def test_the_switch_for_the_manager_is_set_once(cast: Cast, plan: BusinessPlan) -> None:
    for _again in range(2):
        plans.let_manager_read(plan=plan, reads=True, by=cast.elina, now=NOW)
    assert lines("show_manager") == 1


def test_a_submitted_plan_stays_as_it_is(cast: Cast, shared: BusinessPlan) -> None:
    version = plans.submit_plan(plan=shared, by=cast.elina, now=NOW)
    assert (version.number, version.why, version.texts) == (1, "submitted", {"idea": WORDS})
    with pytest.raises(plans.PlanIsSubmitted):
        write(shared, cast, "Vēl kaut kas", revision=1)
    plans.take_back_plan(plan=shared, by=cast.elina, now=NOW)
    write(shared, cast, "Vēl kaut kas", revision=1)
    assert Version.objects.get().texts == {"idea": WORDS}


def test_taken_back_it_is_shared_only_where_it_was(cast: Cast, plan: BusinessPlan, part: Part) -> None:
    plans.submit_plan(plan=plan, by=cast.elina, now=NOW)
    plans.take_back_plan(plan=BusinessPlan.objects.get(), by=cast.elina, now=NOW)
    plan = BusinessPlan.objects.get()
    assert (plan.state, may(BusinessPlanAction.READ, cast.andris, plan)) == (PlanState.DRAFTING, False)
    plans.share_plan(plan=plan, shared=True, by=cast.elina, now=NOW)
    plans.submit_plan(plan=plan, by=cast.elina, now=NOW)
    plans.take_back_plan(plan=plan, by=cast.elina, now=NOW)
    plan = BusinessPlan.objects.get()
    assert (plan.state, may(BusinessPlanAction.READ, cast.andris, plan)) == (PlanState.SHARED, True)


def test_an_empty_plan_is_not_submitted(cast: Cast, plan: BusinessPlan) -> None:
    with pytest.raises(plans.NothingWritten):
        plans.submit_plan(plan=plan, by=cast.elina, now=NOW)


def test_a_version_without_a_change_is_not_kept_twice(cast: Cast, plan: BusinessPlan, part: Part) -> None:
    first, second = (plans.keep_version(plan=plan, by=cast.elina, now=NOW) for _time in range(2))
    assert (first, lines("keep")) == (second, 1)


def test_an_earlier_version_comes_back_and_nothing_is_lost(
    cast: Cast, plan: BusinessPlan, part: Part
) -> None:
    plans.keep_version(plan=plan, by=cast.elina, now=NOW)
    write(plan, cast, "Viss citādi", revision=1)
    write_figures(plan=plan, figures=SOME, revision=0, by=cast.elina, now=NOW)
    made = plans.restore_version(plan=plan, number=1, by=cast.elina, now=NOW)
    assert Part.objects.get().text == WORDS
    assert BusinessPlan.objects.get().figures == {}
    kept = {version.number: (version.why, version.texts["idea"]) for version in Version.objects.all()}
    assert kept == {1: ("kept", WORDS), 2: ("replaced", "Viss citādi"), 3: ("restored", WORDS)}
    assert (made.number, made.of) == (3, 1)


def test_there_is_no_such_version(cast: Cast, plan: BusinessPlan) -> None:
    with pytest.raises(plans.NoSuchVersion):
        plans.restore_version(plan=plan, number=7, by=cast.elina, now=NOW)


def test_after_the_programme_nothing_changes(cast: Cast, plan: BusinessPlan) -> None:
    cast.programme.state = ProgrammeState.CLOSED
    cast.programme.save()
    with pytest.raises(plans.PlanIsOver):
        write(plan, cast, "Vēl")
