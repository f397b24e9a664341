"""A spreadsheet of any web form: what its columns hold is said once, remembered, proposed (S4)."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.applications.conftest import hold, member, text_of
from tests.applications.test_pages import ask, send, speak, text, upload
from tests.cast import Cast
from tests.make import NOW
from varpa.applications.actions.rosters import drop_roster, hold_roster, map_roster, take_roster
from varpa.applications.models import Mapping, Roster, RosterState
from varpa.applications.rosters.headings import FIELDS, MAPPABLE, asks_as_a_form, proposed
from varpa.applications.rosters.reading import NoNameColumn, NotMapped
from varpa.applications.rosters.told import COLUMNS
from varpa.history.models import Line
from varpa.kernel.states import AlreadyMoved
from varpa.people.models import Person
from varpa.programmes.actions.participation import say_participation

pytestmark = pytest.mark.django_db

FORM = [
    [
        "Laika zīmogs",
        "Kā tevi sauc? (vārds un uzvārds)",
        "Tavs e-pasts",
        "Ar ko nodarbojies brīvajā laikā?",
        "Kādās valodās runā?",
        "Kur dzīvo?",
        "Kad tev ir laiks?",
        "Cik tālu vari aizbraukt?",
        "Ko sagaidi no mentora?",
    ],
    [
        *("2025-10-01 10:00", "Kārlis Šķēle", "karlis@x.example", "IT; kokapstrāde", "latviešu, krievu"),
        *("Jelgava", "pirmdiena vakars; brokastlaiks", "30 km", "Padomu"),
    ],
    [
        "2025-10-02 11:00",
        "Žanete Ķirse",
        "zanete@x.example",
        "putnuvērošana xyz",
        "angļu",
        "Rīga",
        "",
        "tālu",
        "",
    ],
]
SAID = {
    "laika zimogs": "",
    "ka tevi sauc": "name",
    "tavs e pasts": "email",
    "ar ko nodarbojies brivaja laika": "interests",
    "kadas valodas runa": "languages",
    "kur dzivo": "region",
    "kad tev ir laiks": "times",
    "cik talu vari aizbraukt": "travel",
    "ko sagaidi no mentora": "expectations",
}


def form_of(cast: Cast, rows: list[list[str]] | None = None, **changes: Any) -> Roster:
    return hold(cast, text_of(rows or FORM), "mentee", may_ask=True, **changes)


def mapped(cast: Cast) -> Roster:
    roster = form_of(cast)
    map_roster(roster=roster, fields=SAID, by=cast.inga, now=NOW)
    return roster


def test_a_form_of_which_nothing_is_known_is_kept_until_its_columns_are_named(cast: Cast) -> None:
    roster = form_of(cast)
    head = roster.preview["head"]
    assert [heading for heading, _shown, _values in head["unknown"]] == list(SAID)
    assert list(head["unknown"][5]) == ["kur dzivo", "Kur dzīvo?", ["Jelgava", "Rīga"]]
    assert "counts" not in roster.preview
    with pytest.raises(NotMapped):
        form_of_command(cast)


def form_of_command(cast: Cast) -> Roster:
    """Where nobody can be asked, it is refused."""
    content = text_of(FORM).encode()
    return hold_roster(
        programme=cast.programme, name="x", content=content, role="mentee", country="LV", by=None, now=NOW
    )


def test_once_named_the_list_is_read_with_how_people_take_part(cast: Cast) -> None:
    roster = mapped(cast)
    assert roster.preview["counts"] == {"new": 2}
    assert roster.preview["problem_list"] == []
    assert take_roster(roster=roster, by=cast.inga, now=NOW) == {"new": 2}
    karlis = member("Kārlis Šķēle").participation
    assert karlis.languages == ["lv", "ru"]
    assert karlis.interests
    assert (karlis.region, karlis.travel_km, karlis.availability) == ("Jelgava", 30, ["mon-evening"])
    assert (karlis.expectations, karlis.capacity) == ("Padomu", 1)
    assert Line.objects.filter(verb="membership.participation").count() == 2


def test_what_is_not_known_is_left_out_and_told(cast: Cast) -> None:
    told = {(each["line"], each["what"]) for each in mapped(cast).preview["note_list"]}
    assert told == {(2, "times"), (3, "interests"), (3, "travel")}


def test_the_next_list_of_the_form_is_read_by_itself(cast: Cast) -> None:
    take_roster(roster=mapped(cast), by=cast.inga, now=NOW)
    turned = [list(reversed(row)) for row in FORM]
    again = form_of(cast, turned)
    assert again.preview["counts"] == {"same": 2}
    assert again.preview["head"]["said"]
    assert "/columns/" not in text(upload(cast, text_of(FORM).encode(), role="mentee")).split("<main")[0]
    assert Mapping.objects.count() == 1


def test_taken_in_again_nobody_doubles_and_own_words_stay(cast: Cast) -> None:
    take_roster(roster=mapped(cast), by=cast.inga, now=NOW)
    zanete = member("Žanete Ķirse")
    say_participation(membership=zanete, said={"region": "Ogre"}, by=zanete.person, now=NOW)
    changed = [FORM[0], [*FORM[2][:6], "pirmdiena vakars", "", "Drosmi"]]
    roster = form_of(cast, changed)
    assert roster.preview["counts"] == {"changed": 1}
    assert [each["what"] for each in roster.preview["note_list"]] == ["interests", "part_stays"]
    take_roster(roster=roster, by=cast.inga, now=NOW)
    part = member("Žanete Ķirse").participation
    assert (part.region, part.availability, part.expectations) == ("Ogre", ["mon-evening"], "Drosmi")
    assert Person.objects.filter(name="Žanete Ķirse").count() == 1


def test_without_names_nothing_is_kept_of_what_was_said(cast: Cast) -> None:
    roster = form_of(cast)
    with pytest.raises(NoNameColumn):
        map_roster(roster=roster, fields={**SAID, "ka tevi sauc": ""}, by=cast.inga, now=NOW)
    assert not Mapping.objects.exists()
    roster.refresh_from_db()
    assert roster.mapped == {}


def test_what_is_no_field_and_no_column_is_left_out(cast: Cast) -> None:
    roster = form_of(cast)
    map_roster(roster=roster, fields={**SAID, "kur dzivo": "is_staff", "x": "name"}, by=cast.inga, now=NOW)
    assert roster.mapped == {**SAID, "kur dzivo": ""}


def test_a_list_that_was_given_up_is_not_mapped(cast: Cast) -> None:
    roster = form_of(cast)
    drop_roster(roster=roster, by=cast.inga, now=NOW)
    with pytest.raises(AlreadyMoved):
        map_roster(roster=roster, fields=SAID, by=cast.inga, now=NOW)


def test_a_question_is_proposed_what_it_asks_for() -> None:
    assert proposed("Kāds ir Tavs e-pasts?") == "email"
    assert proposed("Jūsu vārds un uzvārds, lūdzu") == proposed("Kā tevi sauc? (vārds un uzvārds)") == "name"
    assert proposed("Jūsų gimimo data?") == "born"
    assert proposed("Vai piekrīti noteikumiem?") == ""


def test_answers_are_not_taken_for_questions() -> None:
    assert asks_as_a_form(["Kā tevi sauc?", "Kur dzīvo?"])
    assert not asks_as_a_form(["Anna Ozola", "Jelgavas Valsts ģimnāzija"])
    assert not asks_as_a_form(["Kas?", "anna@x.example"])
    assert not asks_as_a_form(["a", "b"])


def test_every_field_of_a_list_may_be_chosen_and_has_a_name() -> None:
    assert set(FIELDS.values()) == set(MAPPABLE)
    assert set(MAPPABLE) <= set(COLUMNS)


def test_the_pages_lead_from_the_form_to_its_people(cast: Cast) -> None:
    shown = text(upload(cast, text_of(FORM).encode(), role="mentee"))
    assert "Kur dzīvo?" in shown
    assert "Jelgava; Rīga" in shown
    roster = Roster.objects.get()
    assert ask(cast, "roster", roster.ref).status_code == 302
    nobody = send(cast, "columns", roster.ref, {f"column-{at}": "" for at in range(9)})
    assert 'class="notice bad"' in text(nobody) or 'role="alert"' in text(nobody)
    data = {f"column-{at}": name for at, name in enumerate(SAID.values())}
    shown = text(send(cast, "columns", roster.ref, data))
    assert "2 cilvēki sarakstā" in shown
    assert "latviešu, krievu" in shown
    assert "Pievienoti 2 cilvēki." in text(send(cast, "roster", roster.ref, {}))
    assert Roster.objects.get().state == RosterState.TAKEN
    assert "Šis saraksts ir pievienots" in text(ask(cast, "columns", roster.ref))


def test_columns_are_named_by_managers_only(cast: Cast) -> None:
    where = reverse("applications:columns", args=[form_of(cast).ref])
    for who in (cast.andris, cast.elina, cast.zane, cast.tomas):
        client = Client()
        client.force_login(who)
        assert client.get(where).status_code == 404
        assert client.post(where, {"column-1": "name"}).status_code == 404
    assert not Mapping.objects.exists()


@pytest.mark.parametrize("language", ["lv", "lt", "en"])
def test_naming_columns_speaks_three_languages(cast: Cast, language: str) -> None:
    speak(cast, language)
    answer = ask(cast, "columns", form_of(cast).ref)
    assert answer.status_code == 200
    assert answer["Content-Language"] == language


def test_times_of_the_week_are_understood_in_three_languages(cast: Cast) -> None:
    rows = [["name", "availability"], ["Anna Ozola", "Tuesday morning; trečiadienis vakaras; sat-evening"]]
    roster = hold(cast, text_of(rows), "mentee")
    take_roster(roster=roster, by=cast.inga, now=NOW)
    assert member("Anna Ozola").participation.availability == ["tue-morning", "wed-evening", "sat-evening"]


def test_an_answer_that_is_elsewhere_a_heading_is_an_answer(cast: Cast) -> None:
    roster = form_of(cast, [["Kā tevi sauc?", "Kas tu esi?"], ["Anna Ozola", "Skolēns"]])
    assert [shown for _heading, shown, _values in roster.preview["head"]["unknown"]] == [
        "Kā tevi sauc?",
        "Kas tu esi?",
    ]
