"""Local hours and UTC moments (R12): what is planned stays at its local hour across a clock change."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from varpa.kernel.clock import zone_of
from varpa.kernel.refusals import Refusal


class HourDoesNotExist(Refusal):
    """03:30 on the night when the clocks go forward."""

    sentence = _(
        "On that night the clocks go forward and this hour does not exist. Choose an hour earlier or later."
    )


def to_utc(local: datetime, zone: str) -> datetime:
    """The moment of a local time without zone, such as 17 October 10:00 in `Europe/Riga`.

    An hour that exists twice is taken as the first. Raises HourDoesNotExist.
    """
    there = local.replace(tzinfo=zone_of(zone))
    moment = there.astimezone(UTC)
    if moment.astimezone(zone_of(zone)).replace(tzinfo=None) != local:
        raise HourDoesNotExist()
    return moment


def to_local(moment: datetime, zone: str) -> datetime:
    """The local time, with zone, of a moment."""
    return moment.astimezone(zone_of(zone))


def comes_again(moment: datetime, zone: str) -> bool:
    """Whether the clocks of a zone show this hour once more, later in the night in which they go back."""
    there = to_local(moment, zone)
    return not there.fold and there.utcoffset() != there.replace(fold=1).utcoffset()


if TYPE_CHECKING:
    _Text = models.CharField[datetime, datetime]
else:
    _Text = models.CharField


class WallTimeField(_Text):
    """The hour on the wall, without a zone: kept as text, so that no database ever shifts it."""

    def __init__(self, *args: Any, **options: Any) -> None:
        options.setdefault("max_length", 19)
        super().__init__(*args, **options)

    def from_db_value(self, value: str | None, *_rest: Any) -> datetime | None:
        return None if value is None else datetime.fromisoformat(value)

    def to_python(self, value: Any) -> Any:
        return datetime.fromisoformat(value) if isinstance(value, str) else value

    def get_prep_value(self, value: Any) -> Any:
        return (
            value.replace(tzinfo=None).isoformat(timespec="seconds") if isinstance(value, datetime) else value
        )
