"""Reading and preparing: the library, a document, a member's steps before the first meeting (R1)."""

from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from varpa.kernel import clock
from varpa.kernel.doors import door
from varpa.kernel.refusals import Refusal
from varpa.people.models import Person
from varpa.programmes import handbook
from varpa.programmes.access import MembershipAction, ProgrammeAction
from varpa.programmes.actions import memberships as actions
from varpa.programmes.actions.permissions import confirm_grown
from varpa.programmes.ages import ages_of
from varpa.programmes.forms.preparation import MeansForm
from varpa.programmes.models import Membership, MembershipState, Programme, Role
from varpa.programmes.preparing import lessons_of, library_of, preparing, still_learning
from varpa.programmes.queries import (
    memberships_read,
    methodology_of,
    own_memberships,
    staff_of,
    today_of,
    with_methodology,
)


@door(ProgrammeAction.READ, Programme, read=with_methodology)
@require_safe
def library(request: HttpRequest, programme: Programme) -> HttpResponse:
    """The methodology and the guides; what one is asked to read stands first."""
    assert isinstance(request.user, Person)
    readings, lessons = library_of(programme, request.user), lessons_of(programme, request.user)
    context = {
        "programme": programme,
        "asked": [each for each in readings if each.asked],
        "others": [each for each in readings if not each.asked],
        "lessons": [each for each in lessons if each.own] or lessons,
        "other_lessons": [each for each in lessons if not each.own] if lessons and lessons[0].own else [],
        "handbook": handbook.parts(),
    }
    return render(request, "programmes/library.html", context)


@door(ProgrammeAction.READ, Programme, read=with_methodology)
@require_safe
def handbook_part(request: HttpRequest, programme: Programme, key: str) -> HttpResponse:
    """How one finds one's way in a role, from the first sign-in to the end, as the methodology has it."""
    text = handbook.text_of(key, (get_language() or "en")[:2], methodology_of(programme))
    if not text:
        raise Http404
    context = {"programme": programme, "name": handbook.PARTS[key], "text": text}
    return render(request, "programmes/handbook.html", context)


@door(ProgrammeAction.READ, Programme, read=with_methodology)
@require_http_methods(["GET", "HEAD", "POST"])
def document(request: HttpRequest, programme: Programme, key: str) -> HttpResponse:
    """One document to read; a member whose role is asked to says here that it was read."""
    assert isinstance(request.user, Person)
    readings = library_of(programme, request.user)
    reading = next((each for each in readings if each.document.key == key), None)
    if reading is None:
        raise Http404
    if request.method == "POST":
        return _read(request, programme, key)
    rest = [each for each in readings if each.asked and not each.read_at and each.document.key != key]
    context = {
        "programme": programme,
        "reading": reading,
        "text": reading.document.body.within(get_language() or "en"),
        "own": own_memberships(programme, request.user).filter(state=MembershipState.ACCEPTED).first(),
        "next": rest[0] if rest else None,
    }
    return render(request, "programmes/document.html", context)


def _read(request: HttpRequest, programme: Programme, key: str) -> HttpResponse:
    """Note the reading for each of the reader's roles that is asked to read it."""
    assert isinstance(request.user, Person)
    roles = methodology_of(programme).document(key).roles
    own = own_memberships(programme, request.user).filter(role__in=roles, state=MembershipState.ACCEPTED)
    try:
        with transaction.atomic():
            for membership in own:
                actions.note_reading(membership=membership, document=key, by=request.user, now=clock.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    first = own.first()
    if first is None:
        return redirect("programmes:library", programme.ref)
    return redirect("programmes:preparation", first.ref)


def _with_participation(memberships: QuerySet[Membership]) -> QuerySet[Membership]:
    return memberships_read(memberships).select_related("participation")


@door(MembershipAction.OWN, Membership, read=_with_participation)
@require_safe
def preparation(request: HttpRequest, membership: Membership) -> HttpResponse:
    """A member's steps before the first meeting; for somebody not (or no longer) in, what became of it."""
    return _preparation(request, membership)


def _preparation(
    request: HttpRequest, membership: Membership, means: MeansForm | None = None
) -> HttpResponse:
    programme = membership.programme
    context = {
        "membership": membership,
        "programme": programme,
        "mentee": membership.role == Role.MENTEE,
        "staff": list(staff_of(programme)[:5]),
    }
    if membership.state not in (MembershipState.ACCEPTED, MembershipState.COMPLETED):
        return render(request, "programmes/not_in.html", context)
    known = methodology_of(programme).means
    context["at"] = preparing(membership, today_of(programme, clock.now()))
    context["learning"] = still_learning(membership)
    context["adult"] = ages_of(membership.country, membership.adult).adult
    context["means"] = means or MeansForm(known=known, own=membership.means)
    return render(request, "programmes/preparation.html", context)


@door(MembershipAction.OWN, Membership, read=memberships_read)
@require_POST
def notice(request: HttpRequest, membership: Membership) -> HttpResponse:
    """The member has read what is kept, who sees it and for how long."""
    assert isinstance(request.user, Person)
    try:
        actions.accept_notice(membership=membership, by=request.user, now=clock.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("programmes:preparation", membership.ref)


@door(MembershipAction.OWN, Membership, read=memberships_read)
@require_POST
def grown(request: HttpRequest, membership: Membership) -> HttpResponse:
    """The member has come of age and takes part by an own word."""
    assert isinstance(request.user, Person)
    try:
        confirm_grown(membership=membership, by=request.user, now=clock.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Saved: you take part by your own word."))
    return redirect("programmes:preparation", membership.ref)


@door(MembershipAction.OWN, Membership, read=memberships_read)
@require_POST
def means(request: HttpRequest, membership: Membership) -> HttpResponse:
    """Which means of communication the member really has."""
    assert isinstance(request.user, Person)
    known = methodology_of(membership.programme).means
    form = MeansForm(request.POST, known=known, own=membership.means)
    if not form.is_valid():
        return _preparation(request, membership, form)
    chosen = tuple(form.cleaned_data["means"])
    try:
        actions.change_means(membership=membership, means=chosen, by=request.user, now=clock.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The means are saved."))
    return redirect("programmes:preparation", membership.ref)
