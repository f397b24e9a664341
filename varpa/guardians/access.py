"""Whoever manages a programme looks after guardians and schools, and reads what they tell."""

from enum import StrEnum

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from varpa.guardians.models import Tells
from varpa.kernel.access import grant
from varpa.people.models import Person
from varpa.programmes.access import led_programmes, managed_ids, managers_programmes
from varpa.programmes.models import Membership, Role
from varpa.programmes.queries import LIVE


class GuardianAction(StrEnum):
    """READ: who they are and what each has answered. WRITE: send again, take back, take off."""

    READ = "guardian.read"
    WRITE = "guardian.write"


class SchoolAction(StrEnum):
    """READ: who answers for a school, and what it says. WRITE: send again, take back, take off."""

    READ = "school.read"
    WRITE = "school.write"


class WorryAction(StrEnum):
    READ = "worry.read"


@grant(GuardianAction.READ, _("manages the programme"))
@grant(GuardianAction.WRITE, _("manages the programme"))
def _looks_after(person: Person) -> Q:
    return Q(membership__programme__in=managed_ids(person))


@grant(SchoolAction.READ, _("manages the programme"))
@grant(SchoolAction.WRITE, _("manages the programme"))
def _has_schools(person: Person) -> Q:
    return Q(programme__in=managed_ids(person))


@grant(WorryAction.READ, _("is the project manager, who was told"))
def _is_told(person: Person) -> Q:
    return Q(membership__programme__in=managers_programmes(person), to=Tells.MANAGER) & ~_mentored(person)


@grant(WorryAction.READ, _("staff of the lead partner, which was told, and is not whom it is about"))
def _lead_is_told(person: Person) -> Q:
    # Nor one who managed it and does no more: a complaint may be why.
    managed = Membership.objects.filter(person=person, role=Role.MANAGER).order_by().values("programme")
    about_oneself = Q(membership__programme__in=managed, to=Tells.ABOUT_MANAGER)
    told = ~Q(to=Tells.MANAGER) & ~about_oneself
    return Q(membership__programme__in=led_programmes(person)) & told & ~_mentored(person)


@grant(WorryAction.READ, _("staff of the lead partner, where nobody manages who is not the pupil’s mentor"))
def _lead_instead(person: Person) -> Q:
    managers = Membership.objects.filter(role=Role.MANAGER, state__in=LIVE, programme=OuterRef("programme"))
    mentors = Membership.objects.filter(pairs_as_mentor__mentee=OuterRef(OuterRef("pk")))
    others = managers.exclude(person__in=mentors.order_by().values("person"))
    theirs = Membership.objects.filter(~Exists(others), programme__in=led_programmes(person))
    return Q(membership__in=theirs.order_by().values("pk"), to=Tells.MANAGER) & ~_mentored(person)


def _mentored(person: Person) -> Q:
    """Of a pupil who is or was in a pair with this person: whoever is in it does not handle it (R8)."""
    theirs = Membership.objects.filter(pairs_as_mentee__mentor__person=person)
    return Q(membership__in=theirs.order_by().values("pk"))
