"""What people call the times of a week, in three languages."""

from functools import cache

from varpa.applications.rosters.headings import listed
from varpa.programmes.week import TIMES


@cache
def times_by_word() -> dict[str, str]:
    """The times by every word for them, as it is compared: "mon evening", "pirmdien vakara"."""
    days, parts = listed("days"), listed("parts")
    both = {f"{day} {part}": f"{days[day]}-{parts[part]}" for day in days for part in parts}
    return {said: time for said, time in both.items() if time in TIMES}
