"""Deciding about two people, and taking it back."""

from datetime import datetime

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from varpa.kernel import clock
from varpa.kernel.doors import door
from varpa.kernel.paging import paged
from varpa.matching.access import ChoiceAction, RunAction
from varpa.matching.actions import choices as actions
from varpa.matching.actions.apart import understand_apart
from varpa.matching.forms import AnyMentorForm, ApartForm, ChoiceForm, MeantForm
from varpa.matching.models import ON_A_BOARD, Apart, Choice, ChoiceKind, Run
from varpa.matching.queries import boards
from varpa.matching.queries.aparts import ENDED, GOING, stands_between, unclear, wish_of
from varpa.matching.queries.choices import choice_read, choices_of, contradictions, stands_of
from varpa.matching.queries.costs import loss_of
from varpa.matching.queries.moves import move_of
from varpa.matching.views.asked import told
from varpa.people.signed import person_of
from varpa.programmes.access import ProgrammeAction
from varpa.programmes.models import Membership, Programme, Role
from varpa.programmes.queries import with_methodology
from varpa.ui.doing import accepted

NOTED = gettext_lazy("Noted. The two are not proposed to each other. Nobody sees who asked.")


@door(RunAction.DECIDE, Run, read=boards.with_programme)
@require_POST
def decide(request: HttpRequest, run: Run) -> HttpResponse:
    """Lock two people, forbid them, or give a mentee another mentor; told what the whole would lose."""
    form = ChoiceForm(request.POST, programme=run.programme)
    if not form.is_valid():
        wrong = form.errors.get("why") or next(iter(form.errors.values()))
        messages.error(request, str(wrong[0]))
        if "why" in form.errors:
            # The page that says so shows what was written, which no other page would.
            raise BadRequest
        return _back(request, run)
    given, by, now = form.cleaned_data, person_of(request), clock.now()
    kind, mentee, mentor, why = (given[name] for name in ("kind", "mentee", "mentor", "why"))

    def act() -> str:
        actions.decide(
            programme=run.programme, kind=kind, mentee=mentee, mentor=mentor, why=why, by=by, now=now
        )
        return _decided(run, kind, mentee, mentor, now)

    told(request, act)
    return _back(request, run)


@door(RunAction.DECIDE, Run, read=boards.with_programme)
@require_safe
def cost(request: HttpRequest, run: Run) -> HttpResponse:
    """What giving a mentee another mentor would mean for the whole, before it is decided.

    The mentor is said by reference, as on a board, or by name: any mentor of the run.
    """
    # After a merge one human stands in the run twice: the one with a mentor is asked about.
    lines = boards.lines_of(run, "all").filter(mentee__membership__ref=request.GET.get("mentee", ""))
    line = lines.order_by(F("mentor").asc(nulls_last=True), "pk").first()
    form = AnyMentorForm(request.GET if "named" in request.GET else None, run=run)
    ref = request.GET.get("mentor", "")
    if form.is_valid():
        ref = form.cleaned_data["named"].ref
    mentors = run.entrants.filter(role=Role.MENTOR, membership__ref=ref)
    mentor = mentors.select_related("membership__person").first() if ref else None
    if line is None or (ref and mentor is None):
        raise Http404
    back = request.GET.get("page", "")
    context = {"run": run, "programme": run.programme, "mentee": line.mentee.membership, "form": form}
    context["move"] = move_of(run, line, mentor) if mentor else None
    context["back"] = back if back.isdecimal() and len(back) < 7 else ""
    return render(request, "matching/cost.html", context)


def _decided(run: Run, kind: str, mentee: Membership, mentor: Membership, now: datetime) -> str:
    names = {"mentee": mentee.person.name, "mentor": mentor.person.name}
    if kind == ChoiceKind.LOCK:
        sentence = _("%(mentee)s, %(mentor)s: together from the next matching on.") % names
        loses = loss_of(run, mentee, mentor)
        return f"{sentence} {_('Of this one: %(loses)s.') % {'loses': loses}}" if loses else sentence
    noted = _("%(mentee)s, %(mentor)s: not together from the next matching on.") % names
    return f"{noted} {_met({(mentee.pk, mentor.pk)}, now)}".strip()


