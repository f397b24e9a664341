"""Making a thing once, however often its form is sent."""

from typing import Any, TypeVar

from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from varpa.kernel.refs import new_ref
from varpa.kernel.refusals import Refusal

Thing = TypeVar("Thing", bound=Model)


class FormTooOld(Refusal):
    """The reference of the form belongs to something else."""

    sentence = _("The page was opened too long ago. Open it again and send it once more.")


def make_once(model: type[Thing], *, ref: str, fields: dict[str, Any], **within: Model) -> tuple[Thing, bool]:
    """The thing with this reference within its pair or meeting, and whether it was made just now.

    The reference was given to the form when it was shown; without one a new one is made.
    """
    try:
        with transaction.atomic():
            return model._default_manager.get_or_create(ref=ref or new_ref(), **within, defaults=fields)
    except IntegrityError as error:
        raise FormTooOld() from error
