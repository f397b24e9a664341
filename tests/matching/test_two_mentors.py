"""A run looks for one mentor for each mentee; a further one the staff choose by hand (decision 0032)."""

import pytest

from tests.cast import Cast
from tests.make import NOW
from tests.matching.conftest import matched, mentee, mentor
from tests.pairs.conftest import allow
from varpa.matching.actions.proposals import propose_by_hand, propose_lines
from varpa.matching.queries.cohorts import free, waiting
from varpa.pairs.models import Pair
from varpa.programmes.models import Role

pytestmark = pytest.mark.django_db


def test_whoever_has_a_mentor_waits_for_none(cast: Cast) -> None:
    allow(cast, 2)
    mentor(cast, "Laima Vītola")
    assert not free(cast.programme, Role.MENTEE).exists()
    assert waiting(cast.programme).mentees == 0


def test_by_hand_the_second_mentor_is_asked(cast: Cast) -> None:
    allow(cast, 2)
    laima = mentor(cast, "Laima Vītola")
    made = propose_by_hand(mentor=laima, mentee=cast.mentee, by=cast.inga, now=NOW)
    assert (made.seat, made.state) == (2, "proposed")


def test_a_run_proposes_no_second_mentor_to_whoever_got_one_meanwhile(cast: Cast) -> None:
    allow(cast, 2)
    young, laima = mentee(cast, "Jānis Bērzs", languages=["lv"]), mentor(cast, "Laima Vītola")
    run = matched(cast, rules={})
    assert [line.mentor.membership for line in run.lines.all() if line.mentor] == [laima]
    ruta = mentor(cast, "Ruta Saule")
    propose_by_hand(mentor=ruta, mentee=young, by=cast.inga, now=NOW)
    done = propose_lines(run=run, lines=run.lines.all(), days=7, by=cast.inga, now=NOW)
    assert [name for _line, name in done.kinds] == ["AlreadyPaired"]
    assert Pair.objects.get(mentee=young).mentor == ruta


def test_what_was_proposed_by_hand_already_is_no_refusal(cast: Cast) -> None:
    allow(cast, 2)
    young, laima = mentee(cast, "Jānis Bērzs"), mentor(cast, "Laima Vītola")
    run = matched(cast, rules={})
    propose_by_hand(mentor=laima, mentee=young, by=cast.inga, now=NOW)
    done = propose_lines(run=run, lines=run.lines.all(), days=7, by=cast.inga, now=NOW)
    assert (done.pairs, done.kinds) == (1, [])
    assert Pair.objects.filter(mentee=young).count() == 1