def _met(two: set[tuple[int, int]], now: datetime) -> str:
    """What has become of a pair or a proposal of two who are to be apart from now on."""
    return {
        GOING: _("They work together already: that goes on until you end the pair on its page."),
        ENDED: _("Their open proposal has ended; both are told that it will not come about, and not why."),
        "": "",
    }[stands_between(two, now)]


def _back(request: HttpRequest, run: Run) -> HttpResponse:
    """To the page of the board, or to the mentee, from which the form came."""
    number = request.POST.get("number", "")
    if number.isdecimal() and len(number) < 7:
        return redirect("matching:mentee", run.ref, int(number))
    where = QueryDict(mutable=True)
    where.update({name: request.POST[name] for name in ("page", "show") if request.POST.get(name)})
    return redirect(f"{reverse('matching:run', args=[run.ref])}?{where.urlencode()}")


@door(RunAction.DECIDE, Run, read=boards.with_programme)
@require_POST
def undo(request: HttpRequest, run: Run) -> HttpResponse:
    """Take the choice back that the button names: one that a board makes."""
    found = choice_read(Choice.objects.filter(programme=run.programme, kind__in=ON_A_BOARD))
    choice = get_object_or_404(found, ref=request.POST.get("choice", ""))
    _take_back(request, choice)
    return _back(request, run)


def _take_back(request: HttpRequest, choice: Choice) -> None:
    by, now = person_of(request), clock.now()

    def act() -> str:
        lost = actions.undo_choice(choice=choice, by=by, now=now)
        undone = _("Taken back: %(mentee)s, %(mentor)s.") % _names(choice)
        if lost is None:
            return undone
        before = _("What was decided before it does not come back (%(mentee)s, %(mentor)s).")
        return f"{undone} {before % _names(lost.choice)} {lost.why}"

    told(request, act)


def _names(choice: Choice) -> dict[str, str]:
    return {"mentee": choice.mentee.person.name, "mentor": choice.mentor.person.name}


@door(ProgrammeAction.MANAGE, Programme, reader=ProgrammeAction.READ, read=with_methodology)
@require_http_methods(["GET", "HEAD", "POST"])
def choices(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Everything that is decided, to be taken back; and what somebody asks in confidence."""
    means = request.POST.get("wish", "")
    if means and _understood(request, programme, means):
        return redirect("matching:choices", programme.ref)
    form = ApartForm(request.POST if request.method == "POST" and not means else None, programme=programme)
    if form.is_valid():
        by, now, given = person_of(request), clock.now(), form.cleaned_data
        kind = ChoiceKind.VETO
        if accepted(form, lambda: actions.decide(programme=programme, kind=kind, **given, by=by, now=now)):
            messages.success(
                request, f"{NOTED} {_met({(given['mentee'].pk, given['mentor'].pk)}, now)}".strip()
            )
            return redirect("matching:choices", programme.ref)
    context = {"programme": programme, "form": form, "page": paged(request, choices_of, programme=programme)}
    context["against"] = contradictions(stands_of(programme))
    context["unclear"] = [
        (wish, MeantForm(programme=programme, role=wish.other, auto_id=f"id_{wish.ref}_%s"))
        for wish in unclear(programme)
    ]
    return render(request, "matching/choices.html", context)


def _understood(request: HttpRequest, programme: Programme, ref: str) -> bool:
    """The staff say who is meant by a name; what is wrong with it is told. Whether it is done."""
    waiting = next((wish for wish in unclear(programme) if wish.ref == ref), None)
    if waiting is None:
        raise Http404
    form = MeantForm(request.POST, programme=programme, role=waiting.other)
    if not form.is_valid():
        messages.error(request, str(form.errors["other"][0]))
        return False
    apart, other = Apart.objects.select_related("membership").get(ref=ref), form.cleaned_data["other"]
    by, now = person_of(request), clock.now()

    def act() -> str:
        understand_apart(apart=apart, other=other, by=by, now=now)
        return f"{NOTED} {_met(wish_of(apart).pairs, now)}".strip()

    return told(request, act)


@door(ChoiceAction.UNDO, Choice, read=choice_read)
@require_POST
def release(request: HttpRequest, choice: Choice) -> HttpResponse:
    """Take one choice back."""
    _take_back(request, choice)
    return redirect("matching:choices", choice.programme.ref)
