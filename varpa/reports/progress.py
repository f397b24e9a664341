"""How far the report is, counted: for the pages that its manager opens between two changes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils import translation

from varpa.history.remembering import until_changed
from varpa.kernel.text import LANGUAGES
from varpa.programmes.models import Programme
from varpa.reports.actions.editions import Readiness, readiness
from varpa.reports.drafting import drafts, gather
from varpa.reports.later import lines_since
from varpa.reports.marks import figures_in
from varpa.reports.models import Report, Section
from varpa.reports.queries import Row, known_figures, known_themes, rows_of, texts_of, waiting_of
from varpa.reports.quoting import known_taken_back, spoken
from varpa.reports.sources import figures_of


@dataclass(frozen=True)
class Progress:
    """`rows`: the table of contents; `ready`: what is still to be done; `agreed`: how many said yes.

    `figures`: the keys of those that the texts cite. `later`: lines that came since the draft.
    """

    rows: list[Row]
    ready: Readiness
    agreed: int
    figures: list[str]
    later: int


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
        _later(report, sections, minute),
    )


def _later(report: Report, sections: Mapping[tuple[str, str], Section], now: datetime) -> int:
    """In one language: what has come is the same in each."""
    language = LANGUAGES[0]
    material = gather(report, figures_of(report.programme, now), now)
    fresh, known = drafts(material, (language,)), known_figures(report)
    known |= known_themes(report, sections.values())
    with translation.override(language):
        return sum(
            lines_since(section.text, fresh.get((part, spoken_in), ""), known)
            for (part, spoken_in), section in sections.items()
            if spoken_in == language
        )
