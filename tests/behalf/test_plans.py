"""A cooperation plan that both signed on paper, entered by staff: that it is agreed, never its words (R4)."""

from datetime import timedelta
from typing import Any

import pytest

from tests import make
from tests.cast import Cast, assemble
from tests.make import NOW
from tests.together import at_once
from tests.visits import Visitor, ask, forms, queries, words
from varpa.behalf.actions import BothSign, NotYourPair, OneOfTheTwo, enter_plan
from varpa.history.models import Channel, Line
from varpa.kernel.refusals import Refusal
from varpa.methodology import Fact
from varpa.methodology.marks import QuestionAct
from varpa.pairs.actions.answers import NoSuchChoice
from varpa.pairs.actions.pairs import NotActive, pause_pair
from varpa.pairs.actions.plans import NotThatDay, PlanIsThere, begin_plan, write_view
from varpa.pairs.models import Pair, Plan, PlanState
from varpa.pairs.queries import agreed_choices
from varpa.people.models import Person
from varpa.post.models import Letter

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(days=10)
SIGNED = (NOW + timedelta(days=6)).date()
BOTH = ("mentor", "mentee")
CHOICES = {"means": ["post", "phone"], "reply_time": 5, "rhythm": 21}


@pytest.fixture
def cast() -> Cast:
    return assemble()


def enter(cast: Cast, **changes: Any) -> Plan:
    given: dict[str, Any] = {"pair": cast.pair, "day": SIGNED, "signed": BOTH, "choices": CHOICES}
    return enter_plan(**{**given, "by": cast.inga, "now": LATER, **changes})


def address(pair: Pair) -> str:
    return f"/pairs/{pair.ref}/papers/plan/"


def test_it_is_agreed_on_the_day_of_the_signatures_and_acts(cast: Cast) -> None:
    plan = enter(cast)
    assert (plan.state, plan.signed_on) == (PlanState.AGREED, SIGNED)
    happened = cast.pair.happenings.get(fact=Fact.PLAN_AGREED)
    assert plan.agreed_at is not None
    assert happened.at.date() == plan.agreed_at.date() == SIGNED
    chosen = agreed_choices(cast.pair)
    assert (chosen[QuestionAct.REPLY_TIME], chosen[QuestionAct.RHYTHM]) == (5, 21)
    means = chosen[QuestionAct.MEANS]
    assert isinstance(means, list)
    assert set(means) == {"post", "phone"}


def test_history_says_on_whose_behalf_and_that_it_was_paper(cast: Cast) -> None:
    enter(cast)
    lines = Line.objects.filter(verb="plan.enter_paper")
    assert {each.behalf for each in lines} == {cast.andris.pk, cast.elina.pk}
    assert {(each.actor, each.channel) for each in lines} == {(cast.inga.pk, Channel.PAPER)}


def test_both_are_told_who_entered_it(cast: Cast) -> None:
    enter(cast)
    told = Letter.objects.filter(kind="pairs.plan_agreed")
    assert {each.to_address for each in told} == {cast.andris.email, cast.elina.email}
    assert all("Ierakstīja Inga Liepa" in each.text for each in told)


def test_a_second_click_enters_nothing_more(cast: Cast) -> None:
    assert enter(cast) == enter(cast)
    assert Plan.objects.count() == 1
    assert Line.objects.filter(verb="plan.enter_paper").count() == 2


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"signed": ["mentor"]}, BothSign),
        ({"signed": []}, BothSign),
        ({"day": (NOW - timedelta(days=1)).date()}, NotThatDay),
        ({"day": (LATER + timedelta(days=1)).date()}, NotThatDay),
        ({"choices": {"means": ["pigeon"]}}, NoSuchChoice),
        ({"choices": {"rhythm": 4000}}, NoSuchChoice),
    ],
)
def test_what_is_refused(cast: Cast, changes: dict[str, Any], why: type[Refusal]) -> None:
    with pytest.raises(why):
        enter(cast, **changes)
    assert not Plan.objects.exists()


