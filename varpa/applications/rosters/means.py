"""What people call the means of communication, in three languages."""

from collections.abc import Iterable
from typing import Final

from varpa.applications.rosters.headings import listed, plain
from varpa.methodology.model import Means

EVERYDAY: Final = listed("means")


def means_by_word(means: Iterable[Means]) -> dict[str, str]:
    """The keys of these means by every word for them, as it is compared; a name stands above other words."""
    known = list(means)
    keys = {each.key for each in known}
    named = {plain(word): each.key for each in known for word in (each.key, *each.name.as_dict().values())}
    return {word: key for word, key in EVERYDAY.items() if key in keys} | named
