"""Two people at the same second: the database itself refuses the second, or both count (quality §3)."""

from datetime import date, timedelta

import pytest

from tests import make
from tests.cast import Cast
from tests.make import NOW
from tests.pairs.conftest import allow, capacity, laima
from tests.together import at_once
from varpa.history.models import Line
from varpa.kernel.merging import Conflict
from varpa.kernel.refs import new_ref
from varpa.pairs.actions import goals, pairs, plans, several, waiting
from varpa.pairs.models import Confirmation, Goal, Pair, PairState, Plan, PlanState
from varpa.people.models import Person
from varpa.post.models import Letter
from varpa.programmes.models import Membership, Programme, Role

pytestmark = pytest.mark.django_db(transaction=True)


def free(cast: Cast, role: str, name: str) -> Membership:
    return make.member(cast.programme, make.person(name, born=date(2006, 1, 1)), role)


def fresh(pair: Pair) -> Pair:
    return Pair.objects.select_related("mentor__person", "mentee__person", "programme").get(pk=pair.pk)


def written(cast: Cast) -> Plan:
    plan = plans.begin_plan(pair=cast.pair, by=cast.andris, now=NOW)
    plans.write_answers(
        plan=plan, texts={"rhythm": "Reizi nedēļā."}, choices={}, revisions={}, by=cast.andris, now=NOW
    )
    return plan


def again(plan: Plan) -> Plan:
    return Plan.objects.select_related("pair__programme", "pair__mentor", "pair__mentee").get(pk=plan.pk)


def confirm(plan: Plan, by: Person, edition: int | None = None) -> None:
    plans.confirm_plan(plan=plan, by=by, now=NOW, edition=edition)


def test_two_propose_the_same_mentee(cast: Cast) -> None:
    mentee = free(cast, Role.MENTEE, "Jānis Bērzs")
    mentors = [free(cast, Role.MENTOR, name) for name in ("Laima Vītola", "Ruta Saule")]
    found = at_once(
        *(
            lambda mentor=mentor: pairs.propose_pair(mentor=mentor, mentee=mentee, by=cast.inga, now=NOW)
            for mentor in mentors
        )
    )
    assert sorted(type(each).__name__ for each in found) == ["AlreadyPaired", "Pair"]
    assert Pair.objects.filter(mentee=mentee).count() == 1
    assert Letter.objects.filter(kind="pairs.proposed", person=mentee.person_id).count() == 1


def test_two_take_the_last_place(cast: Cast) -> None:
    mentor = free(cast, Role.MENTOR, "Laima Vītola")
    capacity(mentor, 2)
    make.pair(mentor, free(cast, Role.MENTEE, "Ruta Saule"))
    mentees = [free(cast, Role.MENTEE, name) for name in ("Jānis Bērzs", "Oskars Kalns")]
    found = at_once(
        *(
            lambda mentee=mentee: pairs.propose_pair(mentor=mentor, mentee=mentee, by=cast.inga, now=NOW)
            for mentee in mentees
        )
    )
    assert sorted(type(each).__name__ for each in found) == ["NoPlaceLeft", "Pair"]
    assert sorted(Pair.objects.filter(mentor=mentor).values_list("place", flat=True)) == [1, 2]


def test_two_take_two_places(cast: Cast) -> None:
    mentor = free(cast, Role.MENTOR, "Laima Vītola")
    capacity(mentor, 2)
    mentees = [free(cast, Role.MENTEE, name) for name in ("Jānis Bērzs", "Oskars Kalns")]
    at_once(
        *(
            lambda mentee=mentee: pairs.propose_pair(mentor=mentor, mentee=mentee, by=cast.inga, now=NOW)
            for mentee in mentees
        )
    )
    assert sorted(Pair.objects.filter(mentor=mentor).values_list("place", flat=True)) == [1, 2]


def test_the_database_itself_refuses_a_place_that_is_taken(cast: Cast) -> None:
    """Whoever writes around the action, at the same second, is refused too."""
    mentor = free(cast, Role.MENTOR, "Laima Vītola")
    mentees = [free(cast, Role.MENTEE, name) for name in ("Jānis Bērzs", "Oskars Kalns")]
    rows = [
        Pair(programme=cast.programme, mentor=mentor, mentee=each, proposed_at=NOW, place=1)
        for each in mentees
    ]
    found = at_once(*(lambda row=row: row.save(force_insert=True) for row in rows))
    assert sorted(type(each).__name__ for each in found) == ["IntegrityError", "NoneType"]


