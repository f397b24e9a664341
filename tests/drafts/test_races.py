"""Two at the same moment: nobody loses a word, and nothing is made twice."""

from typing import Any

import pytest

from tests.cast import Cast
from tests.make import NOW
from tests.together import at_once
from varpa.drafts.actions import drafts, items
from varpa.drafts.models import Draft
from varpa.drafts.queries import written
from varpa.history.models import Line
from varpa.kernel.merging import Conflict
from varpa.kernel.refs import new_ref
from varpa.kernel.states import AlreadyMoved
from varpa.kernel.text import TranslatedText
from varpa.methodology import Methodology
from varpa.methodology.items import item_at
from varpa.programmes.models import MethodologyVersion, OwnVersion

pytestmark = pytest.mark.django_db(transaction=True)

ON_TIME, RHYTHM = "diary.questions.on_time", "plan.questions.rhythm"


def write(cast: Cast, draft: Draft, place: str, words: str) -> Any:
    said = {"text": TranslatedText.same(words)}
    given: dict[str, Any] = {"place": place, "said": said, "revision": 0, "by": cast.dace, "now": NOW}
    return items.write_item(draft=Draft.objects.get(pk=draft.pk), **given)


def test_two_who_write_one_item_at_once_are_told(cast: Cast, draft: Draft) -> None:
    found = at_once(
        lambda: write(cast, draft, ON_TIME, "Viens?"), lambda: write(cast, draft, ON_TIME, "Divi?")
    )
    assert sorted(type(each).__name__ for each in found) == ["Conflict", "bool"]
    told = next(each for each in found if isinstance(each, Conflict))
    assert {told.stored["text_lv"], told.given["text_lv"]} == {"Viens?", "Divi?"}


def test_two_who_write_different_items_at_once_lose_nothing(cast: Cast, draft: Draft) -> None:
    at_once(lambda: write(cast, draft, ON_TIME, "Viens?"), lambda: write(cast, draft, RHYTHM, "Divi?"))
    now = written(Draft.objects.get(pk=draft.pk))
    assert (item_at(now, ON_TIME).text.lv, item_at(now, RHYTHM).text.lv) == ("Viens?", "Divi?")


def test_two_clicks_begin_one_draft(cast: Cast, methodology: Methodology) -> None:
    given: dict[str, Any] = {"organisation": cast.organisation, "methodology": methodology, "ref": new_ref()}
    at_once(*[lambda: drafts.begin_draft(by=cast.dace, now=NOW, **given)] * 2)
    assert Draft.objects.filter(ref=given["ref"]).count() == 1
    assert Line.objects.filter(verb="methodology_draft.begin").count() == 1


def test_two_clicks_publish_one_version(cast: Cast, draft: Draft) -> None:
    write(cast, draft, ON_TIME, "Viens?")
    before = MethodologyVersion.objects.count()
    given: dict[str, Any] = {"revision": 1, "by": cast.dace, "now": NOW}
    found = at_once(*[lambda: drafts.publish(draft=Draft.objects.get(pk=draft.pk), **given)] * 2)
    assert sorted(type(each).__name__ for each in found) == ["AlreadyMoved", "MethodologyVersion"]
    assert any(isinstance(each, AlreadyMoved) for each in found)
    assert (MethodologyVersion.objects.count(), OwnVersion.objects.count()) == (before + 1, 1)
