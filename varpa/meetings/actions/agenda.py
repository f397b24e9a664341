"""The agenda line by line: both of the two add, order and take off, before and during a meeting (R5, R13)."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from varpa.history.actions import record
from varpa.kernel.merging import Conflict, save_text
from varpa.kernel.refusals import Refusal
from varpa.kernel.states import AlreadyMoved
from varpa.meetings.actions.meetings import ALIVE
from varpa.meetings.models import Meeting
from varpa.meetings.order import lines_of, moved, plain, with_line, without
from varpa.pairs.actions.pairs import require_active, require_side
from varpa.pairs.quiet import require_heard
from varpa.people.models import Person

MOST = 40


class EmptyLine(Refusal):
    sentence = _("Write in a few words what shall be talked about.")


class AgendaFull(Refusal):
    sentence = _("The agenda has {most} lines already. Take one off first, or write two of them in one.")


class LineGone(Refusal):
    """The line was rewritten or taken off since the page was opened."""

    sentence = _(
        "The agenda was changed meanwhile, and this line is not on it any more. It stands below as it is."
    )


@transaction.atomic
def add_to_agenda(*, meeting: Meeting, text: str, by: Person, now: datetime) -> None:
    """Put one line at the end of the agenda; a line that stands there already stays one.

    Raises WordsWouldReach where the other wants no words: both read and write an agenda.
    """
    words = plain(text)
    if not words:
        raise EmptyLine()

    def added(agenda: str) -> str:
        lines = lines_of(agenda)
        if words in lines:
            return agenda
        if len(lines) >= MOST:
            raise AgendaFull(most=MOST)
        require_heard(meeting.pair, require_side(meeting.pair, by))
        return with_line(agenda, words)

    _rewrite(meeting, added, "meeting.add_to_agenda", by=by, now=now)


@transaction.atomic
def move_on_agenda(*, meeting: Meeting, line: str, was: int, to: int, by: Person, now: datetime) -> None:
    """Put a line in place `to` (from 0), as the agenda stands now: a second click finds it there already.

    `line` and `was` are its words and its place on the page that was looked at. Raises LineGone.
    """
    _rewrite(meeting, lambda agenda: moved(agenda, line, was, to), "meeting.order_agenda", by=by, now=now)


@transaction.atomic
def take_off_agenda(*, meeting: Meeting, line: str, was: int, by: Person, now: datetime) -> None:
    """Take a line off; one that is off already stays off."""

    def shorter(agenda: str) -> str:
        rest = without(agenda, line, was)
        return agenda if rest is None else rest

    _rewrite(meeting, shorter, "meeting.take_off_agenda", by=by, now=now)


def _rewrite(
    meeting: Meeting, change: Callable[[str], str | None], verb: str, *, by: Person, now: datetime
) -> None:
    """Change the agenda as it stands now, not as the page showed it: nothing of the other's is lost.

    The pair is held, so that one goes after the other; the revision is the second guard.
    """
    require_active(meeting.pair, now)
    require_side(meeting.pair, by)
    meeting.refresh_from_db(fields=["state", "agenda", "revision"])
    if meeting.state not in ALIVE:
        raise AlreadyMoved()
    agenda = change(meeting.agenda)
    if agenda is None:
        raise LineGone()
    if agenda == meeting.agenda:
        return
    try:
        save_text(meeting, revision=meeting.revision, texts={"agenda": agenda})
    except Conflict as conflict:
        raise LineGone() from conflict
    record(verb, meeting, now=now, by=by, programme_ref=meeting.pair.programme.ref)