def test_an_answer_at_the_end_of_its_time(cast: Cast) -> None:
    """Either the answer counts or the proposal has ended: never both."""
    mentor, mentee = free(cast, Role.MENTOR, "Laima Vītola"), free(cast, Role.MENTEE, "Jānis Bērzs")
    until = NOW + timedelta(days=7)
    pair = pairs.propose_pair(mentor=mentor, mentee=mentee, by=cast.inga, now=NOW, answer_by=until)
    pairs.answer_proposal(pair=pair, yes=True, by=mentor.person, now=NOW)
    found = at_once(
        lambda: pairs.answer_proposal(pair=fresh(pair), yes=True, by=mentee.person, now=until),
        lambda: waiting.end_unanswered(until),
    )
    ended = fresh(pair).state == PairState.ENDED
    assert [type(each).__name__ for each in found] == (
        ["AlreadyMoved", "int"] if ended else ["NoneType", "int"]
    )
    assert found[1] == int(ended)


def test_an_impatient_finger_proposes_once(cast: Cast) -> None:
    mentor, mentee = free(cast, Role.MENTOR, "Laima Vītola"), free(cast, Role.MENTEE, "Jānis Bērzs")
    ref = new_ref()
    click = lambda: pairs.propose_pair(mentor=mentor, mentee=mentee, by=cast.inga, now=NOW, ref=ref)  # noqa: E731 - a name for two clicks
    found = at_once(click, click)
    assert found == [Pair.objects.get(ref=ref)] * 2
    assert Line.objects.filter(verb="pair.propose", thing_ref=ref).count() == 1


def test_both_say_yes(cast: Cast) -> None:
    mentor, mentee = free(cast, Role.MENTOR, "Laima Vītola"), free(cast, Role.MENTEE, "Jānis Bērzs")
    pair = make.pair(mentor, mentee, active=False)
    found = at_once(
        lambda: pairs.answer_proposal(pair=fresh(pair), yes=True, by=mentor.person, now=NOW),
        lambda: pairs.answer_proposal(pair=fresh(pair), yes=True, by=mentee.person, now=NOW),
    )
    assert found == [None, None]
    assert fresh(pair).state == PairState.ACTIVE
    assert Letter.objects.filter(kind="pairs.started", about=f"pair:{pair.ref}").count() == 2


def test_both_confirm_the_plan(cast: Cast) -> None:
    plan = written(cast)
    found = at_once(
        lambda: confirm(again(plan), cast.andris, edition=1),
        lambda: confirm(again(plan), cast.elina, edition=1),
    )
    assert found == [None, None]
    assert again(plan).state == PlanState.AGREED
    assert Letter.objects.filter(kind="pairs.plan_agreed").count() == 2


def test_one_confirms_while_the_other_writes(cast: Cast) -> None:
    plan = written(cast)

    def write() -> None:
        plans.write_answers(
            plan=again(plan),
            texts={"rhythm": "Katru dienu."},
            choices={},
            revisions={"rhythm": 1},
            by=cast.elina,
            now=NOW,
        )

    at_once(lambda: confirm(again(plan), cast.andris, edition=1), write)
    assert (again(plan).state, Confirmation.objects.count()) == (PlanState.DRAFT, 0)
    assert plan.agreed_answers.get().text == "Katru dienu."


def test_the_second_confirms_while_the_first_writes(cast: Cast) -> None:
    """Either it was agreed before and stays, or it was changed before and nobody has confirmed it."""
    plan = written(cast)
    confirm(again(plan), cast.andris)

    def write() -> None:
        plans.write_answers(
            plan=again(plan),
            texts={"rhythm": "Katru dienu."},
            choices={},
            revisions={"rhythm": 1},
            by=cast.andris,
            now=NOW,
        )

    at_once(lambda: confirm(again(plan), cast.elina, edition=1), write)
    stands = (again(plan).state, plan.agreed_answers.get().text, Confirmation.objects.count())
    assert stands in [(PlanState.AGREED, "Reizi nedēļā.", 2), (PlanState.DRAFT, "Katru dienu.", 0)]


