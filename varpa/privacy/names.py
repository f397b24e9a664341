"""Names taken out of texts that people wrote, in every case of both languages: "Elīnai", "Gabijos"."""

import re
from functools import lru_cache

from varpa.dossier.declined import bare, forms_of


def without_names(text: str, names: tuple[str, ...]) -> str:
    """The text with a mark in the place of each name, however it is declined and in either order."""
    return _pattern(names).sub("…", text) if names else text


@lru_cache(maxsize=16)
def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    """Whole names alone, also in capitals: a first name by itself is many people's."""
    found = []
    for name in names:
        parts = [_any(word) for word in name.split()]
        found += [r"\s+".join(parts), r"\s+".join([*parts[-1:], *parts[:-1]])]
    return re.compile(rf"(?<!\w)(?:{'|'.join(found)})(?!\w)", re.IGNORECASE)


def _any(word: str) -> str:
    """Every form of a word, also as it is typed without marks, the longest first."""
    known = forms_of(word)
    forms = sorted({*known, *map(bare, known)}, key=lambda form: (-len(form), form))
    return f"(?:{'|'.join(map(re.escape, forms))})"
