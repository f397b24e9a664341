"""What a manager does for one person: what is known of the person, leaving."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from varpa.applications.actions.decisions import require_applicant
from varpa.people.models import Person
from varpa.programmes.actions import memberships as programmes
from varpa.programmes.models import Membership
from varpa.programmes.queries import GONE, methodology_of


@transaction.atomic
def change_details(
    *,
    membership: Membership,
    country: str,
    place: str,
    topic: str,
    means: Collection[str],
    revision: int,
    by: Person,
    now: datetime,
) -> bool:
    """Change what is known of a member in the programme; answers whether anything was changed.

    Means that the programme does not know are left out. Raises HasLeft, and merging.Conflict (R13).
    """
    if membership.state in GONE:
        raise programmes.HasLeft()
    known = [each.key for each in methodology_of(membership.programme).means if each.key in means]
    # The order in which they were ticked says nothing.
    kept = membership.means if set(known) == set(membership.means) else known
    changes = {"country": country, "place": place.strip(), "topic": topic.strip(), "means": kept}
    return programmes.change_member(membership=membership, changes=changes, revision=revision, by=by, now=now)


@transaction.atomic
def let_go(*, membership: Membership, by: Person, now: datetime) -> None:
    """A person leaves the programme; nothing is deleted, and a pair of theirs rests until it is ended (R3).

    Raises StaffIsAppointed, AlreadyMoved.
    """
    require_applicant(membership)
    programmes.withdraw_member(membership=membership, by=by, now=now)
