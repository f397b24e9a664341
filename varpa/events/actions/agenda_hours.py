"""The hours of the parts of an agenda: within those of the event, and moved with it."""

from datetime import datetime, time, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from varpa.events.models import AgendaItem, Event
from varpa.events.words import when
from varpa.kernel.refusals import Refusal


class OutsideHours(Refusal):
    sentence = _(
        "This hour lies outside the event ({when}). Choose another one, or change the hours of the event "
        "first."
    )


def placed(
    event: Event, day: int | None, begins: time | None, was: AgendaItem | None = None
) -> dict[str, Any]:
    """The day and the hour of a part as they are kept; an hour alone is one of the first day.

    Raises OutsideHours, unless the part stood there before the event was changed.
    """
    if begins and day is None:
        day = 0
    if was is None or (was.day, was.begins) != (day, begins):
        part = AgendaItem(event=event, day=day, begins=begins)
        if not (part.fits if begins else day is None or 0 <= day < len(event.days)):
            raise OutsideHours(when=when(event))
    return {"day": day, "begins": begins}


def move_agenda(event: Event, was: datetime) -> None:
    """The event begins at another hour: each part that has one stays as far from the beginning as it was."""
    for part in event.agenda.filter(withdrawn_at=None, begins__isnull=False):
        assert part.day is not None
        assert part.begins is not None
        then = datetime.combine(was.date() + timedelta(days=part.day), part.begins)
        moved = then + (event.starts_local - was)
        part.day, part.begins = (moved.date() - event.starts_local.date()).days, moved.time()
        part.revision += 1
        part.save(update_fields=["day", "begins", "revision"])
