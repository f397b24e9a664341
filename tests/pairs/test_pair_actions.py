"""A pair rests, goes on, ends, and lets the project manager see what both want to show."""

from datetime import timedelta

import pytest

from tests import make
from tests.cast import Cast
from tests.make import NOW
from tests.pairs.test_proposals import two
from varpa.history.models import Channel, Line
from varpa.kernel.states import AlreadyMoved
from varpa.methodology import Fact
from varpa.pairs.actions import goals, pairs, readiness
from varpa.pairs.actions.sharing import share
from varpa.pairs.models import Outcome, Pair, PairState
from varpa.pairs.queries import facts_of, pairs_of
from varpa.post.models import Letter
from varpa.programmes.actions.memberships import withdraw_member

pytestmark = pytest.mark.django_db


class TestPausing:
    def test_both_are_told_of_a_pause_and_of_its_end(self, cast: Cast) -> None:
        pairs.pause_pair(pair=cast.pair, by=cast.inga, now=NOW)
        assert cast.pair.state == PairState.PAUSED
        pairs.resume_pair(pair=cast.pair, by=cast.inga, now=NOW)
        assert cast.pair.state == PairState.ACTIVE
        kinds = Letter.objects.filter(about=f"pair:{cast.pair.ref}").values_list("kind", flat=True)
        assert list(kinds).count("pairs.paused") == 2
        assert list(kinds).count("pairs.resumed") == 2

    def test_a_second_click_pauses_once(self, cast: Cast) -> None:
        opened = Pair.objects.get(pk=cast.pair.pk)
        pairs.pause_pair(pair=cast.pair, by=cast.inga, now=NOW)
        with pytest.raises(AlreadyMoved):
            pairs.pause_pair(pair=opened, by=cast.inga, now=NOW)

    def test_a_second_pause_is_told_too(self, cast: Cast) -> None:
        for days in (0, 20):
            at = NOW + timedelta(days=days)
            pairs.pause_pair(pair=cast.pair, by=cast.inga, now=at)
            pairs.resume_pair(pair=cast.pair, by=cast.inga, now=at + timedelta(days=7))
        assert Letter.objects.filter(kind="pairs.paused").count() == 4

    def test_it_goes_on_only_with_both_prepared(self, cast: Cast) -> None:
        pairs.pause_pair(pair=cast.pair, by=cast.inga, now=NOW)
        withdraw_member(membership=cast.mentor, by=cast.inga, now=NOW)
        with pytest.raises(pairs.NotPrepared):
            pairs.resume_pair(pair=cast.pair, by=cast.inga, now=NOW)

    def test_the_schedule_pauses_who_is_no_longer_prepared_and_tells_the_manager(self, cast: Cast) -> None:
        withdraw_member(membership=cast.mentor, by=cast.inga, now=NOW)
        assert readiness.pause_unprepared_pairs(NOW) == 1
        assert readiness.pause_unprepared_pairs(NOW) == 0
        cast.pair.refresh_from_db()
        cast.neighbours.refresh_from_db()
        assert (cast.pair.state, cast.neighbours.state) == (PairState.PAUSED, PairState.ACTIVE)
        assert Letter.objects.filter(kind="pairs.needs_manager", person=cast.inga.pk).count() == 1
        line = Line.objects.get(verb="pair.pause", thing_ref=cast.pair.ref)
        assert (line.actor, line.channel) == (None, Channel.SYSTEM)


