"""A presentation submitted: a frozen version, which the defence sees; taken back until then (S13)."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from varpa.history.actions import record
from varpa.kernel.refusals import Refusal
from varpa.kernel.states import move
from varpa.people.models import Person
from varpa.presentations.actions.presentations import hold_for_writing, require_maker
from varpa.presentations.figures import plan_figures
from varpa.presentations.models import Presentation, PresentationState, Version
from varpa.programmes.models import Membership


class NothingToSubmit(Refusal):
    sentence = _("The presentation is still empty. Write something on a slide, or bring a file first.")


class PresentationIsPresented(Refusal):
    sentence = _("The presentation is already at the defence, before the jurors. It stays as it is.")


@transaction.atomic
def submit_presentation(*, presentation: Presentation, by: Person, now: datetime) -> Version:
    """Hand it in: a frozen version. Raises NothingToSubmit; PresentationIsSubmitted on a second click."""
    hold_for_writing(presentation, by)
    stored = Presentation.objects.get(pk=presentation.pk)
    slides = list(stored.slides.order_by("pk"))
    texts = {slide.key: slide.text for slide in slides if slide.text}
    shown = {slide.key: slide.figure for slide in slides if slide.figure}
    if not (stored.file_id or stored.source_id or texts or shown):
        raise NothingToSubmit()
    move(presentation, "submit", submitted_at=now)
    last = stored.versions.aggregate(last=Max("number"))["last"] or 0
    figures, rates = plan_figures(presentation.membership) if shown else ({}, {})
    version = Version.objects.create(
        presentation=presentation,
        number=last + 1,
        at=now,
        title=stored.title,
        texts=texts,
        shown=shown,
        figures=figures,
        rates=rates,
        file_id=stored.file_id,
        source_id=stored.source_id,
        pages=stored.pages,
    )
    _record("presentation.submit", presentation, now=now, by=by, number=version.number)
    return version


@transaction.atomic
def take_back_presentation(*, presentation: Presentation, by: Person, now: datetime) -> None:
    """Work on after submitting, before the defence; the submitted version stays to be seen.

    The mentor sees it on only where the mentee had shared it. Raises PresentationIsPresented.
    """
    require_maker(presentation, by)
    # An update holds the row on both databases: a presentation that begins meanwhile waits, and a sharing.
    if not Presentation.objects.filter(pk=presentation.pk, presented_at=None).update(ref=presentation.ref):
        raise PresentationIsPresented()
    presentation.refresh_from_db(fields=["shared_at"])
    move(presentation, "rework" if presentation.shared_at else "rework_alone", submitted_at=None)
    _record("presentation.take_back", presentation, now=now, by=by)


def put_before_jurors(membership: Membership, now: datetime | None) -> None:
    """From now on what was submitted cannot be taken back; None: it can again, it had not begun."""
    own = Presentation.objects.filter(membership=membership, set_aside_at=None)
    own.filter(state=PresentationState.SUBMITTED).update(presented_at=now)


def defend_presentation(membership: Membership) -> None:
    """What was submitted is defended with the plan, once the day is over."""
    own = Presentation.objects.filter(membership=membership, set_aside_at=None)
    for each in own.filter(state=PresentationState.SUBMITTED):
        move(each, "defend")


def _record(verb: str, presentation: Presentation, *, now: datetime, by: Person, **details: int) -> None:
    ref = presentation.membership.programme.ref
    record(verb, presentation, now=now, by=by, programme_ref=ref, details=details or None)
