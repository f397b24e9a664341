"""A run is asked for, worked by the worker, cancelled, kept with what went into it."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils.translation import override

from tests.cast import Cast
from tests.make import NOW
from tests.matching.conftest import RULES, asked, matched, mentee, mentor, pairs_of
from varpa.history.models import Line as History
from varpa.kernel.refs import new_ref
from varpa.kernel.states import AlreadyMoved
from varpa.matching.actions import runs
from varpa.matching.models import Line, Run, RunState
from varpa.matching.queries.cohorts import read_cohort, waiting, waiting_now
from varpa.matching.queries.sums import by_gender_of, fairness_of
from varpa.pairs.actions.pairs import ProgrammeIsOver, dissolve_pair
from varpa.programmes.actions.memberships import withdraw_member
from varpa.programmes.actions.participation import say_participation
from varpa.programmes.actions.programmes import take_step

pytestmark = pytest.mark.django_db


@pytest.fixture
def potter(cast: Cast) -> None:
    """A potter and a coder, and for each a mentee."""
    mentor(cast, "Laima Vītola", languages=["lv"], interests=["clay"], region="Cēsis")
    mentor(cast, "Ruta Saule", languages=["lv"], interests=["code"], region="Rīga")
    mentee(cast, "Jānis Bērzs", languages=["lv"], interests=["code"], region="Rīga")
    mentee(cast, "Oskars Kalns", languages=["lv"], interests=["clay"], region="Cēsis")


@pytest.mark.usefixtures("potter")
class TestMatching:
    def test_each_gets_the_one_who_suits(self, cast: Cast) -> None:
        run = matched(cast)
        assert (run.state, run.progress) == (RunState.DONE, 100)
        assert pairs_of(run) == {"Jānis Bērzs": "Ruta Saule", "Oskars Kalns": "Laima Vītola"}
        assert (run.figures["placed"], run.figures["proven"]) == (2, True)

    def test_who_is_in_a_pair_is_not_in_the_cohort(self, cast: Cast) -> None:
        """So filling gaps moves nobody else."""
        found, _known = read_cohort(cast.programme, RULES)
        assert cast.mentee.ref not in {each.key for each in found.mentees}
        dissolve_pair(pair=cast.pair, reason="Pārcelšanās.", by=cast.inga, now=NOW)
        found, _known = read_cohort(cast.programme, RULES)
        assert cast.mentee.ref in {each.key for each in found.mentees}

    def test_what_went_in_is_kept(self, cast: Cast) -> None:
        run = matched(cast, rules={**RULES, "furthest": 100})
        entered = run.entrants.get(membership__person__name="Jānis Bērzs")
        assert entered.values["region"] == "Rīga"
        assert "Jānis" not in str(entered.values)
        assert (run.rules["furthest"], run.weights["interests"]) == (100, 40)

    def test_one_at_a_time(self, cast: Cast) -> None:
        asked(cast)
        with pytest.raises(runs.AlreadyAtWork):
            asked(cast)

    def test_a_second_click_is_the_same_run(self, cast: Cast) -> None:
        ref = new_ref()
        assert asked(cast, ref=ref) == asked(cast, ref=ref)
        assert History.objects.filter(verb="run.ask").count() == 1

    @pytest.mark.parametrize(
        ("weights", "refusal"),
        [
            ({}, runs.NothingWeighs),
            ({"interests": 0}, runs.NothingWeighs),
            ({"interests": 101}, runs.NoSuchWeight),
            ({"interests": -1}, runs.NoSuchWeight),
        ],
    )
    def test_weights_are_looked_at(self, cast: Cast, weights: dict[str, int], refusal: type) -> None:
        with pytest.raises(refusal):
            asked(cast, weights=weights)

    @pytest.mark.parametrize("furthest", [0, 2001, "far"])
    def test_distances_are_looked_at(self, cast: Cast, furthest: Any) -> None:
        with pytest.raises(runs.NoSuchDistance):
            asked(cast, rules={"furthest": furthest})

    def test_a_closing_programme_matches_nobody(self, cast: Cast) -> None:
        take_step(programme=cast.programme, step="close", by=None, now=NOW)
        with pytest.raises(ProgrammeIsOver):
            asked(cast)

    def test_a_cancelled_run_is_not_worked(self, cast: Cast) -> None:
        run = asked(cast)
        runs.cancel_run(run=run, by=cast.inga, now=NOW)
        assert runs.work_asked(NOW) == 0
        assert Run.objects.get(pk=run.pk).state == RunState.CANCELLED
        with pytest.raises(AlreadyMoved):
            runs.cancel_run(run=run, by=cast.inga, now=NOW)
        assert asked(cast).state == RunState.ASKED

    def test_cancelled_at_work_it_keeps_nothing(self, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
        run, tell = asked(cast), runs._tell

        def cancelled_meanwhile(mine: Run, percent: int) -> None:
            if percent == 60:
                runs.cancel_run(run=Run.objects.get(pk=mine.pk), by=cast.inga, now=NOW)
            tell(mine, percent)

        monkeypatch.setattr(runs, "_tell", cancelled_meanwhile)
        assert runs.work_asked(NOW) == 0
        assert Run.objects.get(pk=run.pk).state == RunState.CANCELLED
        assert not Line.objects.exists()

    def test_a_run_whose_worker_died_is_broken_off(self, cast: Cast) -> None:
        run = asked(cast)
        Run.objects.filter(pk=run.pk).update(state=RunState.WORKING, begun_at=NOW - timedelta(hours=2))
        runs.work_asked(NOW)
        stands = Run.objects.get(pk=run.pk)
        assert (stands.state, stands.failure) == (RunState.FAILED, "stopped")

    def test_whatever_breaks_it_off_is_told(self, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
        run = asked(cast)
        monkeypatch.setattr(runs, "_solve", lambda *_asked: 1 / 0)
        assert runs.work_asked(NOW) == 0
        assert Run.objects.get(pk=run.pk).failure == "stopped"

    def test_an_applicant_withdraws_between_asking_and_working(self, cast: Cast) -> None:
        run = asked(cast)
        left = cast.programme.memberships.get(person__name="Jānis Bērzs")
        withdraw_member(membership=left, by=None, now=NOW)
        runs.work_asked(NOW)
        assert pairs_of(Run.objects.get(pk=run.pk)) == {"Oskars Kalns": "Laima Vītola"}

    def test_a_code_that_is_gone_stands_for_itself(self, cast: Cast) -> None:
        mentor(cast, "Ilze Krasta", interests=["gone-code"])
        mentee(cast, "Līga Lapa", interests=["gone-code"])
        assert pairs_of(matched(cast))["Līga Lapa"] == "Ilze Krasta"

    def test_of_a_mentor_with_two_places_one_is_left(self, cast: Cast) -> None:
        mentor(cast, "Ilze Krasta", capacity=2)
        assert waiting(cast.programme).places == 4


def test_nobody_to_match_is_told(cast: Cast) -> None:
    with pytest.raises(runs.NobodyToMatch):
        asked(cast)
    mentee(cast, "Jānis Bērzs")
    with pytest.raises(runs.NobodyToMatch):
        asked(cast)


def test_what_is_not_known_is_counted(cast: Cast) -> None:
    mentee(cast, "Jānis Bērzs", languages=["lv"])
    mentor(cast, "Laima Vītola", interests=["clay"])
    found = {key: (of, there) for key, of, there in waiting(cast.programme).unknown}
    assert found["languages"] == (0, 1)
    assert found["interests"] == (1, 0)
    assert "means" not in found


def test_what_a_page_remembers_of_who_waits_ends_with_the_next_change(cast: Cast, potter: None) -> None:
    assert waiting_now(cast.programme, NOW).places == 2
    laima = cast.programme.memberships.get(person__name="Laima Vītola")
    say_participation(membership=laima, said={"capacity": 3}, by=None, now=NOW)
    assert waiting_now(cast.programme, NOW).places == 4
    withdraw_member(membership=laima, by=None, now=NOW)
    assert waiting_now(cast.programme, NOW) == waiting(cast.programme)


def test_three_mentors_for_forty_mentees(cast: Cast) -> None:
    for number in range(3):
        mentor(cast, f"Mentors {number}")
    for number in range(40):
        mentee(cast, f"Audzēknis {number}")
    run = matched(cast)
    assert run.figures["placed"] == 3
    assert run.lines.filter(mentor=None, without__why="full").count() == 37


def test_nobody_possible(cast: Cast) -> None:
    mentor(cast, "Laima Vītola", languages=["lt"])
    mentee(cast, "Jānis Bērzs", languages=["lv"])
    run = matched(cast)
    assert run.figures["placed"] == 0
    assert run.lines.get().without["helps"] == "language"


def test_a_run_knows_for_which_means_a_computer_lacks(cast: Cast) -> None:
    one = mentee(cast, "Jānis Bērzs", computer="none")
    other = mentee(cast, "Oskars Kalns", computer="own")
    found, _known = read_cohort(cast.programme, RULES)
    lacking = {each.key: each.lacking for each in found.mentees}
    assert lacking[one.ref] == {"video", "email"}
    assert lacking[other.ref] == frozenset()


def test_the_report_of_fairness_names_countries_and_languages_in_words() -> None:
    country = {"groups": [["LV", 9, 8, 6100], ["", 6, 6, 5000]], "hidden": 0}
    language = {"groups": [["lt", 9, 8, 6100]], "hidden": 0}
    run = Run(figures={"fairness": {"country": country, "language": language}})
    with override("lv"):
        named = [[each.name for each in groups] for _head, groups, _hidden in fairness_of(run)]
    assert named == [["Latvija", "nav zināms"], ["lietuviešu"]]


def test_gender_is_counted_for_fairness_and_kept_with_no_mentee(cast: Cast) -> None:
    mentor(cast, "Laima Vītola", languages=["lv"], capacity=12)
    for number in range(12):
        mentee(cast, f"Jana Bērza {number}", languages=["lv"], gender="woman" if number < 6 else "")
    run = matched(cast)
    assert [row[:3] for row in run.figures["by_gender"]] == [["", 6, 6], ["woman", 6, 6]]
    assert "woman" not in str([each.values for each in run.entrants.all()])
    with override("lt"):
        assert [name for name, *_counts in by_gender_of(run)] == ["nežinoma", "moteris"]
