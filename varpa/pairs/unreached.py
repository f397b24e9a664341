"""Words of one shown to the other before both are prepared: without ways to reach each other (R1)."""

import re
from typing import Final

LEFT_OUT: Final = "…"

_AT: Final = r"(?:@|\s?[(\[{<]\s?(?:at|et|ät)\s?[)\]}>]\s?|\sat\s(?=[\w-]+(?:\s?[.(\[]|\sdot\s)))"
_DOT: Final = r"(?:\.|\s?[(\[{<]\s?(?:dot|punkts|taškas|taskas|\.)\s?[)\]}>]\s?|\sdot\s)"
_ADDRESS: Final = rf"[\w+-]+(?:{_DOT}[\w+-]+)*\s?{_AT}\s?[\w-]+(?:{_DOT}[\w-]+)+"
_LINK: Final = r"(?:https?://|www\.)[^\s,;]+|(?<![\w@])[\w-]+(?:\.[\w-]+)*\.(?:lv|lt|ee|eu|pl|ru|ua|fi|de|uk|com|net|org|info|biz|edu|me|io|gg|app|dev|shop|site|online)\b(?:/[^\s,;]*)?"
_HANDLE: Final = r"(?<!\w)@[\w.]{2,}|\b\w{2,}#\d{4}\b"
_REACHING: Final = re.compile("|".join((_ADDRESS, _LINK, _HANDLE)), re.IGNORECASE)

# Whatever stands before it, an abbreviation, a colon, a letter: only within another number it is none.
_BETWEEN: Final = r"(?:[\s().·_/|*\-\u200b-\u200d\u2010-\u2015\u2060]|,(?=\d{3}))*"
_NUMBERS: Final = re.compile(
    rf"(?<!\d)(?<!\d[.,:])(?<!\+)\(?(?:\+|00)?\(?\d(?:{_BETWEEN}\d){{7,15}}(?!\d|:\d|\s?[%€])"
)
_MONEY: Final = re.compile(r"[ \u00a0]*(?:€|eur|eir|\$)", re.IGNORECASE)
_NO_PHONE: Final = re.compile(
    r"\d{1,2}[./-]\d{1,2}[./-]\d{4}|\d{4}[./-]\d{1,2}[./-]\d{1,2}"
    r"|(?:(?:19|20)\d\d[\s.,]*[-\u2010-\u2015/\s]*){2,4}"
    r"|\d{1,2}[.:]\d\d ?[-\u2010-\u2015] ?\d{1,2}[.:]\d\d"
)
_BARE: Final = re.compile(r"(?<!\d)(?:[2-6]\d{7}|[08][3-6]\d{7})(?!\d)")


def without_contacts(text: str) -> str:
    """A text with an ellipsis for each address, link, handle and phone number, as Latvia and Lithuania write.

    Years, days, hours and prices stay. It keeps nobody from spelling a number out; it keeps it from going by
    the way.
    """
    return _NUMBERS.sub(_unless_number, _REACHING.sub(LEFT_OUT, text))


def _unless_number(found: re.Match[str]) -> str:
    whole = found[0]
    if _NO_PHONE.fullmatch(whole) or _MONEY.match(found.string, found.end()):
        return whole
    return LEFT_OUT if _is_phone(whole) else _BARE.sub(LEFT_OUT, whole)


def _is_phone(whole: str) -> bool:
    digits = re.sub(r"\D", "", whole)
    if "+" in whole or digits.startswith("00"):
        return True
    if len(digits) == 8:
        return digits[0] in "23456"
    national = len(digits) == 9 and digits[0] in "08"
    return national or (len(digits) == 11 and digits.startswith(("370", "371")))
