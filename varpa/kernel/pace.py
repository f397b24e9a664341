"""How much one person may send within an hour or a day: far more than anybody needs (decision 0003)."""

from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from varpa.kernel.refusals import Refusal

HOUR: Final = timedelta(hours=1)
DAY: Final = timedelta(days=1)


class TooMuchAtOnce(Refusal):
    sentence = _(
        "Within a short time more was sent from here than one person usually sends, so this was not taken "
        "in. Wait a while, then send it once more."
    )


def require_pace(sent: QuerySet[Any], *, most: int, within: timedelta, now: datetime) -> None:
    """Raise TooMuchAtOnce where so many of these rows, by their `at`, are already of this time.

    Rows are counted and not tries: all processes count together, and who is refused adds nothing.
    """
    if sent.filter(at__gt=now - within)[:most].count() >= most:
        raise TooMuchAtOnce()
