"""One stylesheet for every page: the sheets of ui/css in their order, gathered into `ui/css/varpa.css`.

Twenty-five short sheets are easy to read and dear to fetch: on a slow phone each is a journey of its own.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage, Storage

SHEETS = (
    *("tokens", "base", "layout", "bar", "tabs", "button", "field", "fold", "state", "notice", "next"),
    *("ear", "path", "list", "saved", "remark", "table", "empty", "dialog", "room", "board", "diary"),
    *("plan", "door", "print"),
)
NAME = "ui/css/varpa.css"
PLACE = Path(__file__).parent / "static" / "ui" / "css"


def gathered() -> str:
    """All sheets one after the other; what stands later wins."""
    return "\n".join((PLACE / f"{name}.css").read_text(encoding="utf-8") for name in SHEETS)


class GatheredStyles(BaseFinder):
    """Hands the gathered sheet to `collectstatic`, so that no built file lies among the sources."""

    def check(self, **_options: Any) -> list[Any]:
        return []

    def find(self, *_path: Any, **options: Any) -> Any:
        """Nothing: it lies in no folder; the server hands out what was collected."""
        return [] if options.get("find_all") else None

    def list(self, _ignored: Iterable[str] | None) -> Iterator[tuple[str, Storage]]:
        """The one file, in memory."""
        storage = InMemoryStorage()
        storage.save(NAME, ContentFile(gathered().encode()))
        yield NAME, storage
