"""Proposing a run's pairs, and what both have answered."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from varpa.kernel import clock
from varpa.kernel.doors import door
from varpa.kernel.paging import paged
from varpa.kernel.refusals import Refusal
from varpa.matching.access import RunAction
from varpa.matching.actions import proposals as actions
from varpa.matching.actions.asking import AT_ONCE, ask_for_lines
from varpa.matching.forms import ProposeForm
from varpa.matching.models import Line, Run
from varpa.matching.queries import answers as queries
from varpa.matching.queries import boards
from varpa.people.signed import person_of
from varpa.programmes.access import ProgrammeAction
from varpa.programmes.models import Programme
from varpa.programmes.queries import with_methodology
from varpa.ui.doing import refused

SHOWN = 50


@door(RunAction.DECIDE, Run, read=boards.with_programme)
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest, run: Run) -> HttpResponse:
    """What would be sent, in which languages; then both of each pair are asked."""
    lines = _asked(request, run)
    form = ProposeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and _proposed(request, run, lines, form):
        return redirect("matching:answers", run.programme.ref)
    listed = list(lines)
    context = {"run": run, "programme": run.programme, "form": form, "lines": listed[:SHOWN]}
    context |= {"more": max(len(listed) - SHOWN, 0), "preview": queries.preview(listed)}
    return render(request, "matching/propose.html", context)


def _asked(request: HttpRequest, run: Run) -> QuerySet[Line]:
    lines = queries.proposable(run, boards.lines_of(run))
    if request.GET.get("all"):
        return lines
    who = [each for each in request.GET.getlist("who") if each.isdecimal() and len(each) < 10]
    return lines.filter(pk__in=who[:1000])


def _proposed(request: HttpRequest, run: Run, lines: QuerySet[Line], form: ProposeForm) -> bool:
    days, by = form.cleaned_data["days"], person_of(request)
    try:
        listed = list(lines)
        if len(listed) > AT_ONCE:
            ask_for_lines(run=run, lines=listed, days=days, by=by, now=clock.now())
            return True
        done = actions.propose_lines(run=run, lines=listed, days=days, by=by, now=clock.now())
    except Refusal as refusal:
        refused(form, refusal)
        return False
    told = ngettext("%(count)d pair is proposed.", "%(count)d pairs are proposed.", done.pairs)
    if done.pairs:
        messages.success(request, told % {"count": done.pairs})
    for line, sentence in done.refused:
        names = {"mentee": line.mentee.membership.person.name, "why": sentence}
        messages.error(request, _("Not proposed: %(mentee)s. %(why)s") % names)
    return True


@door(ProgrammeAction.MANAGE, Programme, reader=ProgrammeAction.READ, read=with_methodology)
@require_safe
def answers(request: HttpRequest, programme: Programme) -> HttpResponse:
    """What both have answered to each proposal; a reason is for the staff only."""
    show = "ended" if request.GET.get("show") == "ended" else ""
    listed = paged(request, queries.ended if show else queries.waiting, programme=programme)
    context = {"programme": programme, "page": listed, "show": show}
    context["rows"] = queries.answered(listed.rows)
    context["asking"] = shown = queries.last_asking(programme)
    if shown:
        context["refused"] = [(name, actions.WHY[why].sentence) for name, why in shown.refused]
    return render(request, "matching/answers.html", context)
