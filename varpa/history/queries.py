"""Reading history."""

from django.db.models import Model, QuerySet

from varpa.history.models import Line


def lines_of(thing: Model) -> QuerySet[Line]:
    """Everything that was done to one thing, newest first."""
    kind = type(thing).__name__.lower()
    ref = str(getattr(thing, "ref", thing.pk))
    return Line.objects.filter(thing_kind=kind, thing_ref=ref).order_by("-pk")
