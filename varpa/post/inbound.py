"""Mail that comes: kept whole before anybody says that it has arrived, so that none is lost."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, QuerySet

from varpa.post import envelope
from varpa.post.models import Inbound, InboundState, Letter, LetterState
from varpa.post.parsing import Mail, message_id, says

LARGEST = 25 * 1024 * 1024
"""Bytes of a mail that is kept; of a larger one only its beginning, to tell its writer."""
BEGINNING = 64 * 1024
RAW_KEPT = timedelta(days=30)
TEXT_KEPT = timedelta(days=180)


def keep(raw: bytes, now: datetime, *, size: int | None = None) -> Inbound:
    """Keep a mail that has come; one that came before is answered as it is. `size` where `raw` is less.

    Some programs give two mails one Message-ID: one that says something else is another mail.
    """
    whole = (size or len(raw)) <= LARGEST
    key = message_id(raw)
    known = Inbound.objects.filter(message_id=key).first()
    if known and whole and _is_another(known, raw):
        key = f"<{says(raw)}@again>"
        known = Inbound.objects.filter(message_id=key).first()
    if known:
        return known
    inbound = Inbound(message_id=key, came_at=now, next_try_at=now, size=size or len(raw), whole=whole)
    inbound.raw = raw if whole else raw[:BEGINNING]
    try:
        with transaction.atomic():
            inbound.save(force_insert=True)
    except IntegrityError:
        # Another worker has just kept one of that key: it is compared like any other.
        return keep(raw, now, size=size)
    return inbound


def _is_another(known: Inbound, raw: bytes) -> bool:
    """Whether a mail says something else than the one kept, as long as that is there to be compared."""
    first = bytes(known.raw)
    return bool(first) and known.whole and first != raw and says(first) != says(raw)


def letter_of(mail: Mail) -> tuple[Letter | None, bool]:
    """The letter that a mail answers, and whether it came by the address that only its reader has."""
    for address in mail.to:
        ref = envelope.read_reply_address(address)
        found = Letter.objects.filter(ref=ref).first() if ref else None
        if found:
            return found, True
    by_id = {letter.message_id: letter for letter in Letter.objects.filter(message_id__in=mail.answers)}
    nearest = next((by_id[key] for key in mail.answers if key in by_id), None)
    return nearest, False


def give_back(message_id: str, code: str) -> Letter | None:
    """A letter did not arrive: its address is undeliverable. None where it is no letter of ours."""
    letter = Letter.objects.filter(message_id=message_id).first() if message_id else None
    if letter:
        rule = Letter.STEPS["bounce"]
        Letter.objects.filter(pk=letter.pk, state__in=rule.sources).update(
            state=rule.target, error=f"bounced {code}"[:60]
        )
    return letter


def undelivered() -> QuerySet[Letter]:
    """Letters that could not be delivered, to addresses to which none has gone since."""
    since = Letter.objects.filter(
        to_address=OuterRef("to_address"), state=LetterState.SENT, not_before__gt=OuterRef("not_before")
    )
    return Letter.objects.filter(~Exists(since), state=LetterState.FAILED).order_by()


def undeliverable(addresses: Collection[str]) -> set[str]:
    """Of these addresses those to which letters are not delivered."""
    return set(undelivered().filter(to_address__in=addresses).values_list("to_address", flat=True))


def purge_mail(now: datetime) -> int:
    """Empty what came more than 30 days ago; the words that a person had to read after 180 days."""
    done = Inbound.objects.exclude(state=InboundState.CAME)
    emptied = done.filter(came_at__lt=now - RAW_KEPT).exclude(raw=b"").update(raw=b"")
    old = done.filter(came_at__lt=now - TEXT_KEPT).exclude(text="", subject="", sender="")
    return emptied + old.update(text="", subject="", sender="")
