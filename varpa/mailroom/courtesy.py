"""Words that ask nothing and tell nothing: greetings, thanks and what stands above a name. In four languages.

The one list of them in the house; rooms above ask for what they need of it.
"""

import re
from collections.abc import Callable
from typing import Final

_HELLO: Final = (
    r"čau|sveik(s|a|i|as)?|labdien|labrīt|labvakar|lab(a|u|as) (dien(a|u)|rytas|vakaras|vakaru)|labas"
    r"|hi|hello|dear|good (morning|day|evening)|здравствуйте|привет|добрый день"
)
_THANKS: Final = r"(liels |didelis |many )?(paldies|ačiū|dėkui|thanks?( you)?|спасибо)"
_FAREWELL: Final = (
    r"ar cieņu|jauku dienu|lai jauka diena|su pagarba|pagarbiai|geros dienos|gražios dienos"
    r"|(kind |best )?regards|best|have a (nice|good) day|с уважением|хорошего дня"
)

_BEGINS: Final = re.compile(rf"^\W*({_HELLO}|{_THANKS}|{_FAREWELL})(?!\w)", re.IGNORECASE)
# A name may stand after a greeting, a name and a school below the end; a question is never a courtesy.
_ALL: Final = re.compile(
    rf"^\W*(({_HELLO})\b(\W+\w+)?|({_THANKS}|{_FAREWELL})\b(\W+\w+){{0,3}})[^\w?]*$", re.IGNORECASE
)

_GREETS: Final = re.compile(rf"^\W*({_HELLO})(?!\w)[^\S\n]*[!.,–—-]*\s*", re.IGNORECASE)
# Whom one greets stands behind the greeting, up to the end of the line or of the exclamation.
_WHOM: Final = re.compile(r"^[^\S\n]*([^\W\d_]+[^\S\n]*){1,3}([!.,]|(?=\n))[!.,\s]*")
# Below a farewell stand a name, a firm, a number.
_SIGNED: Final = re.compile(
    rf"^[^\S\n]*({_FAREWELL})[^\S\n]*[,.!–—-]*[^\S\n]*(\w+[^\S\n]*){{0,3}}$", re.I | re.M
)
LINES_SIGNED: Final = 8
LINE_SIGNED: Final = 80


def is_courtesy(paragraph: str) -> bool:
    """Whether a paragraph is nothing else, with a name."""
    return bool(_ALL.match(paragraph))


def without_courtesy(text: str, name: str = "") -> str:
    """What is left of a text once courtesies and the writer's own name are taken off its beginning."""
    own = [re.compile(rf"^\W*{re.escape(word)}(?!\w)", re.IGNORECASE) for word in name.split()]
    rest = text.strip()
    while found := next(filter(None, (each.match(rest) for each in (_BEGINS, *own))), None):
        rest = rest[found.end() :]
    return rest


def without_greeting(text: str, said: Callable[[str], object]) -> str:
    """What stands behind a greeting and, unless something is `said` there already, behind whom one greets."""
    greets = _GREETS.match(text)
    if not greets:
        return text
    rest = text[greets.end() :]
    whom = None if said(rest) else _WHOM.match(rest)
    return rest[whom.end() :] if whom else rest


def without_signature(text: str) -> str:
    """What stands above a farewell, where no more than a signature stands below it."""
    for signed in _SIGNED.finditer(text):
        below = [line.strip() for line in text[signed.end() :].split("\n") if line.strip()]
        short = len(below) <= LINES_SIGNED and all(len(line) <= LINE_SIGNED for line in below)
        if short and not any("?" in line for line in below):
            return text[: signed.start()].rstrip()
    return text
