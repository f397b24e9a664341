"""Whom each side has wished for is a part of suitability; missing is unknown."""

import numpy as np
import pytest

from tests.cast import Cast
from tests.matching.conftest import matched, mentee, mentor, pairs_of, text
from varpa.matching.cohort import Mentee, Mentor, cohort
from varpa.matching.matching import match
from varpa.matching.parts import PartKey
from varpa.matching.reasons import reasons


def wished(mentees: list[Mentee], mentors: list[Mentor]) -> list[list[float | None]]:
    grid = match(cohort(mentees, mentors)).suitability.parts[PartKey.WISHES]
    rows = [grid.row(row) for row in range(len(mentees))]
    return [[None if np.isnan(each) else float(each) for each in row] for row in rows]


ANDRIS = Mentor("a", name="Andris Ozols", company="Māls un uguns", sectors=("23.4",))
BAIBA = Mentor("b", name="Baiba Kļava", company="Maiznīca Rīts", sectors=("10.71",))


@pytest.mark.parametrize("wish", ["andris ozols", "mals un uguns", "keramika", "a"])
def test_a_mentee_wishes_for_a_mentor_a_company_or_a_kind_of_one(wish: str) -> None:
    assert wished([Mentee("e", wishes=(wish,))], [ANDRIS, BAIBA]) == [[1000, 0]]


def test_a_mentor_wishes_for_a_school() -> None:
    mentor = Mentor("a", wishes=("cesu pilsetas vidusskola",))
    two = [Mentee("e", school="Cēsu pilsētas vidusskola"), Mentee("f", school="Rīgas 1. ģimnāzija")]
    assert wished(two, [mentor, BAIBA]) == [[1000, None], [0, None]]


def test_both_sides_count_alike() -> None:
    mentor = Mentor("a", name="Andris Ozols", wishes=("elina kalna",))
    both = [Mentee("e", name="Elīna Kalna", wishes=("andris ozols",)), Mentee("f", wishes=("andris ozols",))]
    assert wished(both, [mentor]) == [[1000], [500]]


def test_who_wishes_for_somebody_who_is_not_here_loses_nothing() -> None:
    mentees = [Mentee("e", wishes=("laima vitola",)), Mentee("f", wishes=("andris ozols",))]
    assert wished(mentees, [ANDRIS]) == [[None], [1000]]


def test_without_any_wish_there_is_no_such_part() -> None:
    run = match(cohort([Mentee("e", wishes=("laima vitola",))], [ANDRIS]))
    assert PartKey.WISHES not in run.suitability.parts


def test_a_wish_decides_between_two_who_suit_alike() -> None:
    mentees = [Mentee("e", wishes=("baiba klava",)), Mentee("f")]
    run = match(cohort(mentees, [ANDRIS, BAIBA]))
    assert run.solved.mentor_of.tolist() == [1, 0]
    assert "answers a wish" in reasons(run, 0, 1).speaks_for
    assert reasons(run, 0, 0).speaks_against == ["something else was wished for"]
    assert "wishes" not in " ".join(reasons(run, 1, 0).unknown)


@pytest.mark.django_db
def test_what_was_wished_in_the_application_is_counted_and_kept(cast: Cast) -> None:
    cast.inga.language = "en"
    cast.inga.save()
    for name in ("Laima Vītola", "Ruta Saule"):
        mentor(cast, name)
    mentee(cast, "Jānis Bērzs", wishes="Ruta Saule, SIA Nekas")
    mentee(cast, "Oskars Kalns", wishes="Laima Vītola")
    run = matched(cast)
    assert pairs_of(run) == {"Jānis Bērzs": "Ruta Saule", "Oskars Kalns": "Laima Vītola"}
    entered = run.entrants.get(membership__person__name="Jānis Bērzs")
    assert entered.values["wishes"] == ["ruta saule", "sia nekas"]
    assert "ruta saule, sia nekas" in text(cast.inga, "mentee", run.ref, str(entered.number))
