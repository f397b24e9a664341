"""The worker's side: claim, send, confirm. A letter in doubt goes again under the same Message-ID."""

import smtplib
from datetime import datetime, timedelta
from email.errors import MessageError
from enum import Enum, auto
from time import monotonic

from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import DateTimeField, Exists, F, OuterRef, Q, QuerySet

from varpa.kernel.compiled import compiled
from varpa.post import habits
from varpa.post.actions import CLAIM_LASTS
from varpa.post.message import message
from varpa.post.models import UNSENT, Letter, LetterState, Unsubscribed
from varpa.post.queries import PUT_OFF, REFUSED, habit_of, habits_of

WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240))
GIVE_UP = timedelta(days=3)
SERVER_RESTS = timedelta(minutes=1)
# A sign-in code that is asked for meanwhile waits for the next round. Besides, a letter may hang for two or
# three minutes, and no claim may grow older than CLAIM_LASTS meanwhile.
ROUND_SECONDS = 5
BODIES_KEPT = timedelta(days=180)
ON_THEIR_WAY = (LetterState.QUEUED, LetterState.SENDING)


class _Outcome(Enum):
    SENT = auto()
    NOT_SENT = auto()
    SERVER_AWAY = auto()


def deliver_due(now: datetime, limit: int = 50) -> int:
    """Send what is due, at most `limit` letters; answers how many went out.

    Several workers may call it at once. Where the mail server itself does not answer, all that is due rests
    for a minute, so that a worker is not held up by one time-out after another. A slow round ends after five
    seconds: what it claims bears the time at which it began, and what was written since is not seen by it.
    """
    began = monotonic()
    connection: BaseEmailBackend = mail.get_connection()
    sent = tried = 0
    try:
        # Round by round: of a thread only the first unsent letter is due.
        while tried < limit and (letters := _due(now, limit - tried)):
            for letter in letters:
                if monotonic() - began >= ROUND_SECONDS:
                    return sent
                tried += 1
                outcome = _deliver(letter, connection, now)
                sent += outcome is _Outcome.SENT
                if outcome is _Outcome.SERVER_AWAY:
                    _rest(now)
                    return sent
    finally:
        _close(connection)
    return sent


def purge_bodies(now: datetime) -> int:
    """Empty what was written in letters of more than 180 days ago; that they were sent stays known."""
    old = Letter.objects.filter(created_at__lt=now - BODIES_KEPT).exclude(state__in=UNSENT).exclude(text="")
    return old.update(subject="", text="", html="", link="", brief="", calendar="", stop_link="")


def _due(now: datetime, limit: int) -> list[Letter]:
    left = now - CLAIM_LASTS
    # Mostly there is nothing; to ask that costs a tenth of asking which letter of a thread comes first.
    return list(_first_of_threads(_waiting(now, left), now)[:limit]) if _some_wait(now=now, left=left) else []


def _waiting(now: datetime, left: datetime) -> QuerySet[Letter]:
    """Letters whose time has come, and those that whoever claimed them has left since."""
    broken_off = Q(state=LetterState.SENDING, claimed_at__lte=left)
    waiting = Q(state=LetterState.QUEUED, next_try_at__lte=now)
    return Letter.objects.filter(broken_off | waiting, gathers=False)


@compiled(now=DateTimeField(), left=DateTimeField())
def _some_wait(now: datetime, left: datetime) -> QuerySet[Letter, int]:
    return _waiting(now, left).order_by().values_list("pk", flat=True)[:1]


def _first_of_threads(letters: QuerySet[Letter], now: datetime) -> QuerySet[Letter]:
    lasting = Q(ends_at=None) | Q(ends_at__gt=now)
    before = Q(not_before__lt=OuterRef("not_before")) | Q(
        not_before=OuterRef("not_before"), pk__lt=OuterRef("pk")
    )
    own = {"thread": OuterRef("thread"), "to_address": OuterRef("to_address")}
    same = Letter.objects.filter(lasting, **own, state__in=ON_THEIR_WAY, gathers=False)
    # What rests until the morning holds up what rests too, but nothing that cannot wait.
    at_it = Q(state=LetterState.SENDING) | Q(next_try_at__lte=now)
    holds = at_it | Q(waits=False) | Q(waits=OuterRef("waits"))
    stopped = Unsubscribed.objects.filter(person=OuterRef("person"), kind=OuterRef("kind"), withdrawn_at=None)
    return (
        letters.filter(Q(thread="") | ~Exists(same.filter(before, holds)))
        .annotate(stopped=Exists(stopped))
        # What ends soonest goes first: a sign-in code overtakes a thousand invitations.
        .order_by(F("ends_at").asc(nulls_last=True), "next_try_at", "pk")
    )


