"""How many mentors a mentee of the programme may have at once."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from varpa.kernel import clock
from varpa.kernel.doors import door
from varpa.kernel.merging import Conflict
from varpa.kernel.refusals import Refusal
from varpa.pairs.actions.several import allow_mentors
from varpa.pairs.forms.several import SeveralForm
from varpa.people.signed import person_of
from varpa.programmes.access import ProgrammeAction
from varpa.programmes.models import Programme
from varpa.programmes.queries import methodology_of, with_methodology


@door(ProgrammeAction.MANAGE, Programme, reader=ProgrammeAction.READ, read=with_methodology)
@require_http_methods(["GET", "HEAD", "POST"])
def several(request: HttpRequest, programme: Programme) -> HttpResponse:
    """One mentor, as is usual, or more; what it means for the two sides stands beside it."""
    form = SeveralForm(request.POST if request.method == "POST" else None, programme=programme)
    if request.method == "POST" and form.is_valid():
        try:
            allow_mentors(programme=programme, by=person_of(request), now=clock.now(), **form.cleaned_data)
        except Refusal as refusal:
            form.add_error("most", str(refusal))
        except Conflict as conflict:
            form.data = {**request.POST.dict(), "revision": str(conflict.revision)}
            form.add_error(None, _("The programme was changed elsewhere meanwhile. Look, and save again."))
        else:
            messages.success(request, _("Saved."))
            return redirect("pairs:several", programme.ref)
    methodology = methodology_of(programme)
    of_business = bool(methodology.business_plan and methodology.company_profile)
    context = {"programme": programme, "form": form, "of_business": of_business}
    return render(request, "pairs/several.html", context)
