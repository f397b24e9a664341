"""One part of the report in one language, and the figures that the text cites."""

from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from varpa.kernel import clock
from varpa.kernel.doors import door
from varpa.kernel.merging import Conflict
from varpa.kernel.paging import page
from varpa.kernel.refusals import Refusal
from varpa.kernel.text import LANGUAGES
from varpa.people.signed import person_of
from varpa.reports.access import ReportAction
from varpa.reports.actions import drafts
from varpa.reports.actions import figures as actions
from varpa.reports.drawn import decided
from varpa.reports.figures import Value, said
from varpa.reports.forms import KeepForm, SectionForm
from varpa.reports.marks import figures_in
from varpa.reports.models import Report, Section
from varpa.reports.progress import progress_of
from varpa.reports.queries import (
    WRITING,
    Standing,
    comments_of,
    outline_of,
    reports_read,
    standings,
)
from varpa.reports.quoting import known_taken_back, spoken
from varpa.reports.reading import shown
from varpa.reports.sources import figures_of
from varpa.ui.doing import accepted, refused, tap
from varpa.ui.merging import Merge, merge
from varpa.ui.saving import not_saved, saved, saves_itself


@door(ReportAction.WRITE, Report, read=reports_read)
@require_http_methods(["GET", "HEAD", "POST"])
def section(request: HttpRequest, report: Report, key: str, language: str) -> HttpResponse:
    """Write a part; beside it how it reads, and what was said of it."""
    part = next((each for each in outline_of(report.programme) if each.key == key), None)
    if part is None or language not in LANGUAGES:
        raise Http404
    stands = report.sections.filter(key=key, language=language).first()
    if request.method == "POST":
        return _write(request, report, part, language, stands)
    initial = {"text": stands.text if stands else "", "revision": stands.revision if stands else 0}
    return _page(request, report, part, language, stands, SectionForm(initial=initial))


@door(ReportAction.WRITE, Report, read=reports_read)
@require_safe
def figures(request: HttpRequest, report: Report) -> HttpResponse:
    """Every figure of the text beside its source now; those that ask for a decision first."""
    return _figures(request, report)


@door(ReportAction.WRITE, Report, read=reports_read)
@require_POST
def accept(request: HttpRequest, report: Report, key: str) -> HttpResponse:
    """Take the new figure."""
    act = partial(actions.accept_figure, report=report, key=key, by=person_of(request), now=clock.now())
    tap(request, partial(act, seen=_seen(request.POST.get("seen", ""))), _("The text says the new figure."))
    return redirect("reports:figures", report.ref)


@door(ReportAction.WRITE, Report, read=reports_read)
@require_POST
def accept_all(request: HttpRequest, report: Report) -> HttpResponse:
    """Take every new figure that was on the page."""
    pairs = (each.partition("=") for each in request.POST.getlist("seen"))
    seen = {key: _seen(value) for key, _sign, value in pairs}
    act = partial(actions.accept_all, report=report, by=person_of(request), now=clock.now(), seen=seen)
    tap(request, act, _("The text says the new figures that you saw; what has changed again asks anew."))
    return redirect("reports:figures", report.ref)


@door(ReportAction.WRITE, Report, read=reports_read)
@require_POST
def keep(request: HttpRequest, report: Report, key: str) -> HttpResponse:
    """Keep the old figure, with a reason."""
    form = KeepForm(request.POST)
    act = partial(actions.keep_figure, report=report, key=key, by=person_of(request), now=clock.now())
    if form.is_valid() and accepted(form, lambda: act(reason=form.cleaned_data["reason"])):
        return redirect("reports:figures", report.ref)
    return _figures(request, report, (key, form))


@door(ReportAction.WRITE, Report, read=reports_read)
@require_POST
def later(request: HttpRequest, report: Report) -> HttpResponse:
    """Take in what has come since the draft."""
    act = partial(drafts.take_later, report=report, by=person_of(request), now=clock.now())
    tap(request, act, _("What has come since stands in its parts now. Read them through once more."))
    return redirect("reports:report", report.programme.ref)


