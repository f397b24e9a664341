"""The figures of a plan: what follows from them, the tables for the mentee, the workbook."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from varpa.businessplans.access import BusinessPlanAction, RemarkAction
from varpa.businessplans.actions import remarks
from varpa.businessplans.actions.parts import FiguresChanged, write_figures
from varpa.businessplans.actions.plans import keep_version
from varpa.businessplans.cells import remarks_on_figures, rows, typed_lines
from varpa.businessplans.figures import Shown, figures_of, rates_of_plan, shown, unknown_amounts
from varpa.businessplans.forms.figures import FiguresForms
from varpa.businessplans.forms.parts import AnswerForm, CellForm
from varpa.businessplans.models import BusinessPlan, Why
from varpa.businessplans.queries import plans_read, rows_of, standing_remarks
from varpa.businessplans.views.papers import frame_asked, version_asked
from varpa.businessplans.views.parts import tell_waiting, waiting
from varpa.businessplans.views.plans import page_of
from varpa.documents.serving import file_name
from varpa.kernel import clock
from varpa.kernel.access import allowed
from varpa.kernel.doors import door
from varpa.kernel.refusals import Refusal
from varpa.methodology.marks import PartAct
from varpa.money import words
from varpa.money.fields import PercentField
from varpa.money.figures import BadFigures, Figures, from_json, to_json
from varpa.money.rates import from_json as read_rates
from varpa.money.reckoning import Scenario, WhatIf
from varpa.people.signed import person_of
from varpa.programmes.queries import today_of

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CHANGES = ("price", "volume", "cost")


@door(BusinessPlanAction.READ, BusinessPlan, read=plans_read)
@require_safe
def figures(request: HttpRequest, plan: BusinessPlan) -> HttpResponse:
    """What follows from the figures; `scenario`, `price`, `volume`, `cost` in the address ask “what if”."""
    return figures_page(request, plan)


@door(BusinessPlanAction.REMARK, BusinessPlan, read=plans_read)
@require_http_methods(["GET", "HEAD", "POST"])
def remark(request: HttpRequest, plan: BusinessPlan) -> HttpResponse:
    """The mentor asks about a row of the figures."""
    form, reader = CellForm(request.POST, rows=rows(_planned(plan))), person_of(request)
    part = next((row.part.key for row in rows_of(plan) if row.part.acts == PartAct.FIGURES), "")
    if request.method == "POST" and form.is_valid():
        try:
            said = {name: form.cleaned_data[name] for name in ("ref", "text")}
            remarks.remark(plan=plan, part=part, **form.address, **said, by=reader, now=clock.now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Your words stand beside the figures."))
            tell_waiting(request, plan)
    if request.method == "POST" and form.errors:
        return figures_page(request, plan, form)
    return redirect("businessplans:figures", plan.ref)


def figures_page(
    request: HttpRequest,
    plan: BusinessPlan,
    form: CellForm | None = None,
    refused: tuple[str, AnswerForm] | None = None,
) -> HttpResponse:
    """The page of the figures; `form` and `refused` (of which remark) are forms that were refused."""
    planned, reader = _planned(plan), person_of(request)
    typed, rates = planned.figures, planned.rates
    scenario, what_if = _asked(request)
    page = page_of(plan, reader)
    mentors = page["mentored"] is not None
    said = allowed(RemarkAction.READ, reader, standing_remarks(plan, page["hears"]))
    context = {
        **page,
        "reader": reader,
        "remarks": remarks_on_figures(said, planned),
        **waiting(page, Q(cell__gt="")),
        "remark_form": form or CellForm(rows=rows(planned), about=request.GET.get("row", "")),
        "typed": typed_lines(planned),
        "may_remark": mentors,
        "may_answer": mentors or (page["writes"] and page["pair"] is not None),
        "answer_form": AnswerForm(),
        "refused": refused,
        "empty": not plan.figures,
        "shown": shown(typed, rates, scenario, what_if),
        "scenario": scenario,
        "scenarios": [(each.value, label) for each, label in words.SCENARIOS.items()],
        "changes": [(name, getattr(what_if, name) // 100) for name in CHANGES],
        "differs": what_if != WhatIf() or scenario is not Scenario.EXPECTED,
        "unknown": _unknown(plan, planned),
    }
    return render(request, "businessplans/figures.html", context)


@door(BusinessPlanAction.WRITE, BusinessPlan, reader=BusinessPlanAction.READ, read=plans_read)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, plan: BusinessPlan) -> HttpResponse:
    """The tables of the figures; saved they have new blank rows at their end."""
    typed, context = _typed(plan), page_of(plan, person_of(request))
    if not context["open"] and request.method != "POST":
        return redirect("businessplans:figures", plan.ref)
    if request.method != "POST":
        return _tables(request, context, FiguresForms(typed, plan.figures_revision))
    forms = FiguresForms(typed, plan.figures_revision, request.POST)
    if not forms.is_valid():
        return _tables(request, context, forms)
    cleaned = forms.cleaned()
    try:
        write_figures(
            plan=plan,
            figures=to_json(cleaned),
            revision=forms.frame.cleaned_data["revision"],
            by=person_of(request),
            now=clock.now(),
        )
    except FiguresChanged as refusal:
        keep_version(plan=plan, by=person_of(request), now=clock.now(), why=Why.MEANWHILE)
        return _tables(request, context, _again(request, plan, typed, refusal), stands=_planned(plan))
    except BadFigures as refusal:
        for fault in refusal.faults:
            forms.frame.add_error(None, words.fault_sentence(fault, typed.currency))
        return _tables(request, context, forms)
    except Refusal as refusal:
        forms.frame.add_error(None, str(refusal))
        return _tables(request, context, forms)
    if cleaned.currency != typed.currency:
        told = _(
            "The plan is now reckoned in another currency: %(currency)s. The numbers stand as you typed "
            "them: look at each amount once more."
        )
        messages.warning(request, told % {"currency": cleaned.currency})
    return redirect(
        "businessplans:figures_edit" if "more" in request.POST else "businessplans:figures", plan.ref
    )


@door(BusinessPlanAction.READ, BusinessPlan, read=plans_read)
@require_safe
def sheet(request: HttpRequest, plan: BusinessPlan) -> HttpResponse:
    """The figures as a workbook whose formulas live; `version` and `frame` as for the other papers."""
    from varpa.money.sheets import workbook

    version, (scenario, what_if) = version_asked(request, plan), _asked(request)
    if version and not version.figures:
        raise Http404
    typed = from_json(version.figures) if version else _typed(plan)
    rates = read_rates(version.rates) if version else rates_of_plan(plan, typed)
    said = {"language": frame_asked(request), "title": (version or plan).title}
    book = workbook(typed, rates, **said, scenario=scenario, what_if=what_if)
    headers = {
        "Content-Disposition": f'attachment; filename="{file_name("business-plan")}.xlsx"',
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(book, content_type=SHEET, headers=headers)


def _again(request: HttpRequest, plan: BusinessPlan, typed: Figures, refusal: Refusal) -> FiguresForms:
    """What was typed, to be saved upon what stands now."""
    data = request.POST.copy()
    data["revision"] = str(plan.figures_revision)
    forms = FiguresForms(typed, plan.figures_revision, data)
    forms.frame.add_error(None, str(refusal))
    return forms


def _unknown(plan: BusinessPlan, planned: Shown) -> list[str]:
    if not plan.figures:
        return []
    return unknown_amounts((part.text for part in plan.parts.all()), planned.figures, planned.rates)


def _typed(plan: BusinessPlan) -> Figures:
    return figures_of(plan, today_of(plan.membership.programme, clock.now()))


def _planned(plan: BusinessPlan) -> Shown:
    typed = _typed(plan)
    return shown(typed, rates_of_plan(plan, typed))


def _asked(request: HttpRequest) -> tuple[Scenario, WhatIf]:
    """Scenario and changes from the address; what cannot be read there is no change."""
    wanted = request.GET.get("scenario", "")
    scenario = Scenario(wanted) if wanted in list(Scenario) else Scenario.EXPECTED
    field = PercentField(least=-5_000, most=5_000)
    return scenario, WhatIf(**{name: _percent(field, request.GET.get(name, "")) for name in CHANGES})


def _percent(field: PercentField, text: str) -> int:
    try:
        return field.to_python(text) or 0
    except ValidationError:
        return 0


def _tables(
    request: HttpRequest, context: dict[str, Any], forms: FiguresForms, stands: object = None
) -> HttpResponse:
    return render(request, "businessplans/figures_edit.html", {**context, "forms": forms, "stands": stands})
