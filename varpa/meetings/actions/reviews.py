"""After a meeting: each their own review, and what was promised (R5)."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from varpa.history.actions import record
from varpa.history.models import Channel
from varpa.kernel.merging import Conflict, save_text
from varpa.kernel.once import SentAlready, make_once
from varpa.kernel.refusals import Refusal
from varpa.kernel.states import AlreadyMoved, move
from varpa.meetings.actions.facts import settle_kind
from varpa.meetings.actions.hours import enter_meeting
from varpa.meetings.actions.lengths import WrongLength
from varpa.meetings.actions.meetings import (
    NotYet,
    plan_meeting,
    read_anew,
    require_free,
)
from varpa.meetings.letters import meetings as letters
from varpa.meetings.letters import promises as promise_letters
from varpa.meetings.models import LONGEST, Meeting, MeetingState, Promise, PromiseState, Review
from varpa.meetings.permitted import require_permitted
from varpa.pairs.actions.due import require_likely
from varpa.pairs.actions.pairs import hold, require_active, require_not_ended, require_side
from varpa.pairs.actions.past import require_lately, require_together
from varpa.pairs.models import Pair
from varpa.people.models import Person


class EmptyPromise(Refusal):
    sentence = _("Write the promise in a few words.")


class NotYours(Refusal):
    """Only the one who promised writes it down and marks it (principle 3)."""

    sentence = _("Only the one who made a promise can change it.")


class Given(NamedTuple):
    """A promise as its maker writes it in the review; `ref` is the form's, so that two clicks make one."""

    text: str
    due: date | None = None
    ref: str = ""


@transaction.atomic
def review_meeting(
    *,
    meeting: Meeting,
    by: Person,
    now: datetime,
    minutes: int | None,
    text: str = "",
    how_it_went: str = "",
    results: str = "",
    progress: str = "",
    shared: bool = False,
    promises: Sequence[Given] = (),
    revision: int = 0,
    channel: str = Channel.WEB,
) -> Review:
    """Write one side's own "after"; the first review with a length says that the meeting was held.

    `minutes` enter the ledger: the same length from the other confirms it, another length objects to it.
    Raises merging.Conflict where the same side saved it meanwhile, and PairHasEnded where words that stand
    would be changed after the end: for thirty days what took place before is written down for the first time.
    """
    hold(meeting.pair)
    side = require_side(meeting.pair, by)
    read_anew(meeting)
    if meeting.starts_at > now:
        raise NotYet()
    if meeting.state == MeetingState.CANCELLED:
        raise AlreadyMoved()
    if minutes is not None and not 1 <= minutes <= LONGEST:
        raise WrongLength()
    if meeting.state != MeetingState.HELD:
        require_permitted(meeting, now)
    review, made = Review.objects.get_or_create(meeting=meeting, side=side, defaults={"at": now})
    texts = {"text": text, "how_it_went": how_it_went, "results": results, "progress": progress}
    stripped = {name: value.strip() for name, value in texts.items()}
    other = {} if review.shared == shared else {"shared": shared}
    _require_writable(meeting.pair, now, anew=not made and _says_more(review, stripped, shared), made=made)
    changed = save_text(review, revision=revision, texts=stripped, **other)
    if changed:
        Review.objects.filter(pk=review.pk).update(saved_at=now)
    held = minutes is not None and say_held(meeting, now)
    if minutes is not None:
        enter_meeting(meeting=meeting, side=side, minutes=minutes, by=by, now=now, channel=channel)
    for given in _unwritten(meeting.pair, promises):
        make_promise(pair=meeting.pair, meeting=meeting, by=by, now=now, **given._asdict())
    if made or changed or held:
        _record("meeting.review", meeting, meeting.pair, now=now, by=by, channel=channel, side=side)
        letters.end_reminders(meeting, now=now, side=side)
    return review


