"""What the tests of the report share: the cast, a drafted report, one that is open for comments."""

from datetime import date, timedelta

import pytest

from tests.cast import Cast, assemble
from tests.make import NOW
from varpa.programmes.models import Programme
from varpa.reports.actions.comments import agree, close_comments, open_for_comments
from varpa.reports.actions.drafts import draft_report, edit_section
from varpa.reports.marks import gaps_in
from varpa.reports.models import Report, Section

UNTIL = date(2025, 10, 20)
LATER = NOW + timedelta(hours=2)


@pytest.fixture
def cast() -> Cast:
    return assemble()


@pytest.fixture
def programme(cast: Cast) -> Programme:
    return Programme.objects.select_related("methodology_version", "organisation").get(pk=cast.programme.pk)


@pytest.fixture
def report(cast: Cast, programme: Programme) -> Report:
    """A report drafted on 14 October 2025."""
    return draft_report(programme=programme, by=cast.inga, now=NOW)


@pytest.fixture
def opened(cast: Cast, report: Report) -> Report:
    """The same, open for comments until 20 October."""
    open_for_comments(report=report, until=UNTIL, by=cast.inga, now=NOW)
    return report


@pytest.fixture
def ready(cast: Cast, opened: Report) -> Report:
    """The same after everybody has said yes, with every gap filled."""
    for person in (cast.andris, cast.elina, cast.rimantas, cast.gabija):
        agree(report=opened, by=person, now=LATER)
    close_comments(report=opened, by=cast.inga, now=LATER)
    fill(opened, cast)
    return opened


def fill(report: Report, cast: Cast) -> None:
    """Every gap is written over."""
    for section in report.sections.all():
        text = section.text
        for gap in gaps_in(text):
            text = text.replace(f"[[{gap}]]", "Uzrakstīts.")
        write(report, section.key, section.language, text, cast)


def write(report: Report, part: str, language: str, text: str, cast: Cast) -> Section:
    """The manager writes a part."""
    stands = report.sections.filter(key=part, language=language).first()
    return edit_section(
        report=report,
        part=part,
        language=language,
        text=text,
        revision=stands.revision if stands else 0,
        by=cast.inga,
        now=LATER,
    )
