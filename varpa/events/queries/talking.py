"""What is talked over beside an event."""

from django.db.models import Prefetch, QuerySet

from varpa.events.models import Event, Saying


def sayings_read(sayings: QuerySet[Saying]) -> QuerySet[Saying]:
    """With the event and who said it."""
    return sayings.select_related("event__programme__methodology_version", "by")


def talk_of(event: Event) -> QuerySet[Saying]:
    """The first words that stand, the newest first, each with its answers; who may read them, the view asks.

    Two questions, however much was said.
    """
    answers = Saying.objects.filter(withdrawn_at=None).select_related("by").order_by("at", "pk")
    first = Saying.objects.filter(event=event, under=None, withdrawn_at=None).select_related("by")
    return first.prefetch_related(Prefetch("sayings", answers)).order_by("-at", "-pk")
