"""Saying that two people who look alike are two."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from varpa.duplicates.models import Different
from varpa.history.actions import record
from varpa.kernel.refusals import Refusal
from varpa.people.models import Person
from varpa.programmes.models import Programme


class OnlyOne(Refusal):
    sentence = _("These are one and the same. Choose two.")


@transaction.atomic
def say_different(*, programme: Programme, one: Person, other: Person, by: Person, now: datetime) -> None:
    """These are two people, however alike they look: they are not offered again. Twice is once.

    Raises OnlyOne.
    """
    if one.pk == other.pk:
        raise OnlyOne()
    first, second = sorted((one, other), key=lambda each: each.pk)
    said = {"by": by, "at": now}
    _row, made = Different.objects.get_or_create(first=first, second=second, withdrawn_at=None, defaults=said)
    if made:
        about = {"other": second.ref}
        record("person.different", first, now=now, by=by, programme_ref=programme.ref, details=about)


@transaction.atomic
def take_back(*, programme: Programme, different: Different, by: Person, now: datetime) -> None:
    """They may be one after all, and are offered again; a second click changes nothing."""
    if Different.objects.filter(pk=different.pk, withdrawn_at=None).update(withdrawn_at=now):
        about = {"other": different.second.ref}
        record("person.alike", different.first, now=now, by=by, programme_ref=programme.ref, details=about)
