"""A figure that a report may cite, and how it is said."""

from dataclasses import dataclass

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from varpa.kernel.text import LANGUAGES, TranslatedText
from varpa.ui.words import JOIN

COUNT, HOURS, PERCENT, DECIMAL = "count", "hours", "percent", "decimal"


@dataclass(frozen=True)
class Figure:
    """One figure. `value` None: there is nothing to count it from. `url`: where its list stands."""

    key: str
    name: TranslatedText
    value: float | None
    kind: str = COUNT
    url: str = ""


def said(value: float | None, kind: str) -> str:
    """A figure in the reader's language."""
    if value is None:
        return _("(nothing to count from)")
    if kind == HOURS:
        return f"{int(value) // 60}{JOIN}h"
    if kind == DECIMAL:
        comma = "." if translation.get_language() == "en" else ","
        return f"{value:.2f}".replace(".", comma).replace("-", "−")
    return f"{int(value)}{JOIN}%" if kind == PERCENT else f"{int(value)}"


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
