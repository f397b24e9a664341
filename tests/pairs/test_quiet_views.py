"""Views on the plan while the mentee wants no messages: the mentor's new ones wait, what is agreed stays."""

from datetime import datetime, timedelta

import pytest

from tests.cast import Cast
from tests.make import NOW
from tests.meetings.conftest import follow, page, speak, text
from tests.pairs.conftest import form, queries
from varpa.messaging.actions import lift_quiet, want_quiet
from varpa.pairs.actions.plans import begin_plan, write_answers, write_view
from varpa.pairs.models import Plan
from varpa.people.models import Person

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
BEFORE, AFTER = NOW - HOUR, NOW + HOUR
HARSH, KIND = "Atbildi man beidzot", "Zvanīt var vakaros"
WAITS = {"lv": "Klāt ir daži vārdi", "lt": "Pridėta ir keli žodžiai", "en": "There are a few words with it"}
TOLD = {"lv": "pašlaik nevēlas saņemt ziņas", "lt": "šiuo metu nenori gauti", "en": "wants no messages"}


@pytest.fixture
def plan(cast: Cast) -> Plan:
    """Andris has written a view before Elīna stopped messages."""
    plan = begin_plan(pair=cast.pair, by=cast.andris, now=BEFORE)
    write(plan, cast.andris, KIND, now=BEFORE, question="rhythm")
    want_quiet(pair=cast.pair, by=cast.elina, now=NOW)
    return plan


def write(plan: Plan, by: Person, words: str, *, now: datetime = NOW, question: str = "means") -> None:
    write_view(plan=plan, question=question, text=words, revision=0, by=by, now=now)


def address(plan: Plan, question: str = "") -> str:
    """The whole plan, or one question of it."""
    return f"/pairs/{plan.pair.ref}/plan/" + (f"questions/{question}/" if question else "")


@pytest.mark.parametrize("language", ["lv", "lt", "en"])
@pytest.mark.parametrize("question", ["", "means"])
def test_a_view_of_the_mentor_waits_for_the_mentee(
    cast: Cast, plan: Plan, question: str, language: str
) -> None:
    speak(language, cast.elina)
    assert WAITS[language] not in text(page(cast.elina, address(plan, question)))
    write(plan, cast.andris, HARSH)
    shown = text(page(cast.elina, address(plan, question)))
    assert HARSH not in shown
    assert WAITS[language] in shown
    own = text(page(cast.andris, address(plan, question)))
    assert HARSH in own
    assert WAITS["lv"] not in own


def test_what_was_there_before_stays_until_it_is_written_over(cast: Cast, plan: Plan) -> None:
    for question in ("", "rhythm"):
        assert KIND in text(page(cast.elina, address(plan, question)))
    write_view(plan=plan, question="rhythm", text=HARSH, revision=1, by=cast.andris, now=NOW)
    for question in ("", "rhythm"):
        shown = text(page(cast.elina, address(plan, question)))
        assert HARSH not in shown
        assert KIND not in shown


def agree(plan: Plan, by: Person, words: str, **choices: object) -> None:
    """Write under what both agree on."""
    texts = {"expectations": words}
    write_answers(plan=plan, texts=texts, choices=choices, revisions={"expectations": 0}, by=by, now=NOW)


def test_the_mentee_writes_on_and_what_both_agree_on_is_read(cast: Cast, plan: Plan) -> None:
    write(plan, cast.elina, "Man labāk rakstīt")
    agree(plan, cast.elina, "Abi būsim laikā")
    for who in (cast.andris, cast.elina):
        shown = text(page(who, address(plan)))
        assert "Man labāk rakstīt" in shown
        assert "Abi būsim laikā" in shown


@pytest.mark.parametrize("language", ["lv", "lt", "en"])
def test_the_mentor_is_told_before_and_after(cast: Cast, plan: Plan, language: str) -> None:
    speak(language, cast.andris, cast.elina)
    where = address(plan, "means")
    assert TOLD[language] in text(page(cast.andris, where))
    assert TOLD[language] not in text(page(cast.elina, where))
    sent = {**form(cast.andris, "question", cast.pair.ref, "means"), "view": HARSH}
    assert TOLD[language] in text(follow(cast.andris, where, sent)).split("<h1>")[0]
    assert plan.views.get(question="means").text == HARSH


def test_it_is_read_once_messages_may_come_again(cast: Cast, plan: Plan) -> None:
    write(plan, cast.andris, HARSH)
    lift_quiet(pair=cast.pair, by=cast.elina, now=AFTER)
    told = text(page(cast.elina, f"/pairs/{cast.pair.ref}/messages/", now=AFTER))
    assert "Kas gaidīja" in told
    assert f'href="{address(plan)}"' in told
    assert HARSH in text(page(cast.elina, address(plan), now=AFTER))


def test_both_pages_ask_as_often_with_views_that_wait(cast: Cast, plan: Plan) -> None:
    pages = (("plan", cast.pair.ref), ("question", cast.pair.ref, "means"))
    few = [queries(who, *each) for who in (cast.andris, cast.elina) for each in pages]
    for question in ("means", "expectations", "expectations_of_each_other"):
        write(plan, cast.andris, HARSH, question=question)
    many = [queries(who, *each) for who in (cast.andris, cast.elina) for each in pages]
    assert max(few) <= 12
    assert many == few
