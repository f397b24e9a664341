"""One's own days away, and the school holidays of a programme: each said, read and taken back on one page."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from varpa.absences.access import AbsenceAction
from varpa.absences.actions import add_school_holiday, say_away, take_back, take_school_holiday_back
from varpa.absences.forms import AwayForm, SchoolForm
from varpa.absences.models import Absence
from varpa.absences.queries import coming_of, today_at
from varpa.absences.school import school_holidays
from varpa.kernel import clock
from varpa.kernel.doors import door, signed_in
from varpa.kernel.refusals import Refusal
from varpa.people.models import Person
from varpa.people.signed import person_of
from varpa.programmes.access import ProgrammeAction
from varpa.programmes.countries import country_name
from varpa.programmes.models import Programme
from varpa.programmes.queries import with_methodology
from varpa.ui.doing import accepted, refused


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
            refused(form, refusal)
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


@door(ProgrammeAction.MANAGE, Programme, reader=ProgrammeAction.READ, read=with_methodology)
@require_http_methods(["GET", "HEAD", "POST"])
def school(request: HttpRequest, programme: Programme) -> HttpResponse:
    """When the pupils of each country have no school; POST adds days."""
    form = SchoolForm(request.POST or None, programme=programme)
    if request.method == "POST" and form.is_valid():
        given = {"programme": programme, "by": person_of(request), "now": clock.now(), **form.cleaned_data}
        if accepted(form, lambda: add_school_holiday(**given)):
            messages.success(request, _("Written down. Mentors see it when a time is chosen."))
            return redirect("absences:school", programme.ref)
    rows = [(each, country_name(each.country)) for each in school_holidays(programme)]
    return render(request, "absences/school.html", {"programme": programme, "form": form, "rows": rows})


@door(ProgrammeAction.MANAGE, Programme, reader=ProgrammeAction.READ, read=with_methodology)
@require_POST
def school_back(request: HttpRequest, programme: Programme) -> HttpResponse:
    """There is school after all."""
    form = SchoolForm(request.POST, programme=programme)
    if form.is_valid():
        given = {"programme": programme, "by": person_of(request), "now": clock.now(), **form.cleaned_data}
        take_school_holiday_back(**given)
        messages.success(request, _("Taken back: there is school on these days."))
    return redirect("absences:school", programme.ref)
