"""What goes into the index of a dossier, as shapes.py says it of the other documents."""

from typing import TypedDict

from varpa.documents.shapes import AmountTable, Letterhead


class DossierPaper(TypedDict):
    """One kind of document in a dossier: who and what appears, what is left out and why.

    `folder` is empty, and `files` 0, where there is none.
    """

    name: str
    folder: str
    files: int
    shows: str
    leaves_out: str
    why: str


class DossierIndex(TypedDict):
    """The index of a dossier; `totals` have a cell for the period and one since the beginning."""

    letterhead: Letterhead
    facts: list[tuple[str, str]]
    totals: AmountTable
    papers: list[DossierPaper]
    checking: list[str]
