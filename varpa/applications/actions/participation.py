"""How somebody takes part is changed by staff: a mentor takes one mentee more, a town was wrong."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from varpa.applications.actions.decisions import require_applicant
from varpa.applications.taking_part import mark_of
from varpa.kernel.refusals import Refusal
from varpa.people.models import Person
from varpa.programmes.actions.participation import say_participation
from varpa.programmes.models import Membership


class ChangedMeanwhile(Refusal):
    sentence = _(
        "This was changed elsewhere meanwhile. What you have entered is still here and is not saved yet: "
        "compare it with what stands now, then save it once more."
    )


@transaction.atomic
def change_participation(
    *, membership: Membership, said: Mapping[str, Any], seen: str, by: Person, now: datetime
) -> None:
    """Change how a member takes part, {field of Participation: value}. `seen`: the mark of what stood there.

    Raises StaffIsAppointed, ChangedMeanwhile, HasLeft, NoSuchCapacity.
    """
    require_applicant(membership)
    held = Membership.objects.select_for_update().get(pk=membership.pk)
    if mark_of(held) != seen:
        raise ChangedMeanwhile()
    say_participation(membership=membership, said=said, by=by, now=now)
