"""The accounts by which a person signs in, and what those are called."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from varpa.people.models import Person
from varpa.providers.configured import Provider
from varpa.providers.models import Link


@dataclass(frozen=True)
class Linked:
    """`key` names it among the person's own; `name` as on the button, or as it was."""

    key: int
    name: str
    at: datetime
    used_at: datetime


def configured(key: str) -> Provider | None:
    """The provider of this name in the file, where there is one."""
    return next((each for each in settings.SIGN_IN_PROVIDERS if each.key == key), None)


def linked_to(person: Person) -> list[Linked]:
    """By which accounts a person signs in. Where no provider is configured nothing is asked."""
    if not settings.SIGN_IN_PROVIDERS:
        return []
    names = {each.server: each.name for each in settings.SIGN_IN_PROVIDERS}
    return [
        Linked(each.pk, names.get(each.issuer, each.name), each.at, each.used_at)
        for each in Link.objects.filter(person=person)
    ]
