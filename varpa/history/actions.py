"""Writing history: every action of every room calls `record` once, inside its transaction."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db.models import Model

from varpa.history.models import Channel, Line


def record(
    verb: str,
    thing: Model,
    *,
    now: datetime,
    by: Model | None,
    channel: str = "",
    behalf: Model | None = None,
    programme_ref: str = "",
    details: Mapping[str, str | int | None] | None = None,
) -> Line:
    """One line: `by` did `verb` to `thing`. `details` are keys, codes and counts, never what people wrote.

    Where no channel is said, somebody did it on a page; without anybody (`by` is None) it happened by itself.
    A door without an account says its channel.
    """
    written = line(
        verb,
        thing,
        now=now,
        by=by,
        channel=channel,
        behalf=behalf,
        programme_ref=programme_ref,
        details=details,
    )
    written.save(force_insert=True)
    return written


def record_all(lines: Iterable[Line]) -> None:
    """Many lines at once, for an action that changes thousands of things; each is made by `line`."""
    Line.objects.bulk_create(lines, batch_size=500)


def line(
    verb: str,
    thing: Model,
    *,
    now: datetime,
    by: Model | None,
    channel: str = "",
    behalf: Model | None = None,
    programme_ref: str = "",
    details: Mapping[str, str | int | None] | None = None,
) -> Line:
    """A line that is not written yet; its words mean what they mean for `record`."""
    return Line(
        at=now,
        actor=by.pk if by else None,
        behalf=behalf.pk if behalf else None,
        channel=channel or (Channel.WEB if by else Channel.SYSTEM),
        verb=verb,
        thing_kind=type(thing).__name__.lower(),
        thing_ref=str(getattr(thing, "ref", thing.pk)),
        programme_ref=programme_ref,
        details=dict(details or {}),
    )
