"""Pages of the diary that were written by hand: kept with an entry, described, taken away, shown."""

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from varpa.diary import links, photographs
from varpa.diary.access import EntryAction, PhotographAction
from varpa.diary.actions import keep_entry
from varpa.diary.models import DiaryState, Entry, Photograph
from varpa.diary.queries import entries_read, photographs_of, photographs_read
from varpa.files.serving import respond
from varpa.kernel import clock
from varpa.kernel.doors import door, public
from varpa.meetings.page_forms import PagesForm, PageWordsForm
from varpa.people.signed import person_of
from varpa.ui.doing import accepted, tap


@door(EntryAction.WRITE, Entry, reader=EntryAction.KNOW, read=entries_read)
@require_http_methods(["GET", "HEAD", "POST"])
def pages(request: HttpRequest, entry: Entry) -> HttpResponse:
    """The photographed pages of an entry; POST keeps more of them."""
    if entry.diary.state != DiaryState.OPEN:
        return redirect("diary:diary", entry.diary.pair.ref)
    form = PagesForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        act = partial(photographs.photograph_pages, entry=entry, by=person_of(request), now=clock.now())
        if accepted(form, partial(act, uploads=form.uploads, ref=form.cleaned_data["ref"])):
            messages.success(request, _("Kept. Until the handover only you see it."))
            return redirect("diary:photographs", entry.ref)
    context = {
        "entry": entry,
        "pair": entry.diary.pair,
        "form": form,
        "photographs": [
            (each, PageWordsForm(initial={"about": each.about}, auto_id=f"{each.ref}-%s"))
            for each in photographs_of(entry)
        ],
    }
    return render(request, "diary/photographs.html", context)


@door(EntryAction.WRITE, Entry, reader=EntryAction.KNOW, read=entries_read)
@require_POST
def finish(request: HttpRequest, entry: Entry) -> HttpResponse:
    """Finish an entry of which all that there is to say stands on its pages."""
    act = partial(keep_entry, entry=entry, by=person_of(request), now=clock.now())
    if tap(request, act, _("The entry is in the diary.")):
        return redirect("diary:diary", entry.diary.pair.ref)
    return redirect("diary:photographs", entry.ref)


@door(PhotographAction.READ, Photograph, read=photographs_read)
@require_safe
def photograph(_request: HttpRequest, photograph: Photograph) -> HttpResponseBase:
    """One page, for whoever may read it."""
    return respond(photograph.file)


@public("the mentor of a pair that has ended holds the letter with this link, until a day (R3)")
@require_safe
def photograph_by_link(_request: HttpRequest, signed: str, photograph: str) -> HttpResponseBase:
    """One page of the diary that is read through by the link of a letter."""
    link = links.read(signed)
    if link is None or link.until <= clock.now():
        raise Http404
    own = Photograph.objects.filter(
        entry__diary__ref=link.diary,
        entry__diary__link_number=link.number,
        entry__diary__pair__mentor__person=link.person_id,
        entry__diary__state=DiaryState.OPEN,
    )
    found = photographs_read(own).filter(ref=photograph).first()
    if found is None:
        raise Http404
    return respond(found.file)


@door(PhotographAction.WRITE, Photograph, read=photographs_read)
@require_POST
def description(request: HttpRequest, photograph: Photograph) -> HttpResponse:
    """Say in a few words what stands on a page."""
    form = PageWordsForm(request.POST)
    if not form.is_valid():
        messages.warning(request, str(form.errors["about"][0]))
    else:
        act = partial(photographs.describe_page, photograph=photograph, by=person_of(request))
        about, now = form.cleaned_data["about"], clock.now()
        tap(request, partial(act, about=about, now=now), _("The words are saved."))
    return redirect("diary:photographs", photograph.entry.ref)


@door(PhotographAction.WRITE, Photograph, read=photographs_read)
@require_POST
def removal(request: HttpRequest, photograph: Photograph) -> HttpResponse:
    """Take a page away."""
    act = partial(photographs.take_page_away, photograph=photograph, by=person_of(request))
    tap(request, partial(act, now=clock.now()), _("The page is taken away."))
    return redirect("diary:photographs", photograph.entry.ref)
