"""Remarks find their words again after heavy edits, or say that they are gone."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from varpa.businessplans.anchors import around, find, plain, spot, without

TEXT = (
    "Nusprendžiau, kad **vienas keitimas kainuos 25 litus**, įskaitant dalis.\n\nKaina bus *viena* visiems."
)


def words(text: str, quote: str, ahead: str = "") -> str:
    found = find(text, quote, ahead)
    return text[found.start : found.end] if found else ""


def test_words_are_found_without_the_signs_of_markdown() -> None:
    assert words(TEXT, "vienas keitimas kainuos 25 litus, įskaitant") == (
        "vienas keitimas kainuos 25 litus**, įskaitant"
    )
    assert words(TEXT, "bus viena visiems") == "bus *viena* visiems"


def test_words_over_a_line_end_are_found() -> None:
    assert words("viens\ndivi  trīs", "viens divi trīs") == "viens\ndivi  trīs"


def test_of_two_equal_places_the_one_with_the_same_words_in_front() -> None:
    text = "Cena ir augsta. Pirmā cena: 12 eiro. Otrā cena: 12 eiro."
    found = find(text, "12 eiro", "Otrā cena: ")
    assert found
    assert found.start == text.rindex("12 eiro")
    assert around(text, found)[0].endswith("Otrā cena: ")


@pytest.mark.parametrize(
    "changed",
    [
        "Pradžia kita.\n\nNusprendžiau, kad vienas keitimas kainuos 27 litus, įskaitant dalis.",
        "kad vienas kameros keitimas kainuos 25 litus, įskaitant dalis ir klijus",
        "Taigi vienas keitimas man kainuos 25 litus. Visiems.",
    ],
)
def test_words_a_little_changed_are_found(changed: str) -> None:
    assert "keitimas" in words(changed, "vienas keitimas kainuos 25 litus")


@pytest.mark.parametrize("gone", ["", "Visai kitas tekstas apie klientus ir jų poreikius.", "vienas"])
def test_words_that_are_gone_are_gone(gone: str) -> None:
    assert find(gone, "vienas keitimas kainuos 25 litus, įskaitant dalis") is None


@given(st.text(max_size=300), st.text(max_size=60), st.text(max_size=60))
def test_whatever_is_written_nothing_breaks(text: str, quote: str, ahead: str) -> None:
    found = find(text, quote, ahead)
    if found:
        assert 0 <= found.start < found.end <= len(text)
        assert plain(text[found.start : found.end]).text.strip() == found.words.strip()


@example("\uf900", "", "")
@given(st.text(min_size=1, max_size=40), st.text(max_size=100), st.text(max_size=100))
def test_what_stands_there_is_always_found(quote: str, ahead: str, behind: str) -> None:
    assert bool(find(f"{ahead} {quote} {behind}", quote)) == bool(plain(quote).text.strip())


def followed(stood: str, quote: str, stands: str, ahead: str = "") -> str | None:
    """The words to which a remark on some words leads after the text was changed; None: they are gone."""
    place = spot(stood, quote, ahead)
    assert place
    found = find(stands, place.words, *around(stood, place), elsewhere=without(stood, place))
    return found.words if found else None


@pytest.mark.parametrize(
    ("stood", "quote", "stands"),
    [
        ("Cena ir 12 eiro.", "12", "Cena ir 15 eiro. Klientu ir 12 dienā."),
        ("Cena ir augsta.", "augsta", "Cena ir zema. Pie skolas ir augsta māja."),
        ("Vispirms cena. Beigās tirgus.", "cena", "Beigās tirgus. Produkts: procena."),
        ("Vispirms cena. Beigās tirgus.", "cena", "Vispirms cenas. Beigās tirgus."),
        ("Mēs esam gatavi ražot jau rudenī.", "esam gatavi ražot", "Mēs neesam gatavi ražot jau rudenī."),
        ("Cena ir laba visiem.", "Cena ir laba visiem", "Cena nav laba visiem."),
        ("Vasarā cena ir 5 eiro, un der.", "cena ir 5 eiro", "Par ziemu domāju, ka cena ir 5 eiro arī."),
        ("Pērk mazās krūzes un lielās.", "mazās krūzes", "Neko nepērk. Skolas krūzes stāv plauktā."),
        (
            "Skolēniem būs atlaide, un pensionāriem dāvana katru otrdienu.",
            "Skolēniem būs atlaide, un pensionāriem dāvana",
            "Skolēniem būs atlaide.",
        ),
    ],
)
def test_a_remark_does_not_point_to_words_that_were_never_meant(stood: str, quote: str, stands: str) -> None:
    assert followed(stood, quote, stands) is None


LOAN = "ar bankas aizdevumu no pirmās dienas"


@pytest.mark.parametrize(
    ("stood", "opposite"),
    [
        (f"Mēs strādāsim {LOAN}", "Mēs strādāsim bez bankas aizdevuma no pirmās dienas"),
        (f"Mēs strādāsim {LOAN}", f"Mēs nestrādāsim {LOAN}"),
        (f"Mēs varam strādāt {LOAN}", f"Mēs nevaram strādāt {LOAN}"),
        ("Katrs pircējs nāks pie mums divreiz", "Neviens pircējs nenāks pie mums divreiz"),
        ("Mums ir viss vajadzīgais darbam", "Mums nav nekā vajadzīgā darbam"),
        ("Cena vienmēr ir laba visiem pircējiem", "Cena nekad nav laba visiem pircējiem"),
        ("Mums ir jāmaksā par telpām katru mēnesi", "Mums nav jāmaksā par telpām katru mēnesi"),
        ("Būsim gatavi darbam līdz rudenim", "Nebūsim gatavi darbam līdz rudenim"),
        ("Mums ir kādi konkurenti šajā pilsētā", "Mums nav nekādu konkurentu šajā pilsētā"),
        ("Dirbsime su banko paskola nuo pirmos dienos", "Dirbsime be banko paskolos nuo pirmos dienos"),
        ("Dirbsime su paskola nuo pirmos dienos", "Nedirbsime su paskola nuo pirmos dienos"),
        ("Kaina yra gera visiems pirkėjams", "Kaina nėra gera visiems pirkėjams"),
        ("Kiekvienas pirkėjas pas mus ateis du kartus", "Joks pirkėjas pas mus neateis du kartus"),
        ("Visi pirkėjai pas mus ateis du kartus", "Niekas iš pirkėjų pas mus neateis du kartus"),
        ("Turime daug konkurentų šiame mieste", "Neturime jokių konkurentų šiame mieste"),
        ("Dar dirbame su šia mokykla kasdien", "Nebedirbame su šia mokykla kasdien"),
        ("Tai yra pigu visiems mūsų pirkėjams", "Tai nebėra pigu visiems mūsų pirkėjams"),
        ("We will work with a bank loan from day one", "We will work without a bank loan from day one"),
        ("We can deliver bread to the school every day", "We cannot deliver bread to the school every day"),
        ("We do deliver bread to the school every day", "We don't deliver bread to the school every day"),
        ("We do deliver bread to the school every day", "We don’t deliver bread to the school every day"),
        ("We will deliver bread to the school every day", "We won't deliver bread to the school every day"),
        ("Our price is always good for a buyer", "Our price is never good for a buyer"),
        ("There are some competitors in our town", "There are no competitors in our town"),
        ("Somebody in our town bakes bread like this", "Nobody in our town bakes bread like this"),
        ("Every shop in our town sells bread like this", "No shop in our town sells bread like this"),
        ("Our plan is possible in a year like this", "Our plan is impossible in a year like this"),
        ("Our buyers were happy with the price we ask", "Our buyers were unhappy with the price we ask"),
    ],
)
def test_a_remark_never_stands_beside_the_opposite_sentence(stood: str, opposite: str) -> None:
    """Whichever of the two was written first."""
    for one, other in ((stood, opposite), (opposite, stood)):
        assert followed(f"Ievads. {one}. Beigas.", one, f"Ievads. {other}. Beigas.") is None


@pytest.mark.parametrize(
    ("stood", "stands"),
    [
        ("Mums nav lielu izmaksu pirmajā gadā", "Mums nav lielu izmaksu otrajā gadā"),
        ("Mēs nestrādāsim svētdienās un brīvdienās", "Mēs nestrādāsim svētdienās un sestdienās"),
        ("Bez aizdevuma mums pietiks naudas gadam", "Bez aizdevuma mums pietiks naudas diviem gadiem"),
        ("Neturime didelių išlaidų pirmais metais", "Neturime didelių išlaidų antrais metais"),
        ("We don't need a big shop in the first year", "We don't need a big shop in the second year"),
        ("Pie mums nāks skolēni no trim skolām", "Pie mums nāks skolēni un vecāki no divām skolām"),
        ("Our price is good for each buyer", "Our price will be good for each buyer"),
        ("Nedēļā pārdosim simts krūzes skolā", "Mēnesī pārdosim simts krūzes skolā"),
    ],
)
def test_what_was_denied_before_and_is_now_stays_the_same_sentence(stood: str, stands: str) -> None:
    assert followed(f"Ievads. {stood}. Beigas.", stood, f"Ievads. {stands}. Beigas.") is not None


@pytest.mark.parametrize(
    ("stood", "quote", "stands", "words"),
    [
        ("Cena ir 12 eiro.", "12", "Cena ir 12 eiro.", "12"),
        ("Cena ir 12 eiro.", "12", "Ievads. Cena ir 12 eiro par krūzi.", "12"),
        ("Cena ir 12 eiro.", "12", "Mūsu cena būs 12 eiro.", "12"),
        ("12", "12", "12", "12"),
        ("A 12", "12", "A 12", "12"),
        ("Pārdosim 100 krūzes mēnesī.", "100 krūzes", "Pārdosim 200 krūzes mēnesī.", "200 krūzes"),
        ("Pārdosim 100 krūzes mēnesī.", "100 krūzes", "Pārdosim tieši 100 krūzes mēnesī.", "100 krūzes"),
        (
            "Sākums. Cena ir divpadsmit eiro. Beigas.",
            "Cena ir divpadsmit eiro",
            "Viss cits: Cena ir divpadsmit eiro, un punkts.",
            "Cena ir divpadsmit eiro",
        ),
        (
            "Skolēni maksās ar karti un skaidru naudu.",
            "maksās ar karti un skaidru naudu",
            "Skolēni par visu maksās ar bankas karti vai skaidru naudu.",
            "maksās ar bankas karti vai skaidru naudu",
        ),
        (
            "Viens teikums ar ļoti svarīgu domu beigās.",
            "ļoti svarīgu domu",
            "Viens teikums ar ļoti.\n\nJauna rinda: svarīgu domu beigās.",
            "svarīgu domu",
        ),
    ],
)
def test_words_that_were_meant_are_kept_after_heavy_edits(
    stood: str, quote: str, stands: str, words: str
) -> None:
    assert followed(stood, quote, stands) == words


MARKET = "Mēs pārdosim tirgū katru sestdienu Jelgavā.\n\n"
SUNDAY = "Mēs pārdosim tirgū katru svētdienu Rīgā"
FIRST_YEAR = "Pirmajā gadā pārdosim 300 krūžu skolām.\n\n"
RENT = "- Telpas noma maksā 200 eiro mēnesī\n"
PUPILS = "Mūsu klienti ir skolēni no Jelgavas.\n\n"


@pytest.mark.parametrize(
    ("other", "quote"),
    [
        (MARKET, SUNDAY),
        (FIRST_YEAR, "Otrajā gadā pārdosim 900 krūžu skolām"),
        (RENT, "- Auto noma maksā 350 eiro mēnesī"),
        (PUPILS, "Mūsu klienti ir vecāki no Rīgas"),
        (
            "".join(f"- Krūze numur {n} maksā {n} eiro\n" for n in range(2, 12)),
            "- Krūze numur 1 maksā 1 eiro",
        ),
    ],
)
def test_a_sentence_that_is_deleted_is_gone_though_one_like_it_stays(other: str, quote: str) -> None:
    for stood in (f"{other}{quote}.", f"{quote}.\n\n{other}", f"Ievads.\n\n{other}{quote}.\n\nBeigas."):
        assert followed(stood, quote, stood.replace(f"{quote}.", "")) is None


ROOMS = "Patalpos kainuos 200 eurų per mėnesį.\n\n"
POWER = "Elektra kainuos 60 eurų per mėnesį."


@pytest.mark.parametrize(
    "anew", ["Vanduo kainuos 20 eurų per mėnesį.", "- Vanduo kainuos 9 eurų per mėnesį."]
)
def test_a_sentence_that_makes_room_for_one_of_another_thing_is_gone(anew: str) -> None:
    assert followed(f"{ROOMS}{POWER}", POWER, f"{ROOMS}{anew}") is None
    assert followed(f"{POWER}\n\n{ROOMS}", POWER, f"{anew}\n\n{ROOMS}") is None


@pytest.mark.parametrize(
    "changed",
    [
        "Elektra kainuos 80 eurų per mėnesį.",
        "Mūsų elektra kainuos 80 eurų per mėnesį.",
        "Per mėnesį elektra kainuos 80 eurų.",
        "Elektros energija kainuos 80 eurų per mėnesį.",
    ],
)
def test_a_sentence_of_the_same_thing_with_another_number_is_found(changed: str) -> None:
    assert followed(f"{ROOMS}{POWER}", POWER, f"{ROOMS}{changed}") is not None


def test_a_sentence_that_is_deleted_is_gone_though_one_like_it_is_written_anew() -> None:
    anew = "Mēs pārdosim tirgū katru sestdienu Jelgavas centrā."
    assert followed(f"{MARKET}{SUNDAY}.", SUNDAY, anew) is None


@pytest.mark.parametrize(
    ("stood", "quote", "stands", "words"),
    [
        (
            f"{MARKET}{SUNDAY}.",
            SUNDAY,
            f"{MARKET}Mēs pārdosim tirgū katru otro svētdienu Rīgā.",
            "otro svētdienu",
        ),
        (f"{MARKET}{SUNDAY}.", SUNDAY, "Mēs pārdosim tirgū katru otro svētdienu Rīgā.", "otro svētdienu"),
        (f"{MARKET}{SUNDAY}.", SUNDAY, f"{MARKET}Mēs pārdosim tirgū katru sestdienu Rīgā.", "sestdienu Rīgā"),
        (
            f"{SUNDAY}.\n\n{MARKET}",
            SUNDAY,
            f"{MARKET}Mēs pārdosim tirgū katru svētdienu Bauskā.",
            "svētdienu",
        ),
        (
            "Pārdosim 100 krūzes mēnesī, vēlāk 200 krūzes.",
            "100 krūzes",
            "Pārdosim 200 krūzes mēnesī, vēlāk 200 krūzes.",
            "200 krūzes",
        ),
    ],
)
def test_a_sentence_that_was_changed_is_found_beside_one_like_it(
    stood: str, quote: str, stands: str, words: str
) -> None:
    found = followed(stood, quote, stands)
    assert found
    assert words in found


TWICE = "Vasarā cena ir 5 eiro, un tas der.\n\nZiemā cena ir 5 eiro, bet kāpēc?"


@pytest.mark.parametrize(
    ("text", "quote", "ahead", "which"),
    [
        (TWICE, "cena ir 5 eiro", "Vasarā cena ir 5 eiro, un tas der. Ziemā ", 1),
        (TWICE, "cena ir 5 eiro", "Vasarā ", 0),
        (TWICE, "cena ir 5 eiro", "", 0),
        ("- cena\n- cena\n- cena", "cena", "cena cena ", 2),
        ("1. cena\n2. māls\n3. cena", "cena", "cena māls ", 1),
        ("- cena 5\n- cena 5", "cena 5", "", 0),
    ],
)
def test_of_equal_passages_the_one_that_was_marked(text: str, quote: str, ahead: str, which: int) -> None:
    places = [at for at in range(len(text)) if text.startswith(quote, at)]
    found = spot(text, quote, ahead)
    assert found
    assert found.start == places[which]


def test_a_remark_on_the_second_of_two_stays_with_it_when_the_first_is_gone() -> None:
    second = "Vasarā cena ir 5 eiro, un tas der. Ziemā "
    stands = "Ziemā cena ir 5 eiro, bet kāpēc?"
    assert followed(TWICE, "cena ir 5 eiro", stands, second) == "cena ir 5 eiro"
    assert followed(TWICE, "cena ir 5 eiro", stands) is None


@pytest.mark.parametrize(
    ("quote", "ahead", "words"),
    [("ena ir aug", "", "Cena ir augsta"), ("cena", "Vai pro", "procena"), ("Cena", "", "Cena")],
)
def test_half_a_word_that_is_marked_is_meant_as_the_whole(quote: str, ahead: str, words: str) -> None:
    found = spot("Cena ir augsta. Vai procena der?", quote, ahead)
    assert found
    assert found.words == words
