"""Who may do what with programmes and memberships."""

from enum import StrEnum
from typing import Any

from django.db.models import Exists, Q
from django.utils.translation import gettext_lazy as _

from varpa.kernel.access import grant
from varpa.people.access import ReaderAction
from varpa.people.models import Appointment, Person
from varpa.programmes.models import Membership, MembershipState, Programme, Role

LIVE = (MembershipState.ACCEPTED, MembershipState.COMPLETED)


class ProgrammeAction(StrEnum):
    """READ: who takes part. MANAGE: day-to-day work. APPOINT: managers and the programme itself."""

    READ = "programme.read"
    MANAGE = "programme.manage"
    APPOINT = "programme.appoint"


class MembershipAction(StrEnum):
    """READ: see that the person is in. OWN: do what only the person does. DECIDE: accept, prepare.

    TELL: say how the person takes part. CORRECT: say where the person's letters go.
    """

    READ = "membership.read"
    OWN = "membership.own"
    DECIDE = "membership.decide"
    TELL = "membership.tell"
    CORRECT = "membership.correct"


# An applicant may be accepted tomorrow; who has completed may still be answered.
WRITTEN_TO = (MembershipState.APPLIED, MembershipState.WAITING, *LIVE)


def managed(person: Person) -> Q:
    """Programmes that a person manages, as its manager or as staff of the lead partner."""
    return Q(pk__in=managed_ids(person))


def managed_ids(person: Person) -> Any:
    """A subquery of the keys of the programmes that a person manages."""
    mine = Membership.objects.filter(
        person=person, role__in=(Role.MANAGER, Role.LEAD_PARTNER), state__in=LIVE
    )
    appointed = Appointment.objects.filter(person=person, ended_at__isnull=True)
    return (
        Programme.objects.filter(
            Q(pk__in=mine.values("programme")) | Q(organisation__in=appointed.values("organisation"))
        )
        .order_by()
        .values("pk")
    )


def managers_programmes(person: Person) -> Any:
    """A subquery of the keys of the programmes of which a person is the project manager."""
    return _held(person, Role.MANAGER)


def led_programmes(person: Person) -> Any:
    """A subquery of the keys of the programmes that a person leads, as staff of the lead partner."""
    appointed = Appointment.objects.filter(person=person, ended_at__isnull=True)
    led = Q(pk__in=_held(person, Role.LEAD_PARTNER)) | Q(organisation__in=appointed.values("organisation"))
    return Programme.objects.filter(led).order_by().values("pk")


def _held(person: Person, role: str) -> Any:
    held = Membership.objects.filter(person=person, role=role, state__in=LIVE)
    return held.order_by().values("programme")


@grant(ProgrammeAction.READ, _("takes part in the programme"))
def _takes_part(person: Person) -> Q:
    mine = Membership.objects.filter(person=person, state__in=LIVE)
    return Q(pk__in=mine.values("programme"))


@grant(ProgrammeAction.READ, _("manages the programme"))
@grant(ProgrammeAction.MANAGE, _("manages the programme"))
def _manages(person: Person) -> Q:
    return managed(person)


@grant(ProgrammeAction.APPOINT, _("staff of the lead partner"))
def _appoints(person: Person) -> Q:
    appointed = Appointment.objects.filter(person=person, ended_at__isnull=True)
    return Q(organisation__in=appointed.values("organisation"))


@grant(ReaderAction.MANAGER, _("manages a programme"))
def _reads_as_manager(person: Person) -> Q:
    programmes = Programme.objects.filter(managed(person))
    return Q(pk__in=Person.objects.filter(pk=person.pk).filter(Exists(programmes)).values("pk"))


@grant(ReaderAction.MENTOR, _("is a mentor"))
def _reads_as_mentor(person: Person) -> Q:
    return _in_role(person, Role.MENTOR)


@grant(ReaderAction.MENTEE, _("is a mentee"))
def _reads_as_mentee(person: Person) -> Q:
    return _in_role(person, Role.MENTEE)


def _in_role(person: Person, role: Role) -> Q:
    mine = Membership.objects.filter(person=person, role=role, state__in=WRITTEN_TO)
    return Q(pk__in=mine.values("person"))


@grant(MembershipAction.READ, _("is this person"))
@grant(MembershipAction.OWN, _("is this person"))
@grant(MembershipAction.TELL, _("is this person"))
def _own(person: Person) -> Q:
    return Q(person=person)


@grant(MembershipAction.READ, _("manages the programme"))
@grant(MembershipAction.DECIDE, _("manages the programme"))
@grant(MembershipAction.TELL, _("manages the programme"))
def _decides(person: Person) -> Q:
    return Q(programme__in=managed_ids(person))
