"""What happens to each personal field when a person is erased (R11): a house test asks every model."""

from typing import Final

KEEP: Final = "keep"
"""Not personal, or needed for right counts."""
ERASE: Final = "erase"
"""Emptied."""
REPLACE: Final = "replace"
"""Replaced by a neutral word, so that lists keep their shape."""

CHOICES: Final = (KEEP, ERASE, REPLACE)
