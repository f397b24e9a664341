"""Reading programmes and participation."""

import json
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cached_property, lru_cache
from pathlib import Path
from typing import NamedTuple

from django.db.models import Case, CharField, DateField, Exists, OuterRef, Q, QuerySet, Value, When

from varpa.kernel.clock import zone_of
from varpa.kernel.compiled import compiled
from varpa.methodology import Broken, Methodology, Problem, Window, digest, from_json, load
from varpa.methodology import overrides as overriding
from varpa.methodology.marks import KindAct
from varpa.people.models import Organisation, Person
from varpa.programmes.ages import (
    ADULT,
    USUAL,
    Births,
    ages_in,
    ages_of,
    birthday,
    births,
    countries,
    years_before,
)
from varpa.programmes.models import (
    OVER,
    Membership,
    MembershipState,
    MethodologyText,
    MethodologyVersion,
    Participation,
    Permission,
    PermissionKind,
    Preparation,
    Programme,
    ReportingPeriod,
    Role,
    Screening,
    StepKey,
)

STAFF = (Role.MANAGER, Role.LEAD_PARTNER)
LIVE = (MembershipState.ACCEPTED, MembershipState.COMPLETED)
GONE = (MembershipState.DECLINED, MembershipState.WITHDRAWN)
SCREENING = "screening"
MOST_OFFERED = 30
VISITS = (PermissionKind.VISIT, PermissionKind.VISIT_ABROAD)


@lru_cache(maxsize=64)
def methodology_by(digest: str) -> Methodology:
    """What a version says, read once a process; MethodologyText.DoesNotExist where there is no such one."""
    return from_json(MethodologyText.objects.get(of__digest=digest).data)


@lru_cache(maxsize=64)
def _overridden(digest: str, changes: str) -> Methodology:
    return overriding.apply(methodology_by(digest), json.loads(changes))


def own_methodology_of(programme: Programme) -> Methodology:
    """The methodology as the programme took it, without the programme's changes."""
    return methodology_by(programme.methodology_version.digest)


def methodology_of(programme: Programme) -> Methodology:
    """The methodology by which a programme runs, with its own wording, hours and added questions.

    The digest is read with the programme: select_related("methodology_version") saves a query.
    """
    digest = programme.methodology_version.digest
    if not programme.overrides:
        return methodology_by(digest)
    return _overridden(digest, json.dumps(programme.overrides, sort_keys=True))


def calendar_of(programme: Programme) -> dict[str, Window]:
    """The window of each period and activity of the programme, by key; days are inclusive."""
    methodology = methodology_of(programme)
    return overriding.calendar_of(methodology, programme.starts, programme.ends, programme.overrides)


def hours_target(programme: Programme) -> int:
    """How many minutes a pair is to spend together."""
    return methodology_of(programme).hours_minutes


def with_methodology(programmes: QuerySet[Programme]) -> QuerySet[Programme]:
    """Programmes read with what `methodology_of` needs, in one query."""
    return programmes.select_related("methodology_version")


def with_organisation(programmes: QuerySet[Programme]) -> QuerySet[Programme]:
    """Programmes read with the organisation, by which their lead partner is called."""
    return programmes.select_related("organisation", "methodology_version")


def today_of(programme: Programme, now: datetime) -> date:
    """The day it is in the programme's zone."""
    return now.astimezone(zone_of(programme.zone)).date()


def prepared(today: date) -> Q:
    """Members who may meet one to one (R1), as a condition on memberships.

    Training or its self-study done, notice accepted; where the programme screens mentors, a result with which
    one may go on; where a mentee is a minor, the guardian's permission;
    who has come of age meanwhile confirms it alone, within days of grace. A mentee whose date of birth
    nobody knows counts as a minor. The age is the setting of the member's country.
    """
    return prepared_if_born(_births_there(today))


def minors(today: date) -> Q:
    """Mentees for whom a guardian decides; where nobody knows the date of birth, too."""
    return Q(role=Role.MENTEE) & ~Q(person__born__lte=_births_there(today).grown)


