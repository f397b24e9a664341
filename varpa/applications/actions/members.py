"""What a manager does for one person: what is known of the person, leaving."""

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from varpa.applications.actions.decisions import require_applicant
from varpa.applications.queries.corrections import known_elsewhere, mark_of
from varpa.kernel.refusals import Refusal
from varpa.people.actions import correct_person
from varpa.people.models import Person
from varpa.people.queries import came_in
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


class KnownElsewhere(Refusal):
    """What another organisation knows of somebody is not changed by this one; nor is it of staff."""

    sentence = _(
        "{name} runs a programme, or takes part in one of another organisation too. The person corrects it "
        "on “My page”, or the lead partner there."
    )


class CorrectedSince(Refusal):
    sentence = _(
        "Somebody has corrected this meanwhile. Look at what stands now; save once more if yours is right."
    )


@transaction.atomic
def correct_known(
    *, membership: Membership, name: str, phone: str, born: date | None, mark: str, by: Person, now: datetime
) -> bool:
    """Put right a slip in what is known of a person; answers whether anything was changed.

    Name and phone are the person's own once they have come in. `mark` is what the page showed
    (`queries.corrections.mark_of`). Raises KnownElsewhere, CorrectedSince.
    """
    person = Person.objects.select_for_update().get(pk=membership.person_id)
    if known_elsewhere(person, membership.programme.organisation):
        raise KnownElsewhere(name=person.name)
    if mark != mark_of(person):
        raise CorrectedSince()
    told: dict[str, str | date | None] = {"born": born}
    if not came_in(person):
        told |= {"name": name, "phone": phone}
    changes = {field: value for field, value in told.items() if value != getattr(person, field)}
    if changes:
        correct_person(person=person, changes=changes, now=now, by=by)
    return bool(changes)


@transaction.atomic
def let_go(*, membership: Membership, by: Person, now: datetime) -> None:
    """A person leaves the programme; nothing is deleted, and a pair of theirs rests until it is ended (R3).

    Raises StaffIsAppointed, AlreadyMoved.
    """
    require_applicant(membership)
    programmes.withdraw_member(membership=membership, by=by, now=now)
