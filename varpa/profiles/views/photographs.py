"""The photographs of a profile: put in, approved, taken away, and seen by whoever may."""

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from varpa.files.serving import respond
from varpa.kernel import clock
from varpa.kernel.access import may
from varpa.kernel.doors import door
from varpa.kernel.refusals import Refusal
from varpa.people.signed import person_of
from varpa.profiles.access import ProfileAction
from varpa.profiles.actions import photographs as actions
from varpa.profiles.forms import PhotographForm
from varpa.profiles.models import Photograph, Profile
from varpa.profiles.photographs import may_show_mentee, photographs_of, public
from varpa.profiles.queries import profiles_read, rows_of
from varpa.profiles.views.parts import row_named
from varpa.profiles.views.profiles import page_of
from varpa.ui.doing import tap


@door(ProfileAction.WRITE, Profile, read=profiles_read)
@require_http_methods(["GET", "HEAD", "POST"])
def photographs(request: HttpRequest, profile: Profile, key: str) -> HttpResponse:
    """The photographs of one part; POST puts one in."""
    now, person = clock.now(), person_of(request)
    form = PhotographForm(request.POST or None, request.FILES or None, pair=profile.pair)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_photograph(profile=profile, part=key, **form.given, by=person, now=now)
        except Refusal as refusal:
            form.tell(refusal)
        else:
            done = _("The photograph is kept. Others see it once your mentor says that the company agrees.")
            messages.success(request, done)
            return redirect("profiles:photographs", profile.ref, key)
    context = page_of(profile, person)
    row = row_named(context["rows"], key)
    shown = context["photographs"].get(key, [])
    standing = profile.photographs.filter(part=key, withdrawn_at=None).count()
    more = {
        "row": row,
        "form": form,
        "shown": shown,
        "may_show": may_show_mentee(profile.pair, now),
        "stays_away": standing > len(shown),
    }
    return render(request, "profiles/photographs.html", {**context, **more})


@door(ProfileAction.READ_PUBLISHED, Profile, read=profiles_read)
@require_safe
def photograph(request: HttpRequest, profile: Profile, photograph: str) -> HttpResponseBase:
    """One photograph: for the two as long as it may be shown, for others where it is published."""
    standing = photographs_of(profile)
    found = get_object_or_404(standing, ref=photograph)
    if not may(ProfileAction.READ, person_of(request), profile) and not public(rows_of(profile), [found]):
        raise Http404
    return respond(found.file)


@door(ProfileAction.APPROVE, Profile, read=profiles_read)
@require_POST
def word(request: HttpRequest, profile: Profile, photograph: str) -> HttpResponse:
    """The mentor says that it may be shown, or takes that back."""
    if request.POST.get("approved") == "1":
        return _tap(request, profile, photograph, actions.approve_photograph, _("It may be shown."))
    done = _("Taken back: nobody but the two of you sees it.")
    return _tap(request, profile, photograph, actions.take_word_back, done)


@door(ProfileAction.READ, Profile, read=profiles_read)
@require_POST
def removal(request: HttpRequest, profile: Profile, photograph: str) -> HttpResponse:
    """Either of the two takes it away."""
    return _tap(
        request, profile, photograph, actions.take_photograph_away, _("The photograph is taken away.")
    )


def _tap(
    request: HttpRequest, profile: Profile, ref: str, act: Callable[..., object], done: str
) -> HttpResponse:
    found: Photograph = get_object_or_404(profile.photographs.select_related("file"), ref=ref)
    found.profile = profile
    tap(request, partial(act, photograph=found, by=person_of(request), now=clock.now()), done)
    return redirect("profiles:part", profile.ref, found.part)
