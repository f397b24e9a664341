"""The link by which a mentor who has left hands the diary over: taken back, and mailed anew (R3)."""

from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from varpa.diary import letters
from varpa.diary.models import Diary, DiaryState
from varpa.diary.queries import OFFERED
from varpa.history.actions import record
from varpa.history.queries import lines_of
from varpa.kernel.pace import DAY, require_pace
from varpa.kernel.refusals import Refusal
from varpa.people.models import Person

A_DAY: Final = 10
"""Links of one diary that are taken back within a day before no new one is mailed."""


class NoLinkNow(Refusal):
    sentence = _("There is no link now: it is there after the end of a pair, until the diary is handed over.")


class TakenBackAlready(Refusal):
    sentence = _("The link that this page showed was taken back already. Nothing was changed now.")


@transaction.atomic
def revoke_link(*, diary: Diary, number: int, by: Person, now: datetime) -> None:
    """No link that was mailed so far opens the diary any more; the mentor still hands it over signed in.

    `number`: that of the link which the page showed; of two clicks the first one takes it back. Raises
    NoLinkNow, TakenBackAlready.
    """
    _require_link(diary, now)
    _take_back(diary, number, by, now)


@transaction.atomic
def send_link_anew(*, diary: Diary, number: int, by: Person, now: datetime) -> None:
    """Mail the mentor a new link; those before it no longer open.

    Raises NoLinkNow, TakenBackAlready, TooMuchAtOnce.
    """
    ended_at = _require_link(diary, now)
    require_pace(lines_of(diary).filter(verb="diary.revoke_link"), most=A_DAY, within=DAY, now=now)
    _take_back(diary, number, by, now)
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


def _take_back(diary: Diary, number: int, by: Person, now: datetime) -> None:
    standing = Diary.objects.filter(pk=diary.pk, state=DiaryState.OPEN, link_number=number)
    if not standing.update(link_number=F("link_number") + 1):
        raise TakenBackAlready()
    diary.refresh_from_db(fields=["link_number"])
    letters.end_offer(diary, now=now)
    record("diary.revoke_link", diary, now=now, by=by, programme_ref=diary.pair.programme.ref)
