"""Who may remove a device: whose it is."""

from enum import StrEnum

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from varpa.kernel.access import grant
from varpa.people.models import Person


class DeviceAction(StrEnum):
    """READ one device; REMOVE it."""

    READ = "device.read"
    REMOVE = "device.remove"


@grant(DeviceAction.READ, _("is told on the device"))
@grant(DeviceAction.REMOVE, _("is told on the device"))
def _own(person: Person) -> Q:
    return Q(person=person)
