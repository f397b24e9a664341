"""What is talked over beside an event, for one reader."""

from django.db.models import Prefetch, QuerySet

from varpa.events.access import SayingAction
from varpa.events.models import Event, Saying
from varpa.kernel.access import allowed
from varpa.people.models import Person


def sayings_read(sayings: QuerySet[Saying]) -> QuerySet[Saying]:
    """With the event and who said it."""
    return sayings.select_related("event__programme__methodology_version", "by")


def talk_of(event: Event, person: Person) -> QuerySet[Saying]:
    """What a reader may see, the newest first, with its answers: two questions, however much was said."""
    answers = Saying.objects.filter(withdrawn_at=None).select_related("by").order_by("at", "pk")
    first = Saying.objects.filter(event=event, under=None, withdrawn_at=None)
    readable = allowed(SayingAction.READ, person, first).select_related("by")
    return readable.prefetch_related(Prefetch("sayings", answers)).order_by("-at", "-pk")
