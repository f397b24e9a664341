"""States and the steps between them: a visible table on each model, moved by compare-and-swap."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from varpa.kernel.refusals import Refusal


@dataclass(frozen=True)
class Step:
    """One allowed move: from any of `sources` to `target`."""

    sources: tuple[str, ...]
    target: str


Steps = Mapping[str, Step]


class AlreadyMoved(Refusal):
    """Somebody, or a second click, was first; or the step is not open from here."""

    sentence = _("This has changed in the meantime. What stands now is shown on the page.")


def move(thing: Model, step: str, **changes: Any) -> None:
    """Take a step of `STEPS`, writing the state and `changes` only if the state is still the source.

    Raises AlreadyMoved where it is not: of two clicks one moves, on every database.
    """
    table: Steps = thing.STEPS  # type: ignore[attr-defined]  # every model with states declares it; a house test checks
    rule = table[step]
    manager = type(thing)._default_manager
    written = manager.filter(pk=thing.pk, state__in=rule.sources).update(state=rule.target, **changes)
    if not written:
        raise AlreadyMoved()
    thing.state = rule.target  # type: ignore[attr-defined]
    for name, value in changes.items():
        setattr(thing, name, value)


def can(thing: Model, step: str) -> bool:
    """Whether a step is open from the state in which the thing stands."""
    table: Steps = thing.STEPS  # type: ignore[attr-defined]
    return thing.state in table[step].sources  # type: ignore[attr-defined]
