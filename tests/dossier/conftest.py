"""A programme with one of everything, and its dossier taken apart: every word that stands in it."""

import io
import zipfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from tests import make
from tests.cast import Cast, assemble
from tests.defence import conftest as defence
from tests.events.conftest import AFTER
from tests.journeys.furnished import furnish
from tests.make import NOW
from varpa.defence.models import Defence
from varpa.diary.actions import hand_over, note_read_through
from varpa.diary.models import Diary
from varpa.dossier.archive import SUMS
from varpa.dossier.building import build
from varpa.dossier.reach import Reach
from varpa.events.actions.presence import mark_present
from varpa.events.models import Event
from varpa.programmes.actions.permissions import record_permission
from varpa.programmes.models import Membership, Programme

LATER = datetime(2026, 4, 1, 9, 0, tzinfo=UTC)


@pytest.fixture
def cast(db: None) -> Cast:
    return assemble()


@pytest.fixture
def rich(db: None) -> Cast:
    """One of everything, and then: an event held, a diary handed over, a day of defence closed."""
    cast = furnish()
    event = Event.objects.get()
    mark_present(event=event, members=[cast.mentor, cast.mentee], by=cast.inga, now=AFTER)
    permit(young_of(cast))
    diary = Diary.objects.get(pair=cast.pair)
    note_read_through(diary=diary, by=cast.andris, now=LATER)
    hand_over(diary=diary, by=cast.andris, now=LATER)
    day = Defence.objects.get()
    defence.days.begin_defence(defence=day, by=cast.inga, now=defence.DAY)
    defence.finish(day, cast)
    return cast


def young_of(cast: Cast) -> Membership:
    """Krista, who is sixteen."""
    return Membership.objects.get(programme=cast.programme, person__name="Krista Liepiņa")


def permit(member: Membership, kind: str = "taking_part") -> None:
    day = date(2025, 10, 1)
    record_permission(membership=member, kind=kind, guardian="Ilze Liepiņa", by=None, now=NOW, day=day)


def programme_of(cast: Cast) -> Programme:
    """Read anew, as the worker does."""
    return Programme.objects.select_related("organisation", "methodology_version").get(pk=cast.programme.pk)


def built(cast: Cast, path: Path, **asked: Any) -> Path:
    """A dossier of the cast's programme, in English unless asked otherwise."""
    build(Reach(programme_of(cast), **{"language": "en", **asked}), path)
    return path


def names_in(path: Path) -> list[str]:
    with zipfile.ZipFile(path) as archive:
        return archive.namelist()


def raw(path: Path, name: str) -> bytes:
    with zipfile.ZipFile(path) as archive:
        return archive.read(name)


def table(path: Path, name: str) -> list[list[str]]:
    """The rows of a table such as `02-people/people`, without the headings; [] where it is left out."""
    if f"{name}.csv" not in names_in(path):
        return []
    lines = raw(path, f"{name}.csv").decode("utf-8-sig").splitlines()
    return [line.split(";") for line in lines[1:]]


def words_of(path: Path) -> dict[str, str]:
    """Everything that a person can read in an archive, by file."""
    with zipfile.ZipFile(path) as archive:
        found = {name: _read(name, archive.read(name)) for name in archive.namelist()}
    return {**found, "names of files": " ".join(found)}


def _read(name: str, content: bytes) -> str:
    if name.endswith(".pdf"):
        reader = PdfReader(io.BytesIO(content))
        pages = " ".join(page.extract_text() for page in reader.pages)
        return " ".join(f"{pages} {reader.metadata}".split())
    if name.endswith(".xlsx"):
        book = load_workbook(io.BytesIO(content))
        cells = (str(cell) for sheet in book for row in sheet.values for cell in row if cell is not None)
        return " ".join([*cells, str(book.properties)])
    assert name.endswith(".csv") or name == SUMS
    return content.decode("utf-8-sig")


def lived(cast: Cast) -> None:
    """Two meetings in October and November, on both sides of the boundary of a month in Riga."""
    make.held(cast.pair, kind="first", days=3, minutes=60)
    make.held(cast.pair, kind="regular", days=30, minutes=90)


def moved(days: float) -> datetime:
    return NOW + timedelta(days=days)
