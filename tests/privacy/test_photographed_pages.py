"""Pages written by hand: taken along by whose they are, erased with them or at the term (R6, R11)."""

import io
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as site

from tests.cast import Cast
from tests.diary.conftest import diary_of, handed
from tests.diary.test_photographs import leave_out, page, photographed
from tests.files.samples import pdf, picture, upload
from tests.make import NOW
from tests.privacy.test_pages import signed, zipped
from varpa.diary.models import Diary, Photograph
from varpa.diary.photographs import describe_page, take_page_away
from varpa.files.models import File
from varpa.people.models import Person
from varpa.privacy.actions import retaining
from varpa.privacy.actions.erasing import erase_person, remove_leftovers

pytestmark = pytest.mark.django_db

THEN = datetime(2031, 5, 1, 9, 0, tzinfo=UTC)


def taken_by(person: Person) -> dict[str, bytes]:
    packed = zipped(signed(person))
    return {name: packed.read(name) for name in packed.namelist()}


def papers(taken: dict[str, bytes]) -> list[str]:
    return sorted(name.partition("-")[2] for name in taken if name.startswith("files/"))


def bytes_left() -> int:
    return sum(1 for each in Path(site.MEDIA_ROOT).rglob("*") if each.is_file())


def both(cast: Cast) -> Photograph:
    """A page that goes to the mentee, and one that is left out."""
    made = photographed(cast, upload(picture(), "pirma.jpg"))
    describe_page(photograph=made, about="Par cenu.", by=cast.andris, now=NOW)
    other = page(made.entry, upload(picture("PNG"), "otra.png"))
    describe_page(photograph=other, about="Par mani.", by=cast.andris, now=NOW)
    leave_out(other)
    return made


def test_before_the_handover_the_mentor_takes_the_own_pages_along(cast: Cast, files: None) -> None:
    made = both(cast)
    gone = page(made.entry, upload(picture("WEBP"), "lieka.webp"))
    take_page_away(photograph=gone, by=cast.andris, now=NOW)
    assert papers(taken_by(cast.andris)) == ["otra.png", "pirma.jpg"]
    assert papers(taken_by(cast.elina)) == []


def test_after_the_handover_the_mentee_takes_along_what_was_not_left_out(cast: Cast, files: None) -> None:
    both(cast)
    handed(cast)
    taken = taken_by(cast.elina)
    assert papers(taken) == ["pirma.jpg"]
    said = taken["data.json"].decode()
    assert ("Par cenu." in said, "Par mani." in said) == (True, False)
    assert papers(taken_by(cast.andris)) == []


def test_a_sealed_page_is_not_taken_along_by_the_mentee(cast: Cast, files: None) -> None:
    both(cast)
    Diary.objects.update(state="sealed")
    assert papers(taken_by(cast.elina)) == []


def test_a_scan_lies_beside_the_book_that_is_taken_home(cast: Cast, files: None) -> None:
    page(photographed(cast).entry, upload(pdf(), "skenēts.pdf"))
    handed(cast)
    home = zipfile.ZipFile(io.BytesIO(taken_by(cast.elina)["everything-1.zip"]))
    assert home.read("diary-page-1.pdf").startswith(b"%PDF-")
    assert "diary-page-1.pdf" in home.read("00-list.txt").decode()


def test_before_the_handover_the_page_goes_with_the_mentor(cast: Cast, files: None) -> None:
    both(cast)
    erase_person(person=cast.andris, by=None, now=NOW)
    _nothing_left()


def test_after_the_handover_the_page_stays_the_mentees(cast: Cast, files: None) -> None:
    both(cast)
    handed(cast)
    erase_person(person=cast.andris, by=None, now=NOW)
    remove_leftovers(NOW)
    assert papers(taken_by(cast.elina)) == ["pirma.jpg"]
    erase_person(person=cast.elina, by=None, now=NOW)
    _nothing_left()


def test_with_a_sealed_diary_its_pages_go_at_the_term(cast: Cast, files: None) -> None:
    both(cast)
    Diary.objects.update(state="sealed")
    assert retaining.erase_sealed(datetime(2026, 4, 30, 9, 0, tzinfo=UTC)) == 0
    assert bytes_left() == 2
    assert retaining.erase_sealed(THEN) == 1
    _nothing_left()


def _nothing_left() -> None:
    """No bytes, no name, no word, no page that is shown."""
    remove_leftovers(NOW if not File.objects.filter(withdrawn_at__gt=NOW).exists() else THEN)
    assert bytes_left() == 0
    assert set(File.objects.values_list("name", flat=True)) == {""}
    pages: list[Any] = list(Photograph.objects.values_list("about", "withdrawn_at"))
    assert all(about == "" and gone for about, gone in pages)


def test_no_other_road_leads_to_the_files_of_a_diary(cast: Cast, files: None) -> None:
    made = both(cast)
    assert (made.file.by, made.file.about_kind, diary_of(cast).state) == (None, "diary", "open")
