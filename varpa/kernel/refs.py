"""References: short public names of things, unguessable, without letters that look alike."""

import random
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
LENGTH = 12
PATTERN = re.compile(f"[{ALPHABET}]{{{LENGTH}}}")

_seeded: ContextVar[random.Random | None] = ContextVar("seeded", default=None)


def new_ref() -> str:
    """A new reference of twelve characters (59 bits); repeatable only inside `seeded`."""
    source = _seeded.get()
    choose = source.choice if source else secrets.choice
    return "".join(choose(ALPHABET) for _ in range(LENGTH))


def is_ref(text: str) -> bool:
    """Whether a text that came from outside has the shape of a reference."""
    return PATTERN.fullmatch(text) is not None


@contextmanager
def seeded(seed: int) -> Iterator[None]:
    """Give repeatable references inside a block: two replays of one seed are equal."""
    token = _seeded.set(random.Random(seed))
    try:
        yield
    finally:
        _seeded.reset(token)
