"""The presentation as a whole: begun, named, shared, shown, brought as a file, taken along."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from varpa.documents import office
from varpa.documents.serving import hand_out
from varpa.files.serving import respond
from varpa.kernel import clock
from varpa.kernel.doors import door
from varpa.kernel.merging import Conflict
from varpa.kernel.refusals import Refusal
from varpa.pairs.access import PairAction
from varpa.pairs.mentees import all_pairs_of, mentors_named
from varpa.pairs.models import Pair, PairState, Side
from varpa.pairs.queries import side_of, with_people
from varpa.pairs.quiet import stopped
from varpa.people.models import Person
from varpa.people.signed import person_of
from varpa.presentations import papers
from varpa.presentations.access import PresentationAction
from varpa.presentations.actions import presentations as actions
from varpa.presentations.actions import submitting
from varpa.presentations.forms import BeginForm, FileForm, NameForm
from varpa.presentations.models import HANDED_IN, Presentation, PresentationState
from varpa.presentations.queries import (
    MOST_TRIES,
    about_earlier_files,
    heard,
    is_open,
    outline_of,
    page_rows,
    presentation_of,
    presentations_read,
    rows_of,
    versions_of,
)
from varpa.ui import words
from varpa.ui.doing import refused, tap
from varpa.ui.merging import merge


@door(PairAction.TAKE_PART, Pair, reader=PairAction.READ, read=with_people)
@require_http_methods(["GET", "HEAD", "POST"])
def of_pair(request: HttpRequest, pair: Pair) -> HttpResponse:
    """From the pair's room to the mentee's presentation; the mentee begins it here."""
    mentee, found = side_of(pair, person_of(request)) == Side.MENTEE, presentation_of(pair.mentee)
    if found and (mentee or found.state != PresentationState.DRAFTING):
        return redirect("presentations:presentation", found.ref)
    form = BeginForm(request.POST or None, initial={"title": pair.mentee.topic.split(". ")[0][:120]})
    if request.method == "POST" and form.is_valid():
        said = {"membership": pair.mentee, "title": form.cleaned_data["title"]}
        try:
            made = actions.begin_presentation(**said, by=person_of(request), now=clock.now())
        except Refusal as refusal:
            refused(form, refusal)
        else:
            return redirect("presentations:presentation", made.ref)
    asked = bool(outline_of(pair.programme))
    may_begin = mentee and asked and pair.state != PairState.ENDED
    context = {"pair": pair, "form": form, "may_begin": may_begin, "asked": asked, "begun": bool(found)}
    return render(request, "presentations/begin.html", context)


@door(PresentationAction.READ, Presentation, read=presentations_read)
@require_safe
def presentation(request: HttpRequest, presentation: Presentation) -> HttpResponse:
    """The slides in their order, and what can be done with the whole."""
    reader = person_of(request)
    context = page_of(presentation, reader)
    earlier = about_earlier_files(presentation).filter(context["hears"])
    submitted = list(versions_of(presentation))
    context |= {"file_form": FileForm(), "earlier": earlier, "reader": reader, "submitted": submitted}
    return render(request, "presentations/presentation.html", context)


@door(PresentationAction.WRITE, Presentation, read=presentations_read)
@require_http_methods(["GET", "HEAD", "POST"])
def name(request: HttpRequest, presentation: Presentation) -> HttpResponse:
    """Another name."""
    form = NameForm(
        request.POST or None, initial={"title": presentation.title, "revision": presentation.revision}
    )
    both = None
    if request.method == "POST" and form.is_valid():
        said = {"presentation": presentation, **form.cleaned_data}
        try:
            actions.name_presentation(**said, by=person_of(request), now=clock.now())
        except Conflict as conflict:
            both = merge(conflict, {"title": form.fields["title"].label})
        except Refusal as refusal:
            refused(form, refusal)
        else:
            return redirect("presentations:presentation", presentation.ref)
    context = {"presentation": presentation, "form": form, "merge": both}
    return render(request, "presentations/name.html", context)


@door(PresentationAction.WRITE, Presentation, read=presentations_read)
@require_POST
def share(request: HttpRequest, presentation: Presentation) -> HttpResponse:
    """The mentor sees the slides, or no longer."""
    shared = request.POST.get("shared") == "1"
    done = (
        _("Your mentor sees the slides now.")
        if shared
        else _("Your mentor does not see the slides any more.")
    )
    return _tap(request, presentation, actions.share_presentation, done, shared=shared)


@door(PresentationAction.WRITE, Presentation, read=presentations_read)
@require_http_methods(["GET", "HEAD", "POST"])
def bring(request: HttpRequest, presentation: Presentation) -> HttpResponse:
    """A PDF made elsewhere."""
    if request.method != "POST":
        return redirect("presentations:presentation", presentation.ref)
    form, person = FileForm(request.POST, request.FILES), person_of(request)
    if form.is_valid():
        said = {"presentation": presentation, "upload": form.cleaned_data["upload"]}
        try:
            actions.bring_file(**said, by=person, now=clock.now())
        except Refusal as refusal:
            form.add_error("upload", str(refusal))
        else:
            messages.success(request, _kept(presentation))
            return redirect("presentations:presentation", presentation.ref)
    context = {**page_of(presentation, person), "file_form": form}
    return render(request, "presentations/presentation.html", context)


def _kept(presentation: Presentation) -> str:
    if presentation.file:
        return _("The file is kept. It is shown instead of the slides.")
    if office.program():
        return _("The file is kept, and is being turned into PDF. Look again in a minute.")
    return _("The file is kept.")


@door(PresentationAction.WRITE, Presentation, read=presentations_read)
@require_POST
def take_away(request: HttpRequest, presentation: Presentation) -> HttpResponse:
    """Back to the slides."""
    return _tap(request, presentation, actions.take_file_away, _("The file is taken away."))


@door(PresentationAction.WRITE, Presentation, read=presentations_read)
@require_POST
def submit(request: HttpRequest, presentation: Presentation) -> HttpResponse:
    """Hand it in."""
    done = _("The presentation is submitted. This version stays as it is.")
    return _tap(request, presentation, submitting.submit_presentation, done)


@door(PresentationAction.WRITE, Presentation, read=presentations_read)
@require_POST
def take_back(request: HttpRequest, presentation: Presentation) -> HttpResponse:
    """Work on after submitting."""
    done = _("You can work on. The submitted version is kept.")
    return _tap(request, presentation, submitting.take_back_presentation, done)


@door(PresentationAction.READ, Presentation, read=presentations_read)
@require_safe
def version(request: HttpRequest, presentation: Presentation, number: int) -> HttpResponseBase:
    """What was submitted, as one file: that which was brought, or the slides."""
    found = versions_of(presentation).filter(number=number).first()
    if found is None:
        raise Http404
    brought = found.file or found.source
    if brought:
        return respond(brought)
    language = get_language() or "en"
    with words.on_paper(language, person_of(request).zone):
        paper = papers.document(presentation, language, found)
        return hand_out(paper, f"presentation-{number}", inline=True)


@door(PresentationAction.READ, Presentation, read=presentations_read)
@require_safe
def file(_request: HttpRequest, presentation: Presentation) -> HttpResponseBase:
    """The file that was brought."""
    if presentation.file is None:
        raise Http404
    return respond(presentation.file)


@door(PresentationAction.READ, Presentation, read=presentations_read)
@require_safe
def source(_request: HttpRequest, presentation: Presentation) -> HttpResponseBase:
    """The slides as they were brought, to keep."""
    if presentation.source is None:
        raise Http404
    return respond(presentation.source)


@door(PresentationAction.READ, Presentation, read=presentations_read)
@require_safe
def document(request: HttpRequest, presentation: Presentation) -> HttpResponse:
    """The slides as one file."""
    language = get_language() or "en"
    with words.on_paper(language, person_of(request).zone):
        return hand_out(papers.document(presentation, language), "presentation", inline=True)


def page_of(presentation: Presentation, reader: Person) -> dict[str, Any]:
    """What every page of a presentation shows beside its own thing.

    `hears`: which words the reader reads; `named`: the mentors who see it, where there are several.
    """
    makes = presentation.membership.person_id == reader.pk
    pairs = all_pairs_of(mentee=presentation.membership)
    hears = heard(pairs) if makes else Q()
    rows = rows_of(presentation, hears)
    together = [pair for pair in pairs if pair.state == PairState.ACTIVE]
    # Where words wait, the page leads to the pair in which they do.
    together.sort(key=lambda pair: not stopped(pair, Side.MENTEE))
    mentored = next((pair for pair in together if pair.mentor.person_id == reader.pk), None)
    coming = next((row for row in rows if not row.is_filled or row.waiting), None)
    return {
        "presentation": presentation,
        "maker": presentation.membership.person,
        "makes": makes,
        "open": makes and is_open(presentation),
        "tone": "done" if presentation.state in HANDED_IN else "going",
        "mentors": not makes and mentored is not None,
        "hears": hears,
        "rows": rows,
        "pages": page_rows(presentation, hears),
        "coming": coming,
        "turning": presentation.tries < MOST_TRIES and office.program() is not None,
        "written": any(row.is_filled for row in rows),
        "pair": next(iter(together), None) if makes else mentored,
        "named": mentors_named(together, reader),
    }


def _tap(
    request: HttpRequest, presentation: Presentation, act: Callable[..., object], done: str, **said: Any
) -> HttpResponse:
    by, now = person_of(request), clock.now()
    tap(request, partial(act, presentation=presentation, by=by, now=now, **said), done)
    return redirect("presentations:presentation", presentation.ref)
