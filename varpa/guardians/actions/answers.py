"""What a guardian says through the link, without an account: permits, does not, takes back."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from varpa.guardians import letters
from varpa.guardians.actions.guardians import record_of
from varpa.guardians.actions.notices import digest_of_notice, version_read
from varpa.guardians.models import Guardian, GuardianAnswer, GuardianLink
from varpa.guardians.notice import text_of
from varpa.guardians.queries.guardians import answers_of, asked_kinds, is_open, said_no
from varpa.guardians.queries.notices import notices_of
from varpa.history.models import Channel
from varpa.kernel.refusals import Refusal
from varpa.people.models import Language
from varpa.programmes.actions.permissions import record_permission, withdraw_permission
from varpa.programmes.models import Membership, NoticeVersion, PermissionKind
from varpa.programmes.queries import has_permission, is_grown, today_of


class LinkIsOver(Refusal):
    sentence = _("This link no longer opens anything. Ask for a new letter.")


class NoticeChanged(Refusal):
    sentence = _(
        "What you read before answering has changed meanwhile. Look at it once more, then save; what you "
        "marked is still marked."
    )


class NotAskedNow(Refusal):
    sentence = _("Nothing has to be permitted any more. A permission that stands can be withdrawn.")


@transaction.atomic
def answer(
    *, link: GuardianLink, answers: Mapping[str, bool], now: datetime, language: str = "", digest: str = ""
) -> list[str]:
    """Permit things, each on its own, or not: {kind: yes}. What is not answered stays; answers what changed.

    A no takes back what stands, whoever gave it; a yes counts once no other guardian says no. The notice was
    read in `language`, "" is the guardian's, and `digest` tells which words of it. Raises LinkIsOver,
    NotAskedNow for a yes where nobody has to permit anything, and NoticeChanged for one to other words.
    """
    guardian = link.guardian
    # Two guardians answering at once: one after the other, so that each knows what the other has said.
    held = Membership.objects.select_for_update(of=("self",)).select_related("programme", "person")
    membership = held.get(pk=guardian.membership_id)
    if not is_open(link, now):
        raise LinkIsOver()
    asked, known = asked_kinds(membership, now), answers_of(guardian)
    grown = is_grown(membership, today_of(membership.programme, now))
    read = _read(guardian, membership, language, digest, now) if any(answers.values()) else None
    changed = []
    for kind in PermissionKind.values:
        if kind not in answers:
            continue
        # Who is of age decides alone; where all is over, taking back is still possible.
        if kind not in asked and (answers[kind] or grown):
            raise NotAskedNow()
        if _say(guardian, membership, kind, answers[kind], known.get(kind), read, now):
            changed.append(kind)
    letters.end_if_answered(membership, now=now)
    return changed


def _read(
    guardian: Guardian, membership: Membership, language: str, digest: str, now: datetime
) -> NoticeVersion:
    programme, own = membership.programme, notices_of(membership)
    if language not in Language.values and language not in own:
        language = guardian.language
    text = text_of(programme, own.get(language), language)
    if digest and digest != digest_of_notice(text):
        raise NoticeChanged()
    return version_read(programme=programme, language=language, text=text, now=now)


def _say(
    guardian: Guardian,
    membership: Membership,
    kind: str,
    yes: bool,
    before: bool | None,
    read: NoticeVersion | None,
    now: datetime,
) -> bool:
    stands = has_permission(membership, kind)
    if before is yes and stands is yes:
        return False
    if before is not yes:
        notice = read if yes else None
        GuardianAnswer.objects.create(guardian=guardian, kind=kind, given=yes, notice=notice, at=now)
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
    given = record_permission(guardian=guardian.name, channel=Channel.WEB, notice=read, **about)
    return given or before is not yes