@transaction.atomic
def log_meeting(
    *,
    pair: Pair,
    kind: str,
    means: str,
    starts_local: datetime,
    zone: str,
    minutes: int,
    text: str,
    by: Person,
    now: datetime,
    place: str = "",
    country: str = "",
    ref: str = "",
) -> Meeting:
    """Write down a meeting that nobody had planned: that it took place, how long, and a word on it."""
    meeting = plan_meeting(
        pair=pair,
        kind=kind,
        means=means,
        starts_local=starts_local,
        zone=zone,
        minutes=minutes,
        place=place,
        country=country,
        ref=ref,
        past=True,
        by=by,
        now=now,
    )
    try:
        review_meeting(meeting=meeting, by=by, now=now, minutes=minutes, text=text)
    except Conflict as conflict:
        raise SentAlready(ref) from conflict
    return meeting


@transaction.atomic
def make_promise(
    *,
    pair: Pair,
    text: str,
    due: date | None,
    by: Person,
    now: datetime,
    ref: str = "",
    meeting: Meeting | None = None,
) -> Promise:
    """Write down what one promises oneself to do. Raises UnlikelyDay."""
    require_active(pair, now)
    side = require_side(pair, by)
    if not text.strip():
        raise EmptyPromise()
    fields = {"meeting": meeting, "side": side, "text": text.strip(), "due": due, "at": now}
    promise, made = make_once(Promise, ref=ref, pair=pair, fields=fields)
    if made:
        require_likely(pair, due, now)
        _record("promise.make", promise, pair, now=now, by=by)
    return promise


@transaction.atomic
def take_promise_step(
    *, promise: Promise, step: str, by: Person, now: datetime, channel: str = Channel.WEB
) -> None:
    """Keep, reopen or withdraw one's own promise. Raises AlreadyMoved, PairHasEnded."""
    _own(promise, by)
    move(promise, step, kept_at=now if step == "keep" else None)
    _record(f"promise.{step}", promise, promise.pair, now=now, by=by, channel=channel)
    promise_letters.end_promise_reminder(promise, now=now)


@transaction.atomic
def move_promise(*, promise: Promise, due: date | None, by: Person, now: datetime) -> None:
    """Choose another day for one's own open promise; the reminder of the old day ends."""
    _own(promise, by)
    if promise.due == due:
        return
    require_likely(promise.pair, due, now)
    open_ones = Promise.objects.filter(pk=promise.pk, state=PromiseState.OPEN)
    if not open_ones.update(due=due):
        raise AlreadyMoved()
    promise.due = due
    _record("promise.move", promise, promise.pair, now=now, by=by)
    promise_letters.end_promise_reminder(promise, now=now)


def _own(promise: Promise, by: Person) -> None:
    if promise.side != require_side(promise.pair, by):
        raise NotYours()
    require_not_ended(promise.pair)


def _require_writable(pair: Pair, now: datetime, *, anew: bool, made: bool) -> None:
    """Once the pair has ended: a review is made for a while, and none is written `anew`."""
    if made:
        require_lately(pair, now)
    if anew:
        require_not_ended(pair)


def _says_more(review: Review, texts: Mapping[str, str], shared: bool) -> bool:
    """Whether other words are to stand there, or more is to be shown: sharing alone can be taken back."""
    return shared > review.shared or any(getattr(review, name) != text for name, text in texts.items())


def _unwritten(pair: Pair, promises: Sequence[Given]) -> list[Given]:
    """Without those that this form has made before, whatever has become of them since."""
    refs = [given.ref for given in promises if given.ref]
    known = set(Promise.objects.filter(pair=pair, ref__in=refs).values_list("ref", "text")) if refs else set()
    return [given for given in promises if (given.ref, given.text.strip()) not in known]


def say_held(meeting: Meeting, now: datetime) -> bool:
    """It took place: whether that is new. Before the pair's end, and in no pause (R1). The pair is held."""
    if meeting.state == MeetingState.HELD:
        return False
    require_together(meeting.pair, meeting.starts_at, now)
    require_free(meeting.pair, meeting.starts_at, meeting.minutes, but=meeting)
    require_permitted(meeting, now)
    move(meeting, "hold", missed_by="", reason="", reason_by="", settled_at=now)
    settle_kind(meeting, now)
    return True


def _record(
    verb: str,
    thing: Meeting | Promise,
    pair: Pair,
    *,
    now: datetime,
    by: Person,
    channel: str = Channel.WEB,
    **details: str | int | None,
) -> None:
    ref = pair.programme.ref
    record(verb, thing, now=now, by=by, channel=channel, programme_ref=ref, details=details)
