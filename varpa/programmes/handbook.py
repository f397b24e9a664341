"""The handbook: how one finds one's way as a manager, a mentor or a mentee; docs/handbook, a page each.

A line that ends in `<!-- visit -->` is shown where the methodology of the programme has a visit; a heading so
marked, with everything under it. Of several words one is enough.
"""

import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from varpa.kernel.text import LANGUAGES
from varpa.methodology.marks import KindAct
from varpa.methodology.model import Methodology

FOLDER: Final = Path(__file__).resolve().parent.parent.parent / "docs" / "handbook"
PARTS: Final[dict[str, Any]] = {
    "mentee": _("Handbook for mentees"),
    "mentor": _("Handbook for mentors"),
    "manager": _("Handbook for managers"),
}
MARK: Final = re.compile(r" *<!-- ([a-z_ ]+) -->$")
HAS: Final[dict[str, Callable[[Methodology], bool]]] = {
    "business_plan": lambda methodology: bool(methodology.business_plan),
    "company_profile": lambda methodology: bool(methodology.company_profile),
    "presentation": lambda methodology: bool(methodology.presentation),
    "defence": Methodology.has_defence,
    "visit": lambda methodology: methodology.has_kind(KindAct.VISIT),
    "role_swap": lambda methodology: methodology.has_kind(KindAct.ROLE_SWAP),
    "training": lambda methodology: bool(methodology.training),
    "lessons": lambda methodology: bool(methodology.lessons),
}
"""By the word of a mark whether a methodology has it."""


def parts() -> list[tuple[str, Any]]:
    """(key, name) of each part that lies beside this program; () where docs were left out of it."""
    return [(key, name) for key, name in PARTS.items() if _text(key, LANGUAGES[0])]


def text_of(key: str, language: str, methodology: Methodology) -> str:
    """A part without its heading, as Markdown, as far as the methodology has it; "" where there is none."""
    found = _text(key, language if language in LANGUAGES else LANGUAGES[-1])
    return "\n".join(_shown(found.splitlines()[1:], methodology)).strip()


def _shown(lines: list[str], methodology: Methodology) -> Iterator[str]:
    section = True
    for line in lines:
        mark = MARK.search(line)
        has = not mark or any(HAS[word](methodology) for word in mark[1].split())
        if line.startswith("## "):
            section = has
        if section and has:
            yield line[: mark.start()] if mark else line


@cache
def _text(key: str, language: str) -> str:
    path = FOLDER / language / f"{key}.md"
    return path.read_text(encoding="utf-8") if key in PARTS and path.is_file() else ""
