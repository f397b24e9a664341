"""Reading history."""

from collections.abc import Iterable

from django.db.models import CharField, Model, QuerySet

from varpa.history.models import Line
from varpa.kernel.compiled import compiled


def lines_of(thing: Model) -> QuerySet[Line]:
    """Everything that was done to one thing, newest first."""
    kind = type(thing).__name__.lower()
    ref = str(getattr(thing, "ref", thing.pk))
    return Line.objects.filter(thing_kind=kind, thing_ref=ref).order_by("-pk")


def last_change(programme_ref: str) -> int:
    """The key of the newest line of a programme, 0 without one: while it stays, nothing has changed."""
    return next(iter(_newest(programme_ref=programme_ref)), 0)


def last_change_of_any(programme_refs: Iterable[str]) -> int:
    """The key of the newest line of several programmes, 0 without one."""
    lines = Line.objects.filter(programme_ref__in=list(programme_refs))
    return lines.order_by("-pk").values_list("pk", flat=True).first() or 0


@compiled(programme_ref=CharField())
def _newest(programme_ref: str) -> QuerySet[Line, int]:
    lines = Line.objects.filter(programme_ref=programme_ref)
    return lines.order_by("-pk").values_list("pk", flat=True)[:1]
