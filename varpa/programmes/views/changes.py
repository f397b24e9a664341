"""What a programme changes in its methodology: dates of periods, wording, added questions."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from varpa.kernel import clock
from varpa.kernel.doors import door
from varpa.kernel.merging import Conflict
from varpa.kernel.refusals import Refusal
from varpa.methodology import dates_of, overrides
from varpa.people.models import Person
from varpa.programmes.access import ProgrammeAction
from varpa.programmes.actions import overriding as actions
from varpa.programmes.forms.changes import QuestionForm, WindowsForm, WordingForm
from varpa.programmes.models import Programme
from varpa.programmes.parts import SETS, groups_of, items_of, paths_of
from varpa.programmes.queries import calendar_of, methodology_of, own_methodology_of, with_methodology
from varpa.ui.merging import merge


@door(ProgrammeAction.MANAGE, Programme, reader=ProgrammeAction.READ, read=with_methodology)
@require_http_methods(["GET", "HEAD", "POST"])
def windows(request: HttpRequest, programme: Programme) -> HttpResponse:
    """First and last day of each period of the calendar."""
    methodology = methodology_of(programme)
    form = _windows_form(programme, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and _save_windows(request, programme, form):
        return redirect("programmes:windows", programme.ref)
    usual = dates_of(methodology, programme.starts, programme.ends)
    rows = [(*row, usual[row[0].key]) for row in form.rows()]
    return render(request, "programmes/windows.html", {"programme": programme, "form": form, "rows": rows})


def _windows_form(programme: Programme, given: Any) -> WindowsForm:
    periods = methodology_of(programme).calendar
    return WindowsForm(given, periods=periods, windows=calendar_of(programme), revision=programme.revision)


def _save_windows(request: HttpRequest, programme: Programme, form: WindowsForm) -> bool:
    assert isinstance(request.user, Person)
    revision, now = form.cleaned_data["revision"], clock.now()
    try:
        actions.set_windows(programme=programme, days=form.days, by=request.user, now=now, revision=revision)
    except (actions.WindowOutOfOrder, actions.WindowOutside) as refusal:
        form.add_error(f"{refusal.values['field']}-ends", str(refusal))
        return False
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return False
    except Conflict as conflict:
        _opened_anew(form, conflict)
        return False
    messages.success(request, _("The dates are saved."))
    return True


def _opened_anew(form: Any, conflict: Conflict) -> None:
    """Keep what was typed, on the state that now stands: whoever saves again has seen it."""
    form.data = {**form.data.dict(), "revision": str(conflict.revision)}
    form.add_error(None, _("The programme was changed elsewhere meanwhile. Look, and save again."))


@door(ProgrammeAction.MANAGE, Programme, reader=ProgrammeAction.READ, read=with_methodology)
@require_http_methods(["GET", "HEAD", "POST"])
def wording(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Choose a text (a part, then a text of it), and word it anew in three languages."""
    methodology = own_methodology_of(programme)
    path, part = request.GET.get("text", ""), request.GET.get("part", "")
    if path in overrides.paths(methodology):
        return _one_text(request, programme, path)
    if path or request.method == "POST":
        raise Http404
    changed = programme.overrides.get("texts", {})
    context = {
        "programme": programme,
        "groups": groups_of(methodology),
        "part": part,
        "items": items_of(methodology_of(programme), paths_of(methodology, part), changed),
        "changed": items_of(methodology_of(programme), list(changed), changed),
    }
    return render(request, "programmes/wording.html", context)