class TestEnding:
    def test_the_manager_ends_it_with_a_reason(self, cast: Cast) -> None:
        pairs.dissolve_pair(pair=cast.pair, reason=" Mentors pārcēlās. ", by=cast.inga, now=NOW)
        cast.pair.refresh_from_db()
        ended = (cast.pair.state, cast.pair.outcome, cast.pair.end_reason, cast.pair.ended_at)
        assert ended == (PairState.ENDED, Outcome.DISSOLVED, "Mentors pārcēlās.", NOW)
        assert Fact.PAIR_ENDED in facts_of(cast.pair)
        assert Letter.objects.filter(kind="pairs.ended").count() == 2

    def test_the_reason_stays_out_of_letters_and_history(self, cast: Cast) -> None:
        pairs.dissolve_pair(pair=cast.pair, reason="Neuzticas viens otram.", by=cast.inga, now=NOW)
        assert not Letter.objects.filter(text__contains="Neuzticas").exists()
        assert "Neuzticas" not in str(list(Line.objects.values_list("details", flat=True)))

    def test_results_stand(self, cast: Cast) -> None:
        make.agreed_plan(cast.pair)
        goals.set_goal(pair=cast.pair, text="Cena", by=cast.elina, now=NOW)
        pairs.dissolve_pair(pair=cast.pair, reason="Pārcelšanās.", by=cast.inga, now=NOW)
        assert cast.pair.goals.count() == 1
        assert cast.pair.plans.get().state == "agreed"

    @pytest.mark.parametrize("reason", ["", "   ", "\n"])
    def test_without_a_reason_it_is_refused(self, cast: Cast, reason: str) -> None:
        with pytest.raises(pairs.ReasonMissing):
            pairs.dissolve_pair(pair=cast.pair, reason=reason, by=cast.inga, now=NOW)

    @pytest.mark.parametrize("outcome", ["", "completed", "forgotten"])
    def test_only_the_outcomes_of_an_early_end(self, cast: Cast, outcome: str) -> None:
        with pytest.raises(pairs.NoSuchOutcome):
            pairs.dissolve_pair(pair=cast.pair, reason="Tā.", outcome=outcome, by=cast.inga, now=NOW)

    def test_rematched(self, cast: Cast) -> None:
        outcome = Outcome.REMATCHED
        pairs.dissolve_pair(pair=cast.pair, reason="Cita joma.", outcome=outcome, by=cast.inga, now=NOW)
        cast.pair.refresh_from_db()
        assert cast.pair.outcome == Outcome.REMATCHED

    def test_a_second_click_ends_once(self, cast: Cast) -> None:
        opened = Pair.objects.get(pk=cast.pair.pk)
        pairs.dissolve_pair(pair=cast.pair, reason="Pirmais.", by=cast.inga, now=NOW)
        with pytest.raises(AlreadyMoved):
            pairs.dissolve_pair(pair=opened, reason="Otrais.", by=cast.inga, now=NOW)
        assert Pair.objects.get(pk=cast.pair.pk).end_reason == "Pirmais."

    def test_a_proposal_that_the_manager_takes_back_says_nothing_of_hours(self, cast: Cast) -> None:
        pair = make.pair(*two(cast.programme), active=False)
        pairs.dissolve_pair(pair=pair, reason="Kļūda.", by=cast.inga, now=NOW)
        kinds = set(Letter.objects.filter(about=f"pair:{pair.ref}").values_list("kind", flat=True))
        assert kinds == {"pairs.proposed", "pairs.declined"}

    def test_a_paused_pair_can_be_ended(self, cast: Cast) -> None:
        pairs.pause_pair(pair=cast.pair, by=cast.inga, now=NOW)
        pairs.dissolve_pair(pair=cast.pair, reason="Tā.", by=cast.inga, now=NOW)
        assert cast.pair.state == PairState.ENDED


class TestSharing:
    def shared(self, pair: Pair) -> tuple[bool, bool]:
        pair.refresh_from_db()
        return pair.shares_goals, pair.shares_plan

    def test_it_is_off_at_first(self, cast: Cast) -> None:
        assert self.shared(cast.pair) == (False, False)

    def test_it_opens_once_both_share(self, cast: Cast) -> None:
        share(pair=cast.pair, goals=True, plan=True, by=cast.andris, now=NOW)
        assert self.shared(cast.pair) == (False, False)
        share(pair=cast.pair, goals=True, plan=False, by=cast.elina, now=NOW)
        assert self.shared(cast.pair) == (True, False)

    def test_either_closes_it_at_once(self, cast: Cast) -> None:
        for person in (cast.andris, cast.elina):
            share(pair=cast.pair, goals=True, plan=True, by=person, now=NOW)
        share(pair=cast.pair, goals=False, plan=True, by=cast.elina, now=NOW)
        assert self.shared(cast.pair) == (False, True)

    def test_nobody_else_shares_what_is_theirs(self, cast: Cast) -> None:
        with pytest.raises(pairs.NotOneOfTheTwo):
            share(pair=cast.pair, goals=True, plan=True, by=cast.inga, now=NOW)

    def test_a_second_click_is_one_line(self, cast: Cast) -> None:
        for _click in range(2):
            share(pair=cast.pair, goals=True, plan=False, by=cast.andris, now=NOW)
        assert Line.objects.filter(verb="pair.share").count() == 1

    def test_it_can_be_taken_back_after_the_end(self, cast: Cast) -> None:
        for person in (cast.andris, cast.elina):
            share(pair=cast.pair, goals=True, plan=True, by=person, now=NOW)
        pairs.dissolve_pair(pair=cast.pair, reason="Tā.", by=cast.inga, now=NOW)
        share(pair=cast.pair, goals=False, plan=False, by=cast.elina, now=NOW)
        assert self.shared(cast.pair) == (False, False)


def test_a_persons_pairs_begin_with_those_that_are_going(cast: Cast) -> None:
    pairs.dissolve_pair(pair=cast.pair, reason="Tā.", by=cast.inga, now=NOW)
    again = make.pair(cast.mentor, cast.mentee)
    assert list(pairs_of(cast.andris)) == [again, cast.pair]
