"""A run can be shown later: who was not possible, whom only an earlier run knew, after a merge too."""

import pytest

from tests.cast import Cast
from tests.make import NOW
from tests.matching.conftest import asked, matched, mentee, mentor, pairs_of, see, text
from tests.merges.conftest import put
from varpa.matching.actions.apart import ask_apart, withdraw_apart
from varpa.matching.actions.choices import decide, undo_choice
from varpa.matching.actions.runs import NobodyWished
from varpa.matching.cohort import Mentee, Mentor, cohort
from varpa.matching.matching import match
from varpa.matching.models import ChoiceKind
from varpa.matching.parts import WEIGHTS
from varpa.matching.queries.answers import preview
from varpa.matching.queries.boards import lines_of
from varpa.matching.reasons import why_unplaced
from varpa.programmes.actions.memberships import withdraw_member
from varpa.programmes.models import Membership

pytestmark = pytest.mark.django_db


@pytest.fixture
def three(cast: Cast) -> tuple[Membership, Membership, Membership]:
    anna = mentee(cast, "Anna Kalniņa", languages=["lv"], interests=["16"])
    peteris = mentor(cast, "Pēteris Vītols", languages=["lv"], interests=["16"])
    return anna, peteris, mentor(cast, "Ilze Otra", languages=["lv"], interests=["62"])


def test_what_was_forbidden_is_told_after_it_is_taken_back(
    cast: Cast, three: tuple[Membership, Membership, Membership]
) -> None:
    anna, peteris, _ilze = three
    kind = ChoiceKind.FORBID
    choice = decide(programme=cast.programme, kind=kind, mentee=anna, mentor=peteris, by=cast.inga, now=NOW)
    run = matched(cast)
    assert pairs_of(run) == {"Anna Kalniņa": "Ilze Otra"}
    undo_choice(choice=choice, by=cast.inga, now=NOW)
    why = "Toreiz bija izlemts, ka abi nav kopā."
    number = run.lines.get().mentee.number
    assert why in text(cast.inga, "mentee", run.ref, str(number))
    shown = text(cast.inga, "cost", run.ref, mentee=anna.ref, mentor=peteris.ref)
    assert why in shown
    assert "nav zināms" not in shown[shown.index("data-cost") :]


def test_of_a_wish_in_confidence_it_is_told_that_there_was_one(
    cast: Cast, three: tuple[Membership, Membership, Membership]
) -> None:
    anna, peteris, _ilze = three
    wish = ask_apart(membership=peteris, name="Anna Kalniņa", now=NOW)
    run = matched(cast)
    withdraw_apart(apart=wish, now=NOW)
    shown = text(cast.inga, "mentee", run.ref, str(run.lines.get().mentee.number))
    assert "Toreiz starp abiem bija konfidenciāls noteikums." in shown
    assert run.figures["apart"] == [[0, next(iter(run.figures["apart"]))[1], "veto"]]
    assert anna.ref not in str(run.figures)


def test_whom_only_the_earlier_run_knew_is_told(
    cast: Cast, three: tuple[Membership, Membership, Membership]
) -> None:
    anna, _peteris, _ilze = three
    mentee(cast, "Zane Cita", languages=["lv"], interests=["62"])
    before = matched(cast)
    withdraw_member(membership=anna, by=cast.inga, now=NOW)
    after = matched(cast)
    shown = text(cast.inga, "compare", after.ref, **{"with": before.ref})
    gone = shown[shown.index("Tikai iepriekšējā") :]
    assert "Anna Kalniņa" in gone
    assert "Zane Cita" not in gone


def test_a_run_is_shown_after_two_records_of_it_were_merged(
    cast: Cast, three: tuple[Membership, Membership, Membership]
) -> None:
    anna, peteris, _ilze = three
    again = mentee(cast, "Anna Kalnina", place="JT", languages=["lv"], interests=["62"])
    same = mentor(cast, "Peteris Vitols", place="B", languages=["lv"], interests=["16"])
    run = matched(cast)
    of_mentees, of_mentors = put(cast, anna.person, again.person), put(cast, peteris.person, same.person)
    members = Membership.objects.filter(programme=cast.programme)
    two = {
        "mentee": members.get(person=of_mentees.kept).ref,
        "mentor": members.get(person=of_mentors.kept).ref,
    }
    assert see(cast.inga, "cost", run.ref, **two).status_code == 200
    assert (preview(lines_of(run)).pairs, preview(lines_of(run)).letters) == (1, 2)


def test_all_weight_on_wishes_needs_a_wish(
    cast: Cast, three: tuple[Membership, Membership, Membership]
) -> None:
    weights = {key.value: 0 for key in WEIGHTS} | {"wishes": 100}
    with pytest.raises(NobodyWished):
        asked(cast, weights=weights)
    mentee(cast, "Zane Cita", wishes="Ilze Otra")
    assert asked(cast, weights=weights).ref


def test_a_rule_whose_mentors_are_full_would_not_help() -> None:
    lv, lt = frozenset({"lv"}), frozenset({"lt"})
    mentees = [Mentee("e1", languages=lv), Mentee("e2", languages=lv), Mentee("e3", languages=lt)]
    full = match(cohort(mentees, [Mentor("m1", languages=lv), Mentor("m2", languages=lv)]))
    told = why_unplaced(full, 2).would_help
    assert told == "Another mentor: whoever would be possible without a rule has no free place."
    more = match(cohort(mentees, [Mentor("m1", languages=lv, capacity=2), Mentor("m2", languages=lv)]))
    assert "Without this rule" in why_unplaced(more, 2).would_help


def test_a_rule_helps_where_others_can_move_on() -> None:
    lv, lt, both = frozenset({"lv"}), frozenset({"lt"}), frozenset({"lv", "en"})
    mentees = [Mentee("e1", languages=both), Mentee("e3", languages=lt, topic="koks")]
    mentors = [Mentor("m1", languages=lv, experience="koks"), Mentor("m2", languages=frozenset({"en"}))]
    run = match(cohort(mentees, mentors))
    assert run.openable.all()
    assert "2 mentors" in why_unplaced(run, 1).would_help


def test_a_mentor_who_got_nobody_stands_on_the_board_to_be_dragged_to(
    cast: Cast, three: tuple[Membership, Membership, Membership]
) -> None:
    ilze = three[2]
    board = text(cast.inga, "run", matched(cast).ref)
    assert f'<li data-mentor="{ilze.ref}"><div class="two"><strong>Ilze Otra</strong>' in board
