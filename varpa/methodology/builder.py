"""Builds the typed model from the tables of a folder, noting everything that is wrong on the way."""

from dataclasses import MISSING, Field, dataclass, field, fields, is_dataclass
from difflib import get_close_matches
from enum import StrEnum
from functools import cache
from re import compile, fullmatch
from typing import Any, Final, get_args, get_origin, get_type_hints
from unicodedata import category

from varpa.kernel.text import LANGUAGES, TranslatedText
from varpa.methodology.dates import Offset
from varpa.methodology.reader import Page, Place, Problem

LANGUAGE_NAMES: Final = {"lv": "Latvian", "lt": "Lithuanian", "en": "English"}
MOST_MONTHS: Final = 120
MOST_DAYS: Final = 3660
LARGE: Final = 10**15
LONGEST_NAME: Final = 200
CONTROL: Final = compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_FALLBACKS: Final[dict[type, Any]] = {str: "", int: 0, bool: False}
_PLAIN: Final = {str: "a text in quotes", int: "a whole number", bool: "true or false"}


@cache
def hints_of(kind: type) -> dict[str, Any]:
    """The types of a dataclass's fields, resolved once."""
    return get_type_hints(kind)


@dataclass
class Builder:
    """Builds from one page. `bad` holds every place with a problem, so that nothing is reported twice."""

    page: Page
    problems: list[Problem] = field(default_factory=list)
    bad: set[Place] = field(default_factory=set)

    def wrong(self, place: Place, words: str, *, at: Place | None = None) -> None:
        """Note a problem of a place, on the line of `at` (or of the place itself)."""
        self.bad.add(place)
        line = self.page.line(place if at is None else at)
        self.problems.append(Problem(self.page.file, line, words, place))

    def missing(self, place: Place, words: str, *, at: Place) -> None:
        """Note what is missing, unless lines of the file could not be read and may have held it."""
        self.bad.add(place)
        if self.page.whole:
            self.wrong(place, words, at=at)

    def table(self, kind: type, raw: Any, place: Place, around: Any = None) -> Any:
        """An object of a dataclass, from a table; `around` is the raw table that it stands in."""
        if not isinstance(raw, dict):
            self.wrong(place, f"{_called(place)} must be a table, not {_said(raw)}")
            raw = {}
        allowed = [part for part in fields(kind) if part.metadata.get("given", True)]
        self.unknown(raw, [written(part) for part in allowed], place)
        return kind(**{part.name: self.part(kind, part, raw, place, around) for part in fields(kind)})

    def unknown(self, raw: dict[str, Any], allowed: list[str], place: Place) -> None:
        """Note each key that nothing reads."""
        for key in raw:
            if key not in allowed:
                self.wrong((*place, key), f"unknown key “{key}”{suggestion(key, allowed)}")

    def part(
        self, kind: type, part: "Field[Any]", raw: dict[str, Any], place: Place, around: Any = None
    ) -> Any:
        """The value of one field of a dataclass, from the table that holds it."""
        name = written(part)
        hint, here = hints_of(kind)[part.name], (*place, name)
        given = part.metadata.get("given", True)
        if given and name in raw:
            return self.value(hint, raw[name], here, part.metadata.get("words"), raw)
        inherited = part.metadata.get("inherits")
        if inherited and isinstance(around, dict):
            known = around.get(inherited)
            return Builder(self.page).value(hint, known, here)
        if part.default is not MISSING:
            return part.default
        self.missing(here, f"{_called(place)} has no “{name}”{_label(raw)}", at=place)
        return self.fallback(hint)

    def value(self, hint: Any, raw: Any, place: Place, words: Any = None, around: Any = None) -> Any:
        """A value of a field's type, or a harmless one after noting the problem."""
        if hint is TranslatedText:
            return self._text(raw, place)
        if hint is Offset:
            return self._offset(raw, place)
        if get_origin(hint) is tuple:
            return self._list(get_args(hint)[0], raw, place, words, around)
        if isinstance(hint, type) and issubclass(hint, StrEnum):
            return self._word(hint, raw, place, hint)
        if is_dataclass(hint):
            return self.table(hint if isinstance(hint, type) else type(hint), raw, place, around)
        if type(raw) is not hint:
            self.wrong(place, f"“{_name(place)}” must be {_PLAIN[hint]}, not {_said(raw)}")
            return _FALLBACKS[hint]
        if isinstance(raw, int) and abs(raw) >= LARGE:
            self.wrong(place, f"“{_name(place)}” cannot be {_said(raw)}")
            return _FALLBACKS[hint]
        if words is not None:
            return self._word(str, raw, place, words)
        return self._plain(raw, place)

    def fallback(self, hint: Any) -> Any:
        """A harmless value of a type, for what is missing."""
        if hint in (TranslatedText, Offset):
            return hint()
        if get_origin(hint) is tuple:
            return ()
        if isinstance(hint, type) and issubclass(hint, StrEnum):
            return next(iter(hint))
        if is_dataclass(hint):
            return Builder(Page(self.page.file)).table(hint if isinstance(hint, type) else type(hint), {}, ())
        return _FALLBACKS[hint]

    def _list(self, hint: Any, raw: Any, place: Place, words: Any, around: Any) -> tuple[Any, ...]:
        if not isinstance(raw, list):
            shape = "[[tables]]" if is_dataclass(hint) else "a list in brackets"
            self.wrong(place, f"“{place[-1]}” must be {shape}, not {_said(raw)}")
            return ()
        return tuple(self.value(hint, one, (*place, at), words, around) for at, one in enumerate(raw))

    def _word(self, made: Any, raw: Any, place: Place, words: Any) -> Any:
        allowed = [str(word) for word in words]
        if raw in allowed:
            return made(raw)
        choice = f"{suggestion(raw, allowed)}; allowed: {', '.join(allowed)}"
        self.wrong(place, f"“{_name(place)}” cannot be {_said(raw)}{choice}")
        if made is not str:
            return made(allowed[0])
        # What was meant counts for what is looked for elsewhere; where nobody can tell, it may be anything.
        return next(iter(_close(raw, allowed)), "")

    def _text(self, raw: Any, place: Place) -> TranslatedText:
        if not isinstance(raw, dict):
            self.wrong(
                place, f"“{_name(place)}” must be given in three languages (lv, lt, en), not {_said(raw)}"
            )
            return TranslatedText()
        self.unknown(raw, list(LANGUAGES), place)
        texts = {}
        for language in LANGUAGES:
            here = (*place, language)
            if language not in raw:
                self.missing(
                    here, f"“{_name(place)}” is missing in {LANGUAGE_NAMES[language]} ({language})", at=place
                )
                continue
            text = self.value(str, raw[language], here)
            if is_blank(text) and here not in self.bad:
                self.wrong(here, f"“{_name(place)}” is empty in {LANGUAGE_NAMES[language]} ({language})")
            texts[language] = text.strip()
            if _name(place).rpartition(".")[2] in ("name", "title"):
                self._short(texts[language], here)
        return TranslatedText(**texts)

    def _short(self, text: str, place: Place) -> None:
        """Note a name that is no name: it stands in headings, buttons and mails."""
        if "\n" in text:
            self.wrong(place, f"“{_name(place)}” must stand on one line")
        elif len(text) > LONGEST_NAME:
            self.wrong(place, f"“{_name(place)}” has at most {LONGEST_NAME} letters, not {len(text)}")

    def _plain(self, raw: Any, place: Place) -> Any:
        if isinstance(raw, str) and has_control(raw):
            self.wrong(place, f"“{_name(place)}” contains a control character")
            return ""
        if place[-1] == "key" and not fullmatch(r"[a-z0-9][a-z0-9_-]{0,49}", str(raw)):
            self.wrong(place, f"key “{str(raw)[:60]}” must be up to 50 small letters, digits, - or _")
        return raw

    def _offset(self, raw: Any, place: Place) -> Offset:
        if not isinstance(raw, dict):
            words = "must be written { months = 1, days = 0 }, from the programme's first day"
            self.wrong(place, f"“{_name(place)}” {words}, not {_said(raw)}")
            return Offset()
        self.unknown(raw, ["months", "days"], place)
        found = {}
        for unit, least, most in (("months", 0, MOST_MONTHS), ("days", -31, MOST_DAYS)):
            number = self.value(int, raw.get(unit, 0), (*place, unit))
            if not least <= number <= most:
                self.wrong(
                    (*place, unit), f"“{unit}” must be between {least} and {most}, not {_said(number)}"
                )
                number = 0
            found[unit] = number
        return Offset(**found)