def test_what_the_two_have_written_here_is_not_overruled(cast: Cast) -> None:
    plan = begin_plan(pair=cast.pair, by=cast.elina, now=NOW)
    write_view(plan=plan, question="means", text="Video.", revision=0, by=cast.elina, now=NOW)
    with pytest.raises(PlanIsThere):
        enter(cast)
    agreed = make.agreed_plan(cast.neighbours)
    with pytest.raises(PlanIsThere):
        enter(cast, pair=cast.neighbours)
    agreed.refresh_from_db()
    assert agreed.signed_on is None


def test_a_pair_that_rests_agrees_on_nothing(cast: Cast) -> None:
    pause_pair(pair=cast.pair, by=cast.inga, now=NOW)
    with pytest.raises(NotActive):
        enter(cast)


def test_only_who_manages_the_programme_enters_it(cast: Cast) -> None:
    for person, why in ((cast.andris, OneOfTheTwo), (cast.tomas, NotYourPair), (cast.zane, NotYourPair)):
        with pytest.raises(why):
            enter(cast, by=person)


@pytest.mark.parametrize("language", ["lv", "lt", "en"])
def test_the_manager_enters_it_by_the_page_and_the_two_read_where_it_stands(
    cast: Cast, language: str
) -> None:
    inga = Visitor(cast.inga, days=10, language=language)
    assert address(cast.pair) in words(inga.get(f"/pairs/{cast.pair.ref}/"))
    nothing = inga.send(forms(inga.get(address(cast.pair)))[0])
    assert nothing.status_code == 200
    said = {"day": f"{SIGNED}", "every": "14", "minutes": "45"}
    sent = inga.send(forms(nothing)[0], tick=("mentor", "mentee", "post"), **said)
    assert sent.status_code == 302
    plan, chosen = Plan.objects.get(), agreed_choices(cast.pair)
    assert (chosen[QuestionAct.RHYTHM], chosen[QuestionAct.LENGTH]) == (14, 45)
    where = {"lv": "parakstīja uz papīra", "lt": "pasirašė popieriuje", "en": "signed it on paper"}
    elina = Visitor(cast.elina, days=10, language=language)
    for page in (f"/pairs/{cast.pair.ref}/plan/", f"/plans/{plan.ref}/"):
        assert where[language] in words(elina.get(page))


def test_hours_looks_back_and_topics_are_entered_as_the_two_would_write_them(cast: Cast) -> None:
    inga = Visitor(cast.inga, days=10)
    said = {"day": f"{SIGNED}", "begins": "16", "ends": "19", "looks": "28", "before": "3"}
    page = forms(inga.get(address(cast.pair)))[0]
    wrong = inga.send(page, tick=BOTH, **{**said, "ends": "9"})
    assert wrong.status_code == 200
    assert not Plan.objects.exists()
    assert inga.send(forms(wrong)[0], tick=BOTH, **said).status_code == 302
    chosen = agreed_choices(cast.pair)
    assert chosen[QuestionAct.HOURS] == [16, 19]
    assert (chosen[QuestionAct.EVALUATION], chosen[QuestionAct.TOPICS]) == (28, 3)


def test_where_a_plan_is_agreed_the_page_says_so_and_asks_for_nothing(cast: Cast) -> None:
    make.agreed_plan(cast.pair)
    page = Visitor(cast.inga, days=10).get(address(cast.pair))
    assert "Plāns jau ir apstiprināts" in words(page)
    assert not forms(page)


def test_who_reaches_the_page_and_what_it_costs(cast: Cast) -> None:
    for who, status in ((cast.inga, 200), (cast.dace, 200), (cast.andris, 403), (cast.elina, 403)):
        assert _status(who, cast.pair) == status
    for who in (cast.tomas, cast.zane, cast.rimantas):
        assert _status(who, cast.pair) == 404
    assert queries(cast.inga, address(cast.pair)) <= 12


def _status(who: Person, pair: Pair) -> int:
    return int(ask(who, address(pair)).status_code)


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_two_enter_one_paper_at_one_moment(cast: Cast) -> None:
    at_once(lambda: enter(cast), lambda: enter(cast, by=cast.dace))
    assert Plan.objects.filter(state=PlanState.AGREED).count() == 1
    assert Letter.objects.filter(kind="pairs.plan_agreed").count() == 2
