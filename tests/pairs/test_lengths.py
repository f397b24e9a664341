"""How often, and how long meetings will be: one question, two figures (methodology §8.1)."""

from dataclasses import replace

import pytest

from tests.cast import Cast
from tests.make import NOW
from tests.pairs.conftest import form, see, send, text
from varpa.meetings.queries import suggest
from varpa.methodology.marks import QuestionAct
from varpa.pairs.actions import plans
from varpa.pairs.actions.answers import NoSuchChoice, fitting
from varpa.pairs.models import Plan
from varpa.pairs.queries import agreed_choices
from varpa.programmes.actions.programmes import take_methodology
from varpa.programmes.models import Programme
from varpa.programmes.queries import methodology_of

pytestmark = pytest.mark.django_db

RHYTHM = "rhythm"


def write(cast: Cast, **given: str) -> object:
    at = ("question", cast.pair.ref, RHYTHM)
    assert send(cast.andris, *at, **{**form(cast.andris, *at), **given}).status_code == 302
    return Plan.objects.get(pair=cast.pair).agreed_answers.get(question=RHYTHM).choice


def fields(cast: Cast, key: str) -> set[str]:
    return set(see(cast.andris, "question", cast.pair.ref, key).context["form"].fields)


def agree(cast: Cast) -> None:
    for person in (cast.andris, cast.elina):
        plan = Plan.objects.select_related("pair__programme").get(pair=cast.pair)
        plans.confirm_plan(plan=plan, by=person, now=NOW, edition=None)


def test_an_agreed_length_is_offered_for_the_next_meeting(cast: Cast) -> None:
    assert write(cast, every="2", minutes="45") == [14, 45]
    assert agreed_choices(cast.pair) == {}
    agree(cast)
    assert agreed_choices(cast.pair) == {QuestionAct.RHYTHM: 14, QuestionAct.LENGTH: 45}
    assert suggest(cast.pair, "Europe/Riga", NOW).minutes == 45


def test_either_may_stay_open(cast: Cast) -> None:
    assert write(cast, every="2", minutes="") == 14
    assert write(cast, every="", minutes="1 h 30") == [0, 90]
    agree(cast)
    assert agreed_choices(cast.pair) == {QuestionAct.LENGTH: 90}


def test_the_form_shows_again_what_was_written(cast: Cast) -> None:
    write(cast, every="10", unit="days", minutes="45")
    shown = form(cast.elina, "question", cast.pair.ref, RHYTHM)
    assert (shown["every"], shown["unit"], shown["minutes"]) == (10, "days", 45)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("lv", "reizi 2 nedēļās, 45 min"),
        ("lt", "kas 2 savaites, 45 min"),
        ("en", "every 2 weeks, 45 min"),
    ],
)
def test_both_read_the_two_figures_in_the_plan(cast: Cast, language: str, said: str) -> None:
    write(cast, every="2", minutes="45")
    cast.elina.language = language
    cast.elina.save()
    page = text(cast.elina, "plan", cast.pair.ref).replace("\N{NO-BREAK SPACE}", " ")
    assert said in page


@pytest.mark.parametrize("choice", [[14], [14, 0], [-1, 45], [367, 45], [14, 1441], ["14", 45], [14, True]])
def test_what_is_no_rhythm_and_length_is_refused(cast: Cast, choice: object) -> None:
    with pytest.raises(NoSuchChoice):
        fitting(methodology_of(cast.programme), RHYTHM, choice)


def test_where_the_length_has_a_question_of_its_own_it_is_asked_there(cast: Cast) -> None:
    methodology = methodology_of(cast.programme)
    questions = tuple(
        replace(each, acts=QuestionAct.LENGTH) if each.key == "expectations" else each
        for each in methodology.plan.questions
    )
    changed = replace(methodology, plan=replace(methodology.plan, questions=questions))
    version = take_methodology(methodology=changed, now=NOW)
    Programme.objects.filter(pk=cast.programme.pk).update(methodology_version=version)
    assert "minutes" not in fields(cast, RHYTHM)
    assert "minutes" in fields(cast, "expectations")
