"""How somebody takes part, in words: what was said when applying, in a list, or changed since."""

import hashlib
from typing import Any, Final, NamedTuple

from django.utils.functional import Promise

from varpa.applications.columns import COLUMNS, Names
from varpa.applications.queries.people import PersonLine
from varpa.applications.queries.rosters import own_questions
from varpa.applications.rosters.told import COLUMNS as CALLED
from varpa.kernel.text import TranslatedText
from varpa.programmes.models import Membership, Participation

SHORT: Final = ("languages", "interests", "region", "travel", "times", "capacity")
OWN_WORDS: Final = ("wishes", "experience", "expectations")

CHANGED_BY_STAFF: Final = ("capacity", "languages", "interests", "region", "travel_km", "availability")
"""What staff may put right; whatever somebody wrote in own words stays theirs."""


class Said(NamedTuple):
    """One thing with its name; `own` where a person wrote it."""

    label: str | Promise | TranslatedText
    text: str
    own: bool = False


def said_of(membership: Membership) -> list[Said]:
    """What a member who was read with `participation` has said; blanks are left out."""
    part: Participation | None = getattr(membership, "participation", None)
    if part is None:
        return []
    line, names = PersonLine(membership), Names({}, [])
    short = [Said(COLUMNS[key].head, str(COLUMNS[key].read(line, names) or "")) for key in SHORT]
    words = [Said(CALLED[name], getattr(part, name), own=True) for name in OWN_WORDS]
    asked = [
        Said(each.text, part.answers.get(each.key, ""), own=True)
        for each in own_questions(membership.programme)
    ]
    return [each for each in (*short, *words, *asked) if each.text]


def standing(membership: Membership) -> dict[str, Any]:
    """What staff may change, as it stands: {field of Participation: value}."""
    part: Participation = getattr(membership, "participation", None) or Participation()
    return {name: getattr(part, name) for name in CHANGED_BY_STAFF}


def mark_of(membership: Membership) -> str:
    """The mark of what staff may change: another one where somebody has changed it since."""
    return hashlib.sha256(repr(sorted(standing(membership).items())).encode()).hexdigest()[:16]
