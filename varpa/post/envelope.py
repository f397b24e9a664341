"""To whom a letter goes, and what may lie beside it."""

from dataclasses import dataclass
from datetime import date
from email.utils import parseaddr

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac

# "~" needs no escaping in an address and never occurs in the signed text.
_signer = signing.Signer(salt="varpa.post.stop", sep="~")


@dataclass(frozen=True)
class Recipient:
    """A reader: `language` lv, lt or en, `zone` such as Europe/Riga.

    `person_id` is None where there is no account. `adult` chooses between Jūs and tu. An empty `address`
    (a person on paper) gets no letters. Until `young_until` (the day of coming of age) the hours of the night
    are quiet unless the person says otherwise. `through`: what one hears by as one of it, such as a pair.
    """

    person_id: int | None
    name: str
    address: str
    language: str
    zone: str
    adult: bool
    young_until: date | None = None
    through: str = ""


@dataclass(frozen=True)
class CalendarPart:
    """An iTIP message made by `post.calendar`; `method` is REQUEST, PUBLISH, CANCEL or DECLINECOUNTER."""

    method: str
    text: str


@dataclass(frozen=True)
class Stop:
    """What a link to stop letters says: whose, of which kind, and in which language to answer."""

    person_id: int
    kind: str
    language: str


def absolute(link: str) -> str:
    """A link as it must stand in a letter; paths are completed with the address of the house."""
    return f"{settings.SITE_URL}{link}" if link.startswith("/") else link


def stop_link(stop: Stop) -> str:
    """The signed link that stops one kind of letters for a person; needs no sign-in, never expires."""
    signed = _signer.sign_object([stop.person_id, stop.kind, stop.language])
    # Letters are also written where the whole house is not wired, so the room's own addresses are asked.
    return absolute(reverse("stop", args=[signed], urlconf="varpa.post.urls"))


def read_stop(signed: str) -> Stop | None:
    """What a signed link says; None where it is broken or forged."""
    try:
        person_id, kind, language = _signer.unsign_object(signed)
    except (signing.BadSignature, ValueError):
        return None
    return Stop(person_id, kind, language)


def address_of_house() -> tuple[str, str]:
    """Name and address from which the house writes."""
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return name or settings.PRODUCT_NAME, address


def message_id(ref: str) -> str:
    """The Message-ID of a letter: the same however often it is sent."""
    domain = address_of_house()[1].rpartition("@")[2] or "localhost"
    return f"<{ref}@{domain}>"


def reads_mail() -> bool:
    """Whether answers by mail are read here: letters say so, and bear an address for it."""
    return bool(settings.REPLY_ADDRESS or settings.IMAP_URL)


def reply_address(ref: str) -> str:
    """The address to which a letter is answered: signed for this letter, so for its reader alone.

    Empty where no address of one's own takes answers (VARPA_REPLY).
    """
    local, at, domain = settings.REPLY_ADDRESS.rpartition("@")
    return f"{local}+{ref}.{_seal(ref)}{at}{domain}" if at else ""


def read_reply_address(address: str) -> str:
    """The letter whose signed address this is, by its reference; "" where it is none, or forged."""
    local, _at, domain = settings.REPLY_ADDRESS.lower().rpartition("@")
    given, _at, to = address.lower().rpartition("@")
    # Some mail programs quote what stands before the at.
    name, _plus, key = given.strip('"').partition("+")
    ref, _dot, seal = key.partition(".")
    if not domain or (name, to) != (local, domain) or not constant_time_compare(seal, _seal(ref)):
        return ""
    return ref


def _seal(ref: str) -> str:
    return salted_hmac("varpa.post.reply", ref, algorithm="sha256").hexdigest()[:20]


def organizer() -> tuple[str, str]:
    """Who invites: calendar programs send their yes and no there, so it is an address whose mail is read."""
    name, address = address_of_house()
    return name, settings.REPLY_ADDRESS or address
