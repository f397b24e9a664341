"""The second registry of the house: who takes an answer by mail. Each room registers its own handlers.

A kind of letter names its handler by a key, a calendar entry by the first word of its UID. Post knows neither
people nor things: it hands over what was written, and the room does what its page would have done.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.core.files.base import ContentFile
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from varpa.kernel.refusals import Refusal


class NothingThere(Refusal):
    """What the letter was about is gone: nobody can say more than that."""

    sentence = _("What you answered is no longer there, so your answer could not be kept.")


@dataclass(frozen=True)
class CalendarReply:
    """What a calendar program says for its owner: `said` is ACCEPTED, TENTATIVE, DECLINED or COUNTER.

    `starts` has no zone where the program wrote none: then it is an hour on the wall where the thing is.
    Where it is of whole days, `days` are the first and the last. `minutes` and `place` are those of its
    event, None and "" where it says none. `stamped_at`: when the program wrote it, by its own clock.
    """

    uid: str
    sequence: int
    attendee: str
    said: str
    comment: str = ""
    starts: datetime | None = None
    days: tuple[date, date] | None = None
    minutes: int | None = None
    place: str = ""
    stamped_at: datetime | None = None


@dataclass(frozen=True)
class Answer:
    """What a person wrote, already without quotations. `about` is what the letter was about.

    `ref` is the mail's own: used as that of a form, so that one mail makes one thing. `letter_at`: when the
    letter that is answered was written.
    """

    ref: str
    about: str
    person_id: int
    text: str
    now: datetime
    files: tuple["ContentFile[Any]", ...] = ()
    calendar: CalendarReply | None = None
    letter_at: datetime | None = None
    kind: str = field(default="")

    @property
    def thing(self) -> str:
        """The reference in what the letter was about: of "review:abc:mentor" it is abc."""
        return [*self.about.split(":"), ""][1]


@dataclass(frozen=True)
class Landed:
    """Where an answer landed. `told`: a sentence that its writer has to know, sent as a letter.

    `back`: words that found no place, and go back to their writer with it.
    """

    link: str
    told: str | Promise = ""
    back: str = ""


Handler = Callable[[Answer], Landed]
_handlers: dict[str, Handler] = {}


def takes(key: str) -> Callable[[Handler], Handler]:
    """Register the handler of a key, such as "messaging.message" or, for calendars, "calendar.meeting"."""

    def register(handler: Handler) -> Handler:
        known = _handlers.setdefault(key, handler)
        if known is not handler:
            raise ValueError(f"two rooms take answers under the key {key}")
        return handler

    return register


def handlers() -> dict[str, Handler]:
    """All handlers by key, for the documents and the tests."""
    return dict(_handlers)


def handler_of(key: str) -> Handler | None:
    """The handler of a key; None where there is none."""
    return _handlers.get(key)


def hand_on(key: str, answer: Answer) -> Landed:
    """Give an answer to the handler of another room, which stands beside or above one's own."""
    return _handlers[key](answer)
