"""Writing history: every action of every room calls `record` once, inside its transaction."""

from collections.abc import Mapping
from datetime import datetime

from django.db.models import Model

from varpa.history.models import Channel, Line


def record(
    verb: str,
    thing: Model,
    *,
    now: datetime,
    by: Model | None,
    channel: str = Channel.WEB,
    behalf: Model | None = None,
    programme_ref: str = "",
    details: Mapping[str, str | int | None] | None = None,
) -> Line:
    """One line: `by` did `verb` to `thing`. `details` are keys, codes and counts, never what people wrote."""
    return Line.objects.create(
        at=now,
        actor=by.pk if by else None,
        behalf=behalf.pk if behalf else None,
        channel=channel,
        verb=verb,
        thing_kind=type(thing).__name__.lower(),
        thing_ref=str(getattr(thing, "ref", thing.pk)),
        programme_ref=programme_ref,
        details=dict(details or {}),
    )
