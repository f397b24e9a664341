"""What the next methodology says otherwise: adopted by the manager, text by text."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from varpa.guidelines.access import ChangeAction
from varpa.guidelines.actions import guidelines as actions
from varpa.guidelines.adopting import adopted, own_changes, own_value
from varpa.guidelines.forms import ChangeForm
from varpa.guidelines.models import Change
from varpa.kernel import clock
from varpa.kernel.doors import door
from varpa.kernel.merging import Conflict
from varpa.kernel.refusals import Refusal
from varpa.kernel.text import LANGUAGES
from varpa.methodology import overrides
from varpa.people.models import Language
from varpa.people.signed import person_of
from varpa.programmes.access import ProgrammeAction
from varpa.programmes.forms.changes import HoursField
from varpa.programmes.models import Programme
from varpa.programmes.parts import groups_of, items_of, paths_of
from varpa.programmes.queries import own_methodology_of, with_methodology
from varpa.ui.doing import refused, tap
from varpa.ui.merging import merge


@door(ProgrammeAction.MANAGE, Programme, reader=ProgrammeAction.READ, read=with_methodology)
@require_http_methods(["GET", "HEAD", "POST"])
def changes(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Adopted changes, what this programme had changed for itself, and the way to any other text."""
    methodology, path = own_methodology_of(programme), request.GET.get("text", "")
    if path:
        return _one_text(request, programme, path)
    if request.method == "POST" and _adopt(request, programme):
        return redirect("guidelines:changes", programme.ref)
    part, standing = request.GET.get("part", ""), adopted(programme)
    context = {
        "programme": programme,
        "standing": standing,
        "own": own_changes(programme, {each.change.path for each in standing}),
        "groups": [each for each in groups_of(methodology) if each[0] != "documents"],
        "documents": [each for each in methodology.documents if each.key != "methodology"],
        "part": part,
        "items": items_of(methodology, paths_of(methodology, part), {}) if part else [],
        "hours": request.POST.get("hours", methodology.hours_minutes // 60),
    }
    return render(request, "guidelines/changes.html", context)


def _adopt(request: HttpRequest, programme: Programme) -> bool:
    """A change that the programme had made for itself, or other hours; False where no number was written."""
    path, value = request.POST.get("path", ""), None
    given: dict[str, Any] = {"programme": programme, "by": person_of(request), "now": clock.now()}
    if path == "hours":
        hours = _hours(request.POST.get("hours", ""))
        if hours is None:
            messages.warning(request, HoursField().error_messages["invalid"])
            return False
        path, value = "hours_minutes", hours * 60
    else:
        value = own_value(programme, path)
    if value is None:
        raise Http404
    tap(request, lambda: actions.adopt(path=path, value=value, **given), _("The change is adopted."))
    return True


def _hours(given: str) -> int | None:
    """The number that was written; None where it is none."""
    try:
        found = HoursField().clean(given)
    except ValidationError:
        return None
    return found if isinstance(found, int) else None


def _one_text(request: HttpRequest, programme: Programme, path: str) -> HttpResponse:
    methodology = own_methodology_of(programme)
    if path not in overrides.paths(methodology):
        raise Http404
    text = overrides.text_at(methodology, path)
    standing = programme.changes.filter(path=path, withdrawn_at=None).first()
    given = request.POST if request.method == "POST" else None
    stands = {"text": standing.value if standing else text, "revision": standing.pk if standing else 0}
    form = ChangeForm(given, initial=stands)
    context: dict[str, Any] = {"programme": programme, "text": text, "form": form}
    if given and form.is_valid():
        asked: dict[str, Any] = {
            "programme": programme,
            "path": path,
            "by": person_of(request),
            "now": clock.now(),
            "over": form.cleaned_data["revision"] or 0,
        }
        try:
            actions.adopt(value=form.value, **asked)
            messages.success(request, _("The change is adopted."))
            return redirect("guidelines:changes", programme.ref)
        except Refusal as refusal:
            refused(form, refusal, "text")
        except Conflict as conflict:
            context["merge"] = merge(conflict, {f"text_{code}": Language(code).label for code in LANGUAGES})
    return render(request, "guidelines/change.html", context)


@door(ChangeAction.WITHDRAW, Change, read=lambda rows: rows.select_related("programme"))
@require_POST
def drop(request: HttpRequest, change: Change) -> HttpResponse:
    """Leave the methodology in this as it is."""
    given: dict[str, Any] = {"change": change, "by": person_of(request), "now": clock.now()}
    tap(request, lambda: actions.drop(**given), _("The change is taken out again."))
    return redirect("guidelines:changes", change.programme.ref)
