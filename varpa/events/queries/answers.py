"""What waits for somebody, or for the staff, about events: read by the pages that gather rooms."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from varpa.events.models import Event, EventState, Invitation, InvitationState
from varpa.programmes.models import Membership, Programme

ANNOUNCED_BEFORE = timedelta(days=14)
"""How long before an event it is to be announced."""
ENTERED_AFTER = timedelta(hours=3)
"""How long after its beginning who was there is asked for."""


def with_unanswered(memberships: QuerySet[Membership], now: Any) -> QuerySet[Membership]:
    """Memberships with the nearest event to answer: `event_ref`, `event_title`, `event_at`."""
    asked = Invitation.objects.filter(
        membership=OuterRef("pk"),
        state=InvitationState.ASKED,
        event__state=EventState.ANNOUNCED,
        event__starts_at__gt=now,
    ).order_by("event__starts_at", "pk")
    said = {f"event_{name}": Subquery(asked.values(f"event__{field}")[:1]) for name, field in _READ.items()}
    return memberships.annotate(**said)


_READ = {"ref": "ref", "title": "title", "at": "starts_at"}


def waiting_for_staff(programmes: Iterable[Programme], now: datetime) -> dict[int, dict[str, int]]:
    """By the key of the programme: how many events are `unannounced` though near, and of how many
    (`unentered`) nobody has said who was there.

    `asked`: how many questions to events still ahead, that only the staff reads, have no answer.
    """
    soon = Q(state=EventState.DRAFT, starts_at__gt=now, starts_at__lte=now + ANNOUNCED_BEFORE)
    over = Q(state=EventState.ANNOUNCED, starts_at__lte=now - ENTERED_AFTER)
    ahead = Q(state=EventState.ANNOUNCED, starts_at__gt=now, questions__in_confidence=True)
    asked = ahead & Q(questions__answered_at=None, questions__withdrawn_at=None)
    found = Event.objects.filter(programme__in=programmes).order_by().values("programme")
    counted = found.annotate(
        unannounced=Count("pk", filter=soon, distinct=True),
        unentered=Count("pk", filter=over, distinct=True),
        asked=Count("questions", filter=asked, distinct=True),
    )
    return {row.pop("programme"): row for row in counted}
