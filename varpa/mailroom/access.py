"""Who sees the mail that found no place: whoever manages the programme of its writer, and is not in a pair
with them. The room of pairs, which knows that, adds the grant.
"""

from enum import StrEnum

from django.db.models import Exists, Q
from django.utils.translation import gettext_lazy as _

from varpa.kernel.access import grant
from varpa.people.models import Appointment, Person
from varpa.post.models import Inbound


class MailAction(StrEnum):
    """READ: that it came, and its words where they are not private. SETTLE: say that one has seen to it."""

    READ = "mail.read"
    SETTLE = "mail.settle"


@grant(MailAction.READ, _("staff of the organisation, where no programme knows the writer"))
@grant(MailAction.SETTLE, _("staff of the organisation, where no programme knows the writer"))
def _staff(person: Person) -> Q:
    appointed = Appointment.objects.filter(person=person, ended_at__isnull=True)
    unknown = Inbound.objects.filter(Exists(appointed), programme_ref="").order_by()
    return Q(pk__in=unknown.values("pk"))
