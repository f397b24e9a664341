"""How somebody takes part: read and changed by the person, and by those who run the programme."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from varpa.calls.actions.taking_part import say_anew
from varpa.calls.both import both
from varpa.calls.forms.applying import ApplyForm
from varpa.calls.queries import asked_by, told_by
from varpa.calls.shown import COUNTED, answered, for_others
from varpa.calls.steps import ROLES, Asked, head_of, steps_of
from varpa.calls.views.applying import choices_of
from varpa.kernel import clock
from varpa.kernel.doors import door
from varpa.kernel.merging import Conflict
from varpa.kernel.refusals import Refusal
from varpa.people.signed import person_of
from varpa.programmes.access import MembershipAction
from varpa.programmes.actions.participation import MOST_MENTEES
from varpa.programmes.models import Membership
from varpa.programmes.places import towns
from varpa.programmes.queries import GONE, memberships_read

ELSEWHERE = ("who", "guardian")
"""Steps that have a page of their own: the person, and whom to ask at home."""
KEPT = ("place", "country")
"""What those who run the programme change, with the school and the partner that hang on it."""


@door(MembershipAction.TELL, Membership, read=memberships_read)
@require_safe
def taking_part(request: HttpRequest, membership: Membership) -> HttpResponse:
    """All that was said of taking part, each group with its way to change it."""
    asked, steps = _asked(request, membership)
    told = _told(request, membership)
    context = {
        "membership": membership,
        "programme": membership.programme,
        "groups": answered(asked, told, steps),
        "mine": _is_own(request, membership),
        "changes": membership.state not in GONE,
    }
    return render(request, "calls/taking_part.html", context)


@door(MembershipAction.TELL, Membership, read=memberships_read)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, membership: Membership, key: str) -> HttpResponse:
    """The questions of one step, with what stands there."""
    asked, steps = _asked(request, membership)
    if key not in steps:
        raise Http404
    seeks = "seek" in request.POST
    given = request.POST if request.method == "POST" and not seeks else None
    told = _told(request, membership)
    if seeks:
        told["interests"] = request.POST.getlist("interests")
    form = ApplyForm(given, asked=asked, steps=[key], told=told)
    for name in (*KEPT, *(() if _is_own(request, membership) else COUNTED)):
        form.fields.pop(name, None)
    context: dict[str, Any] = {"form": form, "merge": None}
    if given is not None and form.is_valid():
        try:
            _say(request, membership, form)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        except Conflict as conflict:
            context["merge"] = both(conflict, form)
        else:
            messages.success(request, _("Saved."))
            return redirect("calls:taking_part", membership.ref)
    context |= {
        "membership": membership,
        "programme": membership.programme,
        "asked": asked,
        "step": key,
        "head": head_of(asked, key),
        "revision": request.POST.get("revision") or membership.revision,
        "towns": towns() if key == "place" else (),
        "mine": _is_own(request, membership),
        **choices_of(request, form, key),
    }
    return render(request, "calls/taking_part_step.html", context)


def _asked(request: HttpRequest, membership: Membership) -> tuple[Asked, list[str]]:
    """For whom the questions are, and which there are; staff take part in another way.

    Those who run the programme agree with a mentor on more mentees than the call offers to everybody.
    """
    if membership.role not in ROLES:
        raise Http404
    asked = asked_by(membership.programme, membership.role, clock.now())
    if not _is_own(request, membership):
        asked = asked._replace(most_mentees=MOST_MENTEES)
    return asked, [step for step in steps_of(asked, {}) if step not in ELSEWHERE]


def _told(request: HttpRequest, membership: Membership) -> dict[str, Any]:
    """What is shown: what is only counted is shown to its author alone."""
    told = told_by(membership)
    return told if _is_own(request, membership) else for_others(told)


def _say(request: HttpRequest, membership: Membership, form: ApplyForm) -> None:
    sent = request.POST.get("revision", "")
    say_anew(
        membership=membership,
        said=form.said,
        words=form.words,
        revision=int(sent) if sent.isdecimal() and len(sent) < 7 else 0,
        by=person_of(request),
        now=clock.now(),
    )


def _is_own(request: HttpRequest, membership: Membership) -> bool:
    return membership.person_id == person_of(request).pk
