"""One item of a draft on a page of its own: its words in three languages, its settings, its lists."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from varpa.drafts import queries
from varpa.drafts.access import DraftAction
from varpa.drafts.actions import items as actions
from varpa.drafts.forms import ItemForm
from varpa.drafts.labels import TEXTS, called
from varpa.drafts.models import Draft, DraftState
from varpa.drafts.showing import FRAME, around, list_name, lists_at, part_of, problems_at, said_before
from varpa.kernel import clock
from varpa.kernel.doors import door
from varpa.kernel.merging import Conflict
from varpa.kernel.refs import is_ref, new_ref
from varpa.kernel.refusals import Refusal
from varpa.kernel.text import LANGUAGES
from varpa.methodology import Methodology
from varpa.methodology.items import WHOLE
from varpa.people.models import Language
from varpa.people.signed import person_of
from varpa.ui.doing import tap
from varpa.ui.saving import merge_page


@door(DraftAction.WRITE, Draft, read=queries.with_all)
@require_http_methods(["GET", "HEAD", "POST"])
def item(request: HttpRequest, draft: Draft, place: str) -> HttpResponse:
    """An item with its texts side by side; of a list its items, to be added, moved and taken out."""
    place = WHOLE if place == FRAME else place
    methodology = queries.written(draft)
    thing = queries.item_or_none(methodology, place)
    if thing is None:
        raise Http404
    if isinstance(thing, tuple):
        return _page(request, draft, methodology, place, None)
    given = request.POST if request.method == "POST" else None
    form = ItemForm(given, methodology=methodology, place=place, item=thing, revision=draft.revision)
    if given and form.is_valid():
        try:
            return _written(request, draft, place, form)
        except Conflict as conflict:
            return merge_page(request, conflict, _labels(form), back=request.path)
        except actions.SettingsChanged as refusal:
            messages.warning(request, str(refusal))
            return redirect("drafts:item", draft.ref, place or FRAME)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    return _page(request, draft, methodology, place, form)


def _written(request: HttpRequest, draft: Draft, place: str, form: ItemForm) -> HttpResponse:
    revision = form.cleaned_data["revision"]
    given: dict[str, Any] = {"by": person_of(request), "now": clock.now(), "revision": revision}
    if actions.write_item(draft=draft, place=place, said=form.said, **given):
        messages.success(request, _("It is saved in the draft."))
    return redirect("drafts:item", draft.ref, place or FRAME)


def _labels(form: ItemForm) -> dict[str, str]:
    return {
        f"{name}_{code}": f"{TEXTS[name]}, {Language(code).label}"
        for name in form.texts
        for code in LANGUAGES
    }


def _page(
    request: HttpRequest, draft: Draft, methodology: Methodology, place: str, form: ItemForm | None
) -> HttpResponse:
    found = queries.checked(draft)
    up = around(place)
    context = {
        "draft": draft,
        "place": place or FRAME,
        "name": called(form.item) if form and place else list_name(place) if place else part_of(place),
        "part": part_of(place),
        "up": up,
        "up_name": ""
        if not up
        else called(queries.item_or_none(methodology, up))
        if "." in up
        else part_of(up),
        "form": form,
        "before": said_before(draft, methodology, place) if form else [],
        "lists": lists_at(draft, methodology, place, found),
        "problems": problems_at(found, place),
        "fixed": actions.FIXED,
        "open": draft.state == DraftState.WRITING,
        "ref": new_ref(),
    }
    return render(request, "drafts/item.html", context)


@door(DraftAction.WRITE, Draft)
@require_POST
def add(request: HttpRequest, draft: Draft, place: str) -> HttpResponse:
    """Put a new item at the end of a list, and open it."""
    ref, made = request.POST.get("ref", ""), [""]
    if not is_ref(ref):
        raise Http404

    def act() -> None:
        made[0] = actions.add_item(draft=draft, place=place, ref=ref, by=person_of(request), now=clock.now())

    return redirect("drafts:item", draft.ref, made[0] if tap(request, act) else place)


@door(DraftAction.WRITE, Draft)
@require_POST
def take_out(request: HttpRequest, draft: Draft, place: str) -> HttpResponse:
    """Take an item out of its list."""
    done = _("It is taken out of the draft, and can be put back.")
    given: dict[str, Any] = {"draft": draft, "place": place, "by": person_of(request), "now": clock.now()}
    tap(request, lambda: actions.take_out(**given), done)
    return redirect("drafts:item", draft.ref, around(place))


@door(DraftAction.WRITE, Draft)
@require_POST
def put_back(request: HttpRequest, draft: Draft, place: str) -> HttpResponse:
    """Put an item back that was taken out."""
    given: dict[str, Any] = {"draft": draft, "place": place, "by": person_of(request), "now": clock.now()}
    tap(request, lambda: actions.put_back(**given), _("It is put back at the end."))
    return redirect("drafts:item", draft.ref, around(place))


@door(DraftAction.WRITE, Draft)
@require_POST
def move_up(request: HttpRequest, draft: Draft, place: str) -> HttpResponse:
    """Let an item change places with the one before it."""
    given: dict[str, Any] = {"draft": draft, "place": place, "by": person_of(request), "now": clock.now()}
    tap(request, lambda: actions.move_up(**given))
    return redirect("drafts:item", draft.ref, around(place))
