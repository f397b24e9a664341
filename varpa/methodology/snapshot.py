"""A methodology as JSON: the snapshot that a programme keeps, so that it never changes under it."""

import json
from dataclasses import fields, is_dataclass
from enum import StrEnum
from hashlib import sha256
from typing import Any, get_args, get_origin

from varpa.methodology.builder import hints_of
from varpa.methodology.model import Methodology


def to_json(methodology: Methodology) -> dict[str, Any]:
    """The methodology as plain JSON data; `from_json` gives back an equal one."""
    said = plain(methodology)
    assert isinstance(said, dict)
    return said


def from_json(data: dict[str, Any]) -> Methodology:
    """A methodology from the data of `to_json`; TypeError where it is something else.

    What a snapshot of an earlier version does not have yet takes its default.
    """
    methodology = built(Methodology, data)
    assert isinstance(methodology, Methodology)
    return methodology


def digest(methodology: Methodology) -> str:
    """Equal for equal methodologies, different for different ones: 64 hexadecimal digits."""
    text = json.dumps(to_json(methodology), ensure_ascii=False, sort_keys=True)
    return sha256(text.encode()).hexdigest()


def plain(value: Any) -> Any:
    """A part of a methodology as plain JSON data."""
    if is_dataclass(value):
        return {part.name: plain(getattr(value, part.name)) for part in fields(value)}
    if isinstance(value, tuple):
        return [plain(one) for one in value]
    return str(value) if isinstance(value, StrEnum) else value


def built(hint: Any, value: Any) -> Any:
    """A part of a methodology, of the type `hint`, from the data of `plain`."""
    if get_origin(hint) is tuple:
        return tuple(built(get_args(hint)[0], one) for one in value)
    if is_dataclass(hint) and isinstance(hint, type):
        hints = hints_of(hint)
        return hint(**{name: built(hints[name], value[name]) for name in hints if name in value})
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return hint(value)
    return value
