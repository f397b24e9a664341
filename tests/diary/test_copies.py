"""The mentee's copy as a document: what was handed over, in the reader's language, read back from the PDF."""

import re
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from tests import make
from tests.cast import Cast, assemble
from tests.files.samples import picture, upload
from tests.make import NOW
from tests.visits import Visitor
from varpa.diary import actions
from varpa.diary.copies import copy_of
from varpa.diary.models import Diary, Entry
from varpa.diary.queries import read_through
from varpa.files import actions as files
from varpa.kernel.text import TranslatedText
from varpa.people.models import Person

pytestmark = pytest.mark.django_db

LETTERS = "Ķeizars ļoti šķērmi žāvēja ņiprus ģīmjus; žąsys ėjo į ūkį, žmonių skrynelių, ąžuolų."


@pytest.fixture
def cast() -> Cast:
    return assemble()


def write(cast: Cast, entry: Entry, *, answers: Any = None, **texts: str) -> None:
    entry.refresh_from_db()
    actions.write_entry(
        entry=entry,
        texts=texts,
        answers=answers or {},
        day=entry.day,
        minutes=45,
        revision=entry.revision,
        by=cast.andris,
        now=NOW,
    )


def hand_over(cast: Cast) -> Diary:
    diary = Diary.objects.get(pair=cast.pair)
    actions.note_read_through(diary=diary, by=cast.andris, now=NOW)
    actions.hand_over(diary=diary, by=cast.andris, now=NOW)
    return diary


def read(cast: Cast) -> PdfReader:
    return PdfReader(BytesIO(copy_of(Diary.objects.get(pair=cast.pair))))


def speaks(person: Person, language: str) -> None:
    person.language = language
    person.save()


def text_of(reader: PdfReader) -> str:
    pages = " ".join(page.extract_text() for page in reader.pages)
    return " ".join(pages.replace("\u200b", "").split())


def test_the_copy_says_what_the_mentor_handed_over(cast: Cast) -> None:
    texts = {
        "notes": LETTERS,
        "results": "Cena ir gatava.",
        "recommendations": "Rēķināt vēlreiz.",
        "on_mentee": "Klausās.",
        "on_self": "Runāju par daudz.",
        "on_effectiveness": "Lietderīga.",
    }
    answers = {
        ("on_time", "mentee"): "Jā, vienmēr.",
        ("on_time", "mentor"): "Reizi nē.",
        ("progress", ""): "Labs.",
    }
    write(cast, make.entry(cast.pair), answers=answers, **texts)
    hand_over(cast)
    text = text_of(read(cast))
    for words in (*texts.values(), *answers.values()):
        assert words in text
    for words in (
        "Mentora dienasgrāmata",
        "Novērojumi: Andris Ozols",
        "Novērojumi: Elīna Bērziņa",
        "Vai abi ieradāties laikā?",
        "45 min",
        "Jelgavas uzņēmēju atbalsta centrs",
    ):
        assert words in text
    assert text.count("Vai abi ieradāties laikā?") == 1


def test_a_meeting_stands_there_with_its_kind_and_means(cast: Cast) -> None:
    meeting = make.held(cast.pair, days=1)
    entry = actions.begin_entry(
        pair=cast.pair, day=meeting.starts_local.date(), by=cast.andris, now=NOW, meeting=meeting
    )
    write(cast, entry, notes="Iepazināmies.")
    actions.keep_entry(entry=entry, by=cast.andris, now=NOW)
    hand_over(cast)
    text = text_of(read(cast))
    assert "15. oktobrī · pirmā tikšanās" in text
    assert "Videozvans" in text


@pytest.mark.parametrize(
    ("language", "title", "said"),
    [
        ("lv", "Mentora dienasgrāmata", "1 vieta izlaista."),
        ("lt", "Mentoriaus dienoraštis", "Praleista 1 vieta."),
        ("en", "Mentor’s diary", "1 passage left out."),
    ],
)
def test_it_is_tagged_and_named_in_the_mentees_language_whoever_opens_it(
    cast: Cast, language: str, title: str, said: str
) -> None:
    entry = make.entry(cast.pair)
    write(cast, entry, on_self="Paliek pie manis.")
    actions.leave_out(entry=entry, passage="on_self", out=True, by=cast.andris, now=NOW)
    diary = hand_over(cast)
    speaks(cast.elina, language)
    answer = Visitor(cast.andris, language="lv").get(f"/diaries/{diary.ref}/copy.pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Cache-Control"] == "private, no-store"
    reader = PdfReader(BytesIO(answer.content))
    root: Any = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert str(root["/Lang"]).partition("-")[0] == language
    assert reader.metadata is not None
    assert reader.metadata.title == title
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()
    text = text_of(reader)
    assert said in text
    assert "Paliek pie manis." not in text


