"""After a meeting: each their own review, and what was promised (R5)."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from varpa.history.actions import record
from varpa.kernel.merging import save_text
from varpa.kernel.refs import new_ref
from varpa.kernel.refusals import Refusal
from varpa.kernel.states import AlreadyMoved, move
from varpa.meetings import letters
from varpa.meetings.actions.hours import enter_meeting
from varpa.meetings.actions.meetings import LONGEST, NotYet, WrongLength, settle_kind
from varpa.meetings.models import Meeting, MeetingState, Promise, Review
from varpa.pairs.actions.pairs import require_side
from varpa.pairs.models import Pair
from varpa.people.models import Person


class EmptyPromise(Refusal):
    sentence = _("Write the promise in a few words.")


class NotYours(Refusal):
    """Only the one who promised writes it down and marks it (principle 3)."""

    sentence = _("Only the one who made a promise can change it.")


class Given(NamedTuple):
    """A promise as its maker writes it in the review."""

    text: str
    due: date | None = None


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
) -> Review:
    """Write one side's own "after"; the first review with a length says that the meeting was held.

    `minutes` enter the ledger: the same length from the other confirms it, another length objects to it.
    Raises merging.Conflict where the same side saved it meanwhile.
    """
    side = require_side(meeting.pair, by)
    if meeting.starts_at > now:
        raise NotYet()
    if meeting.state == MeetingState.CANCELLED:
        raise AlreadyMoved()
    if minutes is not None and not 1 <= minutes <= LONGEST:
        raise WrongLength()
    if meeting.state != MeetingState.HELD:
        move(meeting, "hold", missed_by="", reason="", settled_at=now)
        settle_kind(meeting, now)
    review, _made = Review.objects.get_or_create(meeting=meeting, side=side, defaults={"at": now})
    texts = {"text": text, "how_it_went": how_it_went, "results": results, "progress": progress}
    stripped = {name: value.strip() for name, value in texts.items()}
    other = {} if review.shared == shared else {"shared": shared}
    save_text(review, revision=revision, texts=stripped, **other)
    if minutes is not None:
        enter_meeting(meeting=meeting, side=side, minutes=minutes, by=by, now=now)
    for given in promises:
        _promise(meeting.pair, meeting, side, given, new_ref(), by=by, now=now)
    record(
        "meeting.review",
        meeting,
        now=now,
        by=by,
        programme_ref=meeting.pair.programme.ref,
        details={"side": side},
    )
    letters.end_reminders(meeting, now=now, side=side)
    return review


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
    """Write down what one promises oneself to do."""
    if not text.strip():
        raise EmptyPromise()
    return _promise(pair, meeting, require_side(pair, by), Given(text, due), ref or new_ref(), by=by, now=now)


@transaction.atomic
def take_promise_step(*, promise: Promise, step: str, by: Person, now: datetime) -> None:
    """Keep, reopen or withdraw one's own promise. Raises AlreadyMoved."""
    if promise.side != require_side(promise.pair, by):
        raise NotYours()
    move(promise, step, kept_at=now if step == "keep" else None)
    record(f"promise.{step}", promise, now=now, by=by, programme_ref=promise.pair.programme.ref)
    letters.end_promise_reminder(promise, now=now)


def _promise(
    pair: Pair, meeting: Meeting | None, side: str, given: Given, ref: str, *, by: Person, now: datetime
) -> Promise:
    promise, made = Promise.objects.get_or_create(
        ref=ref,
        pair=pair,
        defaults={"meeting": meeting, "side": side, "text": given.text.strip(), "due": given.due, "at": now},
    )
    if made:
        record("promise.make", promise, now=now, by=by, programme_ref=pair.programme.ref)
    return promise
