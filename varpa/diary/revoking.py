"""The link by which a mentor who has left hands the diary over: taken back, and mailed anew (R3)."""

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from varpa.diary import letters
from varpa.diary.actions import OFFERED
from varpa.diary.models import Diary, DiaryState
from varpa.history.actions import record
from varpa.kernel.refusals import Refusal
from varpa.people.models import Person


class NoLinkNow(Refusal):
    sentence = _("There is no link now: it is there after the end of a pair, until the diary is handed over.")


@transaction.atomic
def revoke_link(*, diary: Diary, number: int, by: Person, now: datetime) -> None:
    """No link that was mailed so far opens the diary any more; the mentor still hands it over signed in.

    `number`: that of the link which the page showed; of two clicks the first one takes it back. Raises
    NoLinkNow.
    """
    _require_link(diary, now)
    _taken_back(diary, number, by, now)


@transaction.atomic
def send_link_anew(*, diary: Diary, number: int, by: Person, now: datetime) -> None:
    """Mail the mentor a new link; those before it no longer open. Raises NoLinkNow."""
    ended_at = _require_link(diary, now)
    if _taken_back(diary, number, by, now):
        until = ended_at + OFFERED
        letters.offer_link(diary, until=until, now=now, once=f"{letters.left_key(diary)}:{diary.link_number}")


def has_link(diary: Diary | None, now: datetime) -> bool:
    """Whether this diary may be handed over by a link now."""
    ended_at = diary.pair.ended_at if diary else None
    return bool(
        diary and ended_at and diary.state == DiaryState.OPEN and ended_at <= now < ended_at + OFFERED
    )


def _require_link(diary: Diary, now: datetime) -> datetime:
    ended_at = diary.pair.ended_at
    if ended_at is None or not has_link(diary, now):
        raise NoLinkNow()
    return ended_at


def _taken_back(diary: Diary, number: int, by: Person, now: datetime) -> bool:
    standing = Diary.objects.filter(pk=diary.pk, state=DiaryState.OPEN, link_number=number)
    if not standing.update(link_number=F("link_number") + 1):
        return False
    diary.refresh_from_db(fields=["link_number"])
    letters.end_offer(diary, now=now)
    record("diary.revoke_link", diary, now=now, by=by, programme_ref=diary.pair.programme.ref)
    return True
