"""One term for one thing, in each language, everywhere: no text says another word for what has its own."""

import re

import pytest

from tests.house.texts import texts

OTHERS = {
    # The mentee is an *audzēknis*, also to a guardian; *skolēnu brīvlaiks* and firms of schools are names.
    "lv": r"\bskolēn(?!u (?:brīvlaik|mācību))\w*|\bmentorējam\w*|\bprotež\w*"
    r"|\buzņēmuma aprakst\w*|\blomu apmaiņ\w*|\buzņēmējdarbības plān\w*",
    # A mentee is a *mokinys*; *globotinis*, a ward, collides with *globėjas*, guardian.
    "lt": r"\bmoksleiv\w*|\bglobotin\w*|\bįmonės profil\w*|\bprezentacij\w*|\breguliar\w* susitikim\w*"
    r"|\bapsilankym\w* įmon\w*",
}
# What a profession is called, and the ideas of the demonstration's firms.
APART = ("varpa/sectors/", "varpa/site/replay/words/ideas/")


@pytest.mark.parametrize("language", OTHERS)
def test_one_thing_has_one_term(language: str) -> None:
    found = [
        (place, text[max(word.start() - 40, 0) : word.end() + 20])
        for place, text in texts(language)
        if not place.startswith(APART)
        for word in re.finditer(OTHERS[language], text, re.IGNORECASE)
    ]
    assert found == []
