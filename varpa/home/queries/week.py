"""The manager's week: what needs a person now, counted in two queries, whatever the size of the programme."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, npgettext

from varpa.applications.models import Worry
from varpa.history.queries import last_change
from varpa.meetings.models import HourLine, LineState, Meeting, MeetingState
from varpa.pairs.models import OPEN, Pair, PairState
from varpa.programmes.ages import births
from varpa.programmes.models import (
    Membership,
    MembershipState,
    Permission,
    PermissionKind,
    Programme,
    Role,
)
from varpa.programmes.queries import prepared, today_of

SILENT = timedelta(days=14)
UNANSWERED = timedelta(days=3)


@dataclass(frozen=True)
class Need:
    """One line of the week: how many, of what, where it is dealt with."""

    count: int
    sentence: str
    url: str
    detail: str = ""


def silent(now: datetime) -> Q:
    """Pairs that go but have not met for over two weeks (methodology §12: silence is ours, 14 days)."""
    met = Meeting.objects.filter(pair=OuterRef("pk"), state=MeetingState.HELD, starts_at__gte=now - SILENT)
    return Q(state=PairState.ACTIVE, active_at__lt=now - SILENT) & ~Q(Exists(met))


def week(programme: Programme, now: datetime) -> list[Need]:
    """What needs the manager, most pressing first; lines with nothing in them are left out."""
    minute = now.replace(second=0, microsecond=0)
    pairs, people = _counted(programme, programme.ref, last_change(programme.ref), minute)
    worries, *others = _people_needs(programme, people)
    needs = [worries, *_pair_needs(programme, pairs), *others]
    return [need for need in needs if need.count]


@lru_cache(maxsize=64)
def _counted(
    programme: Programme, _ref: str, _last_change: int, minute: datetime
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Counted again after each change and every minute (docs/decisions/0006-remembered-counts.md)."""
    return _pairs(programme, minute), _people(programme, minute)


def _pairs(programme: Programme, now: datetime) -> dict[str, Any]:
    planned = Meeting.objects.filter(pair=OuterRef("pk"), state=MeetingState.PLANNED, starts_at__gte=now)
    objected = HourLine.objects.filter(pair=OuterRef("pk"), state=LineState.OBJECTED)
    quiet = silent(now)
    proposed = Q(state=PairState.PROPOSED, proposed_at__lt=now - UNANSWERED)
    return Pair.objects.filter(programme=programme).aggregate(
        silent=Count("pk", filter=quiet),
        idle=Count("pk", filter=quiet & ~Q(Exists(planned))),
        objected=Count("pk", filter=Q(Exists(objected)) & Q(state__in=OPEN)),
        unanswered=Count("pk", filter=proposed),
        paused=Count("pk", filter=Q(state=PairState.PAUSED)),
    )


def _people(programme: Programme, now: datetime) -> dict[str, Any]:
    today = today_of(programme, now)
    accepted = Q(state=MembershipState.ACCEPTED)
    part = Q(role__in=[Role.MENTOR, Role.MENTEE])
    permitted = Permission.objects.filter(
        membership=OuterRef("pk"), kind=PermissionKind.TAKING_PART, withdrawn_at__isnull=True
    )
    young = Q(role=Role.MENTEE) & ~Q(person__born__lte=births(today).grown)
    worried = Worry.objects.filter(guardian__membership=OuterRef("pk"), read_at=None)
    paired = Pair.objects.filter(mentee=OuterRef("pk"), state__in=OPEN)
    ever = Pair.objects.filter(mentee=OuterRef("pk"))
    return Membership.objects.filter(programme=programme).aggregate(
        applied=Count("pk", filter=Q(state=MembershipState.APPLIED)),
        unready=Count("pk", filter=accepted & part & ~prepared(today)),
        worry=Count("pk", filter=Q(Exists(worried))),
        permission=Count("pk", filter=accepted & young & ~Q(Exists(permitted))),
        unpaired=Count("pk", filter=accepted & Q(role=Role.MENTEE) & ~Q(Exists(paired)) & ~Q(Exists(ever))),
    )


def _pair_needs(programme: Programme, found: dict[str, Any]) -> list[Need]:
    pairs = reverse("home:pairs", args=[programme.ref])
    idle = found["idle"]
    also = ngettext("%(n)d of them has no next meeting", "%(n)d of them have no next meeting", idle) % {
        "n": idle
    }
    return [
        Need(
            found["silent"],
            ngettext("Pair silent for over two weeks", "Pairs silent for over two weeks", found["silent"]),
            f"{pairs}?show=silent",
            also if idle else "",
        ),
        Need(
            found["objected"],
            ngettext("Pair settling its hours", "Pairs settling their hours", found["objected"]),
            f"{pairs}?show=objected",
        ),
        Need(
            found["unanswered"],
            ngettext(
                "Proposed pair without an answer for three days",
                "Proposed pairs without an answer for three days",
                found["unanswered"],
            ),
            f"{pairs}?show=proposed",
        ),
        Need(
            found["paused"],
            npgettext("pairs", "Pair on pause", "Pairs on pause", found["paused"]),
            f"{pairs}?show=paused",
        ),
    ]


def _people_needs(programme: Programme, found: dict[str, Any]) -> list[Need]:
    people = reverse("applications:people", args=[programme.ref])
    return [
        Need(
            found["worry"],
            ngettext("Guardian's worry to read", "Guardians' worries to read", found["worry"]),
            f"{people}?show=worry",
            _("It is read the same day, and the guardian is told"),
        ),
        Need(
            found["applied"],
            ngettext("Application to decide", "Applications to decide", found["applied"]),
            f"{people}?state=applied",
        ),
        Need(
            found["permission"],
            ngettext("Guardian's permission missing", "Guardians' permissions missing", found["permission"]),
            f"{people}?show=permission",
            _("Until it is here, the pair cannot meet"),
        ),
        Need(
            found["unready"],
            ngettext("Person not prepared yet", "People not prepared yet", found["unready"]),
            f"{people}?show=unready",
        ),
        Need(
            found["unpaired"],
            ngettext("Mentee without a mentor", "Mentees without a mentor", found["unpaired"]),
            reverse("matching:start", args=[programme.ref]),
        ),
    ]