def _one_text(request: HttpRequest, programme: Programme, path: str) -> HttpResponse:
    assert isinstance(request.user, Person)
    own = overrides.text_at(own_methodology_of(programme), path)
    shown = overrides.text_at(methodology_of(programme), path)
    given = request.POST if request.method == "POST" else None
    form, merged = WordingForm(given, text=shown, revision=programme.revision), None
    if given and form.is_valid():
        try:
            asked = form.cleaned_data
            actions.set_wording(programme=programme, path=path, by=request.user, now=clock.now(), **asked)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        except Conflict as conflict:
            names = {"text_lv": "Latviešu", "text_lt": "Lietuvių", "text_en": "English"}
            merged = merge(conflict, names)
        else:
            messages.success(request, _("The wording is saved."))
            return redirect("programmes:wording", programme.ref)
    changed = path in programme.overrides.get("texts", {})
    context = {"programme": programme, "form": form, "own": own, "merge": merged, "changed": changed}
    return render(request, "programmes/text.html", {**context, "part": path.split(".")[0]})


@door(ProgrammeAction.MANAGE, Programme, reader=ProgrammeAction.READ, read=with_methodology)
@require_http_methods(["GET", "HEAD", "POST"])
def questions(request: HttpRequest, programme: Programme, among: str) -> HttpResponse:
    """Questions of the programme's own after those of the methodology: add, reword, take out."""
    if among not in SETS:
        raise Http404
    added = programme.overrides.get("questions", {}).get(among, [])
    shown = next((each for each in added if each["key"] == request.GET.get("question", "")), None)
    given = request.POST if request.method == "POST" else None
    initial = {**_initial(shown), "revision": programme.revision}
    form = QuestionForm(given, programme=programme, applying=among == overrides.APPLICATION, initial=initial)
    if given and form.is_valid() and _save_question(request, programme, among, form, shown):
        return redirect("programmes:questions", programme.ref, among)
    context = {"programme": programme, "form": form, "among": among, "sets": SETS, "shown": shown}
    return render(request, "programmes/questions.html", {**context, **_asked(programme, among)})


def _asked(programme: Programme, among: str) -> dict[str, Any]:
    """The questions of a set: those of the methodology, then the programme's own."""
    may_take_out = programme.state in actions.OPEN_QUESTIONS
    if among == overrides.APPLICATION:
        added = overrides.parse(programme.overrides).questions.get(among, ())
        return {"set": {"title": SETS[among]}, "given": (), "added": added, "may_take_out": may_take_out}
    asked = getattr(methodology_of(programme), among)
    own = len(getattr(own_methodology_of(programme), among).questions)
    return {
        "set": asked,
        "given": asked.questions[:own],
        "added": asked.questions[own:],
        "may_take_out": may_take_out,
    }


def _initial(shown: dict[str, Any] | None) -> dict[str, Any]:
    if shown is None:
        return {}
    about = shown.get("about", [])
    role = about[0] if len(about) == 1 else ""
    return {"text": shown["text"], "hint": shown.get("hint", {}), "for_each": bool(about), "role": role}


def _save_question(
    request: HttpRequest, programme: Programme, among: str, form: QuestionForm, shown: dict[str, Any] | None
) -> bool:
    assert isinstance(request.user, Person)
    asked = dict(form.cleaned_data)
    key = shown["key"] if shown else f"own-{asked['ref']}"
    del asked["ref"]
    try:
        actions.write_question(
            programme=programme, among=among, key=key, by=request.user, now=clock.now(), **asked
        )
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return False
    except Conflict as conflict:
        _opened_anew(form, conflict)
        return False
    messages.success(request, _("The question is saved."))
    return True


@door(ProgrammeAction.MANAGE, Programme, reader=ProgrammeAction.READ, read=with_methodology)
@require_POST
def take_out(request: HttpRequest, programme: Programme, among: str, key: str) -> HttpResponse:
    """Take a question of the programme's own out again."""
    assert isinstance(request.user, Person)
    if among not in SETS:
        raise Http404
    try:
        actions.take_out_question(
            programme=programme,
            among=among,
            key=key,
            by=request.user,
            now=clock.now(),
            revision=programme.revision,
        )
    except Refusal as refusal:
        messages.error(request, str(refusal))
    except Conflict:
        messages.error(request, _("The programme was changed elsewhere meanwhile. Look, and try again."))
    return redirect("programmes:questions", programme.ref, among)
