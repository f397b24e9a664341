"""One's own days away: said, read and taken back on one page."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from varpa.absences.access import AbsenceAction
from varpa.absences.actions import say_away, take_back
from varpa.absences.forms import AwayForm
from varpa.absences.models import Absence
from varpa.absences.queries import coming_of, today_at
from varpa.kernel import clock
from varpa.kernel.doors import door, signed_in
from varpa.kernel.refusals import Refusal
from varpa.people.models import Person


@signed_in("one's own days away")
@require_http_methods(["GET", "HEAD", "POST"])
def away(request: HttpRequest) -> HttpResponse:
    """The days ahead on which one is away, and one more."""
    person, now = request.user, clock.now()
    assert isinstance(person, Person)
    form = AwayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        first = form.cleaned_data["first"]
        last, ref = form.cleaned_data["last"] or first, form.cleaned_data["ref"]
        try:
            say_away(person=person, first=first, last=last, now=now, ref=ref)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Written down. Whoever is in a pair with you sees these days."))
            return redirect("absences:away")
    context = {"form": form, "absences": coming_of(person, today_at(person, now))}
    return render(request, "absences/away.html", context)


@door(AbsenceAction.WRITE, Absence)
@require_POST
def back(request: HttpRequest, absence: Absence) -> HttpResponse:
    """One is there after all."""
    assert isinstance(request.user, Person)
    take_back(absence=absence, by=request.user, now=clock.now())
    messages.success(request, _("Taken back: these days are free again."))
    return redirect("absences:away")
