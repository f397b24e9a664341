"""Words about the draft: said, taken back, answered."""

from functools import partial

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from varpa.kernel import clock
from varpa.kernel.doors import door
from varpa.kernel.paging import page
from varpa.people.signed import person_of
from varpa.reports.access import CommentAction, ReportAction
from varpa.reports.actions import comments as actions
from varpa.reports.forms import AnswerForm, CommentForm
from varpa.reports.models import Comment, Report
from varpa.reports.queries import comments_of, outline_of, reports_read
from varpa.reports.views.reports import commenting
from varpa.ui.doing import accepted, tap


def comments_read(comments: QuerySet[Comment]) -> QuerySet[Comment]:
    """With whose they are and the programme."""
    return comments.select_related("membership__person", "report__programme__methodology_version")


@door(ReportAction.COMMENT, Report, read=reports_read)
@require_POST
def comment(request: HttpRequest, report: Report) -> HttpResponse:
    """Say something of a part, or of the whole."""
    part = request.POST.get("part", "")
    form = CommentForm(request.POST, part=part)
    act = partial(actions.comment_on_section, report=report, part=part, by=person_of(request))
    if form.is_valid() and accepted(form, lambda: act(**form.cleaned_data, now=clock.now())):
        return redirect(f"{_draft(report)}#{part or 'whole'}")
    return commenting(request, report, (part, form))


@door(ReportAction.COMMENT, Report, read=reports_read)
@require_POST
def agree(request: HttpRequest, report: Report) -> HttpResponse:
    """Say yes to the draft."""
    act = partial(actions.agree, report=report, by=person_of(request), now=clock.now())
    tap(request, act, _("Thank you: your yes is noted."))
    return redirect(_draft(report))


@door(CommentAction.WITHDRAW, Comment, read=comments_read)
@require_POST
def withdraw(request: HttpRequest, comment: Comment) -> HttpResponse:
    """Take one's own words back."""
    act = partial(actions.withdraw_comment, comment=comment, by=person_of(request), now=clock.now())
    tap(request, act, _("Your words were taken back."))
    return redirect(_draft(comment.report))


@door(ReportAction.WRITE, Report, read=reports_read)
@require_safe
def listed(request: HttpRequest, report: Report) -> HttpResponse:
    """Everything that was said of the draft; what waits for an answer first."""
    names = {part.key: part.name for part in outline_of(report.programme)}
    found = page(request, comments_of(report).order_by("-state", "pk"))
    context = {
        "programme": report.programme,
        "report": report,
        "page": found,
        "comments": [(each, names.get(each.part, "")) for each in found.rows],
    }
    return render(request, "reports/comments.html", context)


@door(CommentAction.ANSWER, Comment, read=comments_read)
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, comment: Comment) -> HttpResponse:
    """Say what became of a comment."""
    form = AnswerForm(request.POST if request.method == "POST" else None)
    act = partial(actions.answer_comment, comment=comment, by=person_of(request), now=clock.now())
    if form.is_valid() and accepted(form, lambda: act(**form.cleaned_data)):
        return redirect("reports:comments", comment.report.ref)
    names = {part.key: part.name for part in outline_of(comment.report.programme)}
    context = {
        "programme": comment.report.programme,
        "report": comment.report,
        "comment": comment,
        "part": names.get(comment.part, ""),
        "form": form,
    }
    return render(request, "reports/answer.html", context)


def _draft(report: Report) -> str:
    return redirect("reports:report", report.programme.ref).url
