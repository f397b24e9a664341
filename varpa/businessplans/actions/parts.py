"""Writing in the plan: its parts and its figures. Nobody but the mentee, by no road (principle 3)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from unicodedata import normalize

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from varpa.businessplans.actions.following import follow, follow_cells
from varpa.businessplans.actions.plans import hold_for_writing
from varpa.businessplans.models import BusinessPlan, Part
from varpa.businessplans.queries import outline_of
from varpa.history.actions import record
from varpa.kernel.merging import save_text
from varpa.kernel.refusals import Refusal
from varpa.money.figures import from_json
from varpa.people.models import Person


class NoSuchPart(Refusal):
    sentence = _("The plan has no such part.")


class FiguresChanged(Refusal):
    """R13 for tables: what was typed stands in the form, what was saved meanwhile below it."""

    sentence = _(
        "The figures were changed elsewhere while you were writing. What you typed is still here, not saved "
        "yet; what stands now is kept as a version. Look at it, then save once more."
    )


@transaction.atomic
def write_part(
    *, plan: BusinessPlan, key: str, text: str, ready: bool | None, revision: int, by: Person, now: datetime
) -> Part:
    """Save what stands in a part, also as it is typed; `ready` None leaves that as it was.

    Remarks find their words again, or say that they are gone. Raises merging.Conflict (R13).
    """
    hold_for_writing(plan, by)
    if all(part.key != key for part in outline_of(plan.membership.programme)):
        raise NoSuchPart()
    part, _made = Part.objects.get_or_create(plan=plan, key=key)
    changes: dict[str, Any] = {} if ready is None or ready == part.ready else {"ready": ready}
    # Composed and split letters look alike: one way of writing them lets remarks find their words.
    given = {"text": normalize("NFC", text).strip()}
    before = part.text
    if before == given["text"]:
        # Only the tick changes: no word can be lost, whatever the revision.
        revision = part.revision
    if not save_text(part, revision=revision, texts=given, **changes):
        return part
    Part.objects.filter(pk=part.pk).update(saved_at=now)
    part.saved_at = now
    follow(plan, key, before, part.text)
    _record("business_plan.write", plan, now=now, by=by, part=key)
    return part


@transaction.atomic
def write_figures(
    *, plan: BusinessPlan, figures: Mapping[str, Any], revision: int, by: Person, now: datetime
) -> None:
    """Save the figures as a whole.

    Raises money.BadFigures, and FiguresChanged where another device saved meanwhile (R13).
    """
    hold_for_writing(plan, by)
    # What could not be read again is never kept.
    from_json(dict(figures))
    stored = BusinessPlan.objects.filter(pk=plan.pk).values_list("figures", flat=True).get()
    if stored == figures:
        return
    here = BusinessPlan.objects.filter(pk=plan.pk, figures_revision=revision)
    if not here.update(figures=dict(figures), figures_revision=revision + 1):
        raise FiguresChanged()
    follow_cells(plan, stored, figures)
    plan.figures, plan.figures_revision = dict(figures), revision + 1
    _record("business_plan.write_figures", plan, now=now, by=by)


def _record(verb: str, plan: BusinessPlan, *, now: datetime, by: Person, **details: str) -> None:
    record(verb, plan, now=now, by=by, programme_ref=plan.membership.programme.ref, details=details or None)
