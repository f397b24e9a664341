"""Two people side by side, put together, and taken apart again."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from varpa.kernel import clock
from varpa.kernel.doors import door
from varpa.kernel.paging import paged
from varpa.kernel.refs import is_ref, new_ref
from varpa.kernel.refusals import Refusal
from varpa.merges.access import MergeAction
from varpa.merges.actions import merging as actions
from varpa.merges.actions.hindrances import AddressOfAPair, hindrances
from varpa.merges.models import Merge
from varpa.merges.queries import (
    UNDONE_WITHIN,
    Two,
    counted,
    fields_of,
    membership_of,
    merge_between,
    merges_of,
    people_here,
    two_of,
    with_people,
)
from varpa.merges.words import rows_told, sides
from varpa.people.models import Person
from varpa.people.signed import person_of
from varpa.programmes.access import ProgrammeAction
from varpa.programmes.models import Programme
from varpa.programmes.queries import with_methodology

MANAGE, READ = ProgrammeAction.MANAGE, ProgrammeAction.READ


@door(MANAGE, Programme, reader=READ, read=with_methodology)
@require_http_methods(["GET", "HEAD", "POST"])
def compare(request: HttpRequest, programme: Programme, one: str, other: str) -> HttpResponse:
    """Which value stays, what goes along, what stands against it; then puts the two together."""
    people = people_here(programme, (one, other), person_of(request))
    if people is None:
        known = merge_between(programme, (one, other))
        if known is None:
            raise Http404
        return redirect("merges:merge", known.ref)
    sent = request.POST.get("ref", "")
    ref, refusal = sent if is_ref(sent) else new_ref(), ""
    if request.method == "POST":
        try:
            made = _merged(request, programme, people, ref)
        except Refusal as error:
            refusal = str(error)
        else:
            messages.success(request, _("Put together. It can be undone here for 30 days."))
            return redirect("merges:merge", made.ref)
    context = {"programme": programme, "ref": ref, "refusal": refusal}
    return render(request, "merges/compare.html", {**context, **_shown(request, two_of(*people))})


def _merged(request: HttpRequest, programme: Programme, people: tuple[Person, Person], ref: str) -> Merge:
    one, other = people
    return actions.merge(
        programme=programme,
        one=one,
        other=other,
        choices=request.POST.dict(),
        mark=request.POST.get("mark", ""),
        ref=ref,
        by=person_of(request),
        now=clock.now(),
    )


def _shown(request: HttpRequest, two: Two) -> dict[str, Any]:
    chosen = request.POST.dict()
    standing = list(hindrances(two, person_of(request), chosen))
    others = [other for _stays, other in two.same]
    return {
        "two": two,
        "mark": two.mark,
        "fields": sides(two.fields, chosen),
        "memberships": [
            (stays, other, sides(fields, chosen, stays))
            for (stays, fields), other in zip(fields_of(two), others, strict=True)
        ],
        "rows": rows_told(counted(two)),
        "against": list(dict.fromkeys(map(str, standing))),
        # An address is chosen on the page itself: there one chooses otherwise.
        "offered": all(isinstance(each, AddressOfAPair) for each in standing),
    }


@door(MANAGE, Programme, reader=READ, read=with_methodology)
@require_safe
def together(request: HttpRequest, programme: Programme) -> HttpResponse:
    """What was put together in the programme, the newest first."""
    found = paged(request, merges_of, programme=programme)
    return render(request, "merges/list.html", {"programme": programme, "page": found})


@door(MergeAction.READ, Merge, read=with_people)
@require_safe
def merge(request: HttpRequest, merge: Merge) -> HttpResponse:
    """One merge: who, when, by whom; until when it can be undone."""
    return _page(request, merge)


@door(MergeAction.UNDO, Merge, read=with_people)
@require_POST
def undo(request: HttpRequest, merge: Merge) -> HttpResponse:
    """Take the two apart again."""
    try:
        actions.undo(merge=merge, by=person_of(request), now=clock.now())
    except Refusal as refusal:
        return _page(request, merge, str(refusal))
    messages.success(request, _("Undone: the two are as they were before."))
    return redirect("merges:merge", merge.ref)


def _page(request: HttpRequest, merge: Merge, refusal: str = "") -> HttpResponse:
    until = merge.at + UNDONE_WITHIN
    context = {
        "merge": merge,
        "programme": merge.programme,
        "membership": membership_of(merge),
        "until": until if merge.state == "done" and clock.now() <= until else None,
        "refusal": refusal,
    }
    return render(request, "merges/merge.html", context)
