"""Closing a pair: reviewing the results, excusing what did not happen, ending (methodology §4, R3)."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from varpa.closing import letters
from varpa.closing.models import Certificate, Excuse, LookBack
from varpa.closing.queries import nothing_missing, read_at_the_end, still_ahead, were_together
from varpa.history.actions import record
from varpa.history.models import Channel
from varpa.kernel.merging import Conflict, save_text
from varpa.kernel.refusals import Refusal
from varpa.meetings.actions.hours import SILENCE
from varpa.methodology import Fact
from varpa.pairs.actions.pairs import (
    NotActive,
    complete_pair,
    hold,
    require_active,
    require_readable,
    require_side,
    resting,
    settle_fact,
)
from varpa.pairs.models import OPEN, Pair, PairState, Pause, Side
from varpa.pairs.parting import words_until
from varpa.pairs.queries import other_side
from varpa.pairs.quiet import stopped, wants_quiet
from varpa.people.models import Person
from varpa.programmes.actions.memberships import complete_member
from varpa.programmes.models import Membership
from varpa.programmes.queries import methodology_of


class NothingWritten(Refusal):
    sentence = _("Nothing is written yet. One sentence is enough.")


class ReasonMissing(Refusal):
    sentence = _("The reason is missing. A few words are enough.")


class UnknownRequirement(Refusal):
    sentence = _("This is not on the list of the programme.")


class ReasonChanged(Refusal):
    sentence = _("Another reason stands there now. Read it first.")


class StillMissing(Refusal):
    sentence = _("Something on the list is still open: it has to happen, or both of you say that it did not.")


@transaction.atomic
def look_back(
    *,
    pair: Pair,
    text: str,
    stay_in_touch: bool = False,
    revision: int,
    by: Person,
    now: datetime,
    contact: str = "",
    thanks: str = "",
) -> LookBack:
    """One side reviews the results; with both reviews the closing review has happened.

    `thanks` go to the other with it. `contact` is what the other may keep to reach this side, once both have
    said that they stay in touch. Once the pair has ended early these are closing words: `text` and `thanks`.
    Raises merging.Conflict (R13).
    """
    parting = _is_parting(pair, now)
    side = require_side(pair, by)
    if not text.strip():
        raise NothingWritten()
    written, made = LookBack.objects.get_or_create(pair=pair, side=side, defaults={"text": "", "at": now})
    asked = {} if parting else {"wants_to_stay_in_touch": stay_in_touch, "contact": contact.strip()}
    other = {name: value for name, value in asked.items() if getattr(written, name) != value}
    texts = {"text": text.strip(), "thanks": thanks.strip()}
    if save_text(written, revision=revision, texts=texts, **other):
        LookBack.objects.filter(pk=written.pk).update(at=now)
        record(
            "pair.look_back", pair, now=now, by=by, programme_ref=pair.programme.ref, details={"side": side}
        )
    both = LookBack.objects.filter(pair=pair).count() == 2
    if not parting:
        settle_fact(pair=pair, fact=Fact.CLOSING_REVIEW, holds=both, now=now)
    elif both and made and not wants_quiet(pair, other_side(side)):
        letters.tell_words(pair, other_side(side), now=now)
    return written


def _is_parting(pair: Pair, now: datetime) -> bool:
    """Whether the pair has ended early and its closing words are still open; else it has to be active."""
    hold(pair)
    until = words_until(pair)
    if pair.state != PairState.ENDED or until is None or until <= now:
        require_active(pair, now)
        return False
    require_readable(pair, now)
    return True


@transaction.atomic
def take_contact_back(*, pair: Pair, by: Person, now: datetime) -> None:
    """Take back that one stays in touch, and where one may be reached; also after the end. Twice is once.

    Staying in touch is both's wish: from then on neither reads how to reach the other, who is told.
    """
    side = require_side(pair, by)
    hold(pair)
    standing = Q(wants_to_stay_in_touch=True) | ~Q(contact="")
    own = LookBack.objects.filter(standing, pair=pair, side=side)
    if not own.update(contact="", wants_to_stay_in_touch=False):
        return
    details = {"side": side}
    record("pair.contact_back", pair, now=now, by=by, programme_ref=pair.programme.ref, details=details)
    if Pair.objects.filter(pk=pair.pk, stays_in_touch=True).update(stays_in_touch=False):
        pair.stays_in_touch = False
        LookBack.objects.filter(pair=pair, side=side).update(apart_at=now)
        letters.tell_apart(pair, side, now=now)


@transaction.atomic
def excuse(
    *, pair: Pair, requirement: str, reason: str, by: Person, now: datetime, instead_of: str = ""
) -> Excuse:
    """Answer a requirement by "did not happen, because …" (R3); `instead_of` is the reason that stood there.

    It counts once the other says so too: by `agree_excuse`, by an own reason, or by keeping silent.
    Raises merging.Conflict where the other of the two wrote one meanwhile (R13).
    """
    side = require_side(pair, by)
    require_active(pair, now)
    if requirement not in {each.key for each in methodology_of(pair.programme).requirements}:
        raise UnknownRequirement()
    if not reason.strip():
        raise ReasonMissing()
    given: dict[str, Any] = {"reason": reason.strip(), "by": by, "at": now}
    standing = Excuse.objects.filter(withdrawn_at=None)
    written, made = standing.get_or_create(pair=pair, requirement=requirement, defaults=given)
    if not made and not _replaced(written, instead_of, given):
        return written
    _record("excuse", pair, requirement, by=by, now=now)
    if written.agreed_at is None:
        letters.ask_whether_so(pair, other_side(side), now=now)
    return written


def _replaced(written: Excuse, instead_of: str, given: dict[str, Any]) -> bool:
    """Whether another reason took the place of the one there; one of the other counts at once."""
    both = written.by_id != given["by"].pk
    if written.reason == given["reason"] and (not both or written.agreed_at):
        return False
    given["agreed_at"] = given["at"] if both else None
    same = Excuse.objects.filter(pk=written.pk, reason=instead_of, withdrawn_at=None)
    if not same.update(**given):
        texts = {"stored": {"reason": written.reason}, "given": {"reason": given["reason"]}}
        raise Conflict(revision=0, **texts)
    written.reason, written.agreed_at = given["reason"], given["agreed_at"]
    return True


@transaction.atomic
def agree_excuse(*, pair: Pair, requirement: str, reason: str, by: Person, now: datetime) -> None:
    """The other says so too; `reason` is the one that was read. Twice is once. Raises ReasonChanged."""
    require_side(pair, by)
    require_active(pair, now)
    standing = Excuse.objects.filter(pair=pair, requirement=requirement, reason=reason, withdrawn_at=None)
    if standing.filter(agreed_at=None).exclude(by=by).update(agreed_at=now):
        _record("agree_excuse", pair, requirement, by=by, now=now)
    elif not standing.filter(agreed_at__isnull=False).exists():
        raise ReasonChanged()


def agree_silently(now: datetime, limit: int = 200) -> int:
    """For the schedule: what one said counts after 14 days without a word of the other, as hours do (R2).

    Never that the two did not look back: that nobody did is said by both. The days of a pause, and words
    that the other does not get, are no silence. Answers how many.
    """
    rested = Pause.objects.filter(Q(ended_at=None) | Q(ended_at__gt=now - SILENCE))
    due = Excuse.objects.filter(withdrawn_at=None, agreed_at=None, at__lte=now - SILENCE)
    going = due.filter(pair__state=PairState.ACTIVE).exclude(pair__in=rested.values("pair")).order_by("pk")
    return sum(_agreed_silently(each, now) for each in going[:limit])


@transaction.atomic
def _agreed_silently(said: Excuse, now: datetime) -> bool:
    pair = read_at_the_end(Pair.objects.filter(pk=said.pair_id)).get()
    hold(pair)
    asked = [each for each in still_ahead(pair) if each.requirement.key == said.requirement and each.asks]
    if pair.state != PairState.ACTIVE or not asked or stopped(pair, asked[0].asks):
        return False
    if asked[0].requirement.fact == Fact.CLOSING_REVIEW or not asked[0].missing:
        return False
    same = Excuse.objects.filter(pk=said.pk, at=said.at, agreed_at=None, withdrawn_at=None)
    if same.update(agreed_at=now):
        _record("agree_excuse", pair, said.requirement, by=None, now=now)
    return True


def _record(verb: str, pair: Pair, requirement: str, *, by: Person | None, now: datetime) -> None:
    how, ref = Channel.WEB if by else Channel.SYSTEM, pair.programme.ref
    details = {"requirement": requirement}
    record(f"pair.{verb}", pair, now=now, by=by, channel=how, programme_ref=ref, details=details)


@transaction.atomic
def withdraw_excuse(*, pair: Pair, requirement: str, by: Person, now: datetime) -> None:
    """It happened after all, or may still happen; the reason is kept and shown nowhere. Twice is once."""
    require_side(pair, by)
    require_active(pair, now)
    standing = Excuse.objects.filter(pair=pair, requirement=requirement, withdrawn_at=None)
    if standing.update(withdrawn_at=now, withdrawn_by=by):
        _record("withdraw_excuse", pair, requirement, by=by, now=now)


@transaction.atomic
def end_cooperation(*, pair: Pair, by: Person, now: datetime) -> None:
    """End a pair that has gone the whole way: either of the two, once nothing is missing.

    The other is told, and the manager. Each of the two has a certificate from then on, where they have met
    or worked together at all.
    """
    require_side(pair, by)
    hold(pair)
    if pair.state == PairState.PAUSED:
        raise resting(pair) or NotActive()
    ahead = still_ahead(pair)
    if not nothing_missing(ahead):
        raise StillMissing()
    wishes = LookBack.objects.filter(pair=pair, wants_to_stay_in_touch=True).count()
    complete_pair(pair=pair, by=by, now=now, stays_in_touch=wishes == 2)
    letters.tell_staff(pair, [each.name for each in ahead if each.happened_at is None], now=now)
    if were_together(pair):
        Certificate.objects.bulk_create(Certificate(pair=pair, side=side, at=now) for side in Side.values)
    for membership in (pair.mentor, pair.mentee):
        # A mentor of several mentees has gone the whole way with the last of them.
        if not _goes_on(membership):
            complete_member(membership=membership, by=by, now=now)


def _goes_on(membership: Membership) -> bool:
    """Whether a member is in another pair that has not ended."""
    own = Q(mentor=membership) | Q(mentee=membership)
    return Pair.objects.filter(own, state__in=OPEN).exists()
