"""Who may do what with people and organisations."""

from enum import StrEnum

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from varpa.kernel.access import allowed, grant
from varpa.people.models import Appointment, Person


class OrganisationAction(StrEnum):
    READ = "organisation.read"
    RUN = "organisation.run"


class ReaderAction(StrEnum):
    """As what a person is written to: the rooms above say who is what (LetterKind.readers)."""

    MANAGER = "reader.manager"
    MENTOR = "reader.mentor"
    MENTEE = "reader.mentee"


@grant(OrganisationAction.READ, _("staff of the organisation"))
@grant(OrganisationAction.RUN, _("staff of the organisation"))
def _staff(person: Person) -> Q:
    appointed = Appointment.objects.filter(person=person, ended_at__isnull=True)
    return Q(pk__in=appointed.values("organisation"))


def reads_as(person: Person) -> set[str]:
    """As what a person is written to now."""
    own = Person.objects.filter(pk=person.pk)
    return {action.value for action in ReaderAction if allowed(action, person, own).exists()}
