"""What was said of taking part is said anew: by the person, or for it by those who run the programme."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from varpa.calls.actions.seen import require_seen
from varpa.calls.queries import told_by
from varpa.people.models import Person
from varpa.programmes.actions.memberships import HasLeft, change_member
from varpa.programmes.actions.participation import say_participation
from varpa.programmes.models import Membership, Participation
from varpa.programmes.queries import GONE, said_by

OF_MEMBER = ("topic", "means")


@transaction.atomic
def say_anew(
    *,
    membership: Membership,
    said: Mapping[str, Any],
    words: Collection[str],
    revision: int,
    by: Person,
    now: datetime,
) -> bool:
    """Keep the answers of one step, by the names of their fields; answers whether anything was changed.

    The application stays as it was sent. `words` names the answers in which people write: whoever opened the
    page before somebody else changed one is told (R13). Raises HasLeft and merging.Conflict.
    """
    held = (
        Membership.objects.select_for_update(of=("self",)).select_related("programme").get(pk=membership.pk)
    )
    if held.state in GONE:
        raise HasLeft()
    told = told_by(held)
    differing = {name: value for name, value in said.items() if not same(name, value, told.get(name))}
    require_seen(told, said, words, at=held.revision, revision=revision)
    if not differing:
        return False
    say_differing(membership, said_by(held), differing, by=by, now=now)
    Membership.objects.filter(pk=held.pk).update(revision=F("revision") + 1)
    return True


def say_differing(
    membership: Membership, known: Participation, said: Mapping[str, Any], *, by: Person, now: datetime
) -> None:
    """Write down what is said anew of a membership and of how it takes part; `known` is what stands."""
    changes = {name: said[name] for name in OF_MEMBER if name in said}
    if changes:
        change_member(membership=membership, changes=changes, by=by, now=now)
    blank = Participation()
    part: dict[str, Any] = {
        name: getattr(blank, name) if said[name] is None else said[name]
        for name in Participation.SAID
        if name in said
    }
    for name, begins in (("abilities", "ability-"), ("answers", "question-")):
        anew = {key.removeprefix(begins): said[key] for key in said if key.startswith(begins)}
        if anew:
            kept = {**getattr(known, name), **anew}
            part[name] = {key: value for key, value in kept.items() if value}
    if part:
        say_participation(membership=membership, said=part, by=by, now=now)


def same(name: str, value: Any, told: Any) -> bool:
    """Blank is blank in whichever way; the order of ticks says something of interests only."""
    if isinstance(value, list) and name != "interests":
        return set(value) == set(told or [])
    return bool((value or None) == (told or None))
