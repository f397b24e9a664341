"""What is talked over beside an event."""

from django.db.models import Prefetch, Q, QuerySet

from varpa.events.models import Event, Saying


def sayings_read(sayings: QuerySet[Saying]) -> QuerySet[Saying]:
    """With the event and who said it."""
    return sayings.select_related("event__programme__methodology_version", "by")


def talk_of(event: Event, waits: Q) -> QuerySet[Saying]:
    """The first words that stand, the newest first, each with its answers; who may read them, the view asks.

    Without those that wait for the reader (`events.unread`). Two questions, however much was said.
    """
    standing = Saying.objects.filter(withdrawn_at=None).exclude(waits).select_related("by")
    first = standing.filter(event=event, under=None)
    return first.prefetch_related(Prefetch("sayings", standing.order_by("at", "pk"))).order_by("-at", "-pk")