@pytest.mark.parametrize(
    ("language", "mark", "said"),
    [
        ("lv", "[šeit kāda vieta ir izlaista]", "1 vieta izlaista."),
        ("lt", "[čia viena vieta praleista]", "Praleista 1 vieta."),
        ("en", "[a passage is left out here]", "1 passage left out."),
    ],
)
def test_a_mark_stands_where_a_sentence_was_left_out(cast: Cast, language: str, mark: str, said: str) -> None:
    entry = make.entry(cast.pair, text="Runājām par cenu. Par mājām klusēja. Tad par krāsni.")
    key = read_through(Diary.objects.get(pair=cast.pair))[0].passages[0].sentences[1].key
    actions.leave_out(entry=entry, passage="notes", part=key, out=True, by=cast.andris, now=NOW)
    diary = hand_over(cast)
    speaks(cast.elina, language)
    answer = Visitor(cast.elina).get(f"/diaries/{diary.ref}/copy.pdf")
    text = text_of(PdfReader(BytesIO(answer.content)))
    assert f"Runājām par cenu. {mark} Tad par krāsni." in text
    assert said in text
    assert "klusēja" not in text


def test_the_mentees_answer_is_in_the_copy(cast: Cast) -> None:
    make.entry(cast.pair)
    diary = hand_over(cast)
    actions.answer_diary(diary=diary, text="Paldies par visu.", revision=0, by=cast.elina, now=NOW)
    assert "Paldies par visu." in text_of(read(cast))


def test_it_is_a_book_with_a_cover_contents_and_chapters(cast: Cast) -> None:
    for days in (1, 2):
        make.entry(cast.pair, now=NOW + timedelta(days=days))
    hand_over(cast)
    pages = [" ".join(page.extract_text().split()) for page in read(cast).pages]
    cover, behind, contents, *chapters = pages
    assert cover.startswith(f"{cast.programme.name} Mentora dienasgrāmata Andris Ozols Elīna Bērziņa 2025")
    assert "Nodota" in behind
    assert contents.startswith("Saturs")
    assert re.findall(r"(1[56])\. oktobrī[ .]+(\d)", contents) == [("15", "4"), ("16", "5")]
    assert ["15. oktobrī" in chapters[0], "16. oktobrī" in chapters[1]] == [True, True]


def test_the_funder_is_named_in_the_mentees_language(cast: Cast) -> None:
    cast.programme.funder_text = TranslatedText("Atbalsta fonds.", "Remia fondas.", "Funded by the fund.")
    cast.programme.save()
    make.entry(cast.pair)
    assert "Atbalsta fonds." in text_of(read(cast))
    speaks(cast.elina, "lt")
    assert "Remia fondas." in text_of(read(cast))


def test_a_diary_of_one_day_names_that_day(cast: Cast) -> None:
    make.entry(cast.pair)
    shown = " ".join(text_of(read(cast)).split())
    assert "2025. gada 14. oktobrī" in shown
    assert "no 2025." not in shown


def test_the_copy_bears_the_programmes_emblem(cast: Cast, settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    make.entry(cast.pair)
    assert len(read(cast).pages[0].images) == 0
    ref = cast.programme.ref
    cast.programme.emblem = files.keep(
        upload=upload(picture("PNG")), about_kind="programme", about_ref=ref, by_id=None, now=NOW
    )
    cast.programme.save()
    assert len(read(cast).pages[0].images) == 1
    files.withdraw(file=cast.programme.emblem, now=NOW)
    assert len(read(cast).pages[0].images) == 0


def test_an_emblem_whose_bytes_are_gone_costs_nobody_the_document(
    cast: Cast, settings: Any, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path / "here"
    make.entry(cast.pair)
    cast.programme.emblem = files.keep(
        upload=upload(picture("PNG")), about_kind="programme", about_ref="x", by_id=None, now=NOW
    )
    cast.programme.save()
    settings.MEDIA_ROOT = tmp_path / "elsewhere"
    assert "Runājām par cenu." in text_of(read(cast))
