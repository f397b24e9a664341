"""The times of a week that one can say one is free: days by parts of the day."""

from functools import lru_cache

from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

DAYS = {
    "mon": pgettext_lazy("free on", "Monday"),
    "tue": pgettext_lazy("free on", "Tuesday"),
    "wed": pgettext_lazy("free on", "Wednesday"),
    "thu": pgettext_lazy("free on", "Thursday"),
    "fri": pgettext_lazy("free on", "Friday"),
    "sat": pgettext_lazy("free on", "Saturday"),
    "sun": pgettext_lazy("free on", "Sunday"),
}
PARTS = {
    "morning": pgettext_lazy("free in the", "morning"),
    "afternoon": pgettext_lazy("free in the", "afternoon"),
    "evening": pgettext_lazy("free in the", "evening"),
}
TIMES = tuple(f"{day}-{part}" for day in DAYS for part in PARTS)
"""Every time of the week in its order: "mon-morning"."""


def time_name(time: str) -> str:
    """What a time of the week is called; a word that is none stands for itself."""
    return _named(time, get_language()) if time in TIMES else time


@lru_cache(maxsize=128)
def _named(time: str, _language: str | None) -> str:
    """Said of every row of a list: put together once for each language."""
    day, part = time.split("-")
    return str(_("%(day)s %(part)s") % {"day": DAYS[day], "part": PARTS[part]})