def test_both_write_the_same_answer(cast: Cast) -> None:
    plan = plans.begin_plan(pair=cast.pair, by=cast.andris, now=NOW)
    people = {"Pirmdienās.": cast.andris, "Trešdienās.": cast.elina}
    found = at_once(
        *(
            lambda text=text, by=by: plans.write_answers(
                plan=again(plan), texts={"rhythm": text}, choices={}, revisions={}, by=by, now=NOW
            )
            for text, by in people.items()
        )
    )
    conflicts = [each for each in found if isinstance(each, Conflict)]
    assert len(conflicts) == 1
    assert {conflicts[0].stored["text"], conflicts[0].given["text"]} == set(people)


def test_both_begin_a_version(cast: Cast) -> None:
    found = at_once(
        lambda: plans.begin_plan(pair=fresh(cast.pair), by=cast.andris, now=NOW),
        lambda: plans.begin_plan(pair=fresh(cast.pair), by=cast.elina, now=NOW),
    )
    assert found[0] == found[1]
    assert Plan.objects.count() == 1


def test_a_double_click_sets_one_goal(cast: Cast) -> None:
    ref = new_ref()
    click = lambda: goals.set_goal(pair=fresh(cast.pair), text="Cena", by=cast.elina, now=NOW, ref=ref)  # noqa: E731 - a name for two clicks
    found = at_once(click, click)
    assert found == [Goal.objects.get()] * 2


def test_one_ends_while_the_other_sets_a_goal(cast: Cast) -> None:
    found = at_once(
        lambda: pairs.dissolve_pair(pair=fresh(cast.pair), reason="Tā.", by=cast.inga, now=NOW),
        lambda: goals.set_goal(pair=fresh(cast.pair), text="Cena", by=cast.elina, now=NOW),
    )
    assert found[0] is None
    assert isinstance(found[1], Goal | pairs.PairHasEnded)
    assert Goal.objects.count() == (1 if isinstance(found[1], Goal) else 0)


def test_two_make_the_same_second_pair(cast: Cast) -> None:
    allow(cast, 2)
    mentor = laima(cast)
    found = at_once(
        *(
            lambda: pairs.propose_pair(mentor=mentor, mentee=cast.mentee, by=cast.inga, now=NOW)
            for _manager in range(2)
        )
    )
    assert sorted(type(each).__name__ for each in found) == ["AlreadyPaired", "Pair"]
    assert Pair.objects.filter(mentee=cast.mentee).count() == 2


def test_two_take_the_last_seat(cast: Cast) -> None:
    allow(cast, 2)
    mentors = [laima(cast, name, "") for name in ("Laima Vītola", "Ruta Saule")]
    found = at_once(
        *(
            lambda mentor=mentor: pairs.propose_pair(mentor=mentor, mentee=cast.mentee, by=cast.inga, now=NOW)
            for mentor in mentors
        )
    )
    assert sorted(type(each).__name__ for each in found) == ["MentorsEnough", "Pair"]
    assert sorted(Pair.objects.filter(mentee=cast.mentee).values_list("seat", flat=True)) == [1, 2]


def test_a_second_pair_while_one_mentor_is_made_the_rule(cast: Cast) -> None:
    """Either the pair was first and the number is refused, or the other way round: never both."""
    allow(cast, 2)
    mentor, stored = laima(cast), Programme.objects.get(pk=cast.programme.pk)
    made, said = at_once(
        lambda: pairs.propose_pair(mentor=mentor, mentee=cast.mentee, by=cast.inga, now=NOW),
        lambda: several.allow_mentors(
            programme=stored, most=1, by=cast.inga, now=NOW, revision=stored.revision
        ),
    )
    told = {type(made).__name__, type(said).__name__}
    assert told in ({"Pair", "SomeHaveMore"}, {"AlreadyPaired", "NoneType"})


def test_the_database_itself_refuses_a_seat_that_is_taken(cast: Cast) -> None:
    mentee = free(cast, Role.MENTEE, "Jānis Bērzs")
    mentors = [laima(cast, name, "") for name in ("Laima Vītola", "Ruta Saule")]
    rows = [
        Pair(programme=cast.programme, mentor=each, mentee=mentee, proposed_at=NOW, seat=2)
        for each in mentors
    ]
    found = at_once(*(lambda row=row: row.save(force_insert=True) for row in rows))
    assert sorted(type(each).__name__ for each in found) == ["IntegrityError", "NoneType"]
