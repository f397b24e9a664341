"""The hours sheet as a document: the ledger to the minute, and nothing of the content."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from tests import make
from tests.cast import Cast
from tests.make import NOW
from tests.meetings.conftest import DAY, page, speak, text
from tests.visits import queries
from varpa.kernel import clock
from varpa.meetings.actions.hours import (
    confirm_hours,
    confirm_silent_hours,
    enter_work,
    object_to_hours,
    settle_hours,
    withdraw_hours,
)
from varpa.meetings.models import HourLine
from varpa.meetings.queries import hours_of
from varpa.meetings.sheet import sheet_of
from varpa.pairs.actions.pairs import pause_pair, resume_pair
from varpa.people.models import Person

pytestmark = pytest.mark.django_db

LATER = NOW + 60 * DAY


def held(cast: Cast, days: int, minutes: int, kind: str = "regular") -> HourLine:
    """A line that the mentor entered by the review of a meeting."""
    make.held(cast.pair, days=days, kind=kind, minutes=minutes)
    return HourLine.objects.latest("pk")


@pytest.fixture
def ledger(cast: Cast) -> Cast:
    """A line of each kind: by a yes, by silence, settled, e-mentoring, waiting, objected, withdrawn."""
    confirm_hours(line=held(cast, 1, 61, "first"), by=cast.elina, now=NOW + 2 * DAY)
    silent = held(cast, 3, 47, "visit")
    confirm_silent_hours(silent.at + timedelta(days=14))
    settled = held(cast, 20, 90)
    object_to_hours(line=settled, word="Stipri īsāk", by=cast.elina, now=NOW + 21 * DAY, minutes=33)
    settle_hours(line=settled, minutes=33, by=cast.andris, now=NOW + 22 * DAY)
    work = enter_work(
        pair=cast.pair, day=NOW.date(), minutes=25, work="Peļņas plāns", by=cast.elina, now=NOW + DAY
    )
    confirm_hours(line=work, by=cast.andris, now=NOW + 2 * DAY)
    held(cast, 51, 44)
    disputed = held(cast, 52, 70)
    object_to_hours(line=disputed, word="Slimoju", by=cast.elina, now=NOW + 53 * DAY, minutes=40)
    withdraw_hours(line=held(cast, 54, 17), by=cast.andris, now=NOW + 55 * DAY)
    return cast


def read(cast: Cast, reader: Person | None = None) -> PdfReader:
    with clock.moved_to(LATER):
        return PdfReader(BytesIO(sheet_of(cast.pair, reader or cast.elina, LATER)))


def words_of(reader: PdfReader) -> str:
    pages = " ".join(each.extract_text() for each in reader.pages)
    return " ".join(pages.replace("\u200b", "").split())


class TestContents:
    def test_every_confirmed_line_says_who_when_and_how(self, ledger: Cast) -> None:
        shown = words_of(read(ledger)).split("Gaida apstiprinājumu, vēl neskaitās")[0]
        for line in (
            "15.10.2025. Pirmā tikšanās Videozvans 1 h 1 min Andris Ozols, 15.10.2025. "
            "apstiprina Elīna Bērziņa, 16.10.2025.",
            "17.10.2025. Vizīte uzņēmumā Klātienē 47 min Andris Ozols, 17.10.2025. "
            "14 dienas bez iebildumiem, 31.10.2025.",
            "03.11.2025. Kārtējā tikšanās Videozvans 33 min Andris Ozols, 03.11.2025. "
            "abi vienojās, 05.11.2025.",
            "14.10.2025. E-mentorings 25 min Elīna Bērziņa, 15.10.2025. apstiprina Andris Ozols, 16.10.2025.",
        ):
            assert line in shown
        assert shown.index("14.10.2025. E-mentorings") < shown.index("15.10.2025. Pirmā")

    def test_it_equals_the_ledger_to_the_minute(self, ledger: Cast) -> None:
        hours = hours_of(ledger.pair)
        assert (hours.confirmed, hours.waiting, hours.objected) == (61 + 47 + 33 + 25, 44, 70)
        shown = words_of(read(ledger))
        for total in (
            "Kopā apstiprināts: 2 h 46 min",
            "Mērķis: 16 h",
            "Vēl priekšā: 13 h 14 min",
            "Gaida apstiprinājumu: 44 min",
            "Vēl jāvienojas: 1 h 10 min",
        ):
            assert total in shown

    def test_what_does_not_count_stands_apart(self, ledger: Cast) -> None:
        shown = words_of(read(ledger))
        waiting, objected = shown.split("Gaida apstiprinājumu, vēl neskaitās")[1].split(
            "Vēl jāvienojas, neskaitās"
        )
        assert "44 min" in waiting
        assert "tiks ieskaitīts 18.12.2025., ja nebūs iebildumu" in waiting
        assert "Andris: 1 h 10 min Elīna: 40 min" in objected
        assert "iebildums: Elīna Bērziņa" in objected
        assert "17 min" not in shown

    def test_in_a_pair_that_rests_no_day_is_named(self, cast: Cast) -> None:
        held(cast, 1, 60)
        pause_pair(pair=cast.pair, by=cast.inga, now=NOW + 2 * DAY)
        shown = words_of(read(cast))
        assert "tiks ieskaitīts" not in shown
        resume_pair(pair=cast.pair, by=cast.inga, now=NOW + 12 * DAY)
        assert "tiks ieskaitīts 08.11.2025." in words_of(read(cast))

    def test_no_word_of_the_pairs_is_in_it(self, ledger: Cast) -> None:
        for who in (ledger.inga, ledger.andris, ledger.elina):
            shown = words_of(read(ledger, who))
            for words in ("Peļņas plāns", "Stipri īsāk", "Slimoju", "Labi."):
                assert words not in shown

    def test_there_is_room_to_sign_and_a_day(self, ledger: Cast) -> None:
        shown = words_of(read(ledger))
        assert shown.count("Paraksts un datums") == 2
        assert "Sagatavots: 13.12.2025." in shown
        assert "Laikposms: 14.10.2025. – 05.12.2025." in shown

    def test_a_pair_without_hours_has_a_sheet_too(self, cast: Cast) -> None:
        shown = words_of(read(cast))
        assert "Neviena stunda vēl nav apstiprināta." in shown
        assert "Vēl priekšā: 16 h" in shown
        assert "Gaida apstiprinājumu" not in shown


@pytest.mark.parametrize(
    ("language", "title", "said"),
    [
        ("lv", "Stundu uzskaite", "apstiprina Elīna Bērziņa, 16.10.2025."),
        ("lt", "Valandų apskaita", "patvirtina Elīna Bērziņa, 2025-10-16"),
        ("en", "Hours sheet", "yes: Elīna Bērziņa, 16 Oct 2025"),
    ],
)
def test_it_is_tagged_and_named_in_the_readers_language(
    ledger: Cast, language: str, title: str, said: str
) -> None:
    speak(language, ledger.inga)
    answer = page(ledger.inga, f"/pairs/{ledger.pair.ref}/hours.pdf", now=LATER)
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Cache-Control"] == "private, no-store"
    reader = PdfReader(BytesIO(answer.content))
    root: Any = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert str(root["/Lang"]).partition("-")[0] == language
    assert reader.metadata is not None
    assert reader.metadata.title == title
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()
    assert said in words_of(reader)


class TestDoor:
    @pytest.mark.parametrize("who", ["andris", "elina", "inga", "dace"])
    def test_the_two_the_manager_and_the_lead_partner_have_it(self, cast: Cast, who: str) -> None:
        assert page(getattr(cast, who), f"/pairs/{cast.pair.ref}/hours.pdf").status_code == 200

    @pytest.mark.parametrize("who", ["zane", "rimantas", "gabija", "tomas", "jonas"])
    def test_nobody_else(self, cast: Cast, who: str) -> None:
        assert page(getattr(cast, who), f"/pairs/{cast.pair.ref}/hours.pdf").status_code == 404

    def test_who_is_not_signed_in_is_asked_to(self, cast: Cast) -> None:
        assert "sign-in" in page(None, f"/pairs/{cast.pair.ref}/hours.pdf")["Location"]

    def test_the_way_to_it_stands_where_the_hours_are(self, ledger: Cast) -> None:
        address = f"/pairs/{ledger.pair.ref}/hours.pdf"
        for who in (ledger.andris, ledger.elina):
            assert address in text(page(who, f"/pairs/{ledger.pair.ref}/hours/", now=LATER))
        assert address in text(page(ledger.inga, f"/pairs/{ledger.pair.ref}/", now=LATER))

    def test_a_pair_that_rests_keeps_its_sheet(self, ledger: Cast) -> None:
        pause_pair(pair=ledger.pair, by=ledger.inga, now=LATER)
        assert page(ledger.elina, f"/pairs/{ledger.pair.ref}/hours.pdf", now=LATER).status_code == 200


def test_many_lines_cost_no_more_queries_than_one(cast: Cast) -> None:
    address = f"/pairs/{cast.pair.ref}/hours.pdf"
    held(cast, 1, 60)
    one = queries(cast.inga, address, days=60)
    for days in range(2, 31):
        held(cast, days, 60)
    assert queries(cast.inga, address, days=60) == one <= 12
