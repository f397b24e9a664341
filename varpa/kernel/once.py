"""Making a thing once, however often its form is sent."""

from typing import Any, TypeVar

from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from varpa.kernel.refs import new_ref
from varpa.kernel.refusals import Refusal

_WHEN = frozenset({"at", "planned_at"})
Thing = TypeVar("Thing", bound=Model)


class FormTooOld(Refusal):
    """The reference of the form belongs to something else."""

    sentence = _("The page was opened too long ago. Open it again and send it once more.")


class SentAlready(Refusal):
    """Not a second click: the form was sent before and has been changed since. `ref` is its reference."""

    sentence = _("This page was sent once already, with something else in it. If this is new, send it again.")

    def __init__(self, ref: str = "") -> None:
        super().__init__()
        self.ref = ref


def make_once(model: type[Thing], *, ref: str, fields: dict[str, Any], **within: Model) -> tuple[Thing, bool]:
    """The thing with this reference within its pair or meeting, and whether it was made just now.

    The reference was given to the form when it was shown; without one a new one is made. Raises SentAlready
    where it has made something else.
    """
    try:
        with transaction.atomic():
            found = model._default_manager.get_or_create(ref=ref or new_ref(), **within, defaults=fields)
    except IntegrityError as error:
        raise FormTooOld() from error
    require_same(found[0], fields)
    return found


def require_same(thing: Model, fields: dict[str, Any]) -> None:
    """Raise SentAlready unless this is what was asked for, whenever that was."""
    if any(getattr(thing, name) != value for name, value in fields.items() if name not in _WHEN):
        raise SentAlready(str(getattr(thing, "ref", "")))
