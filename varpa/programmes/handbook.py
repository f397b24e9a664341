"""The handbook: how one finds one's way as a manager, a mentor or a mentee; docs/handbook, a page each."""

from functools import cache
from pathlib import Path
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from varpa.kernel.text import LANGUAGES

FOLDER: Final = Path(__file__).resolve().parent.parent.parent / "docs" / "handbook"
PARTS: Final[dict[str, Any]] = {
    "mentee": _("Handbook for mentees"),
    "mentor": _("Handbook for mentors"),
    "manager": _("Handbook for managers"),
}


def parts() -> list[tuple[str, Any]]:
    """(key, name) of each part that lies beside this program; () where docs were left out of it."""
    return [(key, name) for key, name in PARTS.items() if _text(key, LANGUAGES[0])]


def text_of(key: str, language: str) -> str:
    """A part without its heading, as Markdown; "" where there is none."""
    found = _text(key, language if language in LANGUAGES else LANGUAGES[-1])
    return found.partition("\n")[2].strip()


@cache
def _text(key: str, language: str) -> str:
    path = FOLDER / language / f"{key}.md"
    return path.read_text(encoding="utf-8") if key in PARTS and path.is_file() else ""
