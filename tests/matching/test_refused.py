"""A "rather not" is remembered on every way to a proposal, until the staff decide otherwise."""

import pytest

from tests.cast import Cast
from tests.make import NOW
from tests.matching.conftest import matched, mentee, mentor
from varpa.matching.actions.choices import decide
from varpa.matching.actions.proposals import propose_lines
from varpa.matching.models import ChoiceKind, Line, Run
from varpa.matching.queries.answers import proposable
from varpa.matching.queries.boards import lines_of
from varpa.pairs.actions.pairs import answer_proposal
from varpa.pairs.models import OPEN, Pair
from varpa.programmes.models import Membership

pytestmark = pytest.mark.django_db


@pytest.fixture
def refused(cast: Cast) -> tuple[Run, Membership, Membership]:
    """A run whose only pair was proposed, and one of the two said no."""
    laima, janis = mentor(cast, "Laima Vītola"), mentee(cast, "Jānis Bērzs")
    run = matched(cast)
    propose_lines(run=run, lines=run.lines.all(), days=7, by=cast.inga, now=NOW)
    answer_proposal(pair=Pair.objects.get(mentee=janis), yes=False, by=janis.person, now=NOW)
    return run, janis, laima


def test_the_same_run_does_not_offer_it_again(
    cast: Cast, refused: tuple[Run, Membership, Membership]
) -> None:
    run, janis, _laima = refused
    assert not proposable(run, lines_of(run)).exists()
    done = propose_lines(run=run, lines=run.lines.all(), days=7, by=cast.inga, now=NOW)
    assert (done.pairs, len(done.refused)) == (0, 1)
    assert not Pair.objects.filter(mentee=janis, state__in=OPEN).exists()


def test_the_next_run_does_not_find_it(cast: Cast, refused: tuple[Run, Membership, Membership]) -> None:
    assert Line.objects.get(run=matched(cast)).mentor is None


def test_the_staff_may_decide_it_all_the_same(
    cast: Cast, refused: tuple[Run, Membership, Membership]
) -> None:
    _run, janis, laima = refused
    two = {"mentee": janis, "mentor": laima}
    decide(programme=cast.programme, kind=ChoiceKind.LOCK, **two, by=cast.inga, now=NOW)
    again = matched(cast)
    assert propose_lines(run=again, lines=again.lines.all(), days=7, by=cast.inga, now=NOW).pairs == 1
