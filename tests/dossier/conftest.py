"""A programme with one of everything, and its dossier taken apart: every word that stands in it."""

import io
import re
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
from tests.guidelines import conftest as learning
from tests.journeys.furnished import furnish
from tests.make import NOW
from tests.reports import conftest as reports
from tests.surveys import conftest as surveys
from varpa.defence.models import Defence
from varpa.diary.actions import hand_over, note_read_through
from varpa.diary.models import Diary
from varpa.dossier.archive import SUMS
from varpa.dossier.building import build
from varpa.dossier.reach import Reach, partner_asked
from varpa.events.actions.presence import mark_present
from varpa.events.models import Event
from varpa.guidelines.actions.guidelines import draft
from varpa.guidelines.actions.guidelines import publish as publish_guidelines
from varpa.guidelines.actions.recommendations import take_back
from varpa.kernel.text import TranslatedText
from varpa.programmes.actions.permissions import record_permission
from varpa.programmes.models import Membership, Programme
from varpa.reports.actions.comments import (
    answer_comment,
    close_comments,
    comment_on_section,
    open_for_comments,
)
from varpa.reports.actions.drafts import draft_report
from varpa.reports.actions.editions import begin_edition, publish_report
from varpa.surveys.actions.results import compute_due, write_theme
from varpa.surveys.actions.sending import close_survey
from varpa.surveys.models import Survey

LATER = datetime(2026, 4, 1, 9, 0, tzinfo=UTC)
CLOSED = datetime(2025, 11, 3, 9, 0, tzinfo=UTC)
UNSAID = tuple(f"ZQ{number}Q" for number in range(900, 907))
"""Words for nobody outside: of an answer, its theme, a comment, its answer, two recommendations, a draft."""


@pytest.fixture
def cast(db: None) -> Cast:
    return assemble()


@pytest.fixture
def rich(db: None) -> Cast:
    """One of everything, and then: an event held, a diary handed over, a day of defence closed."""
    cast = furnish()
    event = Event.objects.get(training="")
    mark_present(event=event, members=[cast.mentor, cast.mentee], by=cast.inga, now=AFTER)
    permit(young_of(cast))
    diary = Diary.objects.get(pair=cast.pair)
    note_read_through(diary=diary, by=cast.andris, now=LATER)
    hand_over(diary=diary, by=cast.andris, now=LATER)
    day = Defence.objects.get()
    defence.days.begin_defence(defence=day, by=cast.inga, now=defence.DAY)
    defence.finish(day, cast)
    return cast


def evaluated(cast: Cast) -> Cast:
    """Then: a survey that fourteen have answered, a published report, guidelines; each with its `UNSAID`."""
    survey = _surveyed(cast)
    report = draft_report(programme=programme_of(cast), by=cast.inga, now=NOW)
    open_for_comments(report=report, until=date(2025, 10, 20), by=cast.inga, now=NOW)
    said = comment_on_section(report=report, part="problems", text=UNSAID[2], by=cast.elina, now=NOW)
    close_comments(report=report, by=cast.inga, now=CLOSED)
    answer_comment(comment=said, taken_up=True, answer=UNSAID[3], by=cast.inga, now=CLOSED)
    reports.fill(report, cast)
    publish_report(report=report, by=cast.inga, now=CLOSED)
    begin_edition(report=report, by=cast.inga, now=CLOSED)
    report.sections.update(text=UNSAID[6])
    theme = TranslatedText(lv=UNSAID[1], lt=UNSAID[1], en=UNSAID[1])
    write_theme(question=survey.questions.get(key="successes"), text=theme, by=cast.dace, now=CLOSED)
    withdrawn = learning.in_own_words(cast, cast.andris, words=UNSAID[4])
    take_back(recommendation=withdrawn, by=cast.andris, now=NOW)
    without = learning.in_own_words(cast, cast.elina, words=UNSAID[5])
    without.consents.all().delete()
    learning.in_own_words(cast, cast.elina)
    drafted = draft(programme=cast.programme, by=cast.inga, now=NOW)
    publish_guidelines(guidelines=drafted, by=cast.inga, now=NOW)
    return cast


def _surveyed(cast: Cast) -> Survey:
    """Eight have written something: enough to be counted, too few to be read."""
    crowd = surveys.crowd(cast.programme, {("mentor", "LV"): 6, ("mentee", "LV"): 6})
    survey = surveys.sent(cast, "progress_survey")
    for number, member in enumerate([*crowd, cast.mentor, cast.mentee]):
        said = {**surveys.WELL, "successes": UNSAID[0] if number < 8 else ""}
        surveys.answer(survey, member, **said)
    close_survey(survey=survey, by=cast.inga, now=CLOSED)
    compute_due(CLOSED)
    return survey


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
    """A dossier of the cast's programme, in English unless asked otherwise; `partner` as `--partner`."""
    partner = partner_asked(programme_of(cast), asked.pop("partner", ""))
    build(Reach(programme_of(cast), partner=partner, **{"language": "en", **asked}), path)
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
    if name.endswith(".docx"):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            whole = b" ".join(packed.read(part) for part in packed.namelist() if part.endswith(".xml"))
        return " ".join(re.sub(r"<[^>]+>", "", whole.decode()).split())
    assert name.endswith(".csv") or name == SUMS
    return content.decode("utf-8-sig")


def lived(cast: Cast) -> None:
    """Two meetings in October and November, on both sides of the boundary of a month in Riga."""
    make.held(cast.pair, kind="first", days=3, minutes=60)
    make.held(cast.pair, kind="regular", days=30, minutes=90)


def moved(days: float) -> datetime:
    return NOW + timedelta(days=days)
