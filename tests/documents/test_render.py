"""Documents read back: tagged, named, in the reader's language, with every letter that was written."""

from io import BytesIO
from typing import Any

import pytest
import typst
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from tests.documents import samples, works
from varpa.documents.render import pdf

ALL = [
    ("diary", samples.diary()),
    ("plan", samples.plan()),
    ("hours", samples.hours()),
]


def read(template: str, data: Any, language: str = "lv", title: str = "Dokuments") -> PdfReader:
    return PdfReader(BytesIO(pdf(template, data, language=language, title=title)))


def text_of(reader: PdfReader) -> str:
    pages = " ".join(page.extract_text() for page in reader.pages)
    return " ".join(pages.replace("\u200b", "").split())


def tags(reader: PdfReader) -> list[str]:
    """The structure tags in reading order."""
    root: Any = reader.trailer["/Root"]
    found: list[str] = []

    def walk(node: Any) -> None:
        node = node.get_object()
        if isinstance(node, list):
            for each in node:
                walk(each)
        elif isinstance(node, dict):
            if "/S" in node:
                found.append(node["/S"])
            if "/K" in node:
                walk(node["/K"])

    walk(root["/StructTreeRoot"]["/K"])
    return found


def alternatives(reader: PdfReader) -> list[str]:
    root: Any = reader.trailer["/Root"]
    found: list[str] = []

    def walk(node: Any) -> None:
        node = node.get_object()
        if isinstance(node, list):
            for each in node:
                walk(each)
        elif isinstance(node, dict):
            if "/Alt" in node:
                found.append(str(node["/Alt"]))
            if "/K" in node:
                walk(node["/K"])

    walk(root["/StructTreeRoot"]["/K"])
    return found


@pytest.mark.parametrize(("template", "data"), ALL)
@pytest.mark.parametrize("language", ["lv", "lt", "en"])
def test_every_document_is_accessible(template: str, data: Any, language: str) -> None:
    reader = read(template, data, language, "Nosaukums ar burtiem ķīļš")
    root: Any = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert str(root["/Lang"]).partition("-")[0] == language
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata is not None
    assert reader.metadata.title == "Nosaukums ar burtiem ķīļš"
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()
    assert "/H1" in tags(reader)


def test_the_diary_says_all_that_was_handed_over() -> None:
    text = text_of(read("diary", samples.diary()))
    for words in (
        "Pārrunājām sākuma izdevumus; saraksts ir gatavs.",
        "Jāpajautā otrai darbnīcai.",
        "Nākamreiz sākt ar naudas plūsmas prognozi.",
        "Pati pamanīja kļūdu aprēķinā",
        "Vai abi ieradāties laikā?",
        "Nokavēju un atvainojos.",
        "Aplankėme dirbtuves: ąžuolas, įrankiai, žmonės.",
        "Paldies! Izlasīju visu divreiz.",
        "Novērojumi: Elīna Bērziņa",
        "2 vietas izlaistas.",
        "1 vieta izlaista.",
        "Par saturu atbild tikai biedrība.",
    ):
        assert words in text
    assert "Bez atbildes?" not in text


def test_the_diary_is_a_book_for_both_sides_of_the_paper() -> None:
    entry = samples.entry(notes="vārds " * 900)
    data = samples.diary(letterhead=samples.letterhead(samples.picture()), entries=[entry] * 3)
    reader = read("diary", data)
    assert {tuple(round(float(side)) for side in page.mediabox[2:]) for page in reader.pages} == {(420, 595)}
    assert {"/TOC", "/TOCI"} <= set(tags(reader))
    assert len(reader.pages[0].images) == 1
    pages = [page.extract_text().split() for page in reader.pages]
    assert {"2013–2014", "Andris", "Elīna"} <= set(pages[0])
    assert "Saturs" in pages[2]
    assert [page[-1] for page in pages[2:]] == [str(number) for number in range(3, len(pages) + 1)]
    assert len([each for each in reader.outline if isinstance(each, dict)]) == 4


def test_an_entry_without_anything_is_a_date_alone() -> None:
    empty = dict.fromkeys(("results", "notes", "recommendations", "kind", "means", "length"), "")
    observed = {f"on_{name}": "" for name in ("mentee", "self", "effectiveness")}
    text = text_of(read("diary", samples.diary(entries=[samples.entry(**empty, **observed, answers=[])])))
    assert "2013. gada 17. oktobris" in text
    assert "Rezultāti" not in text
    assert "izlais" not in text


def test_a_diary_without_entries_says_so() -> None:
    assert "Dienoraštyje įrašų nėra." in text_of(read("diary", samples.diary(entries=[]), "lt"))


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (1, "Praleista 1 vieta."),
        (2, "Praleistos 2 vietos."),
        (10, "Praleista 10 vietų."),
        (21, "Praleista 21 vieta."),
    ],
)
def test_passages_left_out_are_counted_in_good_lithuanian(count: int, words: str) -> None:
    assert words in text_of(read("diary", samples.diary(entries=[samples.entry(left_out=count)]), "lt"))


def test_words_of_another_language_are_marked_as_such() -> None:
    raw = pdf("diary", samples.diary(), language="lv", title="Dienasgrāmata")
    languages = {str(each.get_object().get("/Lang", "")) for each in _objects(raw)}
    assert {"lv", "lt"} <= {each.partition("-")[0] for each in languages}


