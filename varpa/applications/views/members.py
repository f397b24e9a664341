"""One person's page for the manager: what is known, how far prepared, what may be decided."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from varpa.applications.access import NoteAction
from varpa.applications.actions import decisions, talks
from varpa.applications.actions import members as actions
from varpa.applications.forms import DetailsForm, KnownForm, NoteForm, ScreeningForm, TrainingForm, initial_of
from varpa.applications.models import Note
from varpa.applications.queries.corrections import mark_of
from varpa.applications.queries.members import (
    earlier_of,
    history_of,
    history_shown,
    member_of,
    member_read,
    school_word_of,
    stands_as,
)
from varpa.applications.queries.notes import kept_of
from varpa.applications.queries.sending import UNDECIDED
from varpa.applications.words import VERBS, country_name
from varpa.duplicates.queries import like
from varpa.duplicates.words import WHY
from varpa.guardians.access import WorryAction
from varpa.guardians.papers import papers_of
from varpa.guardians.queries.guardians import asked_kinds, guardians_of, has_room, worries_of
from varpa.kernel import clock
from varpa.kernel.access import allowed
from varpa.kernel.doors import door
from varpa.kernel.merging import Conflict
from varpa.kernel.paging import page
from varpa.kernel.refusals import Refusal
from varpa.kernel.states import can
from varpa.people.models import Person
from varpa.people.queries import came_in
from varpa.people.signed import person_of
from varpa.programmes.access import MembershipAction
from varpa.programmes.actions.memberships import CountryStays
from varpa.programmes.actions.partners import NotOurPartner
from varpa.programmes.actions.screening import record_screening
from varpa.programmes.forms.partners import ChoiceForm
from varpa.programmes.models import Membership, MembershipState, Partner, Role
from varpa.programmes.partners import partner_of, partners_of
from varpa.programmes.queries import GONE, STAFF, today_of
from varpa.ui.doing import accepted, refused
from varpa.ui.merging import merge

HISTORY = 20


def _with_member(notes: QuerySet[Note]) -> QuerySet[Note]:
    return notes.select_related("membership__programme", "membership__person")


@door(MembershipAction.DECIDE, Membership, read=member_read)
@require_safe
def member(request: HttpRequest, membership: Membership) -> HttpResponse:
    """What a manager sees of one person."""
    return _page(request, membership)


@door(MembershipAction.DECIDE, Membership, read=member_read)
@require_POST
def decide(request: HttpRequest, membership: Membership) -> HttpResponse:
    """Accept, wait or decline."""
    try:
        step, partner = request.POST.get("step", ""), _partner(request, membership)
        said: dict[str, Any] = {"step": step, "partner": partner, "by": person_of(request)}
        seen = request.POST.get("seen")
        decisions.decide(membership=membership, now=clock.now(), seen=seen, **said)
    except Refusal as refusal:
        return _refused(request, refusal, membership)
    told = _("Decided. The person gets a letter about it.")
    untold = _("Decided. There is no e-mail address: tell the person yourself.")
    messages.success(request, told if membership.person.email else untold)
    return redirect("applications:member", membership.ref)


@door(MembershipAction.DECIDE, Membership, read=member_read)
@require_POST
def train(request: HttpRequest, membership: Membership) -> HttpResponse:
    """The person was at the training."""
    form = TrainingForm(request.POST)
    if not form.is_valid():
        return _page(request, membership, training=form)
    try:
        decisions.mark_trained(
            membership=membership, by=person_of(request), now=clock.now(), **form.cleaned_data
        )
    except Refusal as refusal:
        return _refused(request, refusal, membership)
    messages.success(request, _("Marked as trained."))
    return redirect("applications:member", membership.ref)


@door(MembershipAction.DECIDE, Membership, read=member_read)
@require_POST
def screen(request: HttpRequest, membership: Membership) -> HttpResponse:
    """A mentor was screened."""
    form = ScreeningForm(request.POST)
    if form.is_valid():
        try:
            record_screening(
                membership=membership, by=person_of(request), now=clock.now(), **form.cleaned_data
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The result is written down. The paper itself belongs nowhere here."))
            return redirect("applications:member", membership.ref)
    return _page(request, membership, screening=form)


@door(MembershipAction.DECIDE, Membership, read=member_read)
@require_POST
def note(request: HttpRequest, membership: Membership) -> HttpResponse:
    """Write something down on the person, for the staff of the programme."""
    form = NoteForm(request.POST)
    if not form.is_valid():
        return _page(request, membership, noting=form)
    talks.add_note(membership=membership, by=person_of(request), now=clock.now(), **form.cleaned_data)
    messages.success(request, _("The note is kept. Only the managers of the programme see it."))
    return redirect("applications:member", membership.ref)


@door(NoteAction.WITHDRAW, Note, read=_with_member)
@require_POST
def unnote(request: HttpRequest, note: Note) -> HttpResponse:
    """Take a note off."""
    talks.withdraw_note(note=note, by=person_of(request), now=clock.now())
    messages.success(request, _("The note was taken off."))
    return redirect("applications:member", note.membership.ref)


@door(MembershipAction.DECIDE, Membership, read=member_read)
@require_http_methods(["GET", "HEAD", "POST"])
def details(request: HttpRequest, membership: Membership) -> HttpResponse:
    """Change place, country, topic and means."""
    given = request.POST if request.method == "POST" else None
    form = DetailsForm(given, initial=initial_of(membership), membership=membership)
    context: dict[str, Any] = {"membership": membership, "form": form}
    if given is not None and form.is_valid():
        try:
            actions.change_details(
                membership=membership, by=person_of(request), now=clock.now(), **form.cleaned_data
            )
        except Refusal as refusal:
            refused(form, refusal, "country" if isinstance(refusal, CountryStays) else "")
        except Conflict as conflict:
            labels = {name: form.fields[name].label or name for name in ("place", "topic")}
            context["merge"] = merge(conflict, labels)
        else:
            messages.success(request, _("Saved."))
            return redirect("applications:member", membership.ref)
    return render(request, "applications/details.html", context)


@door(MembershipAction.DECIDE, Membership, read=member_read)
@require_http_methods(["GET", "HEAD", "POST"])
def known(request: HttpRequest, membership: Membership) -> HttpResponse:
    """Correct name, phone and date of birth."""
    person, now = membership.person, clock.now()
    given = request.POST if request.method == "POST" else None
    context: dict[str, Any] = {"membership": membership, "own": came_in(person)}
    form = KnownForm(given, person=person, own=context["own"], today=today_of(membership.programme, now))
    if given is not None and form.is_valid():
        act = partial(actions.correct_known, membership=membership, by=person_of(request), now=now)
        if accepted(form, partial(act, **form.cleaned_data)):
            messages.success(request, _("Saved."))
            return redirect("applications:member", membership.ref)
        # What was typed stands beside what stands now, and is saved upon it by another click.
        form.data = {**given.dict(), "mark": mark_of(person)}
        context["standing"] = person if given.get("mark") != mark_of(person) else None
    context["form"] = form
    return render(request, "applications/correct.html", context)


@door(MembershipAction.DECIDE, Membership, read=member_read)
@require_http_methods(["GET", "HEAD", "POST"])
def let_go(request: HttpRequest, membership: Membership) -> HttpResponse:
    """Asks once more before a person leaves the programme."""
    context: dict[str, Any] = {"member": member_of(membership, clock.now()), "membership": membership}
    if request.method == "POST":
        try:
            actions.let_go(membership=membership, by=person_of(request), now=clock.now())
        except Refusal as refusal:
            context["refusal"] = str(refusal)
        else:
            messages.success(request, _("The person has left the programme. What was done stays."))
            return redirect("applications:member", membership.ref)
    return render(request, "applications/let_go.html", context)


def _partner(request: HttpRequest, membership: Membership) -> Partner | None:
    """The partner that was chosen with the decision; raises NotOurPartner."""
    form = ChoiceForm(request.POST, partners=partners_of(membership.programme))
    if not form.is_valid():
        raise NotOurPartner()
    chosen: Partner | None = form.cleaned_data["partner"]
    return chosen


def _page(request: HttpRequest, membership: Membership, **forms: Any) -> HttpResponse:
    history = page(request, history_of(membership), HISTORY)
    steps = [step for step in decisions.STEPS if can(membership, step)]
    known = partners_of(membership.programme)
    partner = partner_of(membership, known)
    context = {
        "member": member_of(membership, clock.now()),
        "membership": membership,
        "person_shown": membership.person,
        "undelivered": getattr(membership, "undelivered", False),
        "country": country_name(membership.country),
        "staff": membership.role in STAFF,
        "partner": partner,
        # Where there is nothing to choose, nothing is asked.
        "partners": known if len(known) > 1 else [],
        "choosing": None if partner else ChoiceForm(partners=known),
        "alike": _alike(request, membership),
        "steps": [] if membership.role in STAFF else steps,
        "seen": stands_as(membership),
        "prepares": membership.state == MembershipState.ACCEPTED and membership.role not in STAFF,
        "leaves": can(membership, "withdraw") and membership.role not in STAFF,
        "page": history,
        "history": history_shown(membership, history.rows, person_of(request)),
        "training": TrainingForm(),
        "screening": ScreeningForm(),
        "noting": NoteForm(),
        "second_step": getattr(membership, "second", False),
        "earlier": [(each, VERBS[each.verb]) for each in earlier_of(membership)],
        "notes": kept_of(membership) if getattr(membership, "noted", True) else [],
        "talks": membership.role not in STAFF and membership.state in UNDECIDED,
        "writes": bool(membership.person.email) and membership.state not in GONE,
        **_guardians(membership, person_of(request)),
        **forms,
    }
    return render(request, "applications/member.html", context)


def _alike(request: HttpRequest, membership: Membership) -> list[Any]:
    """Who may be the same person, and why: looked for before it is decided; the list says it of everybody."""
    if membership.role in STAFF or membership.state not in UNDECIDED:
        return []
    return [(each, WHY[each.why]) for each in like(membership, person_of(request))]


def _guardians(membership: Membership, reader: Person) -> dict[str, Any]:
    if membership.role != Role.MENTEE:
        return {}
    known = guardians_of(membership, clock.now())
    asked = asked_kinds(membership, clock.now())
    told = allowed(WorryAction.READ, reader, worries_of(membership))
    return {
        "guardians": known,
        "asked": asked,
        "guardian_room": bool(asked) and has_room(known),
        "worries": list(told[:20]) if getattr(membership, "worried", True) else [],
        "papers": papers_of(membership, added=getattr(membership, "added", True)),
        "school_word": school_word_of(membership),
    }


def _refused(request: HttpRequest, refusal: Refusal, membership: Membership) -> HttpResponse:
    """Shows how the person stands now, with the sentence of the refusal."""
    membership.refresh_from_db(fields=["state"])
    return _page(request, membership, refusal=str(refusal))
