"""The cooperation plan: the whole of it, one page in own words, a photographed paper, versions (S7, R4)."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from varpa.documents.serving import hand_out
from varpa.files.serving import respond
from varpa.kernel import clock
from varpa.kernel.doors import door
from varpa.kernel.merging import Conflict
from varpa.kernel.refusals import Refusal
from varpa.pairs import queries
from varpa.pairs.access import PairAction, PlanAction
from varpa.pairs.actions import plans as actions
from varpa.pairs.copies import paper_of
from varpa.pairs.forms.plans import ConfirmForm, OwnWordsForm, PaperForm
from varpa.pairs.heard import heard
from varpa.pairs.models import Pair, PairState, Plan, PlanState
from varpa.pairs.queries import with_people
from varpa.pairs.quiet import why_text_stays
from varpa.pairs.views.asked import done
from varpa.people.signed import person_of
from varpa.programmes.queries import methodology_of
from varpa.ui import merging
from varpa.ui.saving import not_saved, saved, saves_itself


def _whole(plans: QuerySet[Plan]) -> QuerySet[Plan]:
    people = ("pair__mentor__person", "pair__mentee__person", "paper")
    programme = ("pair__programme__methodology_version", "pair__programme__organisation")
    read = plans.select_related(*people, *programme)
    return read.prefetch_related("confirmations")


@door(PairAction.READ_PLAN, Pair, reader=PairAction.READ, read=with_people)
@require_safe
def plan(request: HttpRequest, pair: Pair) -> HttpResponse:
    """The plan as it stands between the two; a manager to whom it is open reads the agreed version."""
    side = queries.side_of(pair, person_of(request))
    versions = list(queries.plans_of(pair))
    agreed = next((each for each in versions if each.state == PlanState.AGREED), None)
    if not side and agreed:
        return redirect("pairs:version", agreed.ref)
    if not side:
        return render(request, "pairs/no_plan.html", {"pair": pair})
    shown = versions[0] if versions else None
    context = {"versions": versions, "holds": agreed if shown != agreed else None}
    return render(request, "pairs/plan.html", {**_whole_plan(pair, shown, side), **context})


def _whole_plan(pair: Pair, shown: Plan | None, side: str) -> dict[str, Any]:
    asked = methodology_of(pair.programme).plan
    talks = heard(queries.talks_of(shown, methodology_of(pair.programme), side), pair, side)
    return {
        "pair": pair,
        "own": pair.member(side).person,
        "other": pair.member(queries.other_side(side)).person,
        "plan": shown,
        "talks": talks,
        "asked": asked,
        "last": len(asked.questions),
        "next": next((talk for talk in talks[: len(asked.questions)] if not talk.is_agreed), None),
        "stand": queries.stand_of(shown, side, talks),
        "is_open": pair.state == PairState.ACTIVE,
        "confirm": ConfirmForm(initial={"edition": shown.edition if shown else 0}),
        "confirmations": queries.confirmations_of(shown) if shown else [],
    }


@door(PairAction.TAKE_PART, Pair, read=with_people)
@require_POST
def begin(request: HttpRequest, pair: Pair) -> HttpResponse:
    """Begin a new version of an agreed plan."""
    person = person_of(request)
    done(request, lambda: actions.begin_plan(pair=pair, by=person, now=clock.now()))
    return redirect("pairs:plan", pair.ref)


@door(PairAction.TAKE_PART, Pair, read=with_people)
@require_POST
def confirm(request: HttpRequest, pair: Pair) -> HttpResponse:
    """One side confirms the edition that it has read."""
    form, person = ConfirmForm(request.POST), person_of(request)
    shown = pair.plans.first()
    if form.is_valid() and shown:
        edition = form.cleaned_data["edition"]
        act = lambda: actions.confirm_plan(plan=shown, by=person, now=clock.now(), edition=edition)  # noqa: E731 - one line for done
        done(request, act, _("The confirmation is saved."))
    return redirect("pairs:plan", pair.ref)


@door(PairAction.TAKE_PART, Pair, read=with_people)
@require_http_methods(["GET", "HEAD", "POST"])
def own_words(request: HttpRequest, pair: Pair) -> HttpResponse:
    """One page in own words instead of the questions, or beside them."""
    going = queries.open_plan(pair)
    if request.method == "POST":
        return _worded(request, pair, OwnWordsForm(request.POST))
    initial = (
        {"revision": going.revision, "version": going.version, "own_words": going.own_words} if going else {}
    )
    return _words_page(request, pair, OwnWordsForm(initial=initial))


def _worded(request: HttpRequest, pair: Pair, form: OwnWordsForm) -> HttpResponse:
    by_script = saves_itself(request)
    if not form.is_valid():
        return not_saved() if by_script else _words_page(request, pair, form)
    given = form.cleaned_data
    try:
        plan = actions.write_page(
            pair=pair,
            version=given["version"] or 0,
            text=given["own_words"],
            revision=given["revision"] or 0,
            by=person_of(request),
            now=clock.now(),
        )
    except Conflict as conflict:
        labels = {"own_words": form.fields["own_words"].label}
        both = merging.merge(conflict, labels)
        return not_saved(conflict) if by_script else _words_page(request, pair, form, merge=both)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return not_saved() if by_script else _words_page(request, pair, form)
    return saved(plan.revision) if by_script else redirect("pairs:plan", pair.ref)


def _words_page(request: HttpRequest, pair: Pair, form: OwnWordsForm, **more: Any) -> HttpResponse:
    around = _around(request, pair)
    # What was sent and refused stays in its fields, also where the pair rests meanwhile.
    around["is_open"] = around["is_open"] or form.is_bound
    return render(request, "pairs/own_words.html", {**around, "form": form, **more})


@door(PairAction.TAKE_PART, Pair, read=with_people)
@require_http_methods(["GET", "HEAD", "POST"])
def paper(request: HttpRequest, pair: Pair) -> HttpResponse:
    """A photograph of the paper on which the two agreed."""
    form = PaperForm()
    if request.method == "POST":
        form = PaperForm(request.POST, request.FILES)
        if form.is_valid() and _kept(request, pair, form):
            return redirect("pairs:plan", pair.ref)
    context = {**_around(request, pair), "form": form, "plan": queries.open_plan(pair)}
    return render(request, "pairs/paper.html", context)


def _kept(request: HttpRequest, pair: Pair, form: PaperForm) -> bool:
    try:
        actions.photograph_paper(
            pair=pair, upload=form.cleaned_data["paper"], by=person_of(request), now=clock.now()
        )
    except Refusal as refusal:
        form.add_error("paper", str(refusal))
        return False
    messages.success(request, _("The photograph is kept with the plan."))
    return True


@door(PairAction.TAKE_PART, Pair, read=with_people)
@require_POST
def take_paper_away(request: HttpRequest, pair: Pair) -> HttpResponse:
    """The photograph belongs to the plan no longer."""
    going, person = queries.open_plan(pair), person_of(request)
    if going:
        done(request, lambda: actions.attach_paper(plan=going, paper=None, by=person, now=clock.now()))
    return redirect("pairs:paper", pair.ref)


def _around(request: HttpRequest, pair: Pair) -> dict[str, Any]:
    side = queries.side_of(pair, person_of(request))
    agreed = bool(pair.plans.exists() and queries.open_plan(pair) is None)
    return {
        "pair": pair,
        "other": pair.member(queries.other_side(side)).person,
        "is_open": pair.state == PairState.ACTIVE and not agreed,
        "stays": why_text_stays(pair, side),
    }


@door(PlanAction.READ, Plan, read=_whole)
@require_safe
def version(request: HttpRequest, plan: Plan) -> HttpResponse:
    """One version to read and print."""
    pair, side = plan.pair, queries.side_of(plan.pair, person_of(request))
    listed = queries.versions_of(pair) if side else queries.versions_of(pair).exclude(agreed_at=None)
    context = {
        "pair": pair,
        "plan": plan,
        "side": side,
        "asked": methodology_of(pair.programme).plan,
        "talks": queries.talks_of(plan, methodology_of(pair.programme)),
        "versions": listed,
        "confirmations": queries.confirmations_of(plan),
    }
    return render(request, "pairs/version.html", context)


@door(PlanAction.READ, Plan, read=_whole)
@require_safe
def plan_pdf(request: HttpRequest, plan: Plan) -> HttpResponse:
    """One version as an accessible PDF, in the reader's language."""
    return hand_out(paper_of(plan, person_of(request)), f"plan-{plan.version}")


@door(PlanAction.READ, Plan, read=lambda plans: plans.select_related("paper"))
@require_safe
def photograph(_request: HttpRequest, plan: Plan) -> HttpResponseBase:
    """The photographed paper of a version."""
    if plan.paper is None:
        raise Http404
    return respond(plan.paper)