def written(part: "Field[Any]") -> str:
    """A field as a folder writes it: `is_` is called so only because Python keeps the word."""
    return part.name.rstrip("_")


def has_control(text: str) -> bool:
    """Whether a letter of a text steers a terminal, or turns the direction of what stands after it."""
    return CONTROL.search(text) is not None


def is_blank(text: str) -> bool:
    """Whether there is nothing to see in a text."""
    return all(category(letter)[0] in "ZC" for letter in text)


def suggestion(word: Any, allowed: list[str]) -> str:
    """“did you mean …?” where one allowed word is close."""
    close = _close(word, allowed)
    return f"; did you mean “{close[0]}”?" if close else ""


def _close(word: Any, allowed: list[str]) -> list[str]:
    """The allowed word that is meant, where one is close."""
    return get_close_matches(str(word), allowed, n=1, cutoff=0.6)


def _name(place: Place) -> str:
    """The key of a place; of a text in one language, with the text's own."""
    names = [step for step in place if isinstance(step, str)]
    if len(names) > 1 and names[-1] in LANGUAGES:
        return f"{names[-2]}.{names[-1]}"
    return names[-1] if names else "this file"


def _called(place: Place) -> str:
    """A place in words: calendar 2, activities 3."""
    words: list[str] = []
    for step in place:
        if isinstance(step, int):
            words[-1] += f" {step + 1}"
        else:
            words.append(step)
    return ", ".join(words) or "this file"


def _label(raw: dict[str, Any]) -> str:
    key = raw.get("key")
    return f" (key “{key[:60]}”)" if isinstance(key, str) else ""


def _said(raw: Any) -> str:
    if isinstance(raw, str):
        return f"“{raw[:60]}”"
    if isinstance(raw, bool):
        return "true" if raw else "false"
    if isinstance(raw, dict):
        return "a table"
    if isinstance(raw, list):
        return "a list"
    if isinstance(raw, int | float):
        return str(raw) if abs(raw) < LARGE else "a very large number"
    return "a date"
