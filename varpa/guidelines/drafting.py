"""The first draft of a section: every sentence is a figure, a quotation with consent, or a marked gap."""

from collections.abc import Iterator, Sequence
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import override

from varpa.evaluation.queries import Cell
from varpa.guidelines.models import Recommendation, Says
from varpa.guidelines.outline import WHOLE, Step
from varpa.guidelines.queries import Figures, Tally
from varpa.kernel.text import LANGUAGES
from varpa.methodology import Counted, EvidenceKind
from varpa.programmes.models import Programme
from varpa.programmes.roles import role_name
from varpa.ui import words

MOST: Final = 5
"""So many quotations of a kind stand in a draft; the others are in the list beside the editor."""


def drafted(
    programme: Programme,
    step: Step,
    figures: Figures,
    cells: Sequence[Cell],
    tally: Tally | None,
    quotes: Sequence[Recommendation],
) -> dict[str, str]:
    """A section in each language, from the figures of a step and the recommendations on it."""
    texts = {}
    for language in LANGUAGES:
        with override(language):
            texts[language] = "\n\n".join(_blocks(programme, step, figures, cells, tally, quotes))
    return texts


def _blocks(
    programme: Programme,
    step: Step,
    figures: Figures,
    cells: Sequence[Cell],
    tally: Tally | None,
    quotes: Sequence[Recommendation],
) -> Iterator[str]:
    yield "### " + _("What the programme did")
    told = [each for each in cells if each.activity.evidence != EvidenceKind.GUIDELINES_PUBLISHED]
    rows = [*(_whole(figures) if step.key == WHOLE else ()), *(_counted(programme, each) for each in told)]
    yield "\n".join(f"- {row}" for row in rows) or gap(_("no figure belongs to this step"))
    yield "### " + _("What worked, and for whom")
    yield from _said(programme, Says.WORKED, tally, quotes)
    yield "### " + _("What to change")
    yield from _said(programme, Says.CHANGE, tally, quotes)


def _whole(figures: Figures) -> Iterator[str]:
    yield _("Pairs that began: %(count)s") % {"count": figures.pairs}
    yield _("Meetings held: %(count)s") % {"count": figures.meetings}
    yield _("Confirmed hours: %(hours)s") % {"hours": words.minutes(figures.minutes) or "0"}


def _counted(programme: Programme, cell: Cell) -> str:
    """Who did it, how many; whose evidence the guidelines themselves are is not told in them."""
    said = {"role": role_name(programme, cell.activity.role), "activity": cell.activity.name}
    counted = {"done": cell.done, "of": cell.of}
    if cell.activity.of != Counted.PROGRAMME:
        return _("%(role)s. %(activity)s: %(done)s of %(of)s") % {**said, **counted}
    done = _("%(role)s. %(activity)s: done") if cell.done else _("%(role)s. %(activity)s: not done")
    return done % said


def _said(
    programme: Programme, says: Says, tally: Tally | None, quotes: Sequence[Recommendation]
) -> Iterator[str]:
    by_role = tally.of(says) if tally else {}
    if not by_role:
        yield gap(
            _("nobody has said yet what worked here")
            if says == Says.WORKED
            else _("nobody has said yet what should change here")
        )
        return
    told = ", ".join(f"{role_name(programme, role)} – {count}" for role, count in by_role.items())
    yield _("Recommendations: %(count)s (%(roles)s)") % {"count": sum(by_role.values()), "roles": told}
    found = [each for each in quotes if each.says == says]
    for each in found[:MOST]:
        yield f"[[{each.ref}]]"


def gap(what: str) -> str:
    """A place that somebody is to fill."""
    return f"*[{what}]*"
