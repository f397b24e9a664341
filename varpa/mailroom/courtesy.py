"""Words that ask nothing and tell nothing: greetings, thanks and what stands above a name. In four languages.

The one list of them in the house; rooms above ask for what they need of it.
"""

import re
from typing import Final

_HELLO: Final = (
    r"čau|sveik(s|a|i|as)?|labdien|labrīt|labvakar|laba(s( rytas| vakaras)?| diena)"
    r"|hi|hello|dear|good (morning|day|evening)|здравствуйте|привет|добрый день"
)
_THANKS: Final = r"(liels |didelis |many )?(paldies|ačiū|dėkui|thanks?( you)?|спасибо)"
_FAREWELL: Final = r"ar cieņu|su pagarba|pagarbiai|(kind |best )?regards|best|с уважением"

_BEGINS: Final = re.compile(rf"^\W*({_HELLO}|{_THANKS}|{_FAREWELL})(?!\w)", re.IGNORECASE)
# A name may stand after a greeting, a name and a school below the end; a question is never a courtesy.
_ALL: Final = re.compile(
    rf"^\W*(({_HELLO})\b(\W+\w+)?|({_THANKS}|{_FAREWELL})\b(\W+\w+){{0,3}})[^\w?]*$", re.IGNORECASE
)


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
