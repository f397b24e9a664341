"""A presentation begun, named, written, shared, brought as a file (methodology §3.3, 3)."""

from datetime import datetime
from typing import Any

from django.core.files.base import File as Upload
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from varpa.documents.pages import count_pages
from varpa.files import actions as files
from varpa.files.kinds import PPTX
from varpa.files.models import File
from varpa.history.actions import record
from varpa.kernel.merging import save_text
from varpa.kernel.refusals import Refusal
from varpa.kernel.states import move
from varpa.pairs.actions.several import require_one_active
from varpa.pairs.mentees import going_pairs_of
from varpa.people.models import Person
from varpa.post import actions as post
from varpa.presentations import letters
from varpa.presentations.gist import gist_of
from varpa.presentations.models import LONGEST_SLIDE, WRITING, Presentation, Shown, Slide
from varpa.presentations.queries import outline_of
from varpa.programmes.actions.leaving import require_taking_part
from varpa.programmes.models import Membership, Role


class NoOutline(Refusal):
    sentence = _("In this programme no presentation is made.")


class OnlyTheMentee(Refusal):
    """The presentation is the mentee's, nobody else writes in it."""

    sentence = _("Only the mentee makes the presentation.")


class PresentationIsOver(Refusal):
    sentence = _("The programme has ended. The presentation can be seen and taken home.")


class PresentationIsSubmitted(Refusal):
    sentence = _("The presentation is submitted and stays as it is. To go on with it, take it back first.")


class NamelessPresentation(Refusal):
    sentence = _("Give the presentation a name. It can change later.")


class NoSuchSlide(Refusal):
    sentence = _("The presentation has no such slide.")


class NoSuchFigure(Refusal):
    sentence = _("Choose from the list.")


class NothingToTake(Refusal):
    sentence = _(
        "There is nothing new to take: that part of the plan is empty, or its words stand here already."
    )


class SlideIsFull(Refusal):
    sentence = _("There is no room for more words on this slide. Nothing was added.")


class NoPages(Refusal):
    sentence = _("Not one page of the PDF can be read. Save it as PDF once more and choose that file.")


class NobodyToShareWith(Refusal):
    sentence = _("There is no mentor to share it with yet. It waits for the day when you both begin.")


@transaction.atomic
def begin_presentation(*, membership: Membership, title: str, by: Person, now: datetime) -> Presentation:
    """Begin the presentation of a mentee; begun twice it is one."""
    if membership.role != Role.MENTEE or membership.person_id != by.pk:
        raise OnlyTheMentee()
    if not outline_of(membership.programme):
        raise NoOutline()
    _require_going(membership)
    if not title.strip():
        raise NamelessPresentation()
    made, is_new = Presentation.objects.get_or_create(
        membership=membership, set_aside_at=None, defaults={"title": title.strip(), "begun_at": now}
    )
    if is_new:
        _record("presentation.begin", made, now=now, by=by)
    return made


@transaction.atomic
def name_presentation(
    *, presentation: Presentation, title: str, revision: int, by: Person, now: datetime
) -> None:
    """Change the name; raises merging.Conflict (R13)."""
    hold_for_writing(presentation, by)
    if not title.strip():
        raise NamelessPresentation()
    if save_text(presentation, revision=revision, texts={"title": title.strip()}):
        _record("presentation.name", presentation, now=now, by=by)


@transaction.atomic
def write_slide(
    *,
    presentation: Presentation,
    key: str,
    text: str,
    notes: str,
    revision: int,
    by: Person,
    now: datetime,
    figure: str | None = None,
) -> Slide:
    """Save a slide and its notes, also as they are typed. Raises merging.Conflict (R13).

    `figure`: which figures of the plan it shows, one of Shown or "" for none; None leaves that as it was.
    """
    hold_for_writing(presentation, by)
    if all(part.key != key for part in outline_of(presentation.membership.programme)):
        raise NoSuchSlide()
    slide, _made = Slide.objects.get_or_create(presentation=presentation, key=key)
    if figure and figure not in Shown.values:
        raise NoSuchFigure()
    changes = {} if figure is None or figure == slide.figure else {"figure": figure}
    if save_text(slide, revision=revision, texts={"text": text.strip(), "notes": notes.strip()}, **changes):
        Slide.objects.filter(pk=slide.pk).update(saved_at=now)
        slide.saved_at = now
        _record("presentation.write", presentation, now=now, by=by, slide=key)
    return slide


