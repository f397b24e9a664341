"""What the tests of merges share: Elīna, who is in the programme twice, and every row of the database."""

from datetime import date
from typing import Any

import pytest
from django.apps import apps

from tests import make
from tests.cast import Cast, assemble
from tests.make import NOW
from varpa.kernel.refs import new_ref
from varpa.merges.actions.merging import merge
from varpa.merges.models import Merge
from varpa.merges.queries import two_of
from varpa.people.models import Person
from varpa.programmes.actions.memberships import add_member
from varpa.programmes.actions.participation import say_participation
from varpa.programmes.models import Membership, Role

BORN = date(2006, 5, 4)
# What undoing adds of its own, and never takes away: history, letters, the merge itself.
GROWS = ("history.Line", "post.Letter", "merges.Merge")


@pytest.fixture
def cast() -> Cast:
    return assemble()


@pytest.fixture
def second(cast: Cast) -> Membership:
    """Elīna once more: her surname first, without its marks, with another address; she has only applied."""
    person = make.person("BERZINA Elina", "elina.b@skola.example", born=BORN)
    made = add_member(
        programme=cast.programme, person=person, role=Role.MENTEE, by=None, now=NOW, place="Ģimnāzija"
    )
    say_participation(membership=made, said={"languages": ["lv"], "region": "Jelgava"}, by=None, now=NOW)
    return made


def rows() -> dict[str, dict[int, Any]]:
    """Everything that stands in our tables."""
    return {
        model._meta.label: {
            row["id" if "id" in row else model._meta.pk.name]: row for row in model._base_manager.values()
        }
        for config in apps.get_app_configs()
        if config.name.startswith("varpa.")
        for model in config.get_models()
    }


def without_growth(
    then: dict[str, dict[int, Any]], now: dict[str, dict[int, Any]]
) -> dict[str, dict[int, Any]]:
    """What stands now, without rows that were added to what only grows."""
    return {
        name: {key: row for key, row in found.items() if name not in GROWS or key in then[name]}
        for name, found in now.items()
    }


def put(
    cast: Cast, one: Person, other: Person, *, by: Person | None = None, now: Any = NOW, **changes: Any
) -> Merge:
    """The two put together, as the page shows them now."""
    fresh = [Person.objects.get(pk=each.pk) for each in (one, other)]
    given: dict[str, Any] = {"choices": {}, "mark": two_of(*fresh).mark, "ref": new_ref(), **changes}
    return merge(programme=cast.programme, one=fresh[0], other=fresh[1], by=by or cast.inga, now=now, **given)
