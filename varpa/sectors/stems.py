"""Words without their endings: in Latvian and Lithuanian one word has a dozen of them."""

from functools import lru_cache
from typing import Final

SHORTEST: Final = 4
"""Letters of a stem: what is shorter may be the beginning of anything."""
_WITHIN: Final = ("uose", "oje", "eje", "yje", "uje")


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """A folded word without its ending, by a rule rough enough for three languages; short ones stay whole.

    An English "y" stays, or "policy" would be "police"; "bakeries" are what a "bakery" is one of.
    """
    if word.endswith("ies") and len(word) > SHORTEST + 2:
        return word[:-3] + "y"
    if word.endswith("y"):
        return word
    bare = next((word[: -len(each)] for each in _WITHIN if word.endswith(each)), word).rstrip("aeiouys")
    return bare if len(bare) >= SHORTEST else word