@transaction.atomic
def take_from_plan(*, presentation: Presentation, key: str, part: str, by: Person, now: datetime) -> Slide:
    """Add the headings of a part of the own plan below what stands on a slide; the plan stays as it is.

    Taken twice they stand there once. Raises NothingToTake, SlideIsFull.
    """
    require_maker(presentation, by)
    slide = presentation.slides.filter(key=key).first() or Slide(presentation=presentation, key=key)
    stand = {line.lstrip("- ") for line in slide.text.splitlines()}
    lines = [line for line in gist_of(presentation.membership, part) if line not in stand]
    if not lines:
        raise NothingToTake()
    text = "\n\n".join(filter(None, (slide.text, "\n".join(f"- {line}" for line in lines))))
    if len(text) > LONGEST_SLIDE:
        raise SlideIsFull()
    return write_slide(
        presentation=presentation,
        key=key,
        text=text,
        notes=slide.notes,
        revision=slide.revision,
        by=by,
        now=now,
    )


@transaction.atomic
def share_presentation(*, presentation: Presentation, shared: bool, by: Person, now: datetime) -> None:
    """Let the mentor see the slides, or no longer; the notes stay the mentee's. The mentee decides."""
    require_maker(presentation, by)
    if shared:
        pairs = list(going_pairs_of(presentation.membership))
        if not pairs:
            raise NobodyToShareWith()
        going = require_one_active(pairs, now)
        move(presentation, "share", shared_at=now)
        for pair in going:
            letters.tell_shared(presentation, pair, now=now)
    else:
        move(presentation, "unshare", shared_at=None)
        post.withdraw(about=letters.about(presentation), now=now)
    _record("presentation.share" if shared else "presentation.unshare", presentation, now=now, by=by)


@transaction.atomic
def bring_file(*, presentation: Presentation, upload: "Upload[Any]", by: Person, now: datetime) -> None:
    """A PDF made elsewhere, shown instead of the slides, or a PPTX, of which one is made (`turning`).

    What was brought before is shown no more. Raises NoPages.
    """
    hold_for_writing(presentation, by)
    checked = files.check(upload, kinds=files.SLIDES)
    pages = 0 if checked.kind == PPTX else count_pages(checked.content)
    if checked.kind != PPTX and not pages:
        raise NoPages()
    owner = {"about_kind": "presentation", "about_ref": presentation.ref}
    kept = files.keep_checked(checked=checked, **owner, by_id=by.pk, now=now)
    file, source = (None, kept) if checked.kind == PPTX else (kept, None)
    _stand(presentation, file=file, source=source, pages=pages, now=now)
    _record("presentation.bring_file", presentation, now=now, by=by)


@transaction.atomic
def take_file_away(*, presentation: Presentation, by: Person, now: datetime) -> None:
    """Back to the slides; taken away twice it is away."""
    hold_for_writing(presentation, by)
    if _stand(presentation, file=None, source=None, pages=0, now=now):
        _record("presentation.take_file_away", presentation, now=now, by=by)


def _stand(
    presentation: Presentation, *, file: File | None, source: File | None, pages: int, now: datetime
) -> bool:
    """Let these files stand; those before are withdrawn. Answers whether there were any."""
    # The row is held: a PDF that is being made now is seen, or finds no slides.
    stored = Presentation.objects.select_related("file", "source").get(pk=presentation.pk)
    before = [each for each in (stored.file, stored.source) if each]
    submitted = presentation.versions.filter(Q(file__in=before) | Q(source__in=before)).values_list(
        "file", "source"
    )
    kept = {key for keys in submitted for key in keys}
    Presentation.objects.filter(pk=presentation.pk).update(file=file, source=source, tries=0, pages=pages)
    presentation.file, presentation.source, presentation.tries, presentation.pages = file, source, 0, pages
    for each in before:
        # What was submitted can be opened on.
        if each.pk not in kept:
            files.withdraw(file=each, now=now)
    return bool(before)


def require_maker(presentation: Presentation, by: Person) -> None:
    """Raise OnlyTheMentee for anybody else, and PresentationIsOver once nothing is written any more."""
    if presentation.membership.person_id != by.pk:
        raise OnlyTheMentee()
    _require_going(presentation.membership)


def hold_for_writing(presentation: Presentation, by: Person) -> None:
    """Hold the row until the end of the transaction; raise where nothing is written in it now."""
    require_maker(presentation, by)
    # An update holds the row on both databases: whoever submits meanwhile waits, and so is seen.
    writing = Presentation.objects.filter(pk=presentation.pk, state__in=WRITING)
    if not writing.update(ref=presentation.ref):
        raise PresentationIsSubmitted()


def _require_going(membership: Membership) -> None:
    require_taking_part(membership, over=PresentationIsOver)


def _record(verb: str, presentation: Presentation, *, now: datetime, by: Person, **details: str) -> None:
    ref = presentation.membership.programme.ref
    record(verb, presentation, now=now, by=by, programme_ref=ref, details=details or None)
