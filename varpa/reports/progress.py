"""How far the report is, counted: for the pages that its manager opens between two changes."""

from dataclasses import dataclass
from datetime import datetime

from varpa.history.remembering import until_changed
from varpa.programmes.models import Programme
from varpa.reports.actions.editions import Readiness, readiness
from varpa.reports.marks import figures_in
from varpa.reports.models import Report
from varpa.reports.queries import Row, rows_of, texts_of, waiting_of
from varpa.reports.quoting import known_taken_back, spoken


@dataclass(frozen=True)
class Progress:
    """`rows`: the table of contents; `ready`: what is still to be done; `agreed`: how many said yes.

    `figures`: the keys of those that the texts cite.
    """

    rows: list[Row]
    ready: Readiness
    agreed: int
    figures: list[str]


@until_changed
def progress_of(programme: Programme, minute: datetime) -> Progress:
    """Of the report of a programme, which has to be there; no words, so that none is kept."""
    report = Report.objects.get(programme=programme)
    report.programme = programme
    sections, waiting = texts_of(report), waiting_of(report)
    texts = [each.text for each in sections.values()]
    said = spoken(report, texts, known_taken_back(programme, minute))
    return Progress(
        rows_of(report, sections, waiting, said.lost_in),
        readiness(report, sections, minute, said, waiting),
        report.agreements.filter(withdrawn_at=None).count(),
        figures_in(texts),
    )
