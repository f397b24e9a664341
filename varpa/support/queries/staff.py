"""Who of the staff handles what goes wrong: the managers, the lead partner, and nobody who is in the pair."""

from django.db.models import Q

from varpa.pairs.models import Pair
from varpa.people.models import Appointment, Person
from varpa.programmes.models import Membership, Programme, Role
from varpa.programmes.queries import LIVE


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
