"""The draft of the plan while the mentee wants no messages: both write in it, so no half of it can wait."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile

from tests.cast import Cast
from tests.files.samples import picture
from tests.make import NOW
from tests.meetings.conftest import follow, page, speak, text
from tests.pairs.conftest import form
from varpa.messaging.actions import lift_quiet, want_quiet
from varpa.pairs.actions.plans import (
    begin_plan,
    confirm_plan,
    photograph_paper,
    write_answers,
    write_own_words,
)
from varpa.pairs.models import Plan
from varpa.pairs.quiet import WordsWouldReach
from varpa.people.models import Person

pytestmark = pytest.mark.django_db
AFTER = NOW + timedelta(hours=1)
HARSH, AGREED = "Atbildi man beidzot", "Abi būsim laikā"
STAYS = {"lv": "tas paliek, kā ir", "lt": "lieka kaip yra", "en": "it stays as it is"}


@pytest.fixture
def plan(cast: Cast) -> Plan:
    """What both will agree on stands in the draft already; then Elīna has stopped messages."""
    plan = begin_plan(pair=cast.pair, by=cast.andris, now=NOW)
    agree(plan, cast.andris, AGREED)
    want_quiet(pair=cast.pair, by=cast.elina, now=NOW)
    return plan


def agree(plan: Plan, by: Person, words: str, *, revision: int = 0, **choices: object) -> None:
    said = {"texts": {"expectations": words}, "revisions": {"expectations": revision}, "choices": choices}
    write_answers(plan=plan, by=by, now=NOW, **said)


def put(plan: Plan, by: Person, words: str) -> None:
    write_own_words(plan=plan, text=words, revision=0, by=by, now=NOW)


def photograph(plan: Plan, by: Person) -> None:
    photograph_paper(pair=plan.pair, upload=ContentFile(picture(), name="plans.png"), by=by, now=NOW)


def test_the_mentor_puts_no_words_into_the_draft(cast: Cast, plan: Plan) -> None:
    with pytest.raises(WordsWouldReach):
        agree(plan, cast.andris, HARSH, revision=1)
    with pytest.raises(WordsWouldReach):
        put(plan, cast.andris, HARSH)
    with pytest.raises(WordsWouldReach):
        photograph(plan, cast.andris)
    shown = text(page(cast.elina, f"/pairs/{cast.pair.ref}/plan/"))
    assert HARSH not in shown
    assert AGREED in shown


def test_the_mentee_writes_on(cast: Cast, plan: Plan) -> None:
    agree(plan, cast.elina, "Būsim laikā", revision=1)
    put(plan, cast.elina, "Mūsu lapa")
    photograph(plan, cast.elina)
    assert "Mūsu lapa" in text(page(cast.andris, f"/pairs/{cast.pair.ref}/plan/"))


def test_the_mentor_chooses_confirms_and_takes_away(cast: Cast, plan: Plan) -> None:
    agree(plan, cast.andris, AGREED, revision=1, expectations=None)
    put(plan, cast.elina, "Mūsu lapa")
    plan.refresh_from_db()
    write_own_words(plan=plan, text="", revision=plan.revision, by=cast.andris, now=NOW)
    for who in (cast.andris, cast.elina):
        confirm_plan(plan=plan, by=who, now=NOW)
    assert AGREED in text(page(cast.elina, f"/pairs/{cast.pair.ref}/plan/"))


@pytest.mark.parametrize("language", ["lv", "lt", "en"])
def test_the_mentor_is_told_before_and_keeps_what_was_typed(cast: Cast, plan: Plan, language: str) -> None:
    speak(language, cast.andris)
    base = f"/pairs/{cast.pair.ref}/plan/"
    pages = [f"{base}questions/expectations/", f"{base}own-words/", f"{base}paper/"]
    for address in pages:
        assert STAYS[language] in text(page(cast.andris, address))
        assert STAYS[language] not in text(page(cast.elina, address))
    asked = {**form(cast.andris, "question", cast.pair.ref, "expectations"), "text": HARSH}
    own = {**form(cast.andris, "own_words", cast.pair.ref), "own_words": HARSH}
    for address, given in ((pages[0], asked), (pages[1], own)):
        shown = text(follow(cast.andris, address, given))
        assert HARSH in shown
        assert STAYS[language] in shown


def test_once_messages_may_come_again_the_mentor_writes(cast: Cast, plan: Plan) -> None:
    lift_quiet(pair=cast.pair, by=cast.elina, now=AFTER)
    agree(plan, cast.andris, "Būsim laikā", revision=1)
    assert "Būsim laikā" in text(page(cast.elina, f"/pairs/{cast.pair.ref}/plan/"))
