"""The first draft of a section: every sentence is a figure, a quotation with consent, or a marked gap."""

from collections.abc import Iterator, Sequence
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import override

from varpa.guidelines.counting import DAY, Lines
from varpa.guidelines.models import Recommendation, Says
from varpa.guidelines.queries import Tally
from varpa.kernel.text import LANGUAGES
from varpa.programmes.models import Programme
from varpa.programmes.roles import role_name

MOST: Final = 5
"""So many quotations of a kind stand in a draft; the others are in the list beside the editor."""


def drafted(
    programme: Programme,
    lines: Lines,
    tally: Tally | None,
    quotes: Sequence[Recommendation],
) -> dict[str, str]:
    """A section in each language, from the figures of a step and the recommendations on it."""
    texts = {}
    for language in LANGUAGES:
        with override(language):
            texts[language] = "\n\n".join(_blocks(programme, lines[language], tally, quotes))
    return texts


def _blocks(
    programme: Programme, lines: dict[str, str], tally: Tally | None, quotes: Sequence[Recommendation]
) -> Iterator[str]:
    yield "### " + _("What the programme did")
    if lines:
        yield lines[DAY]
    rows = [line for key, line in lines.items() if key != DAY]
    yield "\n".join(f"- {row}" for row in rows) or gap(_("no figure belongs to this step"))
    yield "### " + _("What worked, and for whom")
    yield from _said(programme, Says.WORKED, tally, quotes)
    yield "### " + _("What to change")
    yield from _said(programme, Says.CHANGE, tally, quotes)


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
