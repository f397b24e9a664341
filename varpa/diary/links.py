"""The link by which a mentor who has left hands the diary over: signed, for one diary, until a day (R3)."""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.core import signing
from django.urls import reverse

# "~" needs no escaping in an address and never occurs in the signed text.
_signer = signing.Signer(salt="varpa.diary.handover", sep="~")


@dataclass(frozen=True)
class Link:
    """What a link says: which diary, whose it is to hand over, until when, and which of its links it is."""

    diary: str
    person_id: int
    until: datetime
    number: int = 0


def address(link: Link) -> str:
    """The address that stands in the letter: whoever holds it reads and hands over this diary."""
    said = [link.diary, link.person_id, int(link.until.timestamp()), link.number]
    # Letters are also written where the whole house is not wired, so the room's own addresses are asked.
    return reverse("handover_by_link", args=[_signer.sign_object(said)], urlconf="varpa.diary.urls")


def read(signed: str) -> Link | None:
    """What a signed link says, also after its time; None where it is broken or forged."""
    try:
        # Links of earlier versions say no number: each was the first of its diary.
        diary, person_id, until, *rest = _signer.unsign_object(signed)
    except (signing.BadSignature, ValueError):
        return None
    return Link(diary, person_id, datetime.fromtimestamp(until, UTC), *rest[:1])
