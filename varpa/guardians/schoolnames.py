"""One school, however its pupils write it."""

import re
from typing import Final

from varpa.kernel.text import folded

_SIGNS: Final = re.compile(r"[\W_]+")
_SCHOOLS: Final = re.compile(r"skol|gimnaz|licej|mokykl|tehnik|koledz|kolegij|centr|school|college")


def school_name(place: str) -> str:
    """A place without the class or year behind its first comma: "Ogres tehnikums, 2. kurss".

    A town before the comma, or a school behind it ("Rīga, 5. vidusskola"), is part of the name: one school's
    contact must never see the pupils of another.
    """
    head, _comma, rest = place.strip().partition(",")
    named = len(_plain(head).split()) > 1 and not _SCHOOLS.search(folded(rest))
    return head.strip() if named else place.strip()


def school_key(place: str) -> str:
    """How a school is compared: its name without case, marks and signs; "" where none is said."""
    return _plain(school_name(place))


def _plain(place: str) -> str:
    return _SIGNS.sub(" ", folded(place)).strip()
