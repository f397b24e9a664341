"""The plan as a whole: begun, its table of contents, who reads it, handed in."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from varpa.businessplans.access import BusinessPlanAction
from varpa.businessplans.actions import plans as actions
from varpa.businessplans.forms.parts import BeginForm, NameForm
from varpa.businessplans.heard import heard
from varpa.businessplans.models import HANDED_IN, BusinessPlan, PlanState
from varpa.businessplans.queries import outline_of, plan_of, plans_read, rows_of
from varpa.kernel import clock
from varpa.kernel.doors import door
from varpa.kernel.merging import Conflict
from varpa.kernel.refusals import Refusal
from varpa.methodology.marks import PartAct
from varpa.pairs.access import PairAction
from varpa.pairs.mentees import all_pairs_of, mentors_named
from varpa.pairs.models import Pair, PairState, Side
from varpa.pairs.queries import side_of, with_people
from varpa.pairs.quiet import stopped
from varpa.people.models import Person
from varpa.people.signed import person_of
from varpa.programmes.queries import takes_part
from varpa.ui.doing import tap
from varpa.ui.merging import merge


@door(PairAction.TAKE_PART, Pair, reader=PairAction.READ, read=with_people)
@require_http_methods(["GET", "HEAD", "POST"])
def of_pair(request: HttpRequest, pair: Pair) -> HttpResponse:
    """From the pair's room to the mentee's plan; the mentee begins it here."""
    side, found = side_of(pair, person_of(request)), plan_of(pair.mentee)
    if found and (side == "mentee" or found.state != PlanState.DRAFTING):
        return redirect("businessplans:plan", found.ref)
    initial = {"title": pair.mentee.topic[:120]}
    form = BeginForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.begin_plan(
                membership=pair.mentee,
                title=form.cleaned_data["title"],
                by=person_of(request),
                now=clock.now(),
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("businessplans:plan", made.ref)
    context = {
        "pair": pair,
        "form": form,
        "may_begin": side == "mentee" and bool(outline_of(pair.programme)) and pair.state != PairState.ENDED,
        "begun": bool(found),
        "asked": bool(outline_of(pair.programme)),
    }
    return render(request, "businessplans/begin.html", context)


@door(BusinessPlanAction.READ, BusinessPlan, read=plans_read)
@require_safe
def plan(request: HttpRequest, plan: BusinessPlan) -> HttpResponse:
    """The table of contents, and what can be done with the whole."""
    reader = person_of(request)
    context = page_of(plan, reader)
    context["may_remark"] = context["mentored"] is not None
    return render(request, "businessplans/plan.html", context)


@door(BusinessPlanAction.WRITE, BusinessPlan, read=plans_read)
@require_http_methods(["GET", "HEAD", "POST"])
def name(request: HttpRequest, plan: BusinessPlan) -> HttpResponse:
    """Another name for the plan."""
    form = NameForm(request.POST or None, initial={"title": plan.title, "revision": plan.revision})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            actions.name_plan(plan=plan, **said, by=person_of(request), now=clock.now())
        except Conflict as conflict:
            labels = {"title": form.fields["title"].label}
            context = {"plan": plan, "merge": merge(conflict, labels), "form": form}
            return render(request, "businessplans/name.html", context)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("businessplans:plan", plan.ref)
    return render(request, "businessplans/name.html", {"plan": plan, "form": form})


@door(BusinessPlanAction.WRITE, BusinessPlan, read=plans_read)
@require_POST
def share(request: HttpRequest, plan: BusinessPlan) -> HttpResponse:
    """The mentor reads along, or no longer."""
    shared = request.POST.get("shared") == "1"
    done = (
        _("Your mentor reads the plan now.") if shared else _("Your mentor does not read the plan any more.")
    )
    return _tap(request, plan, actions.share_plan, done, shared=shared)


@door(BusinessPlanAction.WRITE, BusinessPlan, read=plans_read)
@require_POST
def manager(request: HttpRequest, plan: BusinessPlan) -> HttpResponse:
    """The project manager reads the plan, or no longer."""
    reads = request.POST.get("reads") == "1"
    done = (
        _("The project manager can read the plan now.")
        if reads
        else _("The project manager cannot read the plan any more.")
    )
    return _tap(request, plan, actions.let_manager_read, done, reads=reads)


@door(BusinessPlanAction.WRITE, BusinessPlan, read=plans_read)
@require_POST
def submit(request: HttpRequest, plan: BusinessPlan) -> HttpResponse:
    """Hand the plan in."""
    done = _("The plan is submitted. This version stays as it is.")
    return _tap(request, plan, actions.submit_plan, done)


@door(BusinessPlanAction.WRITE, BusinessPlan, read=plans_read)
@require_POST
def take_back(request: HttpRequest, plan: BusinessPlan) -> HttpResponse:
    """Go on writing after submitting."""
    done = _("You can go on writing. The submitted version is kept.")
    return _tap(request, plan, actions.take_back_plan, done)


def page_of(plan: BusinessPlan, reader: Person) -> dict[str, Any]:
    """What every page of a plan shows beside its own thing: whose plan, the outline, what the reader may.

    `hears`: which remarks the reader reads now; `mentored`: the pair in which the reader is the mentor;
    `together`: every pair in which the mentee works now; `named`: the mentors who read it, where several do.
    """
    writes, pairs = plan.membership.person_id == reader.pk, all_pairs_of(mentee=plan.membership)
    hears = heard(plan, pairs, reader)
    rows = rows_of(plan, hears)
    active = [pair for pair in pairs if pair.state == PairState.ACTIVE]
    # Where words wait, the page leads to the pair in which they do.
    active.sort(key=lambda pair: not (writes and stopped(pair, Side.MENTEE)))
    mentored = next((pair for pair in active if pair.mentor.person_id == reader.pk), None)
    has_mentored = any(pair.mentor.person_id == reader.pk for pair in pairs)
    return {
        "plan": plan,
        "hears": hears,
        "writer": plan.membership.person,
        "writes": writes,
        "open": writes and plan.state in actions.WRITING and takes_part(plan.membership),
        "rows": rows,
        "has_figures": any(row.part.acts == PartAct.FIGURES for row in rows),
        "coming": next((row for row in rows if row.state != "done"), rows[0] if rows else None),
        "tone": "done" if plan.state in HANDED_IN else "going",
        "pair": mentored if has_mentored else next(iter(active), None),
        "mentored": mentored,
        "together": active,
        "named": mentors_named(active, reader),
    }


def _tap(
    request: HttpRequest, plan: BusinessPlan, act: Callable[..., object], done: str, **said: Any
) -> HttpResponse:
    tap(request, partial(act, plan=plan, by=person_of(request), now=clock.now(), **said), done)
    return redirect("businessplans:plan", plan.ref)
