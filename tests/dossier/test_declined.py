"""Names of pupils in published texts, in every case of both languages; ordinary words stay."""

import pytest

from tests.cast import Cast
from tests.dossier.test_evaluated import Naming, Reach
from varpa.dossier.declined import Calls, forms_of
from varpa.programmes.models import Programme

CASES = {
    "Elīna": ["Elīna", "Elīnas", "Elīnai", "Elīnu", "Elīnā", "Elīn", "Elīnos", "Elīną", "Elīnoje"],
    "Bērziņa": ["Bērziņa", "Bērziņas", "Bērziņai", "Bērziņu", "Bērziņā", "Bērziņos"],
    "Gabija": ["Gabija", "Gabijos", "Gabijai", "Gabiją", "Gabijoje", "Gabijas", "Gabiju"],
    "Petrauskaitė": ["Petrauskaitė", "Petrauskaitės", "Petrauskaitei", "Petrauskaitę", "Petrauskaite"],
    "Krista": ["Krista", "Kristas", "Kristai", "Kristu", "Kristā", "Krist"],
    "Ieva": ["Ieva", "Ievas", "Ievai", "Ievu", "Ievos", "Ievą", "Ievoje"],
    "Jonas": ["Jonas", "Jono", "Jonui", "Joną", "Jonu", "Jone", "Jonai"],
    "Balčiūnas": ["Balčiūnas", "Balčiūno", "Balčiūnui", "Balčiūną", "Balčiūnu"],
    "Petraitis": ["Petraitis", "Petraičio", "Petraičiui", "Petraitį", "Petraičiu", "Petraityje", "Petraiti"],
    "Jānis": ["Jānis", "Jāņa", "Jānim", "Jāni", "Jānī", "Jānio", "Jāniui"],
    "Toms": ["Toms", "Toma", "Tomam", "Tomu", "Tomā"],
    "Andrius": ["Andrius", "Andriaus", "Andriui", "Andrių", "Andriumi", "Andriau"],
    "Ilze": ["Ilze", "Ilzes", "Ilzei", "Ilzi", "Ilzē"],
    "Otto": ["Otto"],
    "Stanislav": ["Stanislavs", "Stanislava", "Stanislavam", "Stanislavas", "Stanislavo", "Stanislavui"],
    "Mackevič": ["Mackevičs", "Mackeviča", "Mackevičiaus", "Mackevičas"],
    "Ester": ["Estere", "Esterei", "Estera"],
    "Mareks": ["Marekas", "Mareko", "Marekui"],
    "Daukantaitė": ["Daukantaite", "Daukantaites", "Daukantaitei"],
    "Anna-Marija": ["Annas-Marijas", "Annai-Marijai", "Anną-Mariją"],
}


@pytest.mark.parametrize("name", CASES)
def test_every_case_of_a_name_is_known(name: str) -> None:
    assert set(CASES[name]) <= forms_of(name)


@pytest.mark.parametrize(
    ("name", "word"), [("Una", "Un"), ("Laima", "Laime"), ("Rasa", "Rase"), ("Jonas", "Joniškis")]
)
def test_other_words_are_no_forms(name: str, word: str) -> None:
    assert word not in forms_of(name)


def calls(text: str, *names: str, stays: str = "") -> str:
    found = Calls(text)
    if stays:
        found.stays(stays)
    for name in names:
        found.instead(name, " ".join(f"{word[0]}." for word in name.split()) + " (x)")
    return found.read(text)


def test_whole_names_and_single_words_are_called_otherwise() -> None:
    text = "Elīnai Bērziņai patika. Petrauskaitės Gabijos planas. Bērziņas teiktais; Gabijai irgi."
    read = calls(text, "Elīna Bērziņa", "Gabija Petrauskaitė")
    assert read == "E. B. (x) patika. G. P. (x) planas. B. teiktais; G. irgi."


def test_an_ordinary_word_stays_where_a_sentence_begins() -> None:
    text = "Rasa krita no rīta, un rasa žuva. Tad Rasa Kalne teica: labi. Mentors un Rasa brauca."
    assert calls(text, "Rasa Kalne") == (
        "Rasa krita no rīta, un rasa žuva. Tad R. K. (x) teica: labi. Mentors un R. brauca."
    )


def test_capitals_are_names_too() -> None:
    text = "INESE APINE\n\nTad INESEI bija tirgus diena; Inesi redzēja, un inese apine atbildēja."
    assert calls(text, "Inese Apine") == (
        "I. A. (x)\n\nTad I. bija tirgus diena; I. redzēja, un I. A. (x) atbildēja."
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Andrius Lukosius raksta.", "A. Lu. raksta."),
        ("Plāns ir Lukošiaus, ne Lukosiui te.", "Plāns ir L., ne L. te."),
        ("Viktorijai Zeltinai patika; Zeltinas doma laba.", "V. Z. patika; Z. doma laba."),
        ("Jonas Lukosius ir mentors.", "Jonas Lukosius ir mentors."),
        ("Ziedi un zēni.", "Ziedi un zēni."),
    ],
)
def test_a_name_typed_without_its_marks_is_the_name(text: str, told: str) -> None:
    """So people write on their phones."""
    calls = Calls(text)
    calls.stays("Jonas Lukošius")
    calls.instead("Andrius Lukošius", "A. Lu.")
    calls.instead("Viktorija Zeltiņa", "V. Z.")
    assert calls.read(text) == told


def test_a_mark_more_is_another_word() -> None:
    text = "Kāte un Kate strādā."
    calls = Calls(text)
    calls.instead("Kate Roze", "K. R.")
    assert calls.read(text) == "Kāte un K. strādā."


def test_a_double_name_is_found_whole_and_in_its_parts() -> None:
    text = "Annai-Marijai Kalniņai-Ozolai patika; Marijas plāns un Ozolas vārdi."
    assert calls(text, "Anna-Marija Kalniņa-Ozola") == "A. K. (x) patika; M. plāns un O. vārdi."


def test_a_word_that_others_bear_too_stays_alone() -> None:
    text = "Elīnai Bērziņai patika. Mentors un Elīna brauca, Bērziņa teica."
    found = Calls(text)
    found.instead("Elīna Bērziņa", "…", "…")
    found.leave({form.lower() for form in forms_of("Elīna")})
    assert found.read(text) == "… patika. Mentors un Elīna brauca, … teica."


def test_who_stands_by_name_keeps_it() -> None:
    text = "Elīna Kalna vadīja, Elīna klausījās."
    assert calls(text, "Elīna Bērziņa", stays="Elīna Kalna") == "Elīna Kalna vadīja, E. klausījās."


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("word", "form"), [(word, form) for word in ("Elīna", "Bērziņa", "Gabija") for form in CASES[word]]
)
def test_the_cast_is_told_in_no_case(cast: Cast, word: str, form: str) -> None:
    programme = Programme.objects.select_related("organisation").get(pk=cast.programme.pk)
    told = {"parts": [{"text": f"Mentors un {form} brauca; Andris Ozols arī."}]}
    read = Naming(Reach(programme, "lv")).read(told)
    assert read["parts"][0]["text"] == f"Mentors un {word[0]}. brauca; Andris Ozols arī."
