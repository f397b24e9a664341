"""When the pupils of a country have no school: kept with the programme, so that nobody asks for it.

No library knows these days for Latvia and Lithuania: those who run the programme enter them.
"""

from dataclasses import dataclass
from datetime import date

from varpa.programmes.models import Programme


@dataclass(frozen=True)
class SchoolHoliday:
    """Days without school for the pupils of one country, both included."""

    country: str
    first: date
    last: date

    def holds(self, day: date) -> bool:
        """Whether there is no school on a day."""
        return self.first <= day <= self.last


def school_holidays(programme: Programme, country: str | None = None) -> list[SchoolHoliday]:
    """The school holidays of a programme, or of one of its countries, the earliest first.

    Whose country nobody knows ("") has none.
    """
    rows = [
        SchoolHoliday(code, date.fromisoformat(first), date.fromisoformat(last))
        for code, first, last in programme.school_holidays
    ]
    return [each for each in rows if country is None or each.country == country]


def written(country: str, first: date, last: date) -> list[str]:
    """A stretch of days as it is kept."""
    return [country, first.isoformat(), last.isoformat()]
