"""The programme of the next year, begun from the present one."""

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from varpa.guidelines.actions.following import follow_programme
from varpa.guidelines.forms import FollowingForm
from varpa.guidelines.models import Version
from varpa.guidelines.queries import versions_read
from varpa.kernel import clock
from varpa.kernel.doors import door
from varpa.kernel.refusals import Refusal
from varpa.people.signed import person_of
from varpa.programmes.access import ProgrammeAction
from varpa.programmes.models import Programme
from varpa.programmes.queries import with_organisation
from varpa.ui.doing import refused


@door(ProgrammeAction.APPOINT, Programme, read=with_organisation)
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Name and days of the next programme; all else is taken from this one."""
    usual = {
        "name": programme.name,
        "starts": _year_later(programme.starts),
        "ends": _year_later(programme.ends),
        "same_managers": True,
        "learnt": True,
    }
    version = versions_read(Version.objects.filter(programme=programme).exclude(becomes="")).first()
    form = FollowingForm(request.POST or None, initial=usual, version=version)
    if request.method == "POST" and form.is_valid():
        try:
            begun = follow_programme(former=programme, by=person_of(request), now=clock.now(), **form.said)
        except Refusal as refusal:
            refused(form, refusal)
        else:
            messages.success(request, _("The programme is made. It is a draft until its first step."))
            return redirect("programmes:settings", begun.ref)
    context = {"programme": programme, "form": form, "version": version}
    return render(request, "guidelines/following.html", context)


def _year_later(day: date) -> date:
    """The same day of the next year; of the 29th of February the 28th."""
    if (day.month, day.day) == (2, 29):
        return date(day.year + 1, 2, 28)
    return day.replace(year=day.year + 1)
