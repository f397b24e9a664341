"""Pages that members write: the list, one page, its versions, moderation; and the search of the library."""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from varpa.kernel import clock
from varpa.kernel.access import allowed, may
from varpa.kernel.doors import door
from varpa.kernel.merging import Conflict
from varpa.kernel.paging import page as page_of
from varpa.news.access import NewsAction, PageAction
from varpa.news.actions import pages as actions
from varpa.news.forms import PageForm
from varpa.news.models import News, Page
from varpa.news.queries.pages import pages_read, versions_of
from varpa.news.queries.search import find
from varpa.people.signed import person_of
from varpa.programmes.access import ProgrammeAction
from varpa.programmes.models import Programme
from varpa.programmes.queries import with_methodology
from varpa.ui.doing import accepted, tap
from varpa.ui.merging import merge


@door(ProgrammeAction.READ, Programme, read=with_methodology)
@require_safe
def search(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Guides, news, pages and answers in which all the words stand."""
    asked = request.GET.get("q", "")[:200]
    person = person_of(request)
    found = find(
        programme,
        asked,
        get_language() or "en",
        news=allowed(NewsAction.READ, person, News.objects.all()),
        pages=allowed(PageAction.READ, person, Page.objects.all()),
    )
    return render(request, "news/search.html", {"programme": programme, "asked": asked, "found": found})


@door(ProgrammeAction.READ, Programme)
@require_safe
def pages(request: HttpRequest, programme: Programme) -> HttpResponse:
    """All pages, the last changed first; staff sees the hidden ones too."""
    shown = allowed(PageAction.READ, person_of(request), pages_read(Page.objects.filter(programme=programme)))
    return render(request, "news/pages.html", {"programme": programme, "page": page_of(request, shown)})


@door(ProgrammeAction.READ, Programme)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Begin a page."""
    form = PageForm(request.POST or None, initial={"language": get_language() or "en"})
    if request.method == "POST" and form.is_valid():
        said = {**form.cleaned_data, "language": form.cleaned_data["language"] or get_language() or "en"}
        said.pop("revision")
        begun: list[Page] = []

        def begin() -> None:
            begun.append(
                actions.begin_page(programme=programme, **said, by=person_of(request), now=clock.now())
            )

        if accepted(form, begin):
            return redirect("news:page", begun[0].ref)
    return render(request, "news/write_page.html", {"programme": programme, "form": form})


@door(PageAction.READ, Page, read=pages_read)
@require_safe
def page(request: HttpRequest, page: Page) -> HttpResponse:
    """One page as it stands."""
    context = {
        "here": page,
        "moderates": may(PageAction.MODERATE, person_of(request), page),
        "last": versions_of(page).first(),
    }
    return render(request, "news/page.html", context)


@door(PageAction.WRITE, Page, read=pages_read)
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, page: Page) -> HttpResponse:
    """Another text; where somebody else has saved meanwhile, both texts stand there (R13)."""
    stands = {"title": page.title, "text": page.text, "revision": page.revision, "language": page.language}
    form = PageForm(request.POST or None, initial=stands)
    del form.fields["language"]
    context: dict[str, Any] = {"programme": page.programme, "here": page, "form": form}
    if request.method == "POST" and form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("title", "text")}
        said["revision"] = form.cleaned_data["revision"] or 0

        def save() -> None:
            actions.write_page(page=page, **said, by=person_of(request), now=clock.now())

        try:
            if accepted(form, save):
                return redirect("news:page", page.ref)
        except Conflict as conflict:
            labels = {name: form.fields[name].label for name in ("title", "text")}
            context["merge"] = merge(conflict, labels)
    return render(request, "news/write_page.html", context)


@door(PageAction.READ, Page, read=pages_read)
@require_safe
def versions(request: HttpRequest, page: Page) -> HttpResponse:
    """Every text that the page has had; staff sees and takes out of sight what is harmful."""
    moderates = may(PageAction.MODERATE, person_of(request), page)
    newest = versions_of(page).first()
    context = {
        "here": page,
        "page": page_of(request, versions_of(page, hidden=moderates)),
        "writes": page.closed_at is None,
        "moderates": moderates,
        "newest": newest.number if newest else 0,
    }
    return render(request, "news/versions.html", context)


@door(PageAction.WRITE, Page, read=pages_read)
@require_POST
def take_up(request: HttpRequest, page: Page, number: int) -> HttpResponse:
    """An earlier text again."""
    version = get_object_or_404(versions_of(page), number=number)
    version.page = page

    def again() -> None:
        actions.take_up(version=version, by=person_of(request), now=clock.now())

    tap(request, again, _("The earlier text stands again; the other one stays among the versions."))
    return redirect("news:page", page.ref)


@door(PageAction.MODERATE, Page, read=pages_read)
@require_POST
def moderate_version(request: HttpRequest, page: Page, number: int) -> HttpResponse:
    """Staff hides or shows one earlier text."""
    version = get_object_or_404(versions_of(page, hidden=True), number=number)
    version.page = page
    hidden = request.POST.get("hidden") == "1"
    act = partial(actions.hide_version, version=version, hidden=hidden)
    tap(request, partial(act, by=person_of(request), now=clock.now()))
    return redirect("news:versions", page.ref)


@door(PageAction.MODERATE, Page, read=pages_read)
@require_POST
def moderate(request: HttpRequest, page: Page) -> HttpResponse:
    """Staff hides or shows a page, closes or opens it."""
    by, now = person_of(request), clock.now()
    if "hidden" in request.POST:
        actions.hide_page(page=page, hidden=request.POST["hidden"] == "1", by=by, now=now)
    if "closed" in request.POST:
        actions.close_page(page=page, closed=request.POST["closed"] == "1", by=by, now=now)
    return redirect("news:page", page.ref)
