"""A PPTX that was brought is turned to PDF, beside the worker, where the program for it is on the machine."""

import logging
from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from varpa.documents import office
from varpa.documents.pages import count_pages
from varpa.files import actions as files
from varpa.files.queries import content
from varpa.history.actions import record
from varpa.kernel.refusals import Refusal
from varpa.presentations.models import Presentation, Version
from varpa.presentations.queries import MOST_TRIES, to_turn

log = logging.getLogger("varpa.worker")


def anything_waits() -> bool:
    """Whether slides wait, and there is a program to turn them."""
    return office.program() is not None and to_turn().exists()


def turn_waiting(now: Callable[[], datetime]) -> int:
    """Turn what waits, one after the other; how many became a PDF. What fails is told on its page."""
    turned = 0
    while office.program() and (found := to_turn().select_related("source").first()):
        turned += _turn(found, now)
    return turned


def broken_off(_now: datetime) -> None:
    """The process was killed over the first that waits: it is tried once more, then no longer."""
    first = to_turn().first()
    if first:
        Presentation.objects.filter(pk=first.pk).update(tries=F("tries") + 1)


def _turn(presentation: Presentation, now: Callable[[], datetime]) -> bool:
    assert presentation.source
    try:
        made = office.pdf_of(content(presentation.source))
        return keep_turned(presentation=presentation, made=made, now=now())
    except (office.TurningError, FileNotFoundError, Refusal) as error:
        log.warning("slides of a presentation were not turned to PDF: %s", error)
        same = Presentation.objects.filter(pk=presentation.pk, source=presentation.source)
        same.update(tries=MOST_TRIES)
        return False


class NoPageTurned(Refusal):
    """The program gave a PDF of which not one page can be shown: the log reads it, the page says more."""

    sentence = _("Not one page of the PDF that was made of the slides can be read.")


@transaction.atomic
def keep_turned(*, presentation: Presentation, made: bytes, now: datetime) -> bool:
    """Keep the PDF made of slides, unless others were brought meanwhile.

    Raises NoPageTurned, and one of `files.refusals`: then the slides stay as they were brought.
    """
    assert presentation.source
    pages = count_pages(made)
    if not pages:
        raise NoPageTurned()
    name = f"{presentation.source.name.rpartition('.')[0]}.pdf"
    owner = {"about_kind": "presentation", "about_ref": presentation.ref}
    kept = files.keep_made(content=made, name=name, **owner, now=now)
    waiting = Presentation.objects.filter(pk=presentation.pk, source=presentation.source, file=None)
    turned = {"file": kept, "pages": pages}
    # Submitted while it waited: the PDF of the same slides belongs to that version too.
    submitted = Version.objects.filter(presentation=presentation, source=presentation.source, file=None)
    if not waiting.update(**turned) + submitted.update(**turned):
        files.withdraw(file=kept, now=now)
        return False
    programme = presentation.membership.programme.ref
    record("presentation.turn_file", presentation, now=now, by=None, programme_ref=programme)
    return True
