"""A journal of single changes, exact enough to go through it backwards: to the microsecond, key by key."""

import json
from datetime import datetime
from typing import Any, Final

from django.apps import apps
from django.core import serializers
from django.db import IntegrityError, transaction
from django.db.models import ForeignObjectRel, Model
from django.utils.translation import gettext_lazy as _

from varpa.kernel.refusals import Refusal
from varpa.merges.references import DROP, Reference

MOVE: Final = "move"
"""A row points elsewhere. Undone only while it still does."""
CHANGE: Final = "change"
"""A value is another. What somebody has written since stays as it is."""
TAKE: Final = "take"
"""A row is in the journal alone."""
Entry = dict[str, Any]


class NoLongerSo(Refusal):
    """A row does not stand any more as the journal left it."""

    sentence = _(
        "What was put together has been changed since, for example put together with somebody else. Undo "
        "that first, if it can be undone."
    )


class Journal:
    """Does single changes and writes each down."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.entries: list[Entry] = []

    def move(self, row: Model, **to: Any) -> None:
        self._write(MOVE, row, to)

    def change(self, row: Model, **to: Any) -> None:
        """Nothing is written down where nothing changes."""
        differing = {name: value for name, value in to.items() if getattr(row, name) != value}
        if differing:
            self._write(CHANGE, row, differing)

    def take(self, row: Model) -> None:
        """Take a row out of its table; what hangs on it must have been moved before, nothing falls along."""
        require_nothing_on(row)
        (whole,) = _plain(serializers.serialize("python", [row]))
        self.entries.append({"did": TAKE, "row": whole})
        type(row)._base_manager.filter(pk=row.pk).delete()

    def carry(self, reference: Reference, before: int, after: int) -> None:
        """All rows of a reference belong to another; where there may be only one, as the reference says."""
        rows = reference.of._base_manager.filter(**{reference.column: before}).order_by("pk")
        for row in rows:
            to = {reference.column: after}
            try:
                with transaction.atomic():
                    self.move(row, **to)
            except IntegrityError:
                if not reference.clash:
                    raise
                self.entries.pop()
                if reference.clash == DROP:
                    self.take(row)
                else:
                    self.move(row, **to, **{reference.clash: self.now})

    def _write(self, did: str, row: Model, to: dict[str, Any]) -> None:
        before = type(row)._base_manager.values(*to).get(pk=row.pk)
        told = {"model": row._meta.label, "pk": row.pk, "before": _plain(before), "after": _plain(to)}
        self.entries.append({"did": did, **told})
        type(row)._base_manager.filter(pk=row.pk).update(**to)
        for name, value in to.items():
            setattr(row, name, value)


def require_nothing_on(row: Model) -> None:
    """A reference that nobody thought of is a mistake of ours, and stops everything before it can do harm."""
    for relation in row._meta.get_fields(include_hidden=True):
        if isinstance(relation, ForeignObjectRel):
            model, field = relation.field.model, relation.field.name
            if model._base_manager.filter(**{field: row.pk}).exists():
                raise RuntimeError(f"{model._meta.label}.{field} still names it")


def go_back(entries: list[Entry]) -> None:
    """Undo a journal, the newest entry first. Raises NoLongerSo; IntegrityError where it clashes."""
    for each in reversed(entries):
        if each["did"] == TAKE:
            for row in serializers.deserialize("python", [each["row"]]):
                row.save(force_insert=True)
            continue
        model = apps.get_model(each["model"])
        row = model._base_manager.filter(pk=each["pk"])
        now: dict[str, Any] | None = row.values(*each["after"]).first()
        same = (
            {}
            if now is None
            else {name for name, value in _plain(now).items() if value == each["after"][name]}
        )
        if each["did"] == MOVE and len(same) < len(each["after"]):
            raise NoLongerSo()
        if same:
            row.update(**{name: _lively(model, name, each["before"][name]) for name in same})


def _plain(value: Any) -> Any:
    return json.loads(json.dumps(value, default=lambda each: each.isoformat()))


def _lively(model: type[Model], column: str, kept: Any) -> Any:
    field = next(each for each in model._meta.concrete_fields if each.attname == column)
    return kept if field.is_relation or kept is None else field.to_python(kept)
