"""The people who may be in a programme twice."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from varpa.duplicates import actions
from varpa.duplicates.models import Different
from varpa.duplicates.queries import found, people_within, shown, told_different
from varpa.duplicates.words import WHY
from varpa.kernel import clock
from varpa.kernel.doors import door
from varpa.kernel.paging import SIZE
from varpa.kernel.refusals import Refusal
from varpa.people.signed import person_of
from varpa.programmes.access import ProgrammeAction
from varpa.programmes.models import Programme
from varpa.programmes.queries import with_methodology

MANAGE, READ = ProgrammeAction.MANAGE, ProgrammeAction.READ


@door(MANAGE, Programme, reader=READ, read=with_methodology)
@require_safe
def twice(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Who may be here twice, the surest first, and why; whom somebody said to be two.

    The first fifty: whoever was put together or said to be two makes room for the next.
    """
    reader = person_of(request)
    every = found(programme, reader, clock.now())
    context = {
        "programme": programme,
        "count": len(every),
        "rows": [(each, WHY[each.why]) for each in shown(every[:SIZE], reader)],
        "left": max(0, len(every) - SIZE),
        "different": told_different(programme),
    }
    return render(request, "duplicates/twice.html", context)


@door(MANAGE, Programme, reader=READ, read=with_methodology)
@require_POST
def different(request: HttpRequest, programme: Programme, one: str, other: str) -> HttpResponse:
    """Two people are two, or may be one after all (`again`)."""
    by, now = person_of(request), clock.now()
    found = {each.ref: each for each in people_within((one, other), by)}
    if not {one, other} <= set(found):
        raise Http404
    first, second = found[one], found[other]
    said = Different.objects.filter(first=first, second=second, withdrawn_at=None).first()
    try:
        if "again" not in request.POST:
            actions.say_different(programme=programme, one=first, other=second, by=by, now=now)
            messages.success(request, _("Kept: these are two people. They are not offered again."))
        elif said:
            actions.take_back(programme=programme, different=said, by=by, now=now)
            messages.success(request, _("They are offered again."))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("duplicates:twice", programme.ref)
