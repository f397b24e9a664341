"""The door when something goes wrong (R8), for guardians and schools: told by a link, read by a manager."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from varpa.guardians import letters
from varpa.guardians.actions.answers import LinkIsOver
from varpa.guardians.actions.guardians import free_ref, hold
from varpa.guardians.models import (
    Guardian,
    GuardianLink,
    SchoolContact,
    SchoolLink,
    Tells,
    Worry,
    WorryKind,
)
from varpa.guardians.queries.guardians import answers_to, is_open
from varpa.guardians.queries.schools import is_open as opens_school
from varpa.guardians.queries.schools import is_pupil
from varpa.history.actions import record
from varpa.history.models import Channel
from varpa.kernel.once import require_same
from varpa.kernel.refusals import Refusal
from varpa.people.models import Person
from varpa.programmes.models import Membership
from varpa.programmes.partners import outside_of

WORRIES_A_DAY = 10


class NoWords(Refusal):
    sentence = _("Write in a few words what worries you.")


class ToldOften(Refusal):
    sentence = _(
        "Much has been told today, and all of it has arrived. If it is urgent, call or write an e-mail."
    )


class NobodyElse(Refusal):
    sentence = _(
        "There is nobody here who could read this without being concerned, so it was sent to nobody. "
        "Outside of this programme: {contact}"
    )


class NotOfThisSchool(Refusal):
    sentence = _("Choose a pupil of the list.")


@transaction.atomic
def tell_worry(
    *,
    link: GuardianLink,
    text: str,
    now: datetime,
    ref: str = "",
    kind: str = WorryKind.SAFETY,
    to: str = Tells.MANAGER,
    confidential: bool = True,
) -> Worry:
    """A guardian tells whom they choose (`to`, one of Tells) of a worry; they get a letter at once.

    One `ref` is told once. Open as long as the link is, whatever became of the programme. Raises
    LinkIsOver, NoWords, ToldOften, NobodyElse, SentAlready.
    """
    said = {"text": text.strip(), "kind": kind, "to": to, "confidential": confidential}
    return _tell(link.guardian.membership, link.guardian, link, said, ref, now)


@transaction.atomic
def tell_of_pupil(
    *,
    link: SchoolLink,
    membership: Membership,
    text: str,
    now: datetime,
    ref: str = "",
    kind: str = WorryKind.SAFETY,
    to: str = Tells.MANAGER,
    confidential: bool = True,
) -> Worry:
    """A school tells of a worry about one of its pupils, as a guardian does. Raises NotOfThisSchool too."""
    if not is_pupil(link.contact, membership):
        raise NotOfThisSchool()
    said = {"text": text.strip(), "kind": kind, "to": to, "confidential": confidential}
    return _tell(membership, link.contact, link, said, ref, now)


def _tell(
    membership: Membership,
    teller: Guardian | SchoolContact,
    link: GuardianLink | SchoolLink,
    said: dict[str, Any],
    ref: str,
    now: datetime,
) -> Worry:
    # Held first: of two clicks at once the second waits here, and then finds what the first has told.
    hold(membership)
    known = teller.worries.filter(ref=ref).first() if ref else None
    if known:
        require_same(known, {**said, "membership": membership})
        return known
    if not (is_open(link, now) if isinstance(link, GuardianLink) else opens_school(link, now)):
        raise LinkIsOver()
    if not said["text"]:
        raise NoWords()
    if not answers_to(membership, said["to"]):
        raise NobodyElse(contact=outside_of(membership.programme))
    if teller.worries.filter(at__gt=now - timedelta(days=1)).count() >= WORRIES_A_DAY:
        raise ToldOften()
    given = {**said, "ref": free_ref(Worry, ref), "at": now}
    worry = teller.worries.create(membership=membership, **given)
    _record(worry, "worry.tell", by=None, now=now)
    letters.tell_worry(worry, now=now)
    return worry


@transaction.atomic
def read_worry(*, worry: Worry, by: Person, now: datetime) -> None:
    """A manager has read it; whoever told it is told so. Of two managers the first has."""
    if Worry.objects.filter(pk=worry.pk, read_at=None).update(read_at=now, read_by=by):
        worry.refresh_from_db(fields=["read_at", "read_by"])
        _record(worry, "worry.read", by=by, now=now)
        letters.tell_read(worry, now=now)


def _record(worry: Worry, verb: str, *, by: Person | None, now: datetime) -> None:
    whose = {"guardian" if worry.guardian else "contact": worry.teller.ref}
    # Of the mentee's page a manager reads every line: that something was told is not for all of them (R8).
    behalf, ref = worry.membership.person, worry.membership.programme.ref
    record(
        verb,
        worry,
        now=now,
        by=by,
        behalf=behalf,
        channel=Channel.WEB,
        programme_ref=ref,
        details=whose,
    )
