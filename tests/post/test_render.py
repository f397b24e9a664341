"""Writing a letter: one text, two forms, three languages, the reader's own time."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from django.utils import translation

from tests.post.conftest import CODE, ELINA, REMINDER, RIMANTAS
from varpa.kernel.text import TranslatedText
from varpa.post import render
from varpa.post.envelope import Recipient
from varpa.post.kinds import LetterKind
from varpa.post.render import Written, one_line

CONTEXT = {"mentor": "Andris Ozols", "programme": "Educate for Business"}
HOSTILE = '<script>alert("x")</script> & <b>'


def kind(text: str, **changes: Any) -> LetterKind:
    return replace(REMINDER, text=TranslatedText.same(text), **changes)


def headed(subject: str) -> LetterKind:
    return replace(REMINDER, subject=TranslatedText.same(subject))


def write(what: LetterKind = REMINDER, to: Recipient = ELINA, **changes: Any) -> Written:
    asked: dict[str, Any] = {"context": CONTEXT, "link": "https://varpa.example/m/", **changes}
    return render.write(what, to=to, **asked)


@pytest.mark.parametrize(
    ("language", "subject", "button", "reason"),
    [
        ("lv", "Ko pajautāsi ceturtdien?", "Rakstīt jautājumus", "Vēstuli sūta programma"),
        ("lt", "Ko paklausi ketvirtadienį?", "Rašyti klausimus", "Laišką siunčia programa"),
        ("en", "What will you ask on Thursday?", "Write questions", "This letter comes from the programme"),
    ],
)
def test_a_letter_is_written_in_the_readers_language(
    language: str, subject: str, button: str, reason: str
) -> None:
    letter = write(to=replace(ELINA, language=language), stop_link="https://varpa.example/stop/")
    assert letter.subject == subject
    for form in (letter.text, letter.html):
        assert button in form
        assert reason in form
    assert f'<html lang="{language}">' in letter.html


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("lv", "Vairs nesūtīt šādas vēstules"),
        ("lt", "Nebesiųsti tokių laiškų"),
        ("en", "Send no more letters of this kind"),
    ],
)
def test_a_kind_without_words_for_stopping_has_the_houses(language: str, words: str) -> None:
    letter = write(replace(REMINDER, stop=None), to=replace(ELINA, language=language), stop_link="https://s/")
    assert words in letter.html
    assert f"{words}: https://s/" in letter.text


def test_the_plain_form_is_made_of_paragraphs() -> None:
    assert write(stop_link="https://s/").text == (
        "Sveiki!\n\nAndris Ozols gaida tavus jautājumus.\n\n- pirmais\n- otrais\n\n"
        "Rakstīt jautājumus: https://varpa.example/m/\n\n-- \n"
        "Vēstuli sūta programma „Educate for Business”.\n"
        "Vairs nesūtīt atgādinājumus par jautājumiem: https://s/\n"
    )


def test_the_html_form_has_a_heading_paragraphs_and_a_list() -> None:
    html = write().html
    assert "<h1>Ko pajautāsi ceturtdien?</h1>" in html
    assert "<p>Andris Ozols gaida tavus jautājumus.</p>" in html
    assert "<ul><li>pirmais</li><li>otrais</li></ul>" in html
    assert '<a href="https://varpa.example/m/">Rakstīt jautājumus</a>' in html


def test_a_letter_without_a_link_has_no_button() -> None:
    letter = write(link="")
    assert "<a " not in letter.html
    assert "Rakstīt jautājumus" not in letter.text


def test_what_people_wrote_is_escaped_in_html_and_plain_in_text() -> None:
    letter = write(kind("{{ mentor }}\n\n- {{ mentor }}"), context={"mentor": HOSTILE, "programme": HOSTILE})
    assert "<script>" not in letter.html
    assert "&lt;script&gt;" in letter.html
    assert letter.text.count(HOSTILE) == 3


def test_a_subject_of_peoples_words_is_escaped_and_in_one_line() -> None:
    letter = write(headed("{{ mentor }}"), context={"mentor": "a\nb<i>"})
    assert letter.subject == "a b<i>"
    assert "<h1>a b&lt;i&gt;</h1>" in letter.html


def test_what_people_wrote_is_no_template() -> None:
    letter = write(kind("{{ mentor }}"), context={"mentor": "{{ name }} {% debug %}", "programme": ""})
    assert "{{ name }} {% debug %}" in letter.text


def test_a_long_subject_is_cut() -> None:
    letter = write(headed("{{ mentor }}"), context={"mentor": "ā" * 500})
    assert letter.subject == "ā" * 200


def test_control_letters_do_not_reach_a_letter() -> None:
    letter = write(kind("{{ mentor }}"), context={"mentor": "a\x00b\x1b[31m\x7f", "programme": "\x00"})
    for form in (letter.text, letter.html, letter.subject):
        assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f]", form)


def test_an_adult_is_spoken_to_otherwise() -> None:
    spoken = kind("{% if adult %}Jūs{% else %}tu{% endif %}")
    assert "tu" in write(spoken).text.split()
    assert "Jūs" in write(spoken, to=RIMANTAS).text.split()


def test_the_reader_and_the_link_cannot_be_overwritten_by_accident() -> None:
    letter = write(
        kind("{{ name }}, {{ link }}, {{ adult }}"), context={"link": "x", "adult": True, "programme": ""}
    )
    assert "Elīna Bērziņa, https://varpa.example/m/, False" in letter.text


@pytest.mark.parametrize(
    ("moment", "zone", "shown"),
    [
        (datetime(2025, 10, 17, 13, 0, tzinfo=UTC), "Europe/Riga", "16.00"),
        (datetime(2025, 10, 27, 14, 0, tzinfo=UTC), "Europe/Riga", "16.00"),
        (datetime(2025, 10, 17, 13, 0, tzinfo=UTC), "Europe/Oslo", "15.00"),
        (datetime(2025, 10, 17, 22, 30, tzinfo=UTC), "Europe/Vilnius", "01.30"),
    ],
)
def test_times_are_the_readers_own(moment: datetime, zone: str, shown: str) -> None:
    letter = write(kind('{{ when|date:"H.i" }}'), to=replace(ELINA, zone=zone), context={"when": moment})
    assert shown in letter.text


@pytest.mark.parametrize(
    ("language", "hours", "words"),
    [
        ("lv", 1, "no 1 stundas"),
        ("lv", 21, "no 21 stundas"),
        ("lv", 16, "no 16 stundām"),
        ("lt", 1, "iš 1 valandos"),
        ("lt", 21, "iš 21 valandos"),
        ("lt", 16, "iš 16 valandų"),
        ("en", 1, "of 1 hour"),
        ("en", 16, "of 16 hours"),
    ],
)
def test_numbers_have_the_plurals_of_the_readers_language(language: str, hours: int, words: str) -> None:
    letter = write(
        kind("{{ target|hours_of }}"), to=replace(ELINA, language=language), context={"target": hours * 60}
    )
    assert words in letter.text.replace("\u00a0", " ").split("\n")


def test_the_language_of_whoever_acts_does_not_leak_in() -> None:
    with translation.override("lt"):
        assert write().subject == "Ko pajautāsi ceturtdien?"
        assert translation.get_language() == "lt"


def test_the_demonstration_says_so_in_every_letter(settings: Any) -> None:
    with translation.override("lv"):
        note = str(settings.DEMONSTRATION_NOTE)
    assert note not in write(CODE).text
    settings.DEMONSTRATION = True
    letter = write(CODE)
    assert note in letter.text
    assert note in letter.html


@pytest.mark.parametrize(
    ("given", "line"),
    [
        ("a\r\nb", "a b"),
        ("  a\t b ", "a b"),
        ("a\u2028b\x85c", "a b c"),
        ("17.\u00a0oktobrī", "17.\u00a0oktobrī"),
        ("", ""),
    ],
)
def test_a_line_for_a_header_is_one_line(given: str, line: str) -> None:
    assert one_line(given) == line
