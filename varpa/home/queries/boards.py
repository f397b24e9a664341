"""The programme board as its page shows it: each activity with its state in words."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from varpa.evaluation.queries import ROLES, Cell, Row
from varpa.evaluation.words import without
from varpa.methodology import Counted
from varpa.programmes.models import Programme
from varpa.programmes.queries import methodology_of

# How each state is drawn (ui's `state` tag), and what it is called.
STATES: dict[str, tuple[str, Any]] = {
    "done": ("done", gettext_lazy("Done")),
    "late": ("late", gettext_lazy("Late")),
    "open": ("going", gettext_lazy("In progress")),
    "not_yet": ("ahead", gettext_lazy("Not yet")),
}


@dataclass(frozen=True)
class ShownCell:
    """One activity: `evidence` is "7 of 12" or "", `counts` whether a bar shows it too."""

    cell: Cell
    name: str
    url: str
    drawn: str
    word: str
    evidence: str
    counts: bool


@dataclass(frozen=True)
class ShownRow:
    """One period: its cells by the name of the role; `now` where today is within it."""

    row: Row
    roles: list[tuple[str, list[ShownCell]]]
    now: bool


def shown(programme: Programme, rows: list[Row], today: date) -> list[ShownRow]:
    """The rows of the board in the reader's language."""
    names = {role.key: str(role.name) for role in methodology_of(programme).roles}
    return [
        ShownRow(
            row,
            [
                (names[role], [_shown(programme, cell) for cell in cells])
                for role, cells in zip(ROLES, row.cells, strict=True)
            ],
            row.window.starts <= today <= row.window.ends,
        )
        for row in rows
    ]


def _shown(programme: Programme, cell: Cell) -> ShownCell:
    drawn, word = STATES[cell.state]
    begun = cell.activity.of != Counted.PROGRAMME and cell.state != "not_yet"
    return ShownCell(
        cell=cell,
        name=str(cell.activity.name),
        url=reverse("evaluation:activity", args=[programme.ref, cell.activity.key]),
        drawn=drawn,
        word=str(word),
        evidence=_how_far(cell) if begun else "",
        counts=begun and cell.of > 0 and cell.state != "done",
    )


def _how_far(cell: Cell) -> str:
    """How many have done it, and how many pairs have said why it did not happen."""
    far = _("%(done)s of %(of)s") % {"done": cell.done, "of": cell.of}
    return f"{far}, {without(cell.excused)}" if cell.excused else far
