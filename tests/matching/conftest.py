"""A programme in which mentees wait for mentors, and the worker in the same process."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests import make
from tests.cast import Cast, assemble
from tests.make import NOW
from varpa.kernel import clock
from varpa.matching.actions.runs import ask_run, work_asked
from varpa.matching.models import Run
from varpa.matching.parts import WEIGHTS
from varpa.people.models import Person
from varpa.programmes.actions.participation import say_participation
from varpa.programmes.models import Membership, Role

RULES = {"shared_language": True, "shared_means": True}


@pytest.fixture
def cast() -> Cast:
    return assemble()


def mentee(cast: Cast, name: str, *, topic: str = "", place: str = "", **said: Any) -> Membership:
    """An accepted mentee without a mentor."""
    young = make.person(name, f"{hash((name, place))}@varpa.example", born=date(2006, 1, 1))
    return _with(
        make.member(cast.programme, young, Role.MENTEE, country="LV", topic=topic, place=place), said
    )


def mentor(cast: Cast, name: str, *, topic: str = "", place: str = "", **said: Any) -> Membership:
    """An accepted mentor with as many places as `capacity` says, one by default."""
    person = make.person(name, f"{hash((name, place))}@varpa.example")
    return _with(
        make.member(cast.programme, person, Role.MENTOR, country="LV", topic=topic, place=place), said
    )


def _with(membership: Membership, said: dict[str, Any]) -> Membership:
    if said:
        say_participation(membership=membership, said=said, by=None, now=NOW)
    return Membership.objects.select_related("person", "programme").get(pk=membership.pk)


def asked(cast: Cast, **changes: Any) -> Run:
    """A run that waits for the worker."""
    weights = {key.value: weight for key, weight in WEIGHTS.items()}
    return ask_run(
        **{"programme": cast.programme, "rules": RULES, "weights": weights, "by": cast.inga, "now": NOW}
        | changes
    )


def matched(cast: Cast, **changes: Any) -> Run:
    """A run that the worker has done."""
    run = asked(cast, **changes)
    work_asked(NOW)
    return Run.objects.select_related("programme").get(pk=run.pk)


def pairs_of(run: Run) -> dict[str, str]:
    """{mentee: mentor} by name, of those that were placed."""
    lines = run.lines.filter(mentor__isnull=False)
    return dict(lines.values_list("mentee__membership__person__name", "mentor__membership__person__name"))


def see(who: Person, name: str, /, *args: str, **data: Any) -> Any:
    """A page of this room as somebody sees it."""
    client = Client()
    client.force_login(who)
    with clock.moved_to(NOW):
        return client.get(reverse(f"matching:{name}", args=args), data)


def text(who: Person, name: str, /, *args: str, **data: Any) -> str:
    """What stands on a page."""
    return str(see(who, name, *args, **data).content.decode())


def send(who: Person, name: str, /, *args: str, **data: Any) -> Any:
    """A form as somebody sends it; the page that it leads to."""
    client = Client()
    client.force_login(who)
    with clock.moved_to(NOW):
        return client.post(reverse(f"matching:{name}", args=args), data, follow=True)