def _births_there(today: date) -> Births:
    """Days of birth as `births` tells them, for each member by the setting that holds there."""
    usual = births(today)
    others = {Q(adult=None, country=code): births(today, ages) for code, ages in countries().items()}
    others |= {Q(adult=years): births(today, replace(USUAL, adult=years)) for years in ADULT}
    whens = [(where, by) for where, by in others.items() if by != usual]
    grown, grace = (
        Case(*[When(where, then=Value(by[at])) for where, by in whens], default=Value(usual[at]))
        for at in range(2)
    )
    return Births(grown, grace)


def prepared_if_born(by: Births) -> Q:
    """The condition `prepared` by the days of birth of those who are grown, and beyond their grace."""
    step = Preparation.objects.filter(membership=OuterRef("pk"))
    permission = Permission.objects.filter(
        membership=OuterRef("pk"), kind=PermissionKind.TAKING_PART, withdrawn_at__isnull=True
    )
    screened = Screening.objects.filter(membership=OuterRef("pk"), passed=True, replaced_at__isnull=True)
    alone = Q(person__born__lte=by.grown) & Q(Exists(step.filter(step=StepKey.GROWN)))
    permitted = ~Q(person__born__lte=by.grace) & Q(Exists(permission))
    return (
        Q(state__in=LIVE)
        & Q(Exists(step.filter(step=StepKey.TRAINING)))
        & Q(Exists(step.filter(step=StepKey.NOTICE)))
        & (~Q(role=Role.MENTEE) | alone | permitted)
        & (~Q(role=Role.MENTOR) | Q(programme__mentors_are_screened=False) | Q(Exists(screened)))
    )


def is_prepared(membership: Membership, today: date) -> bool:
    """Whether one member may meet one to one (R1)."""
    return Membership.objects.filter(prepared(today), pk=membership.pk).exists()


def all_prepared(memberships: Collection[Membership], today: date) -> bool:
    """Whether each of a few members may meet one to one (R1): asked before everything that a pair does."""
    return all(
        _ready(pk=each.pk, **births(today, ages_of(each.country, each.adult))._asdict())
        for each in memberships
    )


@compiled(grown=DateField(), grace=DateField())
def _ready(pk: int, grown: date, grace: date) -> QuerySet[Membership, int]:
    ready = Membership.objects.filter(prepared_if_born(Births(grown, grace)), pk=pk)
    return ready.values_list("pk", flat=True)


def missing_of(membership: Membership, steps: Collection[str], permitted: bool, today: date) -> list[str]:
    """What a member still lacks (R1), by what was read of it: keys of StepKey, SCREENING and "permission",
    and "reading" for the training where the methodology has none.

    `steps` are those made, SCREENING among them where its result lets one take part. In the grace after
    the birthday the permission still counts: then nothing lacks.
    """
    by = methodology_of(membership.programme).prepares_by(membership.role)
    found = [by] if by and StepKey.TRAINING not in steps else []
    if StepKey.NOTICE not in steps:
        found.append(StepKey.NOTICE.value)
    if is_screened(membership) and SCREENING not in steps:
        found.append(SCREENING)
    if membership.role != Role.MENTEE:
        return found
    born, days = membership.person.born, births(today, ages_of(membership.country, membership.adult))
    grown = born is not None and born <= days.grown
    counts = permitted and (born is None or born > days.grace)
    if grown and StepKey.GROWN not in steps and not counts:
        found.append(StepKey.GROWN.value)
    elif not grown and not counts:
        found.append("permission")
    return found


def is_screened(membership: Membership) -> bool:
    """Whether this member is to be screened: a mentor, where the programme asks for it."""
    return membership.role == Role.MENTOR and membership.programme.mentors_are_screened


def screening_of(membership: Membership) -> Screening | None:
    """The result that stands, with who wrote it down; None before the first, and where none is asked for."""
    if not is_screened(membership):
        return None
    return Screening.objects.filter(membership=membership, replaced_at=None).select_related("by").first()


