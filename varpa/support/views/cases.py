"""Cases: the list of those who handle them, and the page of one, as its reader may see it."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from varpa.files.serving import respond
from varpa.guardians.access import WorryAction
from varpa.guardians.models import Worry
from varpa.kernel import clock
from varpa.kernel.access import allowed, may
from varpa.kernel.doors import door
from varpa.kernel.paging import paged
from varpa.pairs.access import PairAction
from varpa.people.models import Person
from varpa.people.signed import person_of
from varpa.programmes.access import ProgrammeAction
from varpa.programmes.models import Programme, Role
from varpa.programmes.queries import with_methodology
from varpa.support.access import CaseAction
from varpa.support.actions import cases as actions
from varpa.support.forms import CloseForm, LineForm, NoteForm, PassForm
from varpa.support.models import OPEN, Case, CaseLine, CaseState
from varpa.support.queries.cases import (
    files_reported,
    handlers_of,
    is_followed_by_both,
    is_late,
    lines_of,
    name_of_teller,
    reported_in,
    with_all,
    words_of,
)
from varpa.support.views.asked import ASK, done
from varpa.ui.doing import accepted


def _handled(programme: Programme, person: Person) -> QuerySet[Case]:
    handled = allowed(CaseAction.HANDLE, person, Case.objects.filter(programme=programme))
    return with_all(handled).order_by("-pk")


def _open(programme: Programme, person: Person) -> QuerySet[Case]:
    # Not read comes before being worked on; of those the one whose clock runs out first.
    return _handled(programme, person).filter(state__in=OPEN).order_by("-state", "read_by", "pk")


@door(ProgrammeAction.MANAGE, Programme, reader=ProgrammeAction.READ, read=with_methodology)
@require_safe
def cases(request: HttpRequest, programme: Programme) -> HttpResponse:
    """What was told: open ones by their clock, or all; only those that the reader may handle."""
    show = request.GET.get("show", "")
    handled = _handled if show == "all" else _open
    listed = paged(request, handled, programme=programme, person=person_of(request))
    now = clock.now()
    rows = [(each, name_of_teller(each), is_late(each, now)) for each in listed.rows]
    context = {"programme": programme, "page": listed, "rows": rows, "show": show}
    return render(request, "support/cases.html", context)


@door(CaseAction.READ, Case, read=with_all)
@require_safe
def case(request: HttpRequest, case: Case) -> HttpResponse:
    """Whoever told it sees what is being done; whoever handles it sees all of it."""
    return _page(request, case)


@door(CaseAction.HANDLE, Case, read=with_all)
@require_POST
def read(request: HttpRequest, case: Case) -> HttpResponse:
    """It is read and worked on."""
    sentence = _("Whoever told it knows now that you have read it.")
    done(request, lambda: actions.read_case(case=case, by=person_of(request), now=clock.now()), sentence)
    return redirect("support:case", case.ref)


@door(CaseAction.HANDLE, Case, read=with_all)
@require_http_methods(ASK)
def lines(request: HttpRequest, case: Case, kind: str) -> HttpResponse:
    """A step that is told (`steps`), or a note among the handlers (`notes`)."""
    told = kind == "steps"
    form = _steps(case, request.POST or None) if told else NoteForm(request.POST or None, auto_id="notes_%s")
    if request.method == "POST" and form.is_valid():
        given = {**form.cleaned_data, "told": told, "by": person_of(request)}
        if accepted(form, lambda: actions.write_line(case=case, now=clock.now(), **given)):
            return redirect("support:case", case.ref)
    return _page(request, case, **{kind: form})


@door(CaseAction.HANDLE, Case, read=with_all)
@require_http_methods(ASK)
def close(request: HttpRequest, case: Case) -> HttpResponse:
    """Close it with what came of it."""
    form = CloseForm(request.POST or None, auto_id="close_%s")
    if request.method == "POST" and form.is_valid():
        given = {**form.cleaned_data, "by": person_of(request)}
        if accepted(form, lambda: actions.close_case(case=case, now=clock.now(), **given)):
            return redirect("support:case", case.ref)
    return _page(request, case, closing=form)


@door(CaseAction.HANDLE, Case, read=with_all)
@require_POST
def pass_on(request: HttpRequest, case: Case) -> HttpResponse:
    """Hand it to another of those who may handle it."""
    form = _passing(case, request.POST)
    if form.is_valid():
        to, by = form.chosen, person_of(request)
        sentence = _("Passed on. Whoever takes it on gets a letter.")
        done(request, lambda: actions.pass_case(case=case, to=to, by=by, now=clock.now()), sentence)
    return redirect("support:case", case.ref)


@door(CaseAction.HANDLE, Case, read=with_all)
@require_safe
def file(_request: HttpRequest, case: Case, file: str) -> HttpResponseBase:
    """A file that lies in the message that was reported."""
    return respond(get_object_or_404(files_reported(case), file__ref=file).file)


@door(CaseAction.TAKE_BACK, Case, read=with_all)
@require_POST
def take_back(request: HttpRequest, case: Case) -> HttpResponse:
    """Whoever told it takes it back."""
    sentence = _("Taken back. Whoever read it sees that.")
    done(request, lambda: actions.take_back(case=case, by=person_of(request), now=clock.now()), sentence)
    return redirect("support:case", case.ref)


@door(WorryAction.READ, Worry)
@require_POST
def of_worry(request: HttpRequest, worry: Worry) -> HttpResponse:
    """The case of what a guardian or a school has told."""
    case = actions.take_up_worry(worry=worry, now=clock.now())
    if may(CaseAction.READ, person_of(request), case):
        return redirect("support:case", case.ref)
    messages.warning(request, str(actions.NotHandled()))
    return redirect("applications:member", worry.membership.ref)


def _passing(case: Case, given: Any = None) -> PassForm:
    others = [each for each in handlers_of(case) if each != case.handler]
    return PassForm(given, handlers=others, with_lead=case.with_lead)


def _steps(case: Case, given: Any = None) -> LineForm:
    return LineForm(given, auto_id="steps_%s", shared=is_followed_by_both(case))


def _is_told(line: CaseLine, own: bool) -> bool:
    return line.told if own else line.both


def _page(request: HttpRequest, case: Case, **forms: Form) -> HttpResponse:
    person, now = person_of(request), clock.now()
    own = case.teller is not None and case.teller.person_id == person.pk
    handles = may(CaseAction.HANDLE, person, case)
    # Words that one has added oneself stand on one's own page too; other notes do not.
    lines = [each for each in lines_of(case) if handles or _is_told(each, own) or each.by_id == person.pk]
    context: dict[str, Any] = {
        "case": case,
        "own": own,
        "handles": handles,
        "is_open": case.state in OPEN,
        "mentee": _is_mentee(case, person.pk),
        "teller": name_of_teller(case),
        "told": [line for line in lines if line.told or not handles],
        "shared": is_followed_by_both(case),
        "reported": reported_in(case),
    }
    if case.state == CaseState.TOLD and case.read_at and case.handler is None:
        context["readers"] = ", ".join(each.name for each in handlers_of(case))
    if not handles:
        return render(request, "support/case.html", context)
    context |= {
        "words": words_of(case),
        "files": files_reported(case),
        "notes_kept": [line for line in lines if not line.told],
        "late": is_late(case, now),
        "steps": forms.get("steps") or _steps(case),
        "notes": forms.get("notes") or NoteForm(auto_id="notes_%s"),
        "closing": forms.get("closing") or CloseForm(auto_id="close_%s"),
        "passing": _passing(case) if case.state == CaseState.READ else None,
        "manages": case.pair is not None and may(PairAction.MANAGE, person, case.pair),
    }
    return render(request, "support/case_handled.html", context)


def _is_mentee(case: Case, person_id: int) -> bool:
    """Whether the page addresses a mentee."""
    if case.pair is not None:
        return case.pair.mentee.person_id == person_id
    return case.teller is not None and case.teller.role == Role.MENTEE
