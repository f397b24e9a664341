"""Who sees the mail that found no place: whoever manages the programme of its writer."""

from enum import StrEnum

from django.db.models import Exists, Q
from django.utils.translation import gettext_lazy as _

from varpa.kernel.access import grant
from varpa.people.models import Appointment, Person
from varpa.post.models import Inbound
from varpa.programmes.access import managed_ids
from varpa.programmes.models import Programme


class MailAction(StrEnum):
    """READ: that it came, and its words where they are not private. SETTLE: say that one has seen to it."""

    READ = "mail.read"
    SETTLE = "mail.settle"


@grant(MailAction.READ, _("manages the programme"))
@grant(MailAction.SETTLE, _("manages the programme"))
def _manages(person: Person) -> Q:
    refs = Programme.objects.filter(pk__in=managed_ids(person)).order_by().values("ref")
    return Q(programme_ref__in=refs)


@grant(MailAction.READ, _("staff of the organisation, where no programme knows the writer"))
@grant(MailAction.SETTLE, _("staff of the organisation, where no programme knows the writer"))
def _staff(person: Person) -> Q:
    appointed = Appointment.objects.filter(person=person, ended_at__isnull=True)
    unknown = Inbound.objects.filter(Exists(appointed), programme_ref="").order_by()
    return Q(pk__in=unknown.values("pk"))
