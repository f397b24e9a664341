"""The profile as a whole: begun, named, finished, taken up again, shown to others."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from varpa.kernel import clock
from varpa.kernel.doors import door
from varpa.kernel.merging import Conflict
from varpa.kernel.refusals import Refusal
from varpa.pairs.access import PairAction
from varpa.pairs.models import Pair, PairState, Side
from varpa.pairs.queries import side_of, with_people
from varpa.pairs.quiet import stops_of
from varpa.people.models import Person
from varpa.people.signed import person_of
from varpa.profiles.access import ProfileAction
from varpa.profiles.actions import profiles as actions
from varpa.profiles.forms import BeginForm, NameForm
from varpa.profiles.models import Profile
from varpa.profiles.photographs import Photographs, by_part, photographs_of, waiting
from varpa.profiles.queries import Row, agreed_sides, outline_of, profile_of, profiles_read, rows_of
from varpa.ui.doing import tap
from varpa.ui.merging import merge


@door(PairAction.TAKE_PART, Pair, reader=PairAction.READ, read=with_people)
@require_http_methods(["GET", "HEAD", "POST"])
def of_pair(request: HttpRequest, pair: Pair) -> HttpResponse:
    """From the pair's room to its profile; the mentee begins it here."""
    found = profile_of(pair)
    if found:
        return redirect("profiles:profile", found.ref)
    person = person_of(request)
    form = BeginForm(request.POST or None, initial={"company": pair.mentor.place})
    if request.method == "POST" and form.is_valid():
        company = form.cleaned_data["company"]
        try:
            made = actions.begin_profile(pair=pair, company=company, by=person, now=clock.now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("profiles:profile", made.ref)
    asked = bool(outline_of(pair.programme))
    may_begin = asked and side_of(pair, person) == Side.MENTEE and pair.state == PairState.ACTIVE
    context = {"pair": pair, "form": form, "may_begin": may_begin, "asked": asked}
    return render(request, "profiles/begin.html", context)


@door(ProfileAction.READ, Profile, read=profiles_read)
@require_safe
def profile(request: HttpRequest, profile: Profile) -> HttpResponse:
    """The table of contents, and what can be done with the whole."""
    context = page_of(profile, person_of(request))
    agreed = agreed_sides(profile)
    other = profile.pair.mentee if context["mentors"] else profile.pair.mentor
    more = {
        "agrees": context["side"] in agreed,
        "other_agrees": bool(agreed - {context["side"]}),
        "other": other.person.first_name,
        "is_public": len(agreed) == 2 and any(row.is_public for row in context["rows"]),
        "unheard": waiting(context["photographs"]),
        "left_out": [row for row in context["rows"] if row.text and not row.is_public],
    }
    return render(request, "profiles/profile.html", {**context, **more})


@door(ProfileAction.WRITE, Profile, read=profiles_read)
@require_http_methods(["GET", "HEAD", "POST"])
def name(request: HttpRequest, profile: Profile) -> HttpResponse:
    """The company's name written otherwise."""
    form = NameForm(request.POST or None, initial={"company": profile.company, "revision": profile.revision})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            actions.name_company(profile=profile, **said, by=person_of(request), now=clock.now())
        except Conflict as conflict:
            labels = {"company": form.fields["company"].label}
            context = {"profile": profile, "merge": merge(conflict, labels), "form": form}
            return render(request, "profiles/name.html", context)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("profiles:profile", profile.ref)
    return render(request, "profiles/name.html", {"profile": profile, "form": form})


@door(ProfileAction.APPROVE, Profile, read=profiles_read)
@require_POST
def approve_name(request: HttpRequest, profile: Profile) -> HttpResponse:
    """The mentor approves the name that the page has shown, or takes that back."""
    if request.POST.get("approved") == "0":
        return _tap(request, profile, actions.take_name_back, _("The approval is taken back."))
    revision = request.POST.get("revision", "")
    number = int(revision) if revision.isdecimal() and len(revision) < 9 else -1
    act = partial(actions.approve_name, revision=number)
    return _tap(request, profile, act, _("The name is approved."))


@door(ProfileAction.WRITE, Profile, read=profiles_read)
@require_POST
def finish(request: HttpRequest, profile: Profile) -> HttpResponse:
    """The mentor is asked to approve, or not yet after all."""
    if request.POST.get("finished") == "1":
        return _tap(request, profile, actions.finish_profile, _("The profile is finished."))
    return _tap(request, profile, actions.rework_profile, _("You can go on writing."))


@door(ProfileAction.READ, Profile, read=profiles_read)
@require_POST
def publish(request: HttpRequest, profile: Profile) -> HttpResponse:
    """One of the two says yes to showing it to others, or takes that back."""
    if request.POST.get("agreed") == "1":
        return _tap(request, profile, actions.agree_to_publish, _("Your yes is written down."))
    done = _("Taken back. Nobody but the two of you sees the profile now.")
    return _tap(request, profile, actions.take_publishing_back, done)


def page_of(profile: Profile, reader: Person) -> dict[str, Any]:
    """What every page of a profile shows beside its own thing: the outline, and what the reader may.

    `since`: from when on what the mentor says waits for the mentee; None where nothing does.
    """
    pair, side = profile.pair, side_of(profile.pair, reader)
    since = stops_of(pair).get(Side.MENTEE)
    rows = rows_of(profile, since if side == Side.MENTEE else None)
    going = pair.state == PairState.ACTIVE
    photographs = by_part(photographs_of(profile))
    return {
        "profile": profile,
        "pair": pair,
        "side": side,
        "rows": rows,
        "since": since,
        "writer": pair.mentee.person,
        "writes": side == Side.MENTEE,
        "mentors": side == Side.MENTOR,
        "going": going,
        "open": going and side == Side.MENTEE,
        "coming": _coming(rows, photographs, mentors=side == Side.MENTOR),
        "photographs": photographs,
    }


def _coming(rows: list[Row], photographs: Photographs, *, mentors: bool) -> Row | None:
    """The part to which the page leads: for the mentor the next to approve, for the mentee to write."""
    if mentors:
        unheard = waiting(photographs)
        wanted = [row for row in rows if row.state in ("going", "late") or row.part.key in unheard]
    else:
        wanted = [row for row in rows if row.state == "ahead" or row.waiting]
    return wanted[0] if wanted else None


def _tap(request: HttpRequest, profile: Profile, act: Callable[..., object], done: str) -> HttpResponse:
    tap(request, partial(act, profile=profile, by=person_of(request), now=clock.now()), done)
    return redirect("profiles:profile", profile.ref)
