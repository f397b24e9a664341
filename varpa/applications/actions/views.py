"""Views of the list of people: kept by a manager, shared with the others, withdrawn."""

from collections.abc import Iterable
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from varpa.applications.models import View
from varpa.history.actions import record
from varpa.kernel.once import require_same
from varpa.kernel.refusals import Refusal
from varpa.people.models import Person
from varpa.programmes.models import Programme

MOST_VIEWS = 30


class NameTaken(Refusal):
    sentence = _("You have a view with this name already. Give this one another name.")


class TooManyViews(Refusal):
    sentence = _("You keep {most} views already. Delete one that you no longer need, then save this one.")


class ViewGone(Refusal):
    sentence = _("This view has been deleted in the meantime.")


@transaction.atomic
def keep_view(
    *,
    programme: Programme,
    name: str,
    asked: Iterable[tuple[str, str]],
    shared: bool,
    ref: str,
    by: Person,
    now: datetime,
) -> View:
    """Keep what was sought and which columns were shown. Asked twice with one `ref`, it is one view.

    Raises NameTaken, TooManyViews.
    """
    mine = View.objects.filter(programme=programme, by=by)
    whole: dict[str, list[str]] = {}
    for key, value in asked:
        whole.setdefault(key, []).append(value)
    said = {"name": name, "asked": whole, "shared": shared}
    if known := mine.filter(ref=ref).first():
        require_same(known, said)
        return known
    if mine.filter(withdrawn_at=None).count() >= MOST_VIEWS:
        raise TooManyViews(most=MOST_VIEWS)
    view = View(ref=ref, programme=programme, by=by, at=now, **said)
    try:
        with transaction.atomic():
            view.save(force_insert=True)
    except IntegrityError as error:
        if known := mine.filter(ref=ref).first():
            return known
        raise NameTaken() from error
    record("view.keep", view, now=now, by=by, programme_ref=programme.ref)
    return view


@transaction.atomic
def change_view(*, view: View, name: str, shared: bool, by: Person, now: datetime) -> None:
    """Give a view another name, share it or keep it to oneself. Raises NameTaken, ViewGone."""
    try:
        with transaction.atomic():
            standing = View.objects.filter(pk=view.pk, withdrawn_at=None)
            if not standing.update(name=name, shared=shared):
                raise ViewGone()
    except IntegrityError as error:
        raise NameTaken() from error
    record("view.change", view, now=now, by=by, programme_ref=view.programme.ref)


@transaction.atomic
def withdraw_view(*, view: View, by: Person, now: datetime) -> None:
    """A view is no longer offered to anybody; a second click changes nothing."""
    if View.objects.filter(pk=view.pk, withdrawn_at=None).update(withdrawn_at=now):
        record("view.withdraw", view, now=now, by=by, programme_ref=view.programme.ref)
