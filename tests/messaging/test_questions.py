"""A conversation about one question of the cooperation plan, begun on its page."""

from datetime import timedelta

import pytest

from tests import make
from tests.cast import Cast, assemble
from tests.make import NOW
from tests.visits import Visitor, forms, queries, words
from varpa.messaging.actions import NoSuchThing, begin_thread, write_message
from varpa.messaging.models import Thread
from varpa.messaging.queries import page_of_thing

pytestmark = pytest.mark.django_db
KEY = "expectations_of_each_other"
"""The longest key of the methodology."""
ASKED = {"lv": "Rakstīt par šo jautājumu", "lt": "Rašyti apie šį klausimą", "en": "Write about this question"}


@pytest.fixture
def cast() -> Cast:
    return assemble()


def page(cast: Cast) -> str:
    return f"/pairs/{cast.pair.ref}/plan/questions/{KEY}/"


def begin(cast: Cast, visitor: Visitor) -> str:
    form = next(each for each in forms(visitor.get(page(cast))) if each.action.endswith("/begin/"))
    return str(visitor.send(form)["Location"])


@pytest.mark.parametrize("language", ["lv", "lt", "en"])
def test_it_is_begun_on_the_page_of_the_question_and_named_by_it(cast: Cast, language: str) -> None:
    elina = Visitor(cast.elina, language=language)
    assert ASKED[language] in words(elina.get(page(cast)))
    address = begin(cast, elina)
    question = words(elina.get(page(cast))).split("<h1>")[1].split("</h1>")[0]
    shown = words(elina.get(address))
    assert f"<h1>{question}</h1>" in shown
    assert page(cast) in shown
    write_message(thread=Thread.objects.get(), text="Kā tu domā?", by=cast.elina, now=NOW)
    assert question in words(Visitor(cast.andris, language=language).get(f"/pairs/{cast.pair.ref}/messages/"))


def test_the_two_have_one_about_each_question(cast: Cast) -> None:
    assert begin(cast, Visitor(cast.elina)) == begin(cast, Visitor(cast.andris))
    begin_thread(pair=cast.pair, about_kind="question", about_ref="rhythm", by=cast.elina, now=NOW)
    assert Thread.objects.count() == 2
    assert page_of_thing(Thread.objects.get(about_ref=KEY)) == page(cast)


def test_what_is_agreed_is_written_about_too(cast: Cast) -> None:
    make.agreed_plan(cast.pair)
    andris = Visitor(cast.andris)
    assert page(cast) in words(andris.get(f"/pairs/{cast.pair.ref}/plan/"))
    assert "/messages/" in begin(cast, andris) or Thread.objects.exists()


@pytest.mark.parametrize("key", ["", "weather", "x" * 60])
def test_none_about_what_the_plan_does_not_ask(cast: Cast, key: str) -> None:
    with pytest.raises(NoSuchThing):
        begin_thread(pair=cast.pair, about_kind="question", about_ref=key, by=cast.elina, now=NOW)


def test_a_stranger_and_a_manager_begin_none(cast: Cast) -> None:
    address = f"/pairs/{cast.pair.ref}/messages/begin/"
    for who in (cast.gabija, cast.inga):
        assert Visitor(who, days=1).post(address, {"about": f"question:{KEY}"}).status_code == 404
    assert not Thread.objects.exists()


def test_questions_asked_do_not_grow_with_conversations(cast: Cast) -> None:
    messages = f"/pairs/{cast.pair.ref}/messages/"
    begin_thread(pair=cast.pair, about_kind="question", about_ref=KEY, by=cast.elina, now=NOW)
    few = queries(cast.elina, messages)
    for key in ("rhythm", "means", "boundaries"):
        later = NOW + timedelta(hours=1)
        begin_thread(pair=cast.pair, about_kind="question", about_ref=key, by=cast.elina, now=later)
    assert queries(cast.elina, messages) == few
