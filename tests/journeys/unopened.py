"""The addresses that the journey of every page cannot open, each with the reason."""

from typing import Final

WHY_NOT: Final[dict[str, str]] = {}
