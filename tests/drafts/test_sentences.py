"""What the check says, in the reader's language; every sentence of it is one that the loader says."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.utils.translation import override

from tests.cast import Cast
from tests.drafts.test_actions import write
from varpa.drafts.actions import items
from varpa.drafts.models import Draft
from varpa.drafts.queries import checked, written
from varpa.drafts.sentences import SENTENCES, told
from varpa.kernel.text import TranslatedText
from varpa.methodology import Offset

ROOM = Path(__file__).parents[2] / "varpa" / "methodology"
SOURCES = "\n".join(path.read_text() for path in ROOM.glob("*.py"))


def one(draft: Draft) -> str:
    (found,) = checked(draft).findings
    return told(found.problem)


@pytest.mark.django_db
def test_a_missing_text_is_told_by_its_name_and_language(cast: Cast, draft: Draft) -> None:
    write(cast, draft, text=TranslatedText("Vai laikā?", "", "In time?"))
    with override("lv"):
        assert one(draft) == "Teksts (Lietuvių): vēl nekas nav uzrakstīts."
    with override("lt"):
        assert one(draft) == "Tekstas (Lietuvių): dar nieko neparašyta."


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("place", "said", "words"),
    [
        ("documents.mentor", {"title": TranslatedText("A", "B", "")}, "The title of the guide (English): no"),
        ("documents.mentor", {"body": TranslatedText("# A", "B", "C")}, "The guide (Lietuvių) has 0 head"),
        ("plan", {"title": TranslatedText("A\nB", "B", "C")}, "Title (Latviešu): it must stand on one line."),
        ("", {"months": 0}, "A programme takes between 1 and 60 months."),
        ("documents.mentor", {"roles": ()}, "Nobody would read it: choose for whom it is."),
    ],
)
def test_what_an_editor_can_do_wrong(
    cast: Cast, draft: Draft, place: str, said: dict[str, Any], words: str
) -> None:
    write(cast, draft, place, **said)
    assert any(told(each.problem).startswith(words) for each in checked(draft).findings)


@pytest.mark.django_db
def test_whatever_the_check_finds_of_a_new_item_has_its_sentence(cast: Cast, draft: Draft) -> None:
    """One empty item in every list that takes one: nothing is told in the words of a folder."""
    given: dict[str, Any] = {"draft": draft, "by": cast.dace, "now": draft.begun_at}
    lists = ["phases", "means", "kinds", "calendar", "documents", "training", "lessons", "surveys"]
    lists += ["plan.questions", "business_plan", "report", "competences", "results", "requirements"]
    for number, place in enumerate(lists):
        items.add_item(place=place, ref=f"abcdefghjkm{number % 7 + 2}", **given)
    write(cast, draft, f"calendar.{written(draft).calendar[0].key}", revision=99, ends=Offset(0, -9))
    said = [each.problem.words for each in checked(draft).findings]
    assert said
    assert [each for each in checked(draft).findings if told(each.problem) == each.problem.words] == []


def test_the_loader_still_says_each_sentence() -> None:
    """A sentence that is worded anew there must be here too."""
    plain = re.sub(r"\{[^{}]*\}", "", SOURCES)
    missing = [
        pattern
        for pattern in SENTENCES
        if max(re.split(r"\*|\{\w+\}", pattern), key=len).strip("“”() ") not in plain
    ]
    assert missing == []
