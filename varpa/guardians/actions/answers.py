"""What a guardian says through the link, without an account: permits, does not, takes back."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from varpa.guardians import letters
from varpa.guardians.actions.guardians import record_of
from varpa.guardians.models import Guardian, GuardianAnswer, GuardianLink
from varpa.guardians.queries.guardians import answers_of, asked_kinds, is_open, said_no
from varpa.history.models import Channel
from varpa.kernel.refusals import Refusal
from varpa.programmes.actions.permissions import record_permission, withdraw_permission
from varpa.programmes.models import Membership, PermissionKind
from varpa.programmes.queries import has_permission, is_grown, today_of


class LinkIsOver(Refusal):
    sentence = _("This link no longer opens anything. Ask for a new letter.")


class NotAskedNow(Refusal):
    sentence = _("Nothing has to be permitted any more. A permission that stands can be withdrawn.")


@transaction.atomic
def answer(*, link: GuardianLink, answers: Mapping[str, bool], now: datetime) -> list[str]:
    """Permit things, each on its own, or not: {kind: yes}. What is not answered stays; answers what changed.

    A no takes back what stands, whoever gave it; a yes counts once no other guardian says no. Raises
    LinkIsOver, and NotAskedNow for a yes where nobody has to permit anything.
    """
    guardian = link.guardian
    # Two guardians answering at once: one after the other, so that each knows what the other has said.
    held = Membership.objects.select_for_update(of=("self",)).select_related("programme", "person")
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
