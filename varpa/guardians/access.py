"""Whoever manages a programme looks after guardians and schools, and reads what they tell."""

from enum import StrEnum

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from varpa.guardians.models import Tells
from varpa.kernel.access import grant
from varpa.people.models import Person
from varpa.programmes.access import led_programmes, managed_ids, managers_programmes


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


@grant(WorryAction.READ, _("manages the programme, and those who do were told"))
def _is_told(person: Person) -> Q:
    return Q(membership__programme__in=managed_ids(person), to=Tells.MANAGER)


@grant(WorryAction.READ, _("staff of the lead partner, which was told, and is not whom it is about"))
def _lead_is_told(person: Person) -> Q:
    about_oneself = Q(membership__programme__in=managers_programmes(person), to=Tells.ABOUT_MANAGER)
    return Q(membership__programme__in=led_programmes(person)) & ~Q(to=Tells.MANAGER) & ~about_oneself
