"""A figure that a report may cite, and how it is said."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from varpa.events.words import country_name
from varpa.kernel.text import LANGUAGES, TranslatedText
from varpa.ui.words import JOIN, minutes, period

COUNT, HOURS, PERCENT, DECIMAL = "count", "hours", "percent", "decimal"
LENGTH, PERIOD, COUNTRIES, WORDS, AIM = "length", "period", "places", "words", "aim"

Value = float | str | None
"""A number; or a fact that is none, coded so that two of them can be compared: see `of_*` below."""


@dataclass(frozen=True)
class Figure:
    """One figure. `value` None: there is nothing to count it from. `url`: where its list stands."""

    key: str
    name: TranslatedText
    value: Value
    kind: str = COUNT
    url: str = ""


def kept(value: Value) -> dict[str, float | str | None]:
    """A value by the columns of `Cited`."""
    return {"value": None, "fact": value} if isinstance(value, str) else {"value": value, "fact": ""}


def of_period(first: date, last: date) -> str:
    """A stretch of days as a value of the kind PERIOD."""
    return f"{first.isoformat()}/{last.isoformat()}"


def of_countries(codes: list[str]) -> str | None:
    """Countries as a value of the kind COUNTRIES."""
    return " ".join(codes) or None


def of_words(text: TranslatedText) -> str:
    """A text in three languages as a value of the kind WORDS."""
    return json.dumps(text.as_dict(), ensure_ascii=False)


def said(value: Value, kind: str) -> str:
    """A figure in the reader's language."""
    if value is None and kind == AIM:
        return _("(not set)")
    if value is None:
        return _("(nothing to count from)")
    if isinstance(value, str):
        return _FACTS[kind](value)
    if kind == LENGTH:
        return minutes(int(value))
    if kind == HOURS:
        return f"{int(value) // 60}{JOIN}h"
    if kind == DECIMAL:
        comma = "." if translation.get_language() == "en" else ","
        return f"{value:.2f}".replace(".", comma).replace("-", "−")
    return f"{int(value)}{JOIN}%" if kind == PERCENT else f"{int(value)}"


def reads_the_same(one: Value, other: Value, kind: str) -> bool:
    """Whether two values are told in the same words: 190 h 10 min and 190 h 50 min are both 190 h."""
    if one == other or one is None or other is None or isinstance(one, str) or isinstance(other, str):
        return one == other
    return said(one, kind) == said(other, kind)


def _period(value: str) -> str:
    return period(*map(date.fromisoformat, value.split("/")))


def _countries(value: str) -> str:
    return ", ".join(map(country_name, value.split()))


def _words(value: str) -> str:
    return str(TranslatedText.from_dict(json.loads(value)))


_FACTS: Final[dict[str, Callable[[str], str]]] = {
    PERIOD: _period,
    COUNTRIES: _countries,
    WORDS: _words,
}


def in_all(text: str | Promise, **values: object) -> TranslatedText:
    """An interface text in the three languages; values are put in with %."""
    told = {}
    for language in LANGUAGES:
        with translation.override(language):
            told[language] = str(text) % values if values else str(text)
    return TranslatedText(**told)


def named(label: str | Promise, name: TranslatedText) -> TranslatedText:
    """A label with a name of content in it, each language with its own."""
    told = {}
    for language in LANGUAGES:
        with translation.override(language):
            told[language] = str(label) % {"name": name.within(language)}
    return TranslatedText(**told)
