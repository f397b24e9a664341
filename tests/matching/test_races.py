"""Two managers at the same second: one run, one lock, one proposal each."""

from typing import Any

import pytest

from tests.cast import Cast
from tests.make import NOW
from tests.matching.conftest import asked, matched, mentee, mentor
from tests.together import at_once
from varpa.matching.actions.apart import ask_apart
from varpa.matching.actions.choices import decide, undo_choice
from varpa.matching.actions.proposals import propose_by_hand, propose_lines
from varpa.matching.actions.runs import cancel_run, work
from varpa.matching.models import Choice, ChoiceKind, Line, Run, RunState
from varpa.pairs.actions.pairs import answer_proposal
from varpa.pairs.models import OPEN, Pair, PairState
from varpa.programmes.models import Membership, Programme

pytestmark = pytest.mark.django_db(transaction=True)


def names(found: list[Any]) -> list[str]:
    return sorted(type(each).__name__ for each in found)


def test_two_ask_for_a_matching(cast: Cast) -> None:
    mentor(cast, "Laima Vītola")
    mentee(cast, "Jānis Bērzs")
    assert names(at_once(lambda: asked(cast), lambda: asked(cast))) == ["AlreadyAtWork", "Run"]


def test_two_workers_take_one_run(cast: Cast) -> None:
    mentor(cast, "Laima Vītola")
    mentee(cast, "Jānis Bērzs")
    run = asked(cast)

    def again() -> bool:
        return work(run=Run.objects.select_related("programme").get(pk=run.pk), now=NOW)

    assert sorted(map(str, at_once(again, again))) == ["False", "True"]
    assert Line.objects.count() == 1


def test_cancelled_while_it_begins(cast: Cast) -> None:
    mentor(cast, "Laima Vītola")
    mentee(cast, "Jānis Bērzs")
    run = asked(cast)
    at_once(
        lambda: cancel_run(run=Run.objects.select_related("programme").get(pk=run.pk), by=cast.inga, now=NOW),
        lambda: work(run=Run.objects.select_related("programme").get(pk=run.pk), now=NOW),
    )
    stands = Run.objects.get(pk=run.pk)
    assert Line.objects.exists() == (stands.state == RunState.DONE)


def test_two_decide_about_the_last_place(cast: Cast) -> None:
    laima = mentor(cast, "Laima Vītola")
    mentees = [mentee(cast, name) for name in ("Jānis Bērzs", "Oskars Kalns")]

    def lock(one: Membership) -> Choice:
        programme = Programme.objects.get(pk=cast.programme.pk)
        two = {"mentee": one, "mentor": laima}
        return decide(programme=programme, kind=ChoiceKind.LOCK, **two, by=cast.inga, now=NOW)

    found = at_once(*(lambda one=one: lock(one) for one in mentees))
    assert names(found) == ["Choice", "NoPlaceForALock"]


def test_one_undoes_while_the_other_forbids_what_would_come_back(cast: Cast) -> None:
    laima, ruta = mentor(cast, "Laima Vītola"), mentor(cast, "Ruta Saule")
    both = {"programme": cast.programme, "mentee": mentee(cast, "Jānis Bērzs"), "by": cast.inga, "now": NOW}
    decide(kind=ChoiceKind.LOCK, mentor=laima, **both)
    lock = decide(kind=ChoiceKind.LOCK, mentor=ruta, **both)
    again = Choice.objects.select_related("programme", "replaces__mentee", "replaces__mentor").get(pk=lock.pk)
    found = at_once(
        lambda: undo_choice(choice=again, by=cast.inga, now=NOW),
        lambda: decide(kind=ChoiceKind.FORBID, mentor=laima, **both),
    )
    assert not [each for each in found if isinstance(each, Exception)]
    assert Choice.objects.get(undone_at=None).kind == ChoiceKind.FORBID


def test_two_propose_one_run(cast: Cast) -> None:
    for number in range(3):
        mentor(cast, f"Mentors {number}")
        mentee(cast, f"Audzēknis {number}")
    run = matched(cast)

    def propose() -> int:
        lines = run.lines.select_related(
            "mentee__membership__programme", "mentor__membership__programme"
        ).order_by("pk")
        return propose_lines(run=run, lines=list(lines), days=7, by=cast.inga, now=NOW).pairs

    assert at_once(propose, propose) == [3, 3]
    assert Pair.objects.filter(answer_by__isnull=False).count() == 3


def test_kept_apart_while_they_are_proposed(cast: Cast) -> None:
    laima, janis = mentor(cast, "Laima Vītola"), mentee(cast, "Jānis Bērzs")
    run = matched(cast)
    at_once(
        lambda: ask_apart(membership=Membership.objects.get(pk=janis.pk), name="Laima Vītola", now=NOW),
        lambda: propose_lines(run=run, lines=run.lines.all(), days=7, by=cast.inga, now=NOW),
    )
    assert not Pair.objects.filter(mentee=janis, mentor=laima, state__in=OPEN).exists()


def test_kept_apart_while_the_second_says_yes(cast: Cast) -> None:
    laima, janis = mentor(cast, "Laima Vītola"), mentee(cast, "Jānis Bērzs")
    pair = propose_by_hand(mentor=laima, mentee=janis, by=cast.inga, now=NOW)
    answer_proposal(pair=pair, yes=True, by=laima.person, now=NOW)

    def yes() -> None:
        answer_proposal(pair=Pair.objects.get(pk=pair.pk), yes=True, by=janis.person, now=NOW)

    def apart() -> Choice:
        two = {"mentee": janis, "mentor": laima}
        programme = Programme.objects.get(pk=cast.programme.pk)
        return decide(programme=programme, kind=ChoiceKind.VETO, **two, by=cast.inga, now=NOW)

    at_once(yes, apart)
    pair.refresh_from_db()
    assert Choice.objects.filter(kind=ChoiceKind.VETO).exists()
    assert pair.state in (PairState.ENDED, PairState.ACTIVE)
