"""One part: the mentee writes it, the mentor reads and approves it; one page, showing what its reader may."""

from collections.abc import Callable
from functools import partial
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
from varpa.pairs.models import Side
from varpa.pairs.quiet import not_passed, waits, why_words_wait
from varpa.people.signed import person_of
from varpa.profiles.access import CorrectionAction, ProfileAction
from varpa.profiles.actions import parts as actions
from varpa.profiles.forms import CorrectionForm, PartForm
from varpa.profiles.models import Correction, Profile
from varpa.profiles.queries import Row, corrections_of, corrections_read, profiles_read
from varpa.profiles.views.profiles import page_of
from varpa.ui.doing import refused, tap
from varpa.ui.merging import Merge, merge
from varpa.ui.saving import not_saved, saved, saves_itself


@door(ProfileAction.READ, Profile, read=profiles_read)
@require_http_methods(["GET", "HEAD", "POST"])
def part(request: HttpRequest, profile: Profile, key: str) -> HttpResponse:
    """Write or read one part."""
    context = page_of(profile, person_of(request))
    row = row_named(context["rows"], key)
    if request.method == "POST" and context["writes"]:
        return _write(request, profile, context, row)
    if context["open"] and "read" not in request.GET:
        return _writing(request, context, row, PartForm(initial=_stands(row)))
    return _reading(request, context, row, CorrectionForm())


@door(ProfileAction.APPROVE, Profile, read=profiles_read)
@require_POST
def approve(request: HttpRequest, profile: Profile, key: str) -> HttpResponse:
    """The mentor approves the facts of a part, or takes that back."""
    if request.POST.get("approved") != "1":
        return _tap(request, profile, key, actions.take_approval_back, _("The approval is taken back."))
    read = {name: _number(request.POST.get(name, "")) for name in ("revision", "named")}
    return _tap(request, profile, key, actions.approve_part, _("The part is approved."), **read)


@door(ProfileAction.APPROVE, Profile, read=profiles_read)
@require_POST
def keep_back(request: HttpRequest, profile: Profile, key: str) -> HttpResponse:
    """The mentor keeps a part from publication, or no longer."""
    kept = request.POST.get("kept") == "1"
    done = _("The part will not be published.") if kept else _("The part may be published.")
    return _tap(request, profile, key, actions.keep_back, done, kept=kept)


@door(ProfileAction.APPROVE, Profile, read=profiles_read)
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, profile: Profile, key: str) -> HttpResponse:
    """The mentor says what is not right. After a sign-in the browser only asks: the form is elsewhere."""
    if request.method != "POST":
        return redirect("profiles:part", profile.ref, key)
    form, person = CorrectionForm(request.POST), person_of(request)
    if form.is_valid():
        try:
            actions.correct_part(profile=profile, key=key, **form.cleaned_data, by=person, now=clock.now())
        except Refusal as refusal:
            refused(form, refusal)
        else:
            said = _(
                "Your words stand beside the text. Others read it once you say that the facts are right."
            )
            messages.success(request, said)
            if told := not_passed(profile.pair, Side.MENTOR):
                messages.info(request, told)
            return redirect("profiles:part", profile.ref, key)
    context = page_of(profile, person)
    return _reading(request, context, row_named(context["rows"], key), form)


@door(CorrectionAction.SETTLE, Correction, read=corrections_read)
@require_POST
def settle(request: HttpRequest, correction: Correction) -> HttpResponse:
    """The mentee has dealt with what the mentor said."""
    return _about(request, correction, actions.settle_correction)


@door(CorrectionAction.WITHDRAW, Correction, read=corrections_read)
@require_POST
def withdraw(request: HttpRequest, correction: Correction) -> HttpResponse:
    """The mentor takes it back."""
    return _about(request, correction, actions.withdraw_correction)


def _number(said: str) -> int:
    return int(said) if said.isdecimal() and len(said) < 9 else -1


def row_named(rows: list[Row], key: str) -> Row:
    """The row of a part; Http404 where the outline has none."""
    for row in rows:
        if row.part.key == key:
            return row
    raise Http404


def _stands(row: Row) -> dict[str, Any]:
    written = row.written
    if written is None:
        return {"revision": 0}
    return {
        "text": written.text,
        "sources": written.sources,
        "kept": written.kept_by_mentee,
        "revision": written.revision,
    }


def _write(request: HttpRequest, profile: Profile, context: dict[str, Any], row: Row) -> HttpResponse:
    form, itself = PartForm(request.POST), saves_itself(request)
    if form.is_valid():
        said = form.cleaned_data
        try:
            part = actions.write_part(
                profile=profile, key=row.part.key, **said, by=person_of(request), now=clock.now()
            )
        except Conflict as conflict:
            if itself:
                return not_saved(conflict)
            both = merge(conflict, {"text": form.fields["text"].label})
            return _writing(request, context, row, form, both)
        except Refusal as refusal:
            refused(form, refusal)
        else:
            return saved(part.revision) if itself else redirect("profiles:profile", profile.ref)
    return not_saved() if itself else _writing(request, context, row, form)


def _said(context: dict[str, Any], row: Row) -> dict[str, Any]:
    """What the mentor has said of a part; for the mentee, what came since messages were stopped waits."""
    said, pair, since = corrections_of(row.written), context["pair"], context["since"]
    heard = said if context["mentors"] else [each for each in said if not waits(each.at, since)]
    told = why_words_wait(pair, Side.MENTOR) if since and context["mentors"] else ""
    return {"corrections": heard, "words_wait": heard != said, "waits": told}


def _writing(
    request: HttpRequest, context: dict[str, Any], row: Row, form: PartForm, both: Merge | None = None
) -> HttpResponse:
    more = {
        "row": row,
        "shown": context["photographs"].get(row.part.key, []),
        "form": form,
        "merge": both,
        **_said(context, row),
        "button": _("Save and close"),
    }
    return render(request, "profiles/write.html", {**context, **more})


def _reading(
    request: HttpRequest, context: dict[str, Any], row: Row, correction: CorrectionForm
) -> HttpResponse:
    more = {
        "row": row,
        "shown": context["photographs"].get(row.part.key, []),
        "correction_form": correction,
        **_said(context, row),
    }
    return render(request, "profiles/part.html", {**context, **more})


def _tap(
    request: HttpRequest, profile: Profile, key: str, act: Callable[..., object], done: str, **said: Any
) -> HttpResponse:
    by, now = person_of(request), clock.now()
    tap(request, partial(act, profile=profile, key=key, by=by, now=now, **said), done)
    return redirect("profiles:part", profile.ref, key)


def _about(request: HttpRequest, correction: Correction, act: Callable[..., object]) -> HttpResponse:
    tap(request, partial(act, correction=correction, by=person_of(request), now=clock.now()))
    return redirect("profiles:part", correction.part.profile.ref, correction.part.key)
