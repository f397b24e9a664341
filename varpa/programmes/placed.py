"""Kept pictures as documents place them."""

from typing import Final

from varpa.documents.shapes import PlacedPicture
from varpa.files import pictures
from varpa.files.models import File
from varpa.files.queries import bytes_of

WIDEST, HIGHEST = 150, 100
"""Millimetres on a page."""
NARROWEST: Final = 10


def placed(file: File, about: str, *, widest: int = WIDEST, highest: int = HIGHEST) -> PlacedPicture | None:
    """A picture with its words; None where its bytes are gone: the rest is still to be read."""
    found = bytes_of(file)
    if found is None:
        return None
    small, ratio = pictures.for_paper(found)
    wide = max(NARROWEST, min(widest, int(highest * ratio)))
    return {"content": small, "about": about, "wide": wide}
