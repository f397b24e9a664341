"""The shapes of documents that tell of a whole programme, chapter by chapter; as `shapes` are."""

from typing import TypedDict

from varpa.documents.blocks import Block
from varpa.documents.shapes import Letterhead


class Chapter(TypedDict):
    """A chapter in words; `spoken` is the language in which it could be written."""

    name: str
    spoken: str
    blocks: list[Block]


class Guidelines(TypedDict):
    """The mentoring guidelines of a programme (methodology §6, 6), one version of them."""

    letterhead: Letterhead
    version: str
    parts: list[Chapter]
