"""Asking the other for a confirmation, and a new version of what was agreed (R4)."""

from datetime import timedelta

import pytest

from tests import make
from tests.cast import Cast
from tests.make import NOW
from tests.pairs.test_plan_actions import again, begun, confirm, write
from varpa.pairs.actions import plans
from varpa.pairs.models import Pair, PlanState
from varpa.pairs.queries import agreed_plan, open_plan
from varpa.people.models import Person
from varpa.post import outbox
from varpa.post.models import Letter, LetterState

pytestmark = pytest.mark.django_db


class TestAskingTheOther:
    def waiting(self, person: Person) -> list[str]:
        letters = Letter.objects.filter(kind="pairs.plan_waits", person=person.pk)
        return [letter.state for letter in letters]

    def test_the_other_is_asked(self, cast: Cast) -> None:
        plan = begun(cast)
        write(plan, "Reizi nedēļā.", cast.andris)
        confirm(again(plan), cast.andris)
        assert (self.waiting(cast.elina), self.waiting(cast.andris)) == ([LetterState.QUEUED], [])

    def test_two_at_one_table_get_no_letter_to_ask(self, cast: Cast) -> None:
        plan = begun(cast)
        write(plan, "Reizi nedēļā.", cast.andris)
        confirm(again(plan), cast.andris)
        outbox.deliver_due(NOW + timedelta(minutes=1))
        confirm(again(plan), cast.elina)
        assert self.waiting(cast.elina) == [LetterState.WITHDRAWN]

    def test_after_a_change_the_first_is_asked_in_turn(self, cast: Cast) -> None:
        """Both within one hour, and the same version: each is still asked for what stands now."""
        plan = begun(cast)
        write(plan, "Reizi nedēļā.", cast.andris)
        confirm(again(plan), cast.andris)
        write(again(plan), "Katru dienu.", cast.elina, revision=1)
        confirm(again(plan), cast.elina)
        assert self.waiting(cast.elina) == [LetterState.WITHDRAWN]
        assert self.waiting(cast.andris) == [LetterState.QUEUED]

    def test_the_same_one_is_asked_again_after_a_change(self, cast: Cast) -> None:
        plan = begun(cast)
        write(plan, "Reizi nedēļā.", cast.andris)
        confirm(again(plan), cast.andris)
        write(again(plan), "Katru dienu.", cast.andris, revision=1)
        confirm(again(plan), cast.andris)
        assert sorted(self.waiting(cast.elina)) == [LetterState.QUEUED, LetterState.WITHDRAWN]


class TestVersions:
    def test_an_amendment_begins_from_what_is_agreed(self, cast: Cast) -> None:
        first = make.agreed_plan(cast.pair)
        second = begun(cast)
        assert (second.version, second.state) == (2, PlanState.DRAFT)
        row = second.agreed_answers.get()
        assert (row.text, row.choice, row.revision) == ("Reizi divās nedēļās.", 14, 0)
        assert agreed_plan(cast.pair) == first

    def test_the_old_one_holds_until_both_confirm(self, cast: Cast) -> None:
        first = make.agreed_plan(cast.pair)
        second = begun(cast)
        write(second, "Reizi mēnesī.", cast.elina)
        confirm(again(second), cast.elina)
        assert agreed_plan(cast.pair) == first
        confirm(again(second), cast.andris)
        assert (agreed_plan(cast.pair), again(first).state) == (second, PlanState.AMENDED)

    def test_every_version_is_kept_as_it_was(self, cast: Cast) -> None:
        first = make.agreed_plan(cast.pair)
        second = begun(cast)
        write(second, "Reizi mēnesī.", cast.elina)
        assert first.agreed_answers.get().text == "Reizi divās nedēļās."
        assert cast.pair.plans.count() == 2

    def test_own_words_and_paper_go_along(self, cast: Cast) -> None:
        plan = begun(cast)
        plans.write_own_words(plan=plan, text="Mēs abi.", revision=0, by=cast.andris, now=NOW)
        plans.attach_paper(plan=plan, paper=make.paper(plan), by=cast.andris, now=NOW)
        for person in (cast.andris, cast.elina):
            confirm(again(plan), person)
        second = begun(cast)
        assert (second.own_words, second.paper) == ("Mēs abi.", again(plan).paper)

    def test_two_who_begin_at_once_share_one_version(self, cast: Cast) -> None:
        make.agreed_plan(cast.pair)
        made = {plans.begin_plan(pair=cast.pair, by=by, now=NOW).pk for by in (cast.andris, cast.elina)}
        assert len(made) == 1
        assert open_plan(Pair.objects.get(pk=cast.pair.pk)) is not None
