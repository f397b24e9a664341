"""News: the list, one piece, writing it, publishing it."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from varpa.kernel import clock
from varpa.kernel.access import allowed, may
from varpa.kernel.doors import door, public
from varpa.kernel.merging import Conflict
from varpa.kernel.paging import page as page_of
from varpa.kernel.text import LANGUAGES
from varpa.news.access import NewsAction
from varpa.news.actions import news as actions
from varpa.news.forms import NewsForm
from varpa.news.models import News
from varpa.news.queries.news import news_of, news_read, open_news, people_told
from varpa.people.alone import read_in, render_alone
from varpa.people.models import Language
from varpa.people.signed import person_of
from varpa.programmes.access import ProgrammeAction
from varpa.programmes.models import Programme
from varpa.ui.doing import accepted, tap
from varpa.ui.merging import merge

STEPS = {"publish": actions.publish_news, "withdraw": actions.withdraw_news}


@door(ProgrammeAction.READ, Programme)
@require_safe
def news(request: HttpRequest, programme: Programme) -> HttpResponse:
    """What one may read of the programme's news."""
    person = person_of(request)
    context = {
        "programme": programme,
        "page": page_of(request, allowed(NewsAction.READ, person, news_of(programme))),
        "manages": may(ProgrammeAction.MANAGE, person, programme),
    }
    return render(request, "news/news.html", context)


@door(ProgrammeAction.MANAGE, Programme)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Write a new piece; nobody else sees it before it is published."""
    form = NewsForm(request.POST or None, programme=programme)
    if request.method == "POST" and form.is_valid():
        said = _without(form, "revision")

        def write() -> None:
            actions.write_news(programme=programme, **said, by=person_of(request), now=clock.now())

        if accepted(form, write):
            return redirect("news:news", programme.ref)
    return render(request, "news/write.html", {"programme": programme, "form": form})


@door(NewsAction.READ, News, read=news_read)
@require_safe
def item(request: HttpRequest, news: News) -> HttpResponse:
    """One piece; for staff with its steps."""
    manages = may(NewsAction.MANAGE, person_of(request), news)
    context: dict[str, Any] = {"news": news, "manages": manages}
    if manages:
        context["readers"] = people_told(news)
    return render(request, "news/item.html", context)


@public("news that whoever manages the programme tells everybody")
@require_safe
def opened(request: HttpRequest, ref: str) -> HttpResponse:
    """The same without signing in, where it is for everybody."""
    found = open_news().filter(ref=ref).first()
    if found is None:
        raise Http404
    with read_in(request, zone=found.programme.zone):
        return render_alone(request, "news/opened.html", {"news": found}, kept=True)


@door(NewsAction.MANAGE, News, read=news_read)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, news: News) -> HttpResponse:
    """Other words; where somebody else has saved meanwhile, both texts stand there (R13)."""
    stands = {name: getattr(news, name, "") for name in _FIELDS}
    form = NewsForm(request.POST or None, initial=stands, programme=news.programme)
    context: dict[str, Any] = {"programme": news.programme, "news": news, "form": form}
    if request.method == "POST" and form.is_valid():
        said = _without(form, "ref")

        def write() -> None:
            actions.change_news(news=news, **said, by=person_of(request), now=clock.now())

        try:
            if accepted(form, write):
                return redirect("news:item", news.ref)
        except Conflict as conflict:
            context["merge"] = merge(conflict, _labels(form))
    return render(request, "news/write.html", context)


@door(NewsAction.MANAGE, News, read=news_read)
@require_POST
def step(request: HttpRequest, news: News, name: str) -> HttpResponse:
    """Publish or withdraw."""
    if name not in STEPS:
        raise Http404
    done = _("Published.") if name == "publish" else _("Withdrawn. It stands here for staff alone.")
    tap(request, lambda: STEPS[name](news=news, by=person_of(request), now=clock.now()), done)
    return redirect("news:item", news.ref)


_FIELDS = ("title", "text", "for_mentors", "for_mentees", "for_all", "by_letter", "revision")


def _labels(form: NewsForm) -> dict[str, str]:
    return {
        f"{name}_{code}": f"{form.fields[name].label}, {Language(code).label}"
        for name in ("title", "text")
        for code in LANGUAGES
    }


def _without(form: NewsForm, name: str) -> dict[str, Any]:
    said = {**form.cleaned_data, "revision": form.cleaned_data.get("revision") or 0}
    del said[name]
    return said