@door(ReportAction.WRITE, Report, read=reports_read)
@require_POST
def quotes(request: HttpRequest, report: Report) -> HttpResponse:
    """Put in the words that may be quoted."""
    act = partial(drafts.add_quotes, report=report, by=person_of(request), now=clock.now())
    tap(request, act, _("The words that may be quoted stand in their part."))
    return redirect("reports:report", report.programme.ref)


@door(ReportAction.WRITE, Report, read=reports_read)
@require_POST
def take_out(request: HttpRequest, report: Report) -> HttpResponse:
    """Take out what was taken back."""
    act = partial(drafts.take_out_lost, report=report, by=person_of(request), now=clock.now())
    tap(request, act, _("What was taken back stands in the text no more. Read once how it reads now."))
    return redirect("reports:report", report.programme.ref)


def _keep_form(figure: Standing, is_open: bool) -> KeepForm | None:
    """The form by which the old figure is kept, where the source says another."""
    asked = is_open and figure.state in ("changed", "gone")
    return KeepForm(auto_id=f"{figure.key}_%s") if asked else None


def _figures(
    request: HttpRequest, report: Report, refused: tuple[str, KeepForm] | None = None
) -> HttpResponse:
    now, is_open = clock.now(), report.state in WRITING
    progress = progress_of(report.programme, now)
    found = standings(report, progress.figures, figures_of(report.programme, now))
    waiting = [each for each in found if each.state != "same"]
    context = {
        "programme": report.programme,
        "report": report,
        "figures": [
            (
                each,
                said(each.cited.stands, each.cited.kind) if each.cited else "",
                said(each.now.value, each.now.kind) if each.now else "",
                refused[1] if refused and refused[0] == each.key else _keep_form(each, is_open),
            )
            for each in waiting
        ],
        "decided": decided(each for each in found if each.state == "same"),
        "waiting": len(waiting),
        "changed": sum(each.state == "changed" for each in found),
        "lost": progress.ready.lost,
        "open": is_open,
    }
    return render(request, "reports/figures.html", context)


def _write(
    request: HttpRequest, report: Report, part: Any, language: str, stands: Section | None
) -> HttpResponse:
    form, itself = SectionForm(request.POST), saves_itself(request)
    act = partial(drafts.edit_section, report=report, part=part.key, language=language)
    if form.is_valid():
        try:
            written = act(**form.cleaned_data, by=person_of(request), now=clock.now())
        except Conflict as conflict:
            if itself:
                return not_saved(conflict)
            both = merge(conflict, {"text": form.fields["text"].label})
            return _page(request, report, part, language, stands, form, both)
        except Refusal as refusal:
            refused(form, refusal)
        else:
            return saved(written.revision) if itself else redirect("reports:report", report.programme.ref)
    return not_saved() if itself else _page(request, report, part, language, stands, form)


def _page(
    request: HttpRequest,
    report: Report,
    part: Any,
    language: str,
    stands: Section | None,
    form: SectionForm,
    both: Merge | None = None,
) -> HttpResponse:
    written = stands.text if stands else ""
    keys = figures_in([written])
    cited = {each.key: each for each in report.cited.filter(key__in=keys)} if keys else {}
    said = spoken(report, [written], known_taken_back(report.programme, clock.now()))
    text = said.tied(written)
    comments = page(request, comments_of(report).filter(part=part.key))
    context = {
        "programme": report.programme,
        "report": report,
        "part": part,
        "written_in": language,
        "languages": LANGUAGES,
        "form": form,
        "merge": both,
        "stands": stands,
        "shown": shown(text, cited, said.quotes),
        "lost": len(said.lost_in([text])),
        "comments": comments.rows,
        "page": comments,
        "button": _("Save and close"),
        "open": report.state in WRITING,
        "outline": outline_of(report.programme),
    }
    return render(request, "reports/section.html", context)


def _seen(text: str) -> Value:
    """A figure as the page sent it back."""
    try:
        return float(text)
    except ValueError:
        return text or None
