"""What was decided about two people, and where it contradicts itself or what is possible."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from varpa.kernel.compiled import compiled
from varpa.matching.models import Choice, ChoiceKind
from varpa.matching.queries.cohorts import free, kept_apart, standing
from varpa.programmes.models import MembershipState, Programme


def choices_of(programme: Programme) -> QuerySet[Choice]:
    """The choices that stand, newest first, with the names of the people and whether they take part."""
    told = [f"{side}__{of}" for side in ("mentee", "mentor") for of in ("state", "person__name")]
    found = standing(programme).select_related("mentee__person", "mentor__person", "by")
    return found.only(*(each.name for each in Choice._meta.concrete_fields), *told, "by__name")


def choice_read(choices: QuerySet[Choice]) -> QuerySet[Choice]:
    """A choice with its people and programme, and the people of the one in whose place it came."""
    told = [f"{of}{side}__person" for of in ("", "replaces__") for side in ("mentee", "mentor")]
    return choices.select_related(*told, "programme")


@dataclass(frozen=True)
class Stated:
    """A choice that stands, as far as a board tells of it.

    `mentee_left` and `mentor_left`: how many times they may still be paired (`free`); None where not at all.
    """

    ref: str
    kind: str
    mentee_id: int
    mentor_id: int
    at: datetime
    why: str
    mentee: str
    mentor: str
    mentee_state: str
    mentor_state: str
    mentee_left: int | None
    mentor_left: int | None


@dataclass(frozen=True)
class Stands:
    """What holds in a programme: the choices, newest first, and who is kept apart (`kept_apart`)."""

    choices: list[Stated]
    apart: dict[tuple[int, int], str]


def stands_of(programme: Programme) -> Stands:
    """Read once for a page: three queries, four where somebody has a wish."""
    choices = [Stated(*row) for row in _stated(programme=programme)]
    decided = [(each.kind, each.mentee_id, each.mentor_id) for each in choices]
    return Stands(choices, kept_apart(programme, decided))


@compiled()
def _stated(programme: Programme) -> QuerySet[Choice, tuple[Any, ...]]:
    left: str = "left"
    places = {
        f"{side}_{left}": Subquery(free(programme).filter(pk=OuterRef(side)).order_by().values(left))
        for side in ("mentee", "mentor")
    }
    told = [f"{side}__{of}" for of in ("person__name", "state") for side in ("mentee", "mentor")]
    return (
        standing(programme)
        .values_list("ref", "kind", "mentee", "mentor", "at", "why", *told)
        .annotate(**places)
    )


def contradictions(stands: Stands) -> list[str]:
    """A sentence for each lock that cannot be kept as things stand.

    Matching leaves such a lock out; a veto stands above it.
    """
    locks = [each for each in stands.choices if each.kind == ChoiceKind.LOCK]
    apart = {two for two, kind in stands.apart.items() if kind == ChoiceKind.VETO}
    waiting = {each.mentee_id for each in locks if each.mentee_left}
    asked = Counter(each.mentor_id for each in locks if each.mentee_id in waiting)
    found = []
    for lock in locks:
        both = {"mentee": lock.mentee, "mentor": lock.mentor}
        if lock.mentee_id not in waiting:
            # In a pair by now: the lock has come true, or another pair was made by hand.
            if lock.mentee_state != MembershipState.ACCEPTED:
                found.append(_("%(mentee)s no longer takes part. Decided was: %(mentor)s.") % both)
        elif lock.mentor_state != MembershipState.ACCEPTED:
            found.append(_("%(mentor)s no longer takes part. Decided was for: %(mentee)s.") % both)
        elif (lock.mentee_id, lock.mentor_id) in apart:
            told = _("%(mentee)s, %(mentor)s: decided to be together, and asked in confidence not to be.")
            found.append(told % both)
        elif asked[lock.mentor_id] > (lock.mentor_left or 0):
            counts = {"locks": asked[lock.mentor_id], "places": lock.mentor_left or 0}
            told = _("%(mentor)s: decided mentees: %(locks)d, free places: %(places)d.")
            found.append(told % {**both, **counts})
    return list(dict.fromkeys(found))
