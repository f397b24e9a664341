"""The photographs of a profile: which of them may be seen today, and by whom."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db.models import QuerySet

from varpa.pairs.models import Pair, Side
from varpa.profiles.models import Photograph, Profile
from varpa.profiles.queries import Row
from varpa.programmes.pictures import may_be_seen
from varpa.programmes.queries import may_be_pictured, today_of

Photographs = Mapping[str, list[Photograph]]


def may_show_mentee(pair: Pair, now: datetime) -> bool:
    """Whether a photograph may show the mentee recognisably: of age, or with a guardian's permission."""
    return may_be_pictured(pair.mentee, today_of(pair.programme, now))


def is_of_side(photograph: Photograph, side: str) -> bool:
    """Whether it stands by the consent of one side, who may take it back even after the pair's end.

    That of the face that can be recognised; the mentor's for the firm, of which every photograph is.
    """
    return side == Side.MENTOR or photograph.shows_mentee


def photographs_of(profile: Profile) -> QuerySet[Photograph]:
    """What the two see, in its order. A permission taken back hides a photograph at once."""
    seen = may_be_seen(profile.pair.mentee, face="shows_mentee")
    standing = profile.photographs.filter(seen, withdrawn_at=None)
    return standing.select_related("file").prefetch_related("words")


def by_part(photographs: Iterable[Photograph]) -> dict[str, list[Photograph]]:
    """The photographs of each part, by its key."""
    found: dict[str, list[Photograph]] = {}
    for each in photographs:
        found.setdefault(each.part, []).append(each)
    return found


def public(rows: Iterable[Row], photographs: Iterable[Photograph]) -> dict[str, list[Photograph]]:
    """Those that stand in a published profile: in a public part, and with the firm's word."""
    shown = {row.part.key for row in rows if row.is_public}
    return by_part(each for each in photographs if each.part in shown and each.is_approved)


def waiting(photographs: Photographs) -> set[str]:
    """The keys of the parts in which a photograph waits for the firm's word."""
    return {key for key, shown in photographs.items() if any(not each.is_approved for each in shown)}
