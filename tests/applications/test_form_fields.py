"""A web form may ask all that our own application asks: wishes, a computer, the programme's own (S4)."""

from typing import Any

import pytest
from django.urls import reverse

from tests.applications.conftest import hold, member, text_of
from tests.applications.test_pages import ask, text
from tests.cast import Cast
from tests.make import NOW
from varpa.applications.actions.rosters import map_roster, take_roster
from varpa.applications.models import Mapping, Roster
from varpa.kernel.text import TranslatedText
from varpa.programmes.actions.overriding import write_question
from varpa.programmes.actions.participation import say_participation
from varpa.programmes.models import Computer

pytestmark = pytest.mark.django_db
HEADS = ["Kā tevi sauc?", "Ko tu gribētu par mentoru?", "Kas tev ir mājās?", "Kāpēc piesakies?"]
FORM = [
    HEADS,
    ["Kārlis Šķēle", "Andris Ozols, kokapstrāde", "Tikai tālrunis", "Gribu mācīties.\nUn strādāt."],
    ["Žanete Ķirse", "", "mājās datora nav", ""],
    ["Anna Ozola", "", "pagrabā", "Draugi teica."],
]
SAID = ["name", "wishes", "computer", "question-why"]


def form_of(cast: Cast, rows: list[list[str]] | None = None, **changes: Any) -> Roster:
    return hold(cast, text_of(rows or FORM), "mentee", may_ask=True, **changes)


def mapped(cast: Cast, rows: list[list[str]] | None = None) -> Roster:
    roster = form_of(cast, rows)
    heads = [heading for heading, _shown, _values in roster.preview["head"]["unknown"]]
    map_roster(roster=roster, fields=dict(zip(heads, SAID, strict=True)), by=cast.inga, now=NOW)
    return roster


@pytest.fixture
def asked(cast: Cast) -> Cast:
    """The programme asks why."""
    text = TranslatedText(lv="Kāpēc piesakies?", lt="Kodėl dalyvauji?", en="Why do you apply?")
    said: dict[str, Any] = {"among": "application", "key": "why", "role": "", "text": text}
    said |= {"hint": TranslatedText(), "revision": cast.programme.revision}
    write_question(programme=cast.programme, by=cast.inga, now=NOW, **said)
    cast.programme.refresh_from_db()
    return cast


def test_wishes_a_computer_and_own_questions_come_in(asked: Cast) -> None:
    roster = mapped(asked)
    assert [(each["line"], each["what"]) for each in roster.preview["note_list"]] == [(5, "computer")]
    take_roster(roster=roster, by=asked.inga, now=NOW)
    karlis = member("Kārlis Šķēle").participation
    assert (karlis.wishes, karlis.computer) == ("Andris Ozols, kokapstrāde", Computer.PHONE)
    assert karlis.answers == {"why": "Gribu mācīties.\nUn strādāt."}
    assert member("Žanete Ķirse").participation.computer == Computer.NONE
    assert member("Anna Ozola").participation.computer == ""


def test_what_somebody_has_answered_stays(asked: Cast) -> None:
    take_roster(roster=mapped(asked), by=asked.inga, now=NOW)
    karlis = member("Kārlis Šķēle")
    say_participation(
        membership=karlis, said={"answers": {"why": "Citādi.", "more": "Jā."}}, by=karlis.person, now=NOW
    )
    take_roster(roster=form_of(asked), by=asked.inga, now=NOW)
    assert member("Kārlis Šķēle").participation.answers == {"why": "Citādi.", "more": "Jā."}


def test_the_question_is_offered_and_proposed_where_the_form_asks_the_same(asked: Cast) -> None:
    shown = text(ask(asked, "columns", form_of(asked).ref))
    assert '<option value="question-why" selected>Kāpēc piesakies?</option>' in shown
    read = text(ask(asked, "roster", mapped(asked).ref))
    assert "Kāpēc piesakies? (programmas pašas jautājums)" in read
    assert "tikai tālrunis" in read


def test_a_question_of_no_programme_is_left_out(cast: Cast) -> None:
    roster = mapped(cast)
    assert roster.mapped["kapec piesakies"] == ""
    assert Mapping.objects.get().fields["kas tev ir majas"] == "computer"


def test_an_answer_that_is_too_long_is_told_by_line(asked: Cast) -> None:
    roster = mapped(asked, [HEADS, ["Kārlis Šķēle", "", "", "a" * 3001]])
    assert [each["what"] for each in roster.preview["problem_list"]] == ["too_long"]
    assert "3001" in text(ask(asked, "roster", roster.ref))


def test_what_a_list_brought_is_read_from_the_persons_page(asked: Cast) -> None:
    take_roster(roster=mapped(asked), by=asked.inga, now=NOW)
    karlis = member("Kārlis Šķēle")
    said = {"languages": ["lv", "ru"], "interests": ["16"], "availability": ["mon-evening"]}
    said |= {"travel_km": 30, "region": "Jelgava", "expectations": "Padomu"}
    say_participation(membership=karlis, said=said, by=karlis.person, now=NOW)
    assert reverse("calls:taking_part", args=[karlis.ref]) in text(ask(asked, "member", karlis.ref))
    shown = text(ask(asked, "calls:taking_part", karlis.ref))
    for words in ("latviešu, krievu", "Jelgava", "30 km", "pirmdien", "Padomu", "Andris Ozols, kokapstrāde"):
        assert words in shown, words
    assert "Kāpēc piesakies?" in shown
    assert "Gribu mācīties." in shown
