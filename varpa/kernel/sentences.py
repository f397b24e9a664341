"""A line of text in its sentences, as Latvian, Lithuanian and English write full stops."""

import re
from typing import Final

_PAUSE: Final = re.compile(r"(?<=[.!?…])(?<!\b\w\.)\s+(?=[^\w\s]*(\w))")
_CUT_SHORT: Final = re.compile(
    r"\b(?:tūkst|milj|mljrd|mlrd|mln|sk|piem|pvz|plkst|val|proc|nr|tel|tālr|mob|adr|apm|vnt|lpp|psl|str|kab|kl|"
    r"bulv|lauk|krast|šos|iel|pr|prosp|al|pl|gat|dr|prof|doc|akad|mag|inž|arh|arch|dir|vad|pavad|pirm|prez|"
    r"red|rež|gerb|god|cien|ģen|gen|pulkv|plk|kpt|kap|ltn|maj|kun|vysk|bīsk|mrs|rev|"
    r"(?-i:[A-ZČĢĶĻŅŠŽ][bcčdfgģhjkķlļmnņprsštvzž]{1,2}))\.\Z",
    re.IGNORECASE,
)
"""Words that hardly ever end a sentence: measures, streets, titles; saints and initials, which have no vowel
(`Šv. Jono`, `Kr. Barona`). Of one letter (g., m., d., u. c., an initial) none does.
"""


def sentences_of(line: str) -> list[str]:
    """A sentence ends where a capital follows its mark: neither "2027. gada" nor "1,5 tūkst. EUR" is cut."""
    begins, found = 0, []
    for pause in _PAUSE.finditer(line):
        before = line[max(begins, pause.start() - 10) : pause.start()]
        if pause[1].isupper() and not _CUT_SHORT.search(before):
            found.append(line[begins : pause.start()])
            begins = pause.end()
    return [text for each in (*found, line[begins:]) if (text := each.strip())]
