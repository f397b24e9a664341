"""What other rooms evaluate: surveys (R10), report, guidelines. Each is added once its room keeps it."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy

from varpa.dossier.papers.pieces import Paper, Piece
from varpa.dossier.reach import Reach


def _none(_reach: Reach) -> Iterator[Piece]:
    """Nothing of this kind is kept yet: the index says so."""
    return iter(())


SURVEYS = Paper(
    key="surveys",
    name=gettext_lazy("Surveys with their codebook"),
    shows=gettext_lazy(
        "Each closed survey: how many were asked, how many answered, results with response rate."
    ),
    leaves_out=gettext_lazy("Single answers; figures of fewer than five; open answers of fewer than ten."),
    why=gettext_lazy("An answer never shows a person."),
    write=_none,
)
REPORT = Paper(
    key="report",
    name=gettext_lazy("Evaluation report"),
    shows=gettext_lazy("Each published version, in its languages."),
    leaves_out=gettext_lazy("Drafts and comments."),
    why=gettext_lazy("What is not published is still being worked out."),
    write=_none,
)
GUIDELINES = Paper(
    key="guidelines",
    name=gettext_lazy("Mentoring guidelines"),
    shows=gettext_lazy("Each published version, in its languages."),
    leaves_out=gettext_lazy("Recommendations that were collected and not taken up, and whose they are."),
    why=gettext_lazy("Only what its authors let be published leaves the programme."),
    write=_none,
)
