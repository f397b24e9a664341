"""Private links: what is kept of the token that a letter carries."""

import hashlib


def digest_of(token: str) -> str:
    """What is kept of a link's token: it is long and random, so that a plain digest tells nothing."""
    return hashlib.sha256(token.encode()).hexdigest()