def _deliver(letter: Letter, connection: BaseEmailBackend, now: datetime) -> _Outcome:
    if _over(letter, now):
        _step(letter, "withdraw")
        return _Outcome.NOT_SENT
    if not _step(letter, "claim", claimed_at=now, attempts=letter.attempts + 1):
        return _Outcome.NOT_SENT
    try:
        connection.send_messages([message(letter)])
    except smtplib.SMTPRecipientsRefused as error:
        code, _words = next(iter(error.recipients.values()))
        _put_back(letter, now, f"{PUT_OFF}{code}", for_good=500 <= code < 600)
        return _Outcome.NOT_SENT
    except smtplib.SMTPDataError as error:
        _put_back(letter, now, f"{REFUSED}{error.smtp_code}")
        return _Outcome.NOT_SENT
    except smtplib.SMTPSenderRefused as error:
        _put_back(letter, now, f"sender {error.smtp_code}")
        return _Outcome.NOT_SENT
    except OSError as error:
        _put_back(letter, now, type(error).__name__, gives_up=False)
        return _Outcome.SERVER_AWAY
    except (ValueError, MessageError) as error:
        # An address that cannot be written into a header would otherwise stop all letters behind it.
        _put_back(letter, now, type(error).__name__, for_good=True)
        return _Outcome.NOT_SENT
    _confirm(letter, now)
    return _Outcome.SENT


def _over(letter: Letter, now: datetime) -> bool:
    ended = letter.ends_at is not None and letter.ends_at <= now
    return ended or (not letter.essential and bool(getattr(letter, "stopped", False)))


def _put_back(
    letter: Letter, now: datetime, error: str, *, for_good: bool = False, gives_up: bool = True
) -> None:
    """Try again later and later; fail at once `for_good`, or after three days where it `gives_up`."""
    if for_good or (gives_up and now - letter.not_before >= GIVE_UP):
        _step(letter, "fail", error=error)
        return
    again = now + WAITS[min(letter.attempts, len(WAITS)) - 1]
    quiet = habits.after_rest(letter, habit_of(letter.person), again)
    _step(letter, "put_back", error=error, next_try_at=quiet)


def _confirm(letter: Letter, now: datetime) -> None:
    # That it went out is true whoever has claimed it since, so here the attempt is not compared.
    Letter.objects.filter(pk=letter.pk, state__in=Letter.STEPS["confirm"].sources).update(
        state=LetterState.SENT, sent_at=now, error=""
    )


def _step(letter: Letter, step: str, **changes: object) -> bool:
    """Take a step of the table if nobody else has tried the letter since it was read."""
    rule = Letter.STEPS[step]
    mine = Letter.objects.filter(pk=letter.pk, state__in=rule.sources, attempts=letter.attempts)
    if not mine.update(state=rule.target, **changes):
        return False
    for name, value in {"state": rule.target, **changes}.items():
        setattr(letter, name, value)
    return True


def _rest(now: datetime) -> None:
    due = Letter.objects.filter(state=LetterState.QUEUED, next_try_at__lte=now)
    again = now + SERVER_RESTS
    waiting = list(due.filter(waits=True).only("person", "zone", "young", "waits", "latest_at", "ends_at"))
    known = habits_of(letter.person for letter in waiting)
    for letter in waiting:
        quiet = habits.after_rest(letter, known.get(letter.person), again)
        if quiet != again:
            due.filter(pk=letter.pk).update(next_try_at=quiet)
    due.update(next_try_at=again)


def _close(connection: BaseEmailBackend) -> None:
    try:
        connection.close()
    except OSError:
        # The letters are confirmed one by one; a server that hangs up rudely takes nothing back.
        return
