"""Putting letters into the outbox, in the caller's transaction: the page never waits for the mail server.

No history is written here: post stands beside it, and the action that sends has a line of its own.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import CharField, Q, Value
from django.db.models.functions import Cast, Concat

from varpa.kernel.clock import zone_of
from varpa.kernel.refs import new_ref
from varpa.post import envelope, habits, queries, render, timing
from varpa.post.envelope import CalendarPart, Recipient
from varpa.post.kinds import LetterKind
from varpa.post.models import UNSENT, Letter, LetterState, Unsubscribed
from varpa.post.render import Line

__all__ = [
    "CLAIM_LASTS",
    "CalendarPart",
    "Recipient",
    "hold_back",
    "release",
    "resubscribe",
    "send",
    "unsubscribe",
    "withdraw",
    "withdraw_all_but",
    "withdraw_held",
    "withdraw_under",
]

CLAIM_LASTS = timedelta(minutes=5)
_ANEW: dict[str, Any] = {
    "state": LetterState.WITHDRAWN,
    "once": Concat("once", Value(":rested"), Cast("pk", CharField())),
}


def send(
    kind: LetterKind,
    *,
    to: Recipient,
    context: Mapping[str, object],
    link: str = "",
    about: str,
    once: str,
    now: datetime,
    not_before: datetime | None = None,
    hours: Collection[datetime | None] = (),
    ends: datetime | None = None,
    thread: str = "",
    calendar: CalendarPart | None = None,
    urgent: bool = False,
) -> Letter | None:
    """Write a letter into the outbox; it goes out after the caller's transaction, not before `not_before`.

    Unless `urgent` (or of a prompt kind) it also keeps to the reader's habits (`timing`).
    What tells of `hours`, such as those from and to which a meeting is moved, comes before the first of them.
    `once` says which letter this is: asked a second time, the first one is answered. Unsent at `ends`, a
    reminder is withdrawn. Letters of one `thread` (by default: what they are `about`, such as "meeting:abc")
    to one address keep their order. None where there is nothing to write: no address, a kind that the reader
    stopped, or an end that has passed.
    """
    if not to.address or (ends is not None and ends <= now):
        return None
    written = queries.written.first(once=once)
    if written is not None:
        return written
    if not kind.essential and to.person_id is not None and not queries.wants(to.person_id, kind.key):
        return None
    letter = _letter(kind, to, context, envelope.absolute(link), calendar, now)
    letter.about, letter.once, letter.thread, letter.through = about, once, thread or about, to.through
    letter.created_at, letter.ends_at, letter.due_at = now, ends, not_before or now
    letter.latest_at = timing.in_time(now, hours)
    letter.waits = to.person_id is not None and not (urgent or kind.prompt or timing.is_near(now, hours))
    habits.put_in_place(letter, queries.habit_of(to.person_id), letter.due_at)
    return _saved(letter)


def send_lines(kind: LetterKind, *, to: Recipient, lines: Sequence[Line], once: str, now: datetime) -> Letter:
    """Write a letter that tells of several things, a line each; it goes at once. Its hour was kept before."""
    context = {"count": len(lines)}
    letter = _letter(kind, to, context, envelope.absolute("/"), None, now, lines)
    letter.about = letter.once = letter.thread = once
    letter.created_at = letter.due_at = letter.not_before = letter.next_try_at = now
    letter.save(force_insert=True)
    return letter


def withdraw(
    *,
    about: str | Collection[str],
    now: datetime,
    kinds: Collection[LetterKind] | None = None,
    people: Collection[int] | None = None,
    anew: bool = False,
) -> int:
    """End the unsent letters about things (None: of all kinds, to everybody); answers how many.

    With `anew` their `once` keys are free again: their reason may come back, and then they are written anew.
    A letter that is being sent at this moment goes its way; one that was broken off does not go again.
    """
    letters = Letter.objects.filter(
        held_or_waiting(now), about__in=[about] if isinstance(about, str) else about
    )
    if kinds is not None:
        letters = letters.filter(kind__in=[kind.key for kind in kinds])
    if people is not None:
        letters = letters.filter(person__in=people)
    return letters.update(**_ANEW if anew else {"state": LetterState.WITHDRAWN})


def held_or_waiting(now: datetime) -> Q:
    """Letters that have not gone and are not being sent at this moment."""
    broken_off = Q(state=LetterState.SENDING, claimed_at__lte=now - CLAIM_LASTS)
    return Q(state__in=(LetterState.QUEUED, LetterState.HELD)) | broken_off


def hold_back(through: str, *, now: datetime) -> int:
    """Keep what waits to reach somebody through a thing that rests, until it is released; answers how many.

    What is written from then on goes: that the thing rests, and what is done meanwhile.
    """
    waiting = Letter.objects.filter(held_or_waiting(now), through=through).exclude(state=LetterState.HELD)
    return waiting.update(state=LetterState.HELD, push_at=None)


def release(through: str, *, now: datetime) -> int:
    """What was held goes, in the hours of its reader, unless its reason has ended meanwhile."""
    held = list(Letter.objects.filter(through=through, state=LetterState.HELD))
    known = queries.habits_of(letter.person for letter in held)
    for letter in held:
        habits.put_in_place(letter, known.get(letter.person), max(letter.due_at or now, now))
        Letter.objects.filter(pk=letter.pk, state=LetterState.HELD).update(
            state=LetterState.QUEUED,
            not_before=letter.not_before,
            next_try_at=letter.next_try_at,
            gathers=letter.gathers,
            push_at=letter.push_at,
        )
    return len(held)


def withdraw_held(through: str) -> int:
    """What was held never goes: the thing does not go on any more."""
    held = Letter.objects.filter(through=through, state=LetterState.HELD)
    return held.update(state=LetterState.WITHDRAWN)


def withdraw_under(thing: str, *, now: datetime) -> int:
    """End the unsent letters about what stands under a thing: under "active:abc" that is "active:abc:xyz"."""
    waiting = Letter.objects.filter(state__in=UNSENT)
    under = waiting.filter(about__startswith=f"{thing}:").order_by().values_list("about", flat=True)
    return withdraw(about=set(under), now=now)


def empty_sent(*, person_id: int, holding: str) -> int:
    """Take the words out of a person's letters that hold a link and wait no more; that they were sent stays.

    Those as well that told of several things at once.
    """
    written = Letter.objects.filter(person=person_id).exclude(state__in=UNSENT)
    held = written.filter(Q(text__contains=holding) | Q(html__contains=holding) | Q(link__contains=holding))
    return held.update(subject="", text="", html="", link="", brief="", calendar="", stop_link="")


def withdraw_all_but(due: Collection[str], *, kinds: Collection[LetterKind]) -> int:
    """End what waits of these kinds and is due no more, by its `once` key; it may come anew.

    A reminder that waits for its hour does not outlive its reason, such as an answer that was changed.
    """
    waiting = Letter.objects.filter(state=LetterState.QUEUED, kind__in=[kind.key for kind in kinds])
    ended = [key for key, once in waiting.values_list("pk", "once") if once not in due]
    return waiting.filter(pk__in=ended).update(**_ANEW) if ended else 0


def readdress(*, person_id: int, was: str, address: str) -> int:
    """Let what is still to be sent to a person's former address go to another; answers how many letters.

    What was written to yet another one, such as the word that it is in use no more, stays there.
    """
    unsent = Letter.objects.filter(person=person_id, state__in=UNSENT)
    return unsent.filter(to_address=was).update(to_address=address)


def unsubscribe(*, person_id: int, kind: str, now: datetime) -> None:
    """Send a person no more letters of a kind; those that wait are withdrawn when their hour comes."""
    standing = Unsubscribed.objects.filter(withdrawn_at=None)
    standing.get_or_create(person=person_id, kind=kind, defaults={"at": now})


def resubscribe(*, person_id: int, kind: str, now: datetime) -> None:
    """Send a person letters of a kind again."""
    standing = Unsubscribed.objects.filter(person=person_id, kind=kind, withdrawn_at=None)
    standing.update(withdrawn_at=now)


def _letter(
    kind: LetterKind,
    to: Recipient,
    context: Mapping[str, object],
    link: str,
    calendar: CalendarPart | None,
    now: datetime,
    lines: Sequence[Line] = (),
) -> Letter:
    stop_link = ""
    if to.person_id is not None and not kind.essential:
        stop_link = envelope.stop_link(envelope.Stop(to.person_id, kind.key, to.language))
    words = render.write(
        kind,
        to=to,
        context=context,
        link=link,
        stop_link=stop_link,
        has_calendar=calendar is not None,
        lines=lines,
    )
    ref = new_ref()
    return Letter(
        ref=ref,
        message_id=envelope.message_id(ref),
        kind=kind.key,
        essential=kind.essential,
        person=to.person_id,
        to_name=render.one_line(to.name),
        to_address=to.address,
        language=to.language,
        zone=to.zone,
        young=to.young_until is not None and now.astimezone(zone_of(to.zone)).date() < to.young_until,
        subject=words.subject,
        text=words.text,
        html=words.html,
        link=link,
        brief=words.brief if to.person_id is not None else "",
        stop_link=stop_link,
        calendar=calendar.text if calendar else "",
        calendar_method=calendar.method if calendar else "",
    )


def _saved(letter: Letter) -> Letter:
    try:
        with transaction.atomic():
            letter.save(force_insert=True)
    except IntegrityError:
        return Letter.objects.get(once=letter.once)
    return letter
