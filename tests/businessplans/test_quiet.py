"""Remarks on the plan while the mentee wants no messages: they wait, and the work goes on."""

from datetime import timedelta

import pytest

from tests.cast import Cast
from tests.make import NOW
from tests.meetings.conftest import follow, page, speak, text
from varpa.businessplans.actions.parts import write_part
from varpa.businessplans.actions.remarks import answer_remark, remark, settle_remark
from varpa.businessplans.models import BusinessPlan, Remark
from varpa.history.models import Line
from varpa.home.queries.together import together, with_diary
from varpa.kernel.refs import new_ref
from varpa.messaging.actions import lift_quiet, want_quiet
from varpa.pairs.models import Pair
from varpa.post.models import Letter, LetterState

pytestmark = pytest.mark.django_db
HARSH = "Atbildi man beidzot"
EARLIER = "Cik maksās krāsns"
WAITS = {"lv": "Klāt ir daži vārdi", "lt": "Pridėta ir keli žodžiai", "en": "There are a few words with it"}
TOLD = {"lv": "bet vārdi gaidīs", "lt": "žodžiai palauks", "en": "the words wait until"}
HOUR = timedelta(hours=1)


def _say(plan: BusinessPlan, cast: Cast, words: str, hours: int = 0) -> Remark:
    said = {"part": "idea", "quote": "", "text": words, "by": cast.andris}
    return remark(plan=plan, **said, now=NOW + hours * HOUR)


@pytest.fixture
def quiet(cast: Cast, shared: BusinessPlan) -> BusinessPlan:
    """Andris has remarked on Elīna's plan; an hour later she has stopped messages."""
    _say(shared, cast, EARLIER)
    want_quiet(pair=cast.pair, by=cast.elina, now=NOW + HOUR)
    return shared


def _next(cast: Cast) -> str:
    """Where the home leads Elīna for a word on the plan."""
    [pair] = with_diary(Pair.objects.filter(pk=cast.pair.pk))
    return together(pair, "mentee", NOW).remarked


def _at(plan: BusinessPlan) -> str:
    return f"/business-plans/{plan.ref}/parts/idea/"


@pytest.mark.parametrize("language", ["lv", "lt", "en"])
@pytest.mark.parametrize("seen", ["", "?read=1"])
def test_what_came_before_stays_and_what_came_since_waits(
    cast: Cast, quiet: BusinessPlan, language: str, seen: str
) -> None:
    speak(language, cast.elina)
    _say(quiet, cast, HARSH, hours=2)
    shown = text(page(cast.elina, _at(quiet) + seen))
    assert EARLIER in shown
    assert HARSH not in shown
    assert WAITS[language] in shown


def test_an_answer_under_an_earlier_remark_waits(cast: Cast, quiet: BusinessPlan) -> None:
    answer_remark(remark=quiet.remarks.get(), text=HARSH, by=cast.andris, now=NOW + 2 * HOUR)
    shown = text(page(cast.elina, _at(quiet)))
    assert HARSH not in shown
    assert WAITS["lv"] in shown


def test_on_the_figures_too(cast: Cast, quiet: BusinessPlan) -> None:
    made = _say(quiet, cast, HARSH, hours=2)
    Remark.objects.filter(pk=made.pk).update(cell="running")
    BusinessPlan.objects.filter(pk=quiet.pk).update(figures={})
    assert HARSH not in text(page(cast.elina, f"/business-plans/{quiet.ref}/figures/"))


def test_no_letter_and_no_next_thing_brings_it(cast: Cast, quiet: BusinessPlan) -> None:
    settle_remark(remark=quiet.remarks.get(), settled=True, by=cast.elina, now=NOW + HOUR)
    made = _say(quiet, cast, HARSH, hours=2)
    answer_remark(remark=made, text=HARSH, by=cast.andris, now=NOW + 2 * HOUR)
    letters = Letter.objects.filter(to_address=cast.elina.email)
    assert not any(HARSH in each.text + each.html + each.brief for each in letters)
    assert _next(cast) == ""


def test_a_letter_that_waits_for_its_hour_does_not_go_any_more(cast: Cast, quiet: BusinessPlan) -> None:
    [letter] = Letter.objects.filter(kind="businessplans.remarked")
    assert letter.state == LetterState.WITHDRAWN


def test_once_messages_may_come_again_the_words_are_there(cast: Cast, quiet: BusinessPlan) -> None:
    _say(quiet, cast, HARSH, hours=2)
    lift_quiet(pair=cast.pair, by=cast.elina, now=NOW + 3 * HOUR)
    shown = text(page(cast.elina, _at(quiet)))
    assert HARSH in shown
    assert WAITS["lv"] not in shown
    assert _next(cast) == _at(quiet)
    messages = page(cast.elina, f"/pairs/{cast.pair.ref}/messages/", now=NOW + 3 * HOUR)
    assert f'href="{_at(quiet)}"' in text(messages)


def test_the_writer_reads_the_own_words(cast: Cast, quiet: BusinessPlan) -> None:
    _say(quiet, cast, HARSH, hours=2)
    assert HARSH in text(page(cast.andris, _at(quiet)))


def test_the_words_of_whoever_stopped_messages_pass(cast: Cast, quiet: BusinessPlan) -> None:
    answer_remark(remark=quiet.remarks.get(), text="Divsimt eiro", by=cast.elina, now=NOW + 2 * HOUR)
    assert "Divsimt eiro" in text(page(cast.andris, _at(quiet)))
    assert Letter.objects.filter(kind="businessplans.answered", to_address=cast.andris.email).exists()


def test_the_mentee_writes_and_shares_on(cast: Cast, quiet: BusinessPlan) -> None:
    part = quiet.parts.get()
    said = {"key": "idea", "text": "Jauna doma", "ready": True, "revision": part.revision}
    write_part(plan=quiet, **said, by=cast.elina, now=NOW + 2 * HOUR)
    assert "Jauna doma" in text(page(cast.andris, _at(quiet)))


@pytest.mark.parametrize("language", ["lv", "lt", "en"])
def test_whoever_writes_is_told_before_and_after(cast: Cast, quiet: BusinessPlan, language: str) -> None:
    speak(language, cast.andris)
    assert TOLD[language] in text(page(cast.andris, _at(quiet)))
    address = f"/business-plans/{quiet.ref}/parts/idea/remarks/"
    assert TOLD[language] in text(follow(cast.andris, address, {"ref": new_ref(), "text": HARSH}))
    assert Line.objects.filter(verb="business_plan.remark").count() == 2
