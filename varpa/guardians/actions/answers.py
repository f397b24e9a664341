"""What a guardian says through the link, without an account: permits, does not, takes back, is worried."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from varpa.guardians import letters
from varpa.guardians.actions.guardians import free_ref, record_of
from varpa.guardians.models import Guardian, GuardianAnswer, GuardianLink, Worry
from varpa.guardians.queries.guardians import answers_of, asked_kinds, is_open, said_no
from varpa.history.models import Channel
from varpa.kernel.refusals import Refusal
from varpa.people.models import Person
from varpa.programmes.actions.permissions import record_permission, withdraw_permission
from varpa.programmes.models import Membership, PermissionKind
from varpa.programmes.queries import has_permission, is_grown, today_of

WORRIES_A_DAY = 10


class LinkIsOver(Refusal):
    sentence = _("This link no longer opens anything. Ask for a new letter.")


class NotAskedNow(Refusal):
    sentence = _("Nothing has to be permitted any more. A permission that stands can be withdrawn.")


class NoWords(Refusal):
    sentence = _("Write in a few words what worries you.")


class ToldOften(Refusal):
    sentence = _(
        "Much has been told today, and all of it has arrived. If it is urgent, call or write an e-mail."
    )


@transaction.atomic
def answer(*, link: GuardianLink, answers: Mapping[str, bool], now: datetime) -> list[str]:
    """Permit things, each on its own, or not: {kind: yes}. What is not answered stays; answers what changed.

    A no takes back what stands, whoever gave it; a yes counts once no other guardian says no. Raises
    LinkIsOver, and NotAskedNow for a yes where nobody has to permit anything.
    """
    guardian = link.guardian
    # Two guardians answering at once: one after the other, so that each knows what the other has said.
    held = Membership.objects.select_for_update().select_related("programme", "person")
    membership = held.get(pk=guardian.membership_id)
    if not is_open(link, now):
        raise LinkIsOver()
    asked, known = asked_kinds(membership, now), answers_of(guardian)
    grown = is_grown(membership, today_of(membership.programme, now))
    changed = []
    for kind in PermissionKind.values:
        if kind not in answers:
            continue
        # Who is of age decides alone; where all is over, taking back is still possible.
        if kind not in asked and (answers[kind] or grown):
            raise NotAskedNow()
        if _say(guardian, membership, kind, answers[kind], known.get(kind), now):
            changed.append(kind)
    letters.end_if_answered(membership, now=now)
    return changed


def _say(
    guardian: Guardian, membership: Membership, kind: str, yes: bool, before: bool | None, now: datetime
) -> bool:
    stands = has_permission(membership, kind)
    if before is yes and stands is yes:
        return False
    if before is not yes:
        GuardianAnswer.objects.create(guardian=guardian, kind=kind, given=yes, at=now)
    about: dict[str, Any] = {
        "membership": membership,
        "kind": kind,
        "by": None,
        "now": now,
        "guardian_ref": guardian.ref,
    }
    if not yes:
        if not withdraw_permission(**about):
            record_of(guardian, "permission.refuse", by=None, now=now, kind=kind)
        return True
    if any(kind in refused for refused in said_no(membership).values()):
        if before is not yes:
            record_of(guardian, "permission.agree", by=None, now=now, kind=kind)
        return before is not yes
    return record_permission(guardian=guardian.name, channel=Channel.WEB, **about) or before is not yes


@transaction.atomic
def tell_worry(*, link: GuardianLink, text: str, now: datetime, ref: str = "") -> Worry:
    """Tell those who run the programme of a worry; they get a letter at once. One `ref` is told once.

    Open as long as the link is, whatever became of the programme. Raises LinkIsOver, NoWords, ToldOften.
    """
    guardian = link.guardian
    # Held first: of two clicks at once the second waits here, and then finds what the first has told.
    Membership.objects.select_for_update().get(pk=guardian.membership_id)
    known = Worry.objects.filter(ref=ref, guardian=guardian).first() if ref else None
    if known:
        return known
    if not is_open(link, now):
        raise LinkIsOver()
    if not text.strip():
        raise NoWords()
    lately = Worry.objects.filter(guardian=guardian, at__gt=now - timedelta(days=1))
    if lately.count() >= WORRIES_A_DAY:
        raise ToldOften()
    given = {"ref": free_ref(Worry, ref), "text": text.strip(), "at": now}
    worry = Worry.objects.create(guardian=guardian, **given)
    record_of(guardian, "worry.tell", by=None, now=now)
    letters.tell_worry(worry, now=now)
    return worry


@transaction.atomic
def read_worry(*, worry: Worry, by: Person, now: datetime) -> None:
    """A manager has read it; the guardian is told so. Of two managers the first has."""
    if Worry.objects.filter(pk=worry.pk, read_at=None).update(read_at=now, read_by=by):
        worry.refresh_from_db(fields=["read_at", "read_by"])
        record_of(worry.guardian, "worry.read", by=by, now=now)
        letters.tell_read(worry, now=now)
