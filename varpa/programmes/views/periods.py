"""The reporting periods of a programme."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from varpa.kernel import clock
from varpa.kernel.doors import door
from varpa.people.signed import person_of
from varpa.programmes.access import ProgrammeAction
from varpa.programmes.actions import periods as actions
from varpa.programmes.forms.periods import PeriodForm
from varpa.programmes.models import Programme
from varpa.programmes.queries import reporting_periods
from varpa.ui.doing import accepted, tap


@door(ProgrammeAction.MANAGE, Programme, reader=ProgrammeAction.READ)
@require_http_methods(["GET", "HEAD", "POST"])
def periods(request: HttpRequest, programme: Programme) -> HttpResponse:
    """All of them by their days; POST adds one."""
    form = PeriodForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        said = {"programme": programme, "by": person_of(request), "now": clock.now(), **form.cleaned_data}
        if accepted(form, lambda: actions.add_period(**said)):
            messages.success(request, _("The period is added."))
            return redirect("programmes:periods", programme.ref)
    context = {"programme": programme, "periods": reporting_periods(programme), "form": form}
    return render(request, "programmes/periods.html", context)


@door(ProgrammeAction.MANAGE, Programme, reader=ProgrammeAction.READ)
@require_POST
def remove(request: HttpRequest, programme: Programme, period: str) -> HttpResponse:
    """Take one off; twice is once."""
    found = next((each for each in reporting_periods(programme) if each.ref == period), None)
    if found:
        by, done = person_of(request), _("The period is taken off.")
        tap(request, lambda: actions.take_period_off(period=found, by=by, now=clock.now()), done)
    return redirect("programmes:periods", programme.ref)
