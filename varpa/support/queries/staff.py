"""Who of the staff handles what goes wrong: the managers, the lead partner, and nobody who is in the pair."""

from typing import Any

from django.db.models import Q

from varpa.pairs.models import Pair
from varpa.people.models import Appointment, Person
from varpa.programmes.models import Membership, Programme, Role
from varpa.programmes.queries import LIVE


def managed_programmes(person: Person) -> Any:
    """A subquery of the keys of the programmes of which a person is the project manager."""
    return _programmes(person, Role.MANAGER)


def led_programmes(person: Person) -> Any:
    """A subquery of the keys of the programmes that a person leads, as staff of the lead partner."""
    appointed = Appointment.objects.filter(person=person, ended_at__isnull=True)
    led = Q(pk__in=_programmes(person, Role.LEAD_PARTNER)) | Q(
        organisation__in=appointed.values("organisation")
    )
    return Programme.objects.filter(led).order_by().values("pk")


def _programmes(person: Person, role: str) -> Any:
    held = Membership.objects.filter(person=person, role=role, state__in=LIVE)
    return held.order_by().values("programme")


def is_in(pair: Pair | None, person: Person) -> bool:
    """Whether a person is one of the two: then somebody else handles what concerns the pair."""
    return pair is not None and person.pk in (pair.mentor.person_id, pair.mentee.person_id)


def managers_of(programme: Programme, pair: Pair | None) -> list[Person]:
    """The project managers who may handle what concerns a pair."""
    held = Membership.objects.filter(programme=programme, role=Role.MANAGER, state__in=LIVE)
    found = held.select_related("person").order_by("pk")
    return [each.person for each in found if not is_in(pair, each.person)]


def lead_of(programme: Programme, pair: Pair | None, *, but_managers: bool = False) -> list[Person]:
    """The lead partner's people who may handle what concerns a pair; `but_managers`: none who manage."""
    appointed = Appointment.objects.filter(organisation=programme.organisation_id, ended_at__isnull=True)
    held = Membership.objects.filter(programme=programme, role=Role.LEAD_PARTNER, state__in=LIVE)
    people = Person.objects.filter(Q(pk__in=appointed.values("person")) | Q(pk__in=held.values("person")))
    if but_managers:
        manages = Membership.objects.filter(programme=programme, role=Role.MANAGER, state__in=LIVE)
        people = people.exclude(pk__in=manages.values("person"))
    return [each for each in people.order_by("pk") if not is_in(pair, each)]
