"""Amounts of money as people write them, in a field of their own or in the middle of a sentence."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

_SIGN = r"(?:€|EUR|Ls|LVL|Lt|LTL)"
_SIGNS = re.compile(rf"\A{_SIGN}|{_SIGN}\Z", re.IGNORECASE)
_BLANKS = re.compile(r"[\s'\u2019]")
# Blanks stand between thousands and nowhere else: `1 2 3` is no number.
_WHOLE = r"(?:\d{1,12}|[1-9]\d{0,2}(?:[\s'\u2019]\d{3}){1,3})"
_NUMBER = re.compile(_WHOLE)
_AMOUNT = re.compile(rf"({_WHOLE})(?:[.,](\d{{1,2}}))?")
# A leading nought is no thousands: 0,125 is less than one, and no amount in cents.
_GROUPED = re.compile(r"([1-9]\d{0,2}(?:[.,]\d{3}){1,3})(?:([.,])(\d{1,2}))?")
_TWO_WAYS = re.compile(r"([1-9]\d{0,2})[.,](\d{3})")
_IN_TEXT: Final = (
    r"(?<![\d.,])(?:\d{1,3}(?:[ \u00a0\u202f.,'\u2019]\d{3})+|\d{1,9})(?:[.,]\d{1,2})?(?![.,]?\d)"
)
_CALLED: Final[Mapping[str, str]] = {
    "EUR": r"€|eur(?:o|os|as|ai|ais|ams|ui|u|us|ą|ų)?|eiro",
    "LVL": r"Ls|LVL|lat(?:s|a|am|u|ā|i|iem|us|os)",
    "LTL": r"Lt|LTL|lit(?:as|o|ui|ą|u|e|ai|ų|ams|us|ais)",
}
"""How people call each currency, in all cases of Latvian and Lithuanian."""


_THOUSANDS: Final = r"tūkst\w*|thousands?|k"
_MILLIONS: Final = r"milj\w*|mln|milijon\w*|millions?"
_BLANK: Final = r"[ \u00a0\u202f]?"
_UP_TO: Final = r"(?:[-–—]|[ \u00a0](?:līdz|iki|to)[ \u00a0])"
"""A dash with blanks around it is none: "Krūze 2 – 15 €" names a price."""
_SUM: Final = (
    rf"(?:({_IN_TEXT}){_UP_TO})?({_IN_TEXT})(?:[.,][-–—]{{1,2}})?"
    rf"(?:{_BLANK}(?:({_THOUSANDS})|({_MILLIONS}))(?![^\W\d])\.?)?"
)
"""A number or both ends of a range, and what it is times, which counts for both: `2–3 tūkst.`, `15,-`."""


def read_number(text: str) -> int | None:
    """A whole number, with or without blanks between its thousands; None where it is none."""
    asked = text.strip()
    return int(_BLANKS.sub("", asked)) if _NUMBER.fullmatch(asked) else None


def read_money(text: str) -> int | None:
    """Cents from what a person writes, with or without the sign of a currency; None where it is no amount,
    or could be one of two (`two_readings`)."""
    asked = _bare(text)
    if found := _AMOUNT.fullmatch(asked):
        return int(_BLANKS.sub("", found[1])) * 100 + int((found[2] or "").ljust(2, "0"))
    if _TWO_WAYS.fullmatch(asked):
        return None
    if found := _GROUPED.fullmatch(asked):
        whole, point, part = found[1], found[2], found[3] or ""
        apart = set(re.findall(r"[.,]", whole))
        if len(apart) == 1 and point not in apart:
            return int(re.sub(r"\D", "", whole)) * 100 + int(part.ljust(2, "0"))
    return None


def two_readings(text: str) -> tuple[int, int] | None:
    """Cents of both where `1,659` or `1.659` may be a price of fuel, or more than a thousand."""
    if found := _TWO_WAYS.fullmatch(_bare(text)):
        return _both(found, 1)
    return None


def _bare(text: str) -> str:
    return _SIGNS.sub("", text.strip()).strip()


def amounts_in(text: str, currency: str) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Each amount of a currency that a text names, as it stands, and its cents, both where two are read.

    The sign or the word may stand before the number or after it: `€777`, `777 latu`, `1.320,00 Lt`. Of a
    range each end is an amount.
    """
    # A number may touch the word (777eur), a letter may not: "5 Eiropas valstis" is no money.
    called = rf"(?<![^\W\d])(?:{_CALLED.get(currency, re.escape(currency))})(?![^\W\d])"
    pattern = rf"{_SUM}{_BLANK}{called}|{called}\.?{_BLANK}{_SUM}"
    for each in re.finditer(pattern, text, re.IGNORECASE):
        least, most, thousands, millions = each.groups()[:4] if each[2] else each.groups()[4:]
        times = 1_000_000 if millions else 1_000 if thousands else 1
        for said in filter(None, (least, most)):
            if readings := _readings(said, times):
                yield each[0].strip(), readings


def _readings(said: str, times: int) -> tuple[int, ...]:
    cents = read_money(said)
    if cents is not None:
        return (cents * times,)
    if found := _TWO_WAYS.fullmatch(said):
        return _both(found, times)
    return ()


def _both(found: re.Match[str], times: int) -> tuple[int, int]:
    number = int(found[1] + found[2]) * times
    return (number + 5) // 10, number * 100
