"""What many members still lack before they may meet one to one (R1): a few questions for all of them."""

from collections.abc import Iterable
from datetime import date

from varpa.programmes.models import Membership, Permission, PermissionKind, Preparation, Programme, Screening
from varpa.programmes.queries import SCREENING, missing_of


def missing_by_member(
    programme: Programme, members: Iterable[Membership], today: date
) -> dict[int, list[str]]:
    """By the key of a member what is missing, as `missing_of` names it; members come with their people."""
    found = {each.pk: each for each in members}
    steps = Preparation.objects.filter(membership__in=list(found))
    made = set(steps.values_list("membership_id", "step"))
    if programme.mentors_are_screened:
        passed = Screening.objects.filter(membership__in=list(found), passed=True, replaced_at=None)
        made |= {(pk, SCREENING) for pk in passed.values_list("membership_id", flat=True)}
    standing = Permission.objects.filter(kind=PermissionKind.TAKING_PART, withdrawn_at__isnull=True)
    permitted = set(standing.filter(membership__in=list(found)).values_list("membership_id", flat=True))
    own: dict[int, list[str]] = {pk: [] for pk in found}
    for pk, step in made:
        own[pk].append(step)
    for each in found.values():
        each.programme = programme
    return {pk: missing_of(each, own[pk], pk in permitted, today) for pk, each in found.items()}
