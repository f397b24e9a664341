"""The report of a programme: one page, which shows what its reader may see and do."""

from datetime import timedelta
from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from varpa.kernel import clock
from varpa.kernel.access import may
from varpa.kernel.doors import door
from varpa.people.signed import person_of
from varpa.programmes.access import ProgrammeAction
from varpa.programmes.models import Programme
from varpa.programmes.queries import today_of, with_methodology
from varpa.reports.access import ReportAction
from varpa.reports.actions import comments, drafts, editions
from varpa.reports.forms import CommentForm, OpenForm, PublishForm
from varpa.reports.hearing import hearing
from varpa.reports.models import Report, ReportState
from varpa.reports.papers import papers
from varpa.reports.progress import progress_of
from varpa.reports.queries import (
    commenter,
    comments_of,
    editions_of,
    is_past,
    newest_edition,
    outline_of,
    report_of,
    reports_read,
    said_by,
    takes_comments,
    texts_of,
)
from varpa.reports.quoting import taken_back_since
from varpa.ui.doing import accepted, tap


@door(ProgrammeAction.READ, Programme, read=with_methodology)
@require_safe
def report(request: HttpRequest, programme: Programme) -> HttpResponse:
    """The manager writes; mentors and mentees read the open draft and comment; then all read the edition."""
    found = report_of(programme)
    if may(ProgrammeAction.MANAGE, person_of(request), programme):
        return _managed(request, programme, found)
    if found is not None and takes_comments(found, clock.now()):
        return commenting(request, found)
    edition = newest_edition(found) if found else None
    if edition is not None:
        return redirect("reports:edition", edition.ref)
    own = said_by(found, person_of(request)) if found else []
    return render(request, "reports/waits.html", {"programme": programme, "report": found, "own": own})


@door(ProgrammeAction.MANAGE, Programme, reader=ProgrammeAction.READ, read=with_methodology)
@require_POST
def ask(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Ask the worker for a draft."""
    act = partial(drafts.ask_for_draft, programme=programme, by=person_of(request), now=clock.now())
    tap(request, act, _("The draft is being written. It takes a few seconds."))
    return redirect("reports:report", programme.ref)


@door(ReportAction.WRITE, Report, read=reports_read)
@require_http_methods(["GET", "HEAD", "POST"])
def opening(request: HttpRequest, report: Report) -> HttpResponse:
    """Open the draft for comments until a day."""
    now = clock.now()
    stands = hearing(report, now)
    # Both the first and the last day count; nobody is given less than until tomorrow.
    offered = stands.from_day - timedelta(days=1)
    until = max(offered, today_of(report.programme, now) + timedelta(days=1))
    form = OpenForm(request.POST if request.method == "POST" else None, initial={"until": until})
    act = partial(comments.open_for_comments, report=report, by=person_of(request), now=now)
    if form.is_valid() and accepted(form, lambda: act(until=form.cleaned_data["until"])):
        return redirect("reports:report", report.programme.ref)
    context = {"programme": report.programme, "report": report, "form": form, "hearing": stands}
    return render(request, "reports/opening.html", context)


@door(ReportAction.WRITE, Report, read=reports_read)
@require_POST
def close(request: HttpRequest, report: Report) -> HttpResponse:
    """End the time for comments."""
    act = partial(comments.close_comments, report=report, by=person_of(request), now=clock.now())
    tap(request, act, _("The time for comments is over. What was said stays here."))
    return redirect("reports:report", report.programme.ref)


@door(ReportAction.WRITE, Report, read=reports_read)
@require_http_methods(["GET", "HEAD", "POST"])
def publishing(request: HttpRequest, report: Report) -> HttpResponse:
    """See what is still to be done, and publish."""
    form, now = PublishForm(request.POST if request.method == "POST" else None), clock.now()
    act = partial(editions.publish_report, report=report, by=person_of(request), now=now)
    if form.is_valid() and accepted(form, lambda: act(**form.cleaned_data)):
        return redirect("reports:report", report.programme.ref)
    progress = progress_of(report.programme, now)
    context = {
        "programme": report.programme,
        "report": report,
        "form": form,
        "ready": progress.ready,
        "rows": progress.rows,
    }
    return render(request, "reports/publishing.html", context)


@door(ReportAction.WRITE, Report, read=reports_read)
@require_POST
def rework(request: HttpRequest, report: Report) -> HttpResponse:
    """Begin the next edition."""
    act = partial(editions.begin_edition, report=report, by=person_of(request), now=clock.now())
    tap(request, act, _("You can write on. What is published stays as it is."))
    return redirect("reports:report", report.programme.ref)


@door(ReportAction.WRITE, Report, read=reports_read)
@require_POST
def public(request: HttpRequest, report: Report) -> HttpResponse:
    """Let anybody read what is published, or members alone."""
    wanted = request.POST.get("public") == "1"
    done = _("Anybody who has the address can read it now.") if wanted else _("Members alone read it now.")
    act = partial(editions.make_public, report=report, public=wanted, by=person_of(request), now=clock.now())
    tap(request, act, done)
    return redirect("reports:report", report.programme.ref)


def commenting(
    request: HttpRequest, report: Report, refused: tuple[str, CommentForm] | None = None
) -> HttpResponse:
    """The open draft, with a place for words under each part; `refused` is a form that was not taken."""
    member = commenter(report, person_of(request))
    paper = papers(report, texts_of(report), clock.now(), [get_language() or "en"])[get_language() or "en"]
    own = comments_of(report).filter(membership=member) if member else comments_of(report).none()
    said: dict[str, list[Any]] = {}
    for each in own:
        said.setdefault(each.part, []).append(each)
    forms = {key: CommentForm(part=key) for key in ("", *(part["key"] for part in paper["parts"]))}
    if refused:
        if refused[0] not in forms:
            # There is no such part (any more): the page that says so shows what was written, too.
            raise Http404
        forms[refused[0]] = refused[1]
    agreed = member is not None and report.agreements.filter(membership=member, withdrawn_at=None).exists()
    context = {
        "programme": report.programme,
        "report": report,
        "paper": paper,
        "member": member,
        "parts": [(part, said.get(part["key"], []), forms[part["key"]]) for part in paper["parts"]],
        "whole": (said.get("", []), forms[""]),
        "refused": refused[0] if refused else None,
        "agreed": agreed,
    }
    return render(request, "reports/commenting.html", context)


def _managed(request: HttpRequest, programme: Programme, report: Report | None) -> HttpResponse:
    if report is None or report.state == ReportState.ASKED:
        begun = {"programme": programme, "report": report, "outline": outline_of(programme)}
        return render(request, "reports/begin.html", begun)
    now = clock.now()
    progress = progress_of(programme, now)
    published = editions_of(report)
    edition = published[0] if published and report.state == ReportState.PUBLISHED else None
    context = {
        "programme": programme,
        "report": report,
        "rows": progress.rows,
        "ready": progress.ready,
        "past": is_past(report, now),
        "agreed": progress.agreed,
        "later": progress.later,
        "editions": published,
        "language": get_language() or "en",
        "taken_back": taken_back_since(edition, now) if edition else 0,
    }
    return render(request, "reports/report.html", context)
