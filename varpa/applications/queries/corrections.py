"""Whom one may correct, and what a page of corrections showed."""

import hashlib

from django.db.models import Exists, OuterRef, Q

from varpa.people.models import Appointment, Organisation, Person
from varpa.programmes.models import Membership
from varpa.programmes.queries import STAFF


def foreign(organisation: Organisation) -> Q:
    """Of people: those whom others than this organisation know too, and whoever runs programmes."""
    mine = Membership.objects.filter(person=OuterRef("pk"))
    elsewhere = mine.exclude(programme__organisation=organisation) | mine.filter(role__in=STAFF)
    return Q(Exists(elsewhere) | Exists(Appointment.objects.filter(person=OuterRef("pk"))))


def known_elsewhere(person: Person, organisation: Organisation) -> bool:
    """Whether what is known of a person is not this organisation's alone to correct."""
    return Person.objects.filter(foreign(organisation), pk=person.pk).exists()


def mark_of(person: Person) -> str:
    """What of a person can be corrected, as it stands, in a few letters."""
    known = repr((person.name, person.phone, person.born)).encode()
    return hashlib.sha256(known).hexdigest()[:16]
