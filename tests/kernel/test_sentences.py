"""A full stop ends a sentence, or a day, a year, an initial, a word cut short."""

import pytest

from varpa.kernel.sentences import sentences_of

WHOLE = [
    "Darbu sāksim 2027. gada 1. septembrī Jelgavā.",
    "Mūsu klienti ir 9. klases skolēni un skolotāji.",
    "Mācos Rīgas 1. ģimnāzijā, plkst. 10.00 pie g. Lauka un A. Ozola.",
    "Vajag 1,5 tūkst. eiro, lai sāktu, vai 2 milj. EUR.",
    "Apm. 300 krūžu, t. sk. Rīgā, Jelgavā u. c. pilsētās, piem. Tukumā.",
    "Reģ. nr. 4000 un tālr. ir zināmi.",
    "Įmonę įkursime 2027 m. rugsėjo 1 d. Vilniuje.",
    "Susitiksime 15 val. Kaune, pvz. Laisvės alėjoje, 5 proc. Lietuvos žmonių.",
    "Kaina 5 tūkst. Eur už 1 vnt. ir mažiau.",
    "We begin at 10 a.m. with Dr. Brown.",
    "Salons būs Kr. Barona ielā 12, aiz Sv. Pētera baznīcas, Raiņa bulv. Rīgā.",
    "Par Dž. Dreimani, gen. Kārli un arh. Mārtiņu stāstīs akad. Jānis.",
    "Parduotuvė bus Šv. Jono gatvėje, prie Laisvės pr. Vilniuje.",
    "Direktorius inž. Petras, kun. Jonas ir gerb. Ona padės.",
    "We meet Mrs. Brown and Mr. Green in St. James Street.",
]


@pytest.mark.parametrize("said", WHOLE)
def test_what_is_no_end_of_a_sentence(said: str) -> None:
    assert sentences_of(said) == [said]
    assert sentences_of(f"{said} Tad augsim.") == [said, "Tad augsim."]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("", []),
        ("  ", []),
        ("Viens", ["Viens"]),
        ("Viens. Divi! Trīs? Četri… Pieci", ["Viens.", "Divi!", "Trīs?", "Četri…", "Pieci"]),
        ("Sāksim 2027. Tad augsim.", ["Sāksim 2027.", "Tad augsim."]),
        ("Maksāsim PVN. Tas ir 21 %.", ["Maksāsim PVN.", "Tas ir 21 %."]),
        ("Firma ir SIA. Tad augsim.", ["Firma ir SIA.", "Tad augsim."]),
        ("Jā. Nr. 5 der. „Ēnas“ paliek.", ["Jā.", "Nr. 5 der.", "„Ēnas“ paliek."]),
    ],
)
def test_ends_of_sentences(line: str, found: list[str]) -> None:
    assert sentences_of(line) == found