def is_grown(membership: Membership, today: date) -> bool:
    """Whether a member is of age in the country of the membership; where the birthday is unknown, not."""
    born = membership.person.born
    return born is not None and born <= births(today, ages_of(membership.country, membership.adult)).grown


def waits_for_guardian(membership: Membership, today: date) -> bool:
    """Whether a guardian permits taking part first: the member is too young to consent online alone.

    Where nobody has said the country, the strictest of the programme's counts.
    """
    born = membership.person.born
    if membership.role != Role.MENTEE or born is None:
        return False
    programme = membership.programme
    there = [membership.country] if membership.country else programme.countries or [""]
    consent = max(ages_in(code, programme.ages).consent for code in there)
    young = born > years_before(today, consent)
    return young and not has_permission(membership, PermissionKind.TAKING_PART)


def grown_unconfirmed(today: date) -> Q:
    """Mentees who came of age after they accepted the notice and have not confirmed it yet."""
    step = Preparation.objects.filter(membership=OuterRef("pk"))
    return (
        Q(role=Role.MENTEE, state=MembershipState.ACCEPTED)
        & Q(person__born__lte=_births_there(today).grown)
        & Q(Exists(step.filter(step=StepKey.NOTICE)))
        & ~Q(Exists(step.filter(step=StepKey.GROWN)))
    )


def needs_permission(membership: Membership, today: date) -> bool:
    """Whether a guardian must permit what this member does: a mentee who is a minor, or of unknown age."""
    return membership.role == Role.MENTEE and not is_grown(membership, today)


def lacks_permission(membership: Membership, today: date) -> bool:
    """Whether this member may not take part because no guardian permits it."""
    return needs_permission(membership, today) and not has_permission(membership, PermissionKind.TAKING_PART)


def kinds_to_permit(programme: Programme) -> list[str]:
    """What a guardian is asked to permit: visits only where the methodology knows a visit to a company."""
    visits = methodology_of(programme).has_kind(KindAct.VISIT)
    return [kind for kind in PermissionKind.values if visits or kind not in VISITS]


def has_permission(membership: Membership, kind: str) -> bool:
    """Whether the guardian's permission of a kind is given and not withdrawn."""
    return bool(_permission(membership=membership, kind=kind))


@compiled(kind=CharField())
def _permission(membership: Membership, kind: str) -> QuerySet[Permission, int]:
    given = Permission.objects.filter(membership=membership, kind=kind, withdrawn_at__isnull=True)
    return given.order_by().values_list("pk", flat=True)[:1]


def may_be_pictured(membership: Membership, today: date, given: bool | None = None) -> bool:
    """Whether a picture may show this member: of age, or a guardian permits it (`given`: known)."""
    minor = needs_permission(membership, today)
    return not minor or (has_permission(membership, PermissionKind.PHOTOGRAPHS) if given is None else given)


def members(programme: Programme) -> QuerySet[Membership]:
    """All memberships of a programme with their people."""
    return Membership.objects.filter(programme=programme).select_related("person")


def takes_part(membership: Membership) -> bool:
    """Whether somebody is in a programme that is not over: asked of the database, at this moment."""
    return bool(_standing(pk=membership.pk))


@compiled()
def _standing(pk: int) -> QuerySet[Membership, int]:
    standing = Membership.objects.filter(pk=pk, state=MembershipState.ACCEPTED)
    return standing.exclude(programme__state__in=OVER).order_by().values_list("pk", flat=True)[:1]


def memberships_of(person: Person) -> QuerySet[Membership]:
    """A person's own memberships, newest programme first, with what pages need."""
    own = Membership.objects.filter(person=person).order_by("-programme__starts", "pk")
    return own.select_related("programme", "programme__methodology_version", "person")


def memberships_read(memberships: QuerySet[Membership]) -> QuerySet[Membership]:
    """Memberships read with their person, programme and what `methodology_of` needs."""
    return memberships.select_related("person", "programme__methodology_version", "programme__organisation")


