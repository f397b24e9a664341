"""Who needs a call, why, and "I called: …"."""

from functools import partial

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from varpa.kernel import clock
from varpa.kernel.access import allowed
from varpa.kernel.doors import door
from varpa.kernel.paging import paged
from varpa.pairs.access import PairAction
from varpa.pairs.models import Pair
from varpa.pairs.queries import with_people
from varpa.people.models import Person
from varpa.people.signed import person_of
from varpa.programmes.access import ProgrammeAction
from varpa.programmes.models import Programme
from varpa.programmes.queries import with_methodology
from varpa.support.access import CallAction, CaseAction
from varpa.support.actions.contacts import note_call
from varpa.support.forms import CallForm
from varpa.support.models import Call, Case
from varpa.support.queries.contacts import asked_for_help, calls_of, needs_page
from varpa.support.queries.signs import needing, needs_of, with_case
from varpa.support.queries.staff import is_in
from varpa.support.views.asked import ASK
from varpa.support.words import next_step, said
from varpa.ui.doing import accepted


@door(ProgrammeAction.MANAGE, Programme, reader=ProgrammeAction.READ, read=with_methodology)
@require_safe
def needs(request: HttpRequest, programme: Programme) -> HttpResponse:
    """The pairs that need a word, the most pressing first, each with its reasons and the next step."""
    handled = allowed(CaseAction.HANDLE, person_of(request), Case.objects.filter(programme=programme))
    cases = asked_for_help(handled)
    signs = {pair: each.sign for pair, each in cases.items()}
    # Somebody else sees to the pairs around the reader.
    all_needs, reader = with_case(needs_of(programme, clock.now()), signs), person_of(request).pk
    found = [each for each in all_needs if reader not in each.around]
    asked = request.GET.get("page", "1")
    number = max(1, int(asked)) if asked.isdecimal() and len(asked) < 7 else 1
    shown = needs_page(found, cases, number, allowed(CallAction.READ, person_of(request), Call.objects.all()))
    rows = [(row, [said(sign) for sign in row.need.signs], next_step(row.need.signs)) for row in shown.rows]
    context = {"programme": programme, "page": shown, "rows": rows, "pressing": len(needing(found))}
    return render(request, "support/needs.html", context)


def _calls(pair: Pair, person: Person) -> QuerySet[Call]:
    """None of them for one of the two, whoever that is."""
    return allowed(CallAction.READ, person, calls_of(pair))


@door(PairAction.MANAGE, Pair, read=with_people)
@require_http_methods(ASK)
def calls(request: HttpRequest, pair: Pair) -> HttpResponse:
    """The log of contacts of a pair; only the staff see it."""
    person = person_of(request)
    form = CallForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        noted = partial(note_call, pair=pair, by=person, now=clock.now())
        if accepted(form, lambda: noted(**form.cleaned_data)):
            messages.success(request, _("Written down."))
            return redirect("support:needs", pair.programme.ref)
    context = {"pair": pair, "form": form, "page": paged(request, _calls, pair=pair, person=person)}
    return render(request, "support/calls.html", {**context, "recused": is_in(pair, person)})
