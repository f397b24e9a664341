"""Who of the staff handles what goes wrong: the managers, the lead partner, and nobody whom it concerns."""

from django.db.models import Q

from varpa.pairs.models import Pair
from varpa.people.models import Appointment, Person
from varpa.programmes.models import Membership, Programme, Role
from varpa.programmes.queries import LIVE
from varpa.support.models import Concerns


def around(pair: Pair | None) -> set[int]:
    """The keys of whoever is in a pair with its mentee, whatever became of that: they see to none of it."""
    if pair is None:
        return set()
    pairs = Pair.objects.filter(mentee=pair.mentee_id).values_list("mentor__person", flat=True)
    return {*pairs, pair.mentor.person_id, pair.mentee.person_id}


def is_in(pair: Pair, person: Person) -> bool:
    """Whether a person is one of the two, or a mentor of the same mentee: then somebody else sees to it."""
    return person.pk in around(pair)


def managers_of(programme: Programme, pair: Pair | None) -> list[Person]:
    """The project managers who may handle what concerns a pair."""
    held = Membership.objects.filter(programme=programme, role=Role.MANAGER, state__in=LIVE)
    found, apart = held.select_related("person").order_by("pk"), around(pair)
    return [each.person for each in found if each.person_id not in apart]


def lead_of(programme: Programme, pair: Pair | None, *, but_managers: bool = False) -> list[Person]:
    """The lead partner's people who may handle what concerns a pair; `but_managers`: who never managed."""
    appointed = Appointment.objects.filter(organisation=programme.organisation_id, ended_at__isnull=True)
    held = Membership.objects.filter(programme=programme, role=Role.LEAD_PARTNER, state__in=LIVE)
    people = Person.objects.filter(Q(pk__in=appointed.values("person")) | Q(pk__in=held.values("person")))
    if but_managers:
        managed = Membership.objects.filter(programme=programme, role=Role.MANAGER)
        people = people.exclude(pk__in=managed.values("person"))
    return list(people.exclude(pk__in=around(pair)).order_by("pk"))


def handling(
    programme: Programme,
    pair: Pair | None,
    *,
    managers: bool,
    lead: bool,
    concerns: str = Concerns.US,
    about: int | None = None,
) -> list[Person]:
    """Everybody who handles what was told to the `managers`, to the `lead` partner, or to both.

    What concerns the manager is read by nobody who ever managed the programme. Only where nobody is left
    then, and the manager whom it is `about` was named, do the others of both read it.
    """
    accused = concerns == Concerns.MANAGER
    named = accused and managers and about is not None
    found = managers_of(programme, pair) if managers and (named or not accused) else []
    if lead:
        found += lead_of(programme, pair, but_managers=accused and not named)
    return [each for each in dict.fromkeys(found) if not accused or each.pk != about]
