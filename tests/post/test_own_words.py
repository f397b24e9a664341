"""What somebody wrote themselves is never taken for a quotation: only what mail programs write is cut."""

import pytest

from varpa.post.quotes import own_words

HOUSE = ("varpa@v.test", "atbildes+", "Varpa")
OURS = "2025-10-14 12:00, Varpa <varpa@v.test> rakstīja:\n> Sveiki!\n> Vai ceturtdien der?"

OWN = [
    "Mani jautājumi Varpa tikšanai 17.10.:\n1. Kā noteikt cenu?\n2. Kur pirkt mālu?",
    "Sveiki! Izlasīju Varpa lapā, ka tiekamies 17.10. plkst. 10.00.\nMan ir šādi jautājumi:\n- Cik maksā?",
    "Varpa 2025-10-14 rādo, ka jāatbild:\nšis ir mans teksts",
    "Bija gatava.\n\nKā teicu, Varpa lapā 17.10. ierakstīju šo:\n1. Cena\n2. Māls\n\nMan pašam grūti klusēt.",
    "Varpa: 16 stundas.\nVarpa lapā 2025. gadā ir šādi soļi:\n\nPirmais\nOtrais",
    "Laiks: 17.10. 10.00\nVieta: Varpa telpas\nTēma: cenas\n\nJautājumi būs rīt.",
    "Atbildi sūtiet uz varpa@v.test:\n- plānu\n- cenas",
]


@pytest.mark.parametrize("own", OWN)
def test_words_that_name_the_house_stay(own: str) -> None:
    assert own_words(own, HOUSE) == own


@pytest.mark.parametrize("own", OWN)
def test_the_letter_below_them_goes(own: str) -> None:
    assert own_words(f"{own}\n\n{OURS}", HOUSE) == own


LETTER = "Sveiki!\n\nVai ceturtdien der tikties bibliotēkā?\n\nAtbildēt var uz šo vēstuli."
BLOCK = "No: Varpa <varpa@v.test>\nNosūtīts: otrdiena\nKam: Elīna\nTēma: Vai der?\n\n"


def test_what_is_not_the_letter_is_no_quotation() -> None:
    text = "Varpa <varpa@v.test> raksta šādi:\n\nMans garais stāsts par mālu un krāsni, ko rakstīju pats."
    assert own_words(text, HOUSE, LETTER) == text


def test_the_letter_without_signs_is_one() -> None:
    assert own_words(f"Jā\n\n{BLOCK}{LETTER}", HOUSE, LETTER) == "Jā"
    assert own_words(f"{BLOCK}{LETTER}", HOUSE, LETTER) == ""


def test_an_answer_below_the_letter_without_signs_stays() -> None:
    assert own_words(f"{BLOCK}{LETTER}\n\nJā, nākšu", HOUSE, LETTER).endswith("Jā, nākšu")


def test_a_mail_that_is_nothing_but_a_quotation_says_nothing() -> None:
    assert own_words(OURS, HOUSE) == ""


@pytest.mark.parametrize(
    "text", ["> Jā, der man!\n> Elīna", "--\nTikai zem svītras", "-----Sākums-----\nTēma: cena\nMāls"]
)
def test_where_cutting_leaves_nothing_the_whole_stays(text: str) -> None:
    assert own_words(text, HOUSE) == text.strip()
