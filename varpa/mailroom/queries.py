"""Reading the mail that found no place, and who its writer is to the house."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import OuterRef, QuerySet, Subquery

from varpa.people.models import Person
from varpa.people.queries import recipient
from varpa.post.envelope import Recipient
from varpa.post.models import Inbound, InboundState, Why
from varpa.programmes.access import LIVE
from varpa.programmes.models import Membership, Programme, Role

ONCE_IN = timedelta(days=1)


def programme_of(person: int | None) -> str:
    """The programme whose manager sees to a person's mail, by its reference: the newest; "" where none."""
    own = Membership.objects.filter(person=person, state__in=LIVE).order_by("-programme__starts", "-pk")
    return own.values_list("programme__ref", flat=True).first() or "" if person else ""


def reader_of(person: Person | None, inbound: Inbound | None = None) -> Recipient:
    """The writer of a mail as a reader of ours: a mentee is addressed with tu. A stranger has no account."""
    if person is None:
        letter = inbound.letter if inbound else None
        language = letter.language if letter else "en"
        address = inbound.sender if inbound else ""
        return Recipient(None, "", address, language, "Europe/Riga", adult=True)
    learns = Membership.objects.filter(person=person, role=Role.MENTEE, state__in=LIVE).exists()
    return recipient(person, adult=not learns)


def wrote_lately(inbound: Inbound, now: datetime) -> bool:
    """Whether another mail of the same address was shown to a person within a day."""
    shown = (InboundState.NO_PLACE, InboundState.SETTLED)
    others = Inbound.objects.filter(sender=inbound.sender, state__in=shown, came_at__gt=now - ONCE_IN)
    return others.exclude(pk=inbound.pk).exists()


def waiting_in(programme: Programme) -> QuerySet[Inbound]:
    """What found no place, of the people of a programme: the newest first, without the mails themselves."""
    return waiting().filter(programme_ref=programme.ref)


def waiting_elsewhere() -> QuerySet[Inbound]:
    """What found no place and is of nobody whom a programme knows."""
    return waiting().filter(programme_ref="")


@dataclass(frozen=True)
class Shown:
    """A mail with who wrote it, where that is known; `private`: its words are shown to nobody."""

    mail: Inbound
    person: Person | None

    @property
    def private(self) -> bool:
        return self.mail.why == Why.OTHER_ADDRESS

    @property
    def subject(self) -> str:
        """Its subject, which may be that of a conversation of a pair: shown only where its words are."""
        return "" if self.mail.why in (Why.OTHER_ADDRESS, Why.FAILED) else self.mail.subject


def shown(mails: Iterable[Inbound]) -> list[Shown]:
    """Mails with their writers, in one query. Whose address it only claims to answer for is not named."""
    listed = list(mails)
    known = Person.objects.in_bulk([each.person for each in listed if each.person])
    own = [each.person if each.why != Why.OTHER_ADDRESS else None for each in listed]
    return [Shown(each, known.get(key or 0)) for each, key in zip(listed, own, strict=True)]


def with_programme(mails: QuerySet[Inbound]) -> QuerySet[Inbound]:
    """Mails with the key of the programme that they are of, as `programme`."""
    of = Programme.objects.filter(ref=OuterRef("programme_ref")).order_by()
    return mails.annotate(programme=Subquery(of.values("pk")))


def waiting() -> QuerySet[Inbound]:
    """What found no place: the newest first, without the mails themselves."""
    return Inbound.objects.filter(state=InboundState.NO_PLACE).defer("raw").order_by("-pk")
