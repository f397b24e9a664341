"""Indicators with what was achieved: counted by a measure, or the newest value that was written down."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any, Final

from django.db.models import Prefetch, QuerySet

from varpa.evaluation.measures import BY_KEY, counted
from varpa.evaluation.models import Indicator, IndicatorValue
from varpa.kernel.text import TranslatedText
from varpa.programmes.models import Programme
from varpa.programmes.queries import today_of

SOURCE: Final = "SWD(2021) 198; (EU) 2021/1058"
MINUTES_IN_HOUR: Final = 60


@dataclass(frozen=True)
class Example:
    """One indicator of the example set, as `interreg.toml` has it."""

    code: str
    name: TranslatedText
    unit: TranslatedText
    text: TranslatedText
    measure: str = ""


@dataclass(frozen=True)
class Achieved:
    """An indicator against its target. `value` None: nothing was written down yet.

    `as_of`: which day it tells. `percent` None: there is no target, or it is nought.
    """

    indicator: Indicator
    value: int | None
    as_of: date | None
    newest: IndicatorValue | None = None

    @property
    def percent(self) -> int | None:
        target = self.indicator.target
        return None if self.value is None or not target else self.value * 100 // target

    @property
    def state(self) -> str:
        """As ui's `state` tag draws it: done, going or ahead."""
        if not self.value:
            return "ahead"
        return "done" if self.percent is not None and self.percent >= 100 else "going"


@cache
def examples() -> tuple[Example, ...]:
    """The example set of Interreg's common indicators."""
    told = tomllib.loads((Path(__file__).parent / "interreg.toml").read_text())["indicator"]
    return tuple(_example(each) for each in told)


def _example(told: dict[str, Any]) -> Example:
    name, unit, text = (TranslatedText.from_dict(told[part]) for part in ("name", "unit", "text"))
    return Example(told["code"], name, unit, text, told.get("measure", ""))


def indicators_read(indicators: QuerySet[Indicator]) -> QuerySet[Indicator]:
    """With the programme and the values that stand."""
    standing = IndicatorValue.objects.filter(withdrawn_at=None).select_related("by")
    read = indicators.select_related("programme__methodology_version")
    return read.prefetch_related(Prefetch("values", standing, to_attr="standing"))


def indicators_of(programme: Programme) -> QuerySet[Indicator]:
    """The indicators of a programme, in the order in which they were added."""
    return indicators_read(Indicator.objects.filter(programme=programme, withdrawn_at=None))


def achieved(programme: Programme, indicators: Iterable[Indicator], now: datetime) -> list[Achieved]:
    """Each with what was achieved: one question for all that are counted."""
    found = list(indicators)
    figures = counted(programme, [(each.measure, each.country) for each in found if each.measure])
    return [_achieved(each, figures, today_of(programme, now)) for each in found]


def _achieved(indicator: Indicator, figures: dict[tuple[str, str], int], today: date) -> Achieved:
    measure = BY_KEY.get(indicator.measure)
    if measure is not None:
        value = figures[indicator.measure, indicator.country]
        return Achieved(indicator, value // MINUTES_IN_HOUR if measure.hours else value, today)
    newest: Any = next(iter(getattr(indicator, "standing", ())), None)
    return Achieved(indicator, newest.value if newest else None, newest.day if newest else None, newest)