def _objects(raw: bytes) -> list[Any]:
    reader = PdfReader(BytesIO(raw))
    known = [reader.get_object(number) for number in range(1, int(reader.trailer["/Size"]))]  # type: ignore[call-overload]
    return [each for each in known if isinstance(each, dict)]


def test_the_plan_shows_every_version_and_who_confirmed_it() -> None:
    reader = read("plan", samples.plan(), "lt")
    text = text_of(reader)
    for words in (
        "2 redakcija",
        "Vaizdo skambutis kas dvi savaites, ketvirtadieniais.",
        "Palikta tuščia.",
        "Susitinkame dažniau.",
        "Juodraštis",
        "Gabija Šimkutė, dar nepatvirtinta",
        "Ankstesnės redakcijos",
        "Rimantas Žukauskas, 2013 m. rugsėjo 5 d.",
    ):
        assert words in text
    assert alternatives(reader) == ["Eiropas Savienības karogs", "Popieriuje rašyto plano nuotrauka"]


def test_an_agreed_plan_is_no_draft() -> None:
    assert "Juodraštis" not in text_of(read("plan", samples.plan(versions=[samples.version(1)]), "lt"))


def test_the_emblem_has_the_words_of_the_programme() -> None:
    data = samples.diary(letterhead=samples.letterhead(samples.picture()))
    assert alternatives(read("diary", data)) == ["Eiropas Savienības karogs"]
    data["letterhead"]["emblem_text"] = ""
    assert alternatives(read("diary", data, "lt")) == ["Programos emblema"]


def test_the_hours_sheet_is_a_table_with_headings_on_each_page() -> None:
    reader = read("hours", samples.hours(lines=60), "en")
    found = tags(reader)
    assert found.count("/TH") == 6
    assert found.count("/TD") == 60 * 6
    assert all("Length" in page.extract_text() for page in reader.pages[:2])
    text = text_of(reader)
    for words in ("50 min", "Confirmed: 16 h 20 min", "Elīna Bērziņa, 18 October 2013", "Signature and date"):
        assert words in text


def test_what_does_not_count_stands_apart_in_the_hours_sheet() -> None:
    open_lines = samples.hours(lines=1)["lines"]
    reader = read("hours", samples.hours(waiting=open_lines * 2, objected=open_lines), "en")
    assert tags(reader).count("/Table") == 3
    text = text_of(reader)
    assert text.index("Waiting for a yes, not counted") < text.index("Being settled, not counted")


def test_an_hours_sheet_without_lines_says_so() -> None:
    assert "Neviena stunda vēl nav apstiprināta." in text_of(read("hours", samples.hours(lines=0)))


@pytest.mark.parametrize(
    "hostile",
    [
        "#panic()",
        '#read("/etc/passwd")',
        "$x$ *b* = virsraksts",
        '"); #let words = 1',
        "\\u{41} `kods` <zīme> @zīme",
    ],
)
def test_what_people_write_never_becomes_markup(hostile: str) -> None:
    entry = samples.entry(results=hostile, kind=hostile)
    data = samples.diary(entries=[entry], mentor=hostile, reply=hostile)
    text = text_of(read("diary", data, title=hostile))
    assert text.count(" ".join(hostile.split())) >= 5


def test_a_word_longer_than_the_page_is_broken() -> None:
    page = read("diary", samples.diary(entries=[samples.entry(results="garš" * 100)])).pages[3]
    assert len([line for line in page.extract_text().split("\n") if line.count("garš") > 3]) > 2


@settings(max_examples=60)
@given(st.text(max_size=300))
@example("a\ud800b")
@example("🙂\u0303 👩🏽\u200d🌾 🇱🇻 漢字 \x00\x1b \u202e\u2028 e\u0301 ą̃ \ufffe")
@example("\n\n \n")
def test_nothing_that_can_be_typed_stops_a_document(text: str) -> None:
    data = samples.diary(
        entries=[samples.entry(results=text, notes=text, date=text)], reply=text, mentor=text
    )
    assert read("diary", data).pages


def test_a_sign_that_no_font_has_is_a_square_and_a_face_stays() -> None:
    text = text_of(read("diary", samples.diary(reply="漢 un 🙂 un ❤️", entries=[])))
    assert "□ un 🙂 un ❤" in text


def test_the_same_facts_give_the_same_bytes() -> None:
    first, second = (pdf("plan", samples.plan(), language="lt", title="Planas") for _ in range(2))
    assert first == second


def test_a_broken_template_is_told_and_not_hidden() -> None:
    data = samples.diary()
    del data["period"]  # type: ignore[misc]
    with pytest.raises(typst.TypstError):
        pdf("diary", data, language="lv", title="Dienasgrāmata")


LONG_LINK = "https://meet.example/l/meetup-join/19%3ameeting_" + "NzA2ZjQ0" * 20 + "/0?context=x"


@pytest.mark.parametrize("template", ["certificate", "attendance"])
def test_an_address_is_copied_whole_and_opens(template: str) -> None:
    """A link of two hundred letters breaks over lines, yet no unseen sign stands in it."""
    made: dict[str, Any] = {"certificate": works.certificate, "attendance": works.attendance}[template](1)
    if template == "certificate":
        made["address"] = LONG_LINK
    else:
        made["event"]["link"] = LONG_LINK
    page = read(template, made).pages[0]
    assert LONG_LINK in "".join(page.extract_text().split())
    opened: list[str] = [each.get_object()["/A"]["/URI"] for each in page["/Annots"]]  # a line each
    assert set(opened) == {LONG_LINK}
