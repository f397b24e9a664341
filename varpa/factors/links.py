"""The link by which a new address is proved: signed, for one person, until an hour, and good once."""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.core import signing
from django.urls import reverse

# "~" needs no escaping in an address and never occurs in the signed text.
_signer = signing.Signer(salt="varpa.factors.address", sep="~")


@dataclass(frozen=True)
class Link:
    """Whose address becomes which, from which, until when.

    `ended`: how often the person's sessions had ended when it was written. To change an address or to sign
    out elsewhere ends them once more, and with that whatever link is still under way.
    """

    person: str
    address: str
    was: str
    ended: int
    until: datetime


def address_of(link: Link) -> str:
    """The address that stands in the letter: whoever holds it reads the new mailbox."""
    said = [link.person, link.address, link.was, link.ended, int(link.until.timestamp())]
    # Letters are also written where the whole house is not wired, so the room's own addresses are asked.
    return reverse("prove_address", args=[_signer.sign_object(said)], urlconf="varpa.factors.urls")


def read(signed: str) -> Link | None:
    """What a signed link says, also after its time; None where it is broken or forged."""
    try:
        person, address, was, ended, until = _signer.unsign_object(signed)
    except (signing.BadSignature, ValueError):
        return None
    return Link(person, address, was, ended, datetime.fromtimestamp(until, UTC))
