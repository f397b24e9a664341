"""Screening a mentor, where the programme asks for it: the result and its day, never the paper (R1)."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from varpa.kernel.refusals import Refusal
from varpa.people.models import Person
from varpa.programmes import unready
from varpa.programmes.actions.memberships import HasLeft, record_member
from varpa.programmes.models import Membership, Screening
from varpa.programmes.queries import GONE, is_screened, screening_of, today_of


class NotScreened(Refusal):
    sentence = _("Only mentors are screened, in a programme that asks for it in its settings.")


class NotYetScreened(Refusal):
    sentence = _("The day of the result lies in the future. Write the day that stands on it.")


@transaction.atomic
def record_screening(*, membership: Membership, passed: bool, day: date, by: Person, now: datetime) -> bool:
    """Write down what came of screening a mentor, and on which day; the same once more changes nothing.

    Where one may not go on, a pair rests in the same moment. Raises NotScreened, NotYetScreened, HasLeft.
    """
    if not is_screened(membership):
        raise NotScreened()
    if membership.state in GONE:
        raise HasLeft()
    if day > today_of(membership.programme, now):
        raise NotYetScreened()
    # Two managers at once: the second waits here, or both results would stand.
    Membership.objects.select_for_update().get(pk=membership.pk)
    standing = screening_of(membership)
    if standing and (standing.passed, standing.day) == (passed, day):
        return False
    Screening.objects.filter(membership=membership, replaced_at=None).update(replaced_at=now)
    Screening.objects.create(membership=membership, passed=passed, day=day, at=now, by=by)
    record_member("membership.screened" if passed else "membership.held_back", membership, now=now, by=by)
    if not passed:
        unready.tell(membership, now)
    return True
