"""The kinds of documents of a dossier, in their order: a room's new kind is one line here.

Each says of itself who and what appears, what is left out and why: the page, the index of the archive and
docs/dossier.md show these words, so that a kind without a rule of redaction cannot be added.
"""

from typing import Final

from varpa.dossier.papers.defence import CERTIFICATES, DEFENCE
from varpa.dossier.papers.deliverables import DELIVERABLES
from varpa.dossier.papers.evaluated import GUIDELINES, REPORT
from varpa.dossier.papers.events import EVENTS
from varpa.dossier.papers.frame import FRAME
from varpa.dossier.papers.history import HISTORY
from varpa.dossier.papers.pairs import AGREEMENTS, DIARIES, HOURS
from varpa.dossier.papers.people import PEOPLE, PERMISSIONS
from varpa.dossier.papers.pieces import Paper
from varpa.dossier.papers.publicity import PUBLICITY
from varpa.dossier.papers.surveys import SURVEYS
from varpa.programmes.models import Programme
from varpa.programmes.queries import methodology_of

PAPERS: Final[tuple[Paper, ...]] = (
    FRAME,
    PEOPLE,
    PERMISSIONS,
    EVENTS,
    HOURS,
    AGREEMENTS,
    DELIVERABLES,
    DIARIES,
    DEFENCE,
    CERTIFICATES,
    SURVEYS,
    REPORT,
    GUIDELINES,
    PUBLICITY,
    HISTORY,
)


def papers_of(programme: Programme) -> list[Paper]:
    """The kinds that the methodology of a programme asks for."""
    methodology = methodology_of(programme)
    return [paper for paper in PAPERS if paper.belongs(methodology)]
