"""Where a page is: put together once, as Django does it, and remembered while the process runs."""

from functools import lru_cache
from typing import Any

from django.conf import settings
from django.urls import reverse

# Forty pairs have some thousand addresses; each takes a few hundred bytes.
MOST = 8192


def address_of(name: str, *args: Any, **named: Any) -> str:
    """`address_of("pairs:plan", pair.ref)`; raises NoReverseMatch where no page is called so."""
    return _address(settings.ROOT_URLCONF, name, args, tuple(named.items()))


@lru_cache(maxsize=MOST)
def _address(_urls: str, name: str, args: tuple[Any, ...], named: tuple[tuple[str, Any], ...]) -> str:
    """Addresses are the same as long as the process runs; tests have other ones in between."""
    return reverse(name, args=args, kwargs=dict(named))