def said_by(membership: Membership) -> Participation:
    """How somebody takes part; nothing said where there is no row."""
    found: Participation | None = getattr(membership, "participation", None)
    return found or Participation()


def managers(programme: Programme) -> QuerySet[Membership]:
    """Who manages a programme."""
    return members(programme).filter(role=Role.MANAGER, state=MembershipState.ACCEPTED)


def staff_of(programme: Programme) -> QuerySet[Membership]:
    """Managers and lead partner's people of a programme, managers first."""
    return members(programme).filter(role__in=STAFF, state=MembershipState.ACCEPTED).order_by("-role", "pk")


def reporting_periods(programme: Programme) -> list[ReportingPeriod]:
    """The periods of which the funder is told, in the order of their days."""
    return list(ReportingPeriod.objects.filter(programme=programme, withdrawn_at=None))


@dataclass(frozen=True)
class Offer:
    """A methodology folder from which a programme may begin, or what keeps it from that.

    A version that an organisation has written itself is offered too; its key is the digest.
    """

    key: str
    methodology: Methodology | None
    problems: list[Problem]

    @cached_property
    def digest(self) -> str:
        """What names the version that a programme made from it works by; "" where it cannot begin."""
        return digest(self.methodology) if self.methodology else ""


def offers(folders: Path) -> list[Offer]:
    """Every folder inside `folders`: read whole, offered where it has no problem."""
    inside = sorted(folders.iterdir()) if folders.is_dir() else []
    return [_offer(each, _stamp(each)) for each in inside if each.is_dir() and each.name[0] != "."]


def own_offers(organisations: QuerySet[Organisation]) -> list[Offer]:
    """The versions that these organisations have written themselves, the newest first."""
    own = MethodologyVersion.objects.filter(own_of__organisation__in=organisations).distinct()
    digests = own.order_by("-pk").values_list("digest", flat=True)[:MOST_OFFERED]
    return [Offer(digest, methodology_by(digest), []) for digest in digests]


@lru_cache(maxsize=16)
def _offer(folder: Path, _as_it_stands: object) -> Offer:
    """A folder that has not changed is read once: it takes a tenth of a second."""
    try:
        return Offer(folder.name, load(folder), [])
    except Broken as broken:
        return Offer(folder.name, None, broken.problems)


def _stamp(folder: Path) -> tuple[tuple[str, int, int], ...]:
    """What changes where a file of the folder does."""
    files = ((str(each), each.stat()) for each in sorted(folder.rglob("*")))
    return tuple((name, found.st_mtime_ns, found.st_size) for name, found in files)


def own_memberships(programme: Programme, person: Person) -> QuerySet[Membership]:
    """A person's memberships in one programme that hold: accepted, or gone the whole way."""
    held = [MembershipState.ACCEPTED, MembershipState.COMPLETED]
    return Membership.objects.filter(programme=programme, person=person, state__in=held)


class Seen(NamedTuple):
    """A programme in somebody's list, with the memberships that the person has in it."""

    programme: Programme
    manages: bool
    memberships: list[Membership]


def seen_by(person: Person, programmes: list[Programme], managed: set[int]) -> list[Seen]:
    """Programmes as a person sees them; `managed` are the keys of those that the person manages."""
    own: dict[int, list[Membership]] = {}
    for membership in memberships_of(person).filter(programme__in=programmes):
        own.setdefault(membership.programme_id, []).append(membership)
    return [Seen(each, each.pk in managed, own.get(each.pk, [])) for each in programmes]


def grace_until(membership: Membership, today: date) -> date | None:
    """The last day on which a guardian's permission still counts; None where there is none, or it is past."""
    born, ages = membership.person.born, ages_of(membership.country, membership.adult)
    if born is None or not has_permission(membership, PermissionKind.TAKING_PART):
        return None
    last = birthday(born, ages.adult) + timedelta(days=ages.grace_days)
    return last if last >= today else None
