"""What is said of a part: asked, answered, settled, taken back."""

from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from varpa.businessplans.access import BusinessPlanAction, RemarkAction
from varpa.businessplans.actions import remarks as actions
from varpa.businessplans.forms.parts import AnswerForm, RemarkForm
from varpa.businessplans.models import BusinessPlan, Remark
from varpa.businessplans.queries import plans_read, remarks_read
from varpa.businessplans.views.figures import figures_page
from varpa.businessplans.views.parts import reading, row_named, tell_waiting
from varpa.businessplans.views.plans import page_of
from varpa.kernel import clock
from varpa.kernel.doors import door
from varpa.kernel.refusals import Refusal
from varpa.people.signed import person_of
from varpa.ui.doing import refused, tap


@door(BusinessPlanAction.REMARK, BusinessPlan, read=plans_read)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, plan: BusinessPlan, key: str) -> HttpResponse:
    """Ask or advise. After a sign-in the browser only asks for it: the form is on the part's page."""
    if request.method != "POST":
        return redirect("businessplans:part", plan.ref, key)
    form, reader = RemarkForm(request.POST), person_of(request)
    if form.is_valid():
        try:
            actions.remark(plan=plan, part=key, **form.cleaned_data, by=reader, now=clock.now())
        except actions.WordsNotFound as refusal:
            form.add_error("quote", str(refusal))
        except Refusal as refusal:
            refused(form, refusal)
        else:
            messages.success(request, _("Your words stand beside the text."))
            tell_waiting(request, plan)
            return redirect("businessplans:part", plan.ref, key)
    context = page_of(plan, reader)
    return reading(request, plan, context, row_named(context["rows"], key), remark=form)


@door(RemarkAction.ANSWER, Remark, read=remarks_read)
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, remark: Remark) -> HttpResponse:
    """A word under a remark."""
    plan, reader, form = remark.plan, person_of(request), AnswerForm(request.POST)
    if request.method != "POST":
        return _back(remark)
    if form.is_valid():
        try:
            actions.answer_remark(remark=remark, **form.cleaned_data, by=reader, now=clock.now())
        except Refusal as refusal:
            refused(form, refusal)
        else:
            tell_waiting(request, plan)
            return _back(remark)
    if remark.cell:
        return figures_page(request, plan, refused=(remark.ref, form))
    context = page_of(plan, reader)
    row = row_named(context["rows"], remark.part)
    return reading(request, plan, context, row, answer=(remark.ref, form))


@door(RemarkAction.ANSWER, Remark, read=remarks_read)
@require_POST
def settle(request: HttpRequest, remark: Remark) -> HttpResponse:
    """Dealt with, or not after all."""
    settled = request.POST.get("settled") == "1"
    by, now = person_of(request), clock.now()
    tap(request, partial(actions.settle_remark, remark=remark, settled=settled, by=by, now=now))
    return _back(remark)


@door(RemarkAction.WITHDRAW, Remark, reader=RemarkAction.READ, read=remarks_read)
@require_POST
def withdraw(request: HttpRequest, remark: Remark) -> HttpResponse:
    """The mentor takes it back."""
    by, now = person_of(request), clock.now()
    tap(request, partial(actions.withdraw_remark, remark=remark, by=by, now=now), _("Taken back."))
    return _back(remark)


def _back(remark: Remark) -> HttpResponse:
    if remark.cell:
        return redirect("businessplans:figures", remark.plan.ref)
    return redirect("businessplans:part", remark.plan.ref, remark.part)
