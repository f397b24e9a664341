"""A mentee's guardians, for the manager and for the mentee: written down, sent a link; the printed form."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from varpa.documents.serving import hand_out
from varpa.files.serving import respond
from varpa.guardians.access import GuardianAction, WorryAction
from varpa.guardians.actions import guardians as actions
from varpa.guardians.actions import worries
from varpa.guardians.actions.papers import record_paper
from varpa.guardians.forms import GuardianForm, PaperForm
from varpa.guardians.models import Guardian, Worry
from varpa.guardians.papers import papers_of, permission_paper
from varpa.guardians.queries.guardians import asked_kinds, guardians_of, has_room, scan_of
from varpa.guardians.queries.notices import added_languages
from varpa.kernel import clock
from varpa.kernel.doors import door
from varpa.kernel.refs import is_ref
from varpa.kernel.refusals import Refusal
from varpa.people.models import Language
from varpa.people.signed import person_of
from varpa.programmes.access import MembershipAction
from varpa.programmes.actions.permissions import withdraw_permission
from varpa.programmes.models import Membership, PermissionKind, Role
from varpa.programmes.queries import kinds_to_permit, memberships_read, staff_of
from varpa.ui.doing import refused


def guardians_read(guardians: QuerySet[Guardian]) -> QuerySet[Guardian]:
    """Guardians with whom they answer for."""
    return guardians.select_related("membership__person", "membership__programme")


def worries_read(worries: QuerySet[Worry]) -> QuerySet[Worry]:
    """Worries with who told them, and about whom."""
    return worries.select_related(
        "membership__person", "membership__programme", "guardian", "contact__programme"
    )


@door(MembershipAction.DECIDE, Membership, read=memberships_read)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, membership: Membership) -> HttpResponse:
    """The manager writes a guardian down."""
    return _written_down(request, membership, "applications:member", own=False)


@door(MembershipAction.OWN, Membership, read=memberships_read)
@require_http_methods(["GET", "HEAD", "POST"])
def own(request: HttpRequest, membership: Membership) -> HttpResponse:
    """The mentee writes down whom to ask at home, and sees that a letter has gone."""
    return _written_down(request, membership, "guardians:own", own=True)


def _written_down(request: HttpRequest, membership: Membership, back: str, *, own: bool) -> HttpResponse:
    if membership.role != Role.MENTEE:
        raise Http404
    language = membership.person.language if own else get_language()
    given = request.POST if request.method == "POST" else None
    added = added_languages(membership)
    form = GuardianForm(given, language=language or Language.ENGLISH.value, added=added)
    if given is not None and form.is_valid():
        try:
            actions.add_guardian(membership=membership, by=person_of(request), now=clock.now(), **form.said)
        except Refusal as refusal:
            refused(form, refusal)
        else:
            messages.success(request, _("Written down. A letter with a link has gone to the guardian."))
            return redirect(back, membership.ref)
    known = guardians_of(membership, clock.now())
    context: dict[str, Any] = {
        "membership": membership,
        "programme": membership.programme,
        "form": form,
        "known": known,
        "own": own,
        "asked": asked_kinds(membership, clock.now()),
        "papers": papers_of(membership, added=bool(added)),
        "full": not has_room(known),
        "staff": list(staff_of(membership.programme)[:5]) if own else [],
    }
    return render(request, "guardians/new.html", context)


@door(GuardianAction.WRITE, Guardian, read=guardians_read)
@require_POST
def send(request: HttpRequest, guardian: Guardian) -> HttpResponse:
    """Send the link again; the earlier one closes."""
    try:
        actions.send_link(guardian=guardian, by=person_of(request), now=clock.now(), ref=_ref(request))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("A new letter has gone. The earlier link no longer opens."))
    return redirect("applications:member", guardian.membership.ref)


@door(GuardianAction.WRITE, Guardian, read=guardians_read)
@require_POST
def revoke(request: HttpRequest, guardian: Guardian) -> HttpResponse:
    """Take the link back."""
    actions.revoke_links(guardian=guardian, by=person_of(request), now=clock.now())
    messages.success(request, _("The link no longer opens. What was permitted stands."))
    return redirect("applications:member", guardian.membership.ref)


@door(GuardianAction.WRITE, Guardian, read=guardians_read)
@require_POST
def take_off(request: HttpRequest, guardian: Guardian) -> HttpResponse:
    """This one is no guardian to write to."""
    actions.take_off(guardian=guardian, by=person_of(request), now=clock.now())
    messages.success(request, _("Taken off. The link no longer opens; what was permitted stands."))
    return redirect("applications:member", guardian.membership.ref)


@door(WorryAction.READ, Worry, read=worries_read)
@require_POST
def read_worry(request: HttpRequest, worry: Worry) -> HttpResponse:
    """It was read; whoever told it gets a letter."""
    worries.read_worry(worry=worry, by=person_of(request), now=clock.now())
    messages.success(request, _("Marked as read. Whoever told it gets a letter about it."))
    return redirect("applications:member", worry.membership.ref)


@door(MembershipAction.DECIDE, Membership, read=memberships_read)
@require_http_methods(["GET", "HEAD", "POST"])
def permit(request: HttpRequest, membership: Membership) -> HttpResponse:
    """A guardian's paper came: what it permits, and what not."""
    if membership.role != Role.MENTEE:
        raise Http404
    known, kinds = guardians_of(membership, clock.now()), kinds_to_permit(membership.programme)
    name = known[0].guardian.name if len(known) == 1 else ""
    form = PaperForm(initial={"guardian": name}, kinds=kinds)
    if request.method == "POST":
        form = PaperForm(request.POST, request.FILES, kinds=kinds)
        if form.is_valid():
            try:
                record_paper(membership=membership, by=person_of(request), now=clock.now(), **form.said)
            except Refusal as refusal:
                refused(form, refusal)
            else:
                messages.success(request, _("The paper is recorded."))
                return redirect("applications:member", membership.ref)
    context = {"membership": membership, "programme": membership.programme, "form": form, "known": known}
    return render(request, "guardians/paper.html", {**context, "papers": papers_of(membership)})


@door(MembershipAction.DECIDE, Membership, read=memberships_read)
@require_POST
def take_permission_back(request: HttpRequest, membership: Membership) -> HttpResponse:
    """A guardian takes a permission back."""
    kind = request.POST.get("kind", "")
    if kind in PermissionKind.values:
        withdraw_permission(membership=membership, kind=kind, by=person_of(request), now=clock.now())
        messages.success(request, _("The permission is withdrawn. What it allowed stops at once."))
    return redirect("applications:member", membership.ref)


@door(MembershipAction.READ, Membership, read=memberships_read)
@require_safe
def paper(request: HttpRequest, membership: Membership, language: str) -> HttpResponse:
    """The form to print, in one of the three languages; the notice also in one that the programme adds."""
    also = request.GET.get("also", "")
    if membership.role != Role.MENTEE or language not in Language.values:
        raise Http404
    if also and also not in dict(added_languages(membership)):
        raise Http404
    name = "-".join(filter(None, ("varpa", membership.ref, language, also)))
    return hand_out(permission_paper(membership, language, also), name, inline=True)


@door(MembershipAction.DECIDE, Membership, read=memberships_read)
@require_safe
def scan(_request: HttpRequest, membership: Membership, file: str) -> HttpResponseBase:
    """The picture of a paper that a guardian has signed."""
    kept = scan_of(membership, file)
    if kept is None:
        raise Http404
    return respond(kept)


def _ref(request: HttpRequest) -> str:
    asked = request.POST.get("ref", "")
    return asked if is_ref(asked) else ""
