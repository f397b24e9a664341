"""Who of a pair wants no words of the other for now: what the other does still reaches them, its words wait.

Messaging knows it and stands above; the house wires it, so that every room in which words stand beside
something that was done may ask. The words are kept: their writer reads them, the other does once messages may
come again, and staff only by an opening with a reason (product §2).
"""

from collections.abc import Callable, Collection
from typing import Final

from django.utils.translation import gettext as _

from varpa.pairs.models import Pair
from varpa.pairs.queries import other_side

Known = Callable[[Pair], Collection[str]]

_known: Final[list[Known]] = []


def ask(known: Known) -> None:
    """Let `known` say which sides of a pair want no words now."""
    if known not in _known:
        _known.append(known)


def wants_quiet(pair: Pair, side: str) -> bool:
    """Whether one side wants no words of the other now."""
    return any(side in known(pair) for known in _known)


def passed(words: str, pair: Pair, *, by: str, to: str) -> str:
    """The words of one side as a side reads them: "" while it wants none of the other's.

    `by` is "" where nobody knows any more whose they are: then they count as the other's.
    """
    return "" if words and by != to and wants_quiet(pair, to) else words


def not_passed(pair: Pair, writer: str) -> str:
    """What whoever writes is told where the words will not pass; "" where they will."""
    side = other_side(writer)
    if not wants_quiet(pair, side):
        return ""
    told = _(
        "%(name)s wants no messages for now. What is done is told, the words wait until messages may come "
        "again. The project manager knows and can help."
    )
    return told % {"name": pair.member(side).person.first_name}
