"""How a contradiction in a methodology is told, and the ones that may stand anywhere: what is there twice."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from varpa.methodology.reader import Place


class Fault(NamedTuple):
    """A contradiction: where it stands in the folder, what it is, and the other places that it rests on.

    `lacks`: the file in which something was not found; it may stand there in a line that cannot be read.
    """

    file: str
    place: Place
    words: str
    rests_on: tuple[Place, ...] = ()
    lacks: str = ""


def again(file: str, place: Place, words: tuple[str, ...]) -> Iterator[Fault]:
    """Words that a list says twice."""
    for word in dict.fromkeys(word for at, word in enumerate(words) if word in words[:at]):
        yield Fault(file, place, f"“{word}” is there twice")


def keyed(things: Any, place: Place) -> list[tuple[str, Place]]:
    """The keys of a list of things, each with its place."""
    if not isinstance(things, tuple):
        return []
    return [(thing.key, (*place, at, "key")) for at, thing in enumerate(things)]


def twice(file: str, *keys: tuple[str, Place]) -> Iterable[Fault]:
    """Keys that two things share."""
    seen: set[str] = set()
    for key, place in keys:
        if key in seen:
            yield Fault(file, place, f"the key “{key}” is there twice")
        if key:
            seen.add(key)
