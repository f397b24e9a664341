"""Whoever saves by an older page loses nothing that was said since: neither words nor ticks (R13)."""

from collections.abc import Collection, Mapping
from typing import Any

from varpa.kernel.merging import Conflict


def require_seen(
    told: Mapping[str, Any], said: Mapping[str, Any], words: Collection[str], *, at: int, revision: int
) -> None:
    """Raise merging.Conflict where a page of `revision` would overwrite what stands at the revision `at`.

    `words` names the answers in which people write. Of the others, what was only added loses nothing.
    """
    if at == revision:
        return
    stored = {name: str(told.get(name) or "") for name in said if name in words}
    given = {name: str(said[name]) for name in stored}
    chosen = {name: told[name] for name in said if name not in words and _loses(told.get(name), said[name])}
    if stored != given or chosen:
        raise Conflict(stored=stored, given=given, revision=at, chosen=chosen)


def together(stored: Any, given: Any) -> Any:
    """The ticks of both; of what is chosen once, the later choice, where there is one."""
    if isinstance(stored, list):
        return [*(given or []), *(each for each in stored if each not in (given or []))]
    return stored if given in (None, "") else given


def _loses(stored: Any, given: Any) -> bool:
    if isinstance(stored, list):
        return not set(stored) <= set(given or [])
    return stored not in (None, "", given)
