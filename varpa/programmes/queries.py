"""Reading programmes and participation."""

import json
from collections.abc import Collection
from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Q, QuerySet

from varpa.kernel.text import TranslatedText
from varpa.methodology import Methodology, Window, from_json
from varpa.methodology import overrides as overriding
from varpa.people.models import Person
from varpa.people.queries import ADULT_AGE, is_minor
from varpa.programmes.models import (
    Membership,
    MembershipState,
    MethodologyVersion,
    Permission,
    PermissionKind,
    Preparation,
    Programme,
    Role,
    StepKey,
)

STAFF = (Role.MANAGER, Role.LEAD_PARTNER)
LIVE = (MembershipState.ACCEPTED, MembershipState.COMPLETED)
PREPARING = (StepKey.TRAINING, StepKey.NOTICE)


@lru_cache(maxsize=64)
def _methodology(digest: str) -> Methodology:
    return from_json(MethodologyVersion.objects.get(digest=digest).data)


@lru_cache(maxsize=64)
def _overridden(digest: str, changes: str) -> Methodology:
    return overriding.apply(_methodology(digest), json.loads(changes))


def methodology_of(programme: Programme) -> Methodology:
    """The methodology by which a programme runs, with its own wording, hours and added questions.

    The digest is read with the programme: select_related("methodology_version") saves a query.
    """
    digest = programme.methodology_version.digest
    if not programme.overrides:
        return _methodology(digest)
    return _overridden(digest, json.dumps(programme.overrides, sort_keys=True))


def calendar_of(programme: Programme) -> dict[str, Window]:
    """The window of each period and activity of the programme, by key; days are inclusive."""
    methodology = methodology_of(programme)
    return overriding.calendar_of(methodology, programme.starts, programme.ends, programme.overrides)


def hours_target(programme: Programme) -> int:
    """How many minutes a pair is to spend together."""
    return methodology_of(programme).hours_minutes


def with_methodology(programmes: QuerySet[Programme]) -> QuerySet[Programme]:
    """Programmes read with what `methodology_of` needs, without the methodology's own data."""
    return programmes.select_related("methodology_version").defer("methodology_version__data")


def today_of(programme: Programme, now: datetime) -> date:
    """The day it is in the programme's zone."""
    return now.astimezone(ZoneInfo(programme.zone)).date()


def years_before(day: date, years: int) -> date:
    """The same day so many years earlier (29 February: 28 February)."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def prepared(today: date) -> Q:
    """Members who may meet one to one (R1), as a condition on memberships.

    Training or its reading done, notice accepted and, where a mentee is under 18, the guardian's
    permission. A mentee whose date of birth nobody knows counts as a minor.
    """
    step = Preparation.objects.filter(membership=OuterRef("pk"))
    permission = Permission.objects.filter(
        membership=OuterRef("pk"), kind=PermissionKind.TAKING_PART, withdrawn_at__isnull=True
    )
    grown = ~Q(role=Role.MENTEE) | Q(person__born__lte=years_before(today, ADULT_AGE))
    return (
        Q(state__in=LIVE)
        & Q(Exists(step.filter(step=StepKey.TRAINING)))
        & Q(Exists(step.filter(step=StepKey.NOTICE)))
        & (grown | Q(Exists(permission)))
    )


def is_prepared(membership: Membership, today: date) -> bool:
    """Whether one member may meet one to one (R1)."""
    return Membership.objects.filter(prepared(today), pk=membership.pk).exists()


def all_prepared(memberships: Collection[Membership], today: date) -> bool:
    """Whether each of a few members may meet one to one (R1): the condition `prepared`, in small questions.

    It is asked before everything that a pair does, and so in a third of the time. Reads the database anew;
    only role and date of birth are taken from what is at hand.
    """
    keys = {member.pk for member in memberships}
    live = Membership.objects.filter(pk__in=keys, state__in=LIVE)
    if live.count() < len(keys):
        return False
    steps = Preparation.objects.filter(membership__in=keys, step__in=PREPARING)
    if steps.count() < len(keys) * len(PREPARING):
        return False
    minors = {member.pk for member in memberships if needs_permission(member, today)}
    permitted = Permission.objects.filter(
        membership__in=minors, kind=PermissionKind.TAKING_PART, withdrawn_at__isnull=True
    )
    return not minors or permitted.count() == len(minors)


def needs_permission(membership: Membership, today: date) -> bool:
    """Whether a guardian must permit what this member does: a mentee under 18, or of unknown age."""
    if membership.role != Role.MENTEE:
        return False
    return membership.person.born is None or is_minor(membership.person, today)


def has_permission(membership: Membership, kind: str) -> bool:
    """Whether the guardian's permission of a kind is given and not withdrawn."""
    return Permission.objects.filter(membership=membership, kind=kind, withdrawn_at__isnull=True).exists()


def members(programme: Programme) -> QuerySet[Membership]:
    """All memberships of a programme with their people."""
    return Membership.objects.filter(programme=programme).select_related("person")


def memberships_of(person: Person) -> QuerySet[Membership]:
    """A person's own memberships, newest programme first, with what pages need."""
    own = Membership.objects.filter(person=person).select_related(
        "programme", "programme__methodology_version", "person"
    )
    return own.defer("programme__methodology_version__data").order_by("-programme__starts", "pk")


def staff_of(programme: Programme) -> QuerySet[Membership]:
    """Managers and lead partner's people of a programme, managers first."""
    return members(programme).filter(role__in=STAFF, state=MembershipState.ACCEPTED).order_by("-role", "pk")


def documents_to_read(membership: Membership) -> list[tuple[str, TranslatedText, bool, bool]]:
    """(key, title, required, read) of each document that a member's role is asked to read."""
    read = set(membership.receipts.values_list("document", flat=True))
    documents = methodology_of(membership.programme).documents
    return [
        (each.key, each.title, each.required, each.key in read)
        for each in documents
        if membership.role in each.roles
    ]
