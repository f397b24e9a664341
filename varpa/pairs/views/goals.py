"""The goals of a pair, with their steps and progress."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from varpa.kernel import clock
from varpa.kernel.doors import door
from varpa.kernel.merging import Conflict
from varpa.kernel.paging import paged
from varpa.kernel.refusals import Refusal
from varpa.kernel.states import can
from varpa.pairs import queries
from varpa.pairs.access import GoalAction, PairAction
from varpa.pairs.actions import goals as actions
from varpa.pairs.actions.due import UnlikelyDay
from varpa.pairs.courses import course_of
from varpa.pairs.forms.goals import GoalChangeForm, GoalForm, GoalStateForm, MarkForm, StepForm
from varpa.pairs.models import Goal, Pair, PairState
from varpa.pairs.queries import with_people, with_steps
from varpa.pairs.quiet import why_text_stays
from varpa.pairs.views.asked import done
from varpa.people.signed import person_of
from varpa.ui import merging
from varpa.ui.doing import accepted, refused
from varpa.ui.saving import not_saved, saved, saves_itself


def _whole(goals: QuerySet[Goal]) -> QuerySet[Goal]:
    return with_steps(goals.select_related("pair__programme", "pair__mentor__person", "pair__mentee__person"))


@door(PairAction.READ_GOALS, Pair, reader=PairAction.READ, read=with_people)
@require_http_methods(["GET", "HEAD", "POST"])
def goals(request: HttpRequest, pair: Pair) -> HttpResponse:
    """The mentee's topic and all goals; a new one is set here."""
    side = queries.side_of(pair, person_of(request))
    form = GoalForm()
    if request.method == "POST":
        form = GoalForm(request.POST)
        if _set(request, pair, side, form):
            return redirect("pairs:goals", pair.ref)
    context = {"pair": pair, "side": side, "form": form, "page": paged(request, queries.goals_of, pair=pair)}
    stays = why_text_stays(pair, side)
    going = pair.state == PairState.ACTIVE and not stays
    context |= {"stays": stays, "is_open": bool(side) and (form.is_bound or going)}
    return render(request, "pairs/goals.html", context)


def _set(request: HttpRequest, pair: Pair, side: str, form: GoalForm) -> bool:
    if not side:
        raise PermissionDenied
    if not form.is_valid():
        return False
    try:
        actions.set_goal(pair=pair, **form.cleaned_data, by=person_of(request), now=clock.now())
    except Refusal as refusal:
        refused(form, refusal, _field(refusal))
        return False
    messages.success(request, _("The goal is set."))
    return True


def _field(refusal: Refusal) -> str:
    return "due" if isinstance(refusal, UnlikelyDay) else ""


@door(GoalAction.READ, Goal, read=_whole)
@require_http_methods(["GET", "HEAD", "POST"])
def goal(request: HttpRequest, goal: Goal) -> HttpResponse:
    """One goal: how it is going, its wording, date and steps."""
    if request.method != "POST":
        return _page(request, goal, GoalChangeForm(goal=goal))
    if not queries.side_of(goal.pair, person_of(request)):
        raise PermissionDenied
    return _changed(request, goal, GoalChangeForm(request.POST, goal=goal))


def _changed(request: HttpRequest, goal: Goal, form: GoalChangeForm) -> HttpResponse:
    by_script = saves_itself(request)
    if not form.is_valid():
        return not_saved() if by_script else _page(request, goal, form)
    given = {**form.cleaned_data, "revision": form.cleaned_data["revision"] or 0}
    try:
        actions.change_goal(goal=goal, **given, by=person_of(request), now=clock.now())
    except Conflict as conflict:
        return not_saved(conflict) if by_script else _both(request, goal, form, conflict)
    except Refusal as refusal:
        refused(form, refusal, _field(refusal))
        return not_saved() if by_script else _page(request, goal, form)
    if by_script:
        return saved(goal.revision)
    messages.success(request, _("Saved."))
    return redirect("pairs:goal", goal.ref)


def _both(request: HttpRequest, goal: Goal, form: GoalChangeForm, conflict: Conflict) -> HttpResponse:
    labels = {name: field.label for name, field in form.fields.items()}
    return _page(request, goal, form, merge=merging.merge(conflict, labels))


def _page(request: HttpRequest, goal: Goal, form: GoalChangeForm, **more: Any) -> HttpResponse:
    side = queries.side_of(goal.pair, person_of(request))
    # What was sent and refused stays in its fields, also where the pair rests meanwhile.
    is_open = bool(side) and (form.is_bound or goal.pair.state == PairState.ACTIVE)
    moves = [step for step in Goal.STEPS if can(goal, step)] if is_open else []
    stays = why_text_stays(goal.pair, side)
    step_form = more.get("step_form") or StepForm()
    context = {
        "goal": goal,
        "pair": goal.pair,
        "form": form,
        "moves": moves,
        "course": course_of(goal),
        "is_open": is_open,
        "stays": stays,
        "writes": is_open and (form.is_bound or not stays),
        "adds": (bool(side) and step_form.is_bound) or (is_open and not stays),
    }
    return render(request, "pairs/goal.html", {**context, **more, "step_form": step_form})


@door(GoalAction.WRITE, Goal, read=_whole)
@require_POST
def state(request: HttpRequest, goal: Goal) -> HttpResponse:
    """A goal is reached, withdrawn or open again."""
    form, person = GoalStateForm(request.POST), person_of(request)
    if form.is_valid():
        step = form.cleaned_data["step"]
        done(request, lambda: actions.take_goal_step(goal=goal, step=step, by=person, now=clock.now()))
    return redirect("pairs:goal", goal.ref)


@door(GoalAction.WRITE, Goal, read=_whole)
@require_POST
def steps(request: HttpRequest, goal: Goal) -> HttpResponse:
    """A new step towards a goal."""
    form = StepForm(request.POST)
    if form.is_valid():
        given = {"text": form.cleaned_data["step"], "ref": form.cleaned_data["ref"], "by": person_of(request)}
        if accepted(form, lambda: actions.add_step(goal=goal, now=clock.now(), **given)):
            return redirect("pairs:goal", goal.ref)
    return _page(request, goal, GoalChangeForm(goal=goal), step_form=form)


@door(GoalAction.WRITE, Goal, read=_whole)
@require_POST
def step(request: HttpRequest, goal: Goal, step: str) -> HttpResponse:
    """A step is done, not yet after all, or was a mistake."""
    found = next((each for each in goal.steps.all() if each.ref == step), None)
    if found is None:
        raise Http404
    form, person, now = MarkForm(request.POST), person_of(request), clock.now()
    found.goal = goal
    mark = form.data.get("mark")
    if form.is_valid() and mark == "withdraw":
        done(request, lambda: actions.withdraw_step(step=found, by=person, now=now))
    elif form.is_valid():
        done(request, lambda: actions.mark_step(step=found, done=mark == "done", by=person, now=now))
    return redirect("pairs:goal", goal.ref)
