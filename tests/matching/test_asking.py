"""Many pairs are proposed by the worker, some at a time, while its page shows how far it is."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from tests.make import NOW
from tests.matching.conftest import matched, mentee, mentor, see, text
from varpa.history.models import Line as History
from varpa.kernel import clock
from varpa.matching.actions import asking as actions
from varpa.matching.actions.choices import decide
from varpa.matching.actions.going import anything_waits, do_all
from varpa.matching.actions.proposals import NobodyChosen, NoSuchTime
from varpa.matching.models import Asking, AskingState, ChoiceKind, Run
from varpa.pairs.models import Pair

pytestmark = pytest.mark.django_db


@pytest.fixture
def many(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Run:
    """A run of seven pairs; more than three at once are the worker's, two at a time."""
    monkeypatch.setattr(actions, "AT_ONCE", 3)
    monkeypatch.setattr("varpa.matching.views.proposals.AT_ONCE", 3)
    monkeypatch.setattr(actions, "BATCH", 2)
    for number in range(7):
        mentor(cast, f"Mentors {number}", languages=["lv"])
        mentee(cast, f"Audzēknis {number}", languages=["lv"])
    return matched(cast)


def ask(cast: Cast, run: Run, days: int = 7) -> Asking:
    return actions.ask_for_lines(run=run, lines=run.lines.all(), days=days, by=cast.inga, now=NOW)


def proposed(run: Run) -> int:
    return Pair.objects.filter(programme=run.programme, answer_by__isnull=False).count()


def test_a_page_leaves_many_to_the_worker(cast: Cast, many: Run) -> None:
    client = Client()
    client.force_login(cast.inga)
    with clock.moved_to(NOW):
        for _click in range(2):
            client.post(f"{reverse('matching:propose', args=[many.ref])}?all=1", {"days": "7"})
    assert (Asking.objects.count(), proposed(many)) == (1, 0)
    assert "data-work" in text(cast.inga, "answers", cast.programme.ref)
    do_all(lambda: NOW)
    assert proposed(many) == 7
    assert "data-work" not in text(cast.inga, "answers", cast.programme.ref)


def test_some_at_a_time_and_the_page_tells_how_far(cast: Cast, many: Run) -> None:
    asking = ask(cast, many)
    actions.propose_some(asking=asking, now=NOW)
    shown = see(cast.inga, "answers", cast.programme.ref).context["asking"].asking
    assert (shown.done, shown.percent, proposed(many)) == (2, 28, 2)
    assert anything_waits()
    assert do_all(lambda: NOW) == 3
    assert not anything_waits()
    assert Asking.objects.get().state == AskingState.DONE
    assert History.objects.get(verb="run.propose").details == {"pairs": 7, "days": 7}


def test_who_dies_between_two_batches_proposes_nobody_twice(cast: Cast, many: Run) -> None:
    asking = ask(cast, many)
    actions.propose_some(asking=asking, now=NOW)
    Asking.objects.update(pairs=0)
    do_all(lambda: NOW)
    assert (proposed(many), Asking.objects.get().pairs) == (7, 7)


def test_who_cannot_be_proposed_is_told_and_keeps_nobody_back(cast: Cast, many: Run) -> None:
    line = many.lines.get(mentee__membership__person__name="Audzēknis 3")
    ask(cast, many)
    two = {"mentee": line.mentee.membership, "mentor": line.mentor.membership}
    decide(programme=cast.programme, kind=ChoiceKind.FORBID, **two, by=cast.inga, now=NOW)
    do_all(lambda: NOW)
    assert proposed(many) == 6
    page = text(cast.inga, "answers", cast.programme.ref)
    assert "Audzēknis 3: Darbinieki" in page or "Audzēknis 3:" in page


def test_a_wrong_time_and_nobody(cast: Cast, many: Run) -> None:
    with pytest.raises(NoSuchTime):
        ask(cast, many, days=0)
    with pytest.raises(NobodyChosen):
        actions.ask_for_lines(run=many, lines=[], days=7, by=cast.inga, now=NOW)
