"""The list of a programme's people, and what is done to many of them at once."""

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import npgettext
from django.views.decorators.http import require_http_methods, require_safe

from varpa.applications.actions.decisions import STEPS, Outcome, choose_for_all, mark_all_trained, screen_all
from varpa.applications.actions.decisions import decide_all as decide_on_all
from varpa.applications.actions.exports import names_of
from varpa.applications.actions.talks import ask_all_for_talk
from varpa.applications.actions.writing import write_to_all
from varpa.applications.asked import COLUMN, Pairs, address, kept
from varpa.applications.columns import COLUMNS, cells, columns_asked, missing_words, needs_participation
from varpa.applications.forms import LetterForm, ScreeningForm, TalkForm, TrainingForm
from varpa.applications.queries.members import stands_as
from varpa.applications.queries.parts import MOST_AT_ONCE, SCREENED, Listed, Part, ticked
from varpa.applications.queries.people import (
    Sought,
    lines_of_people,
    people_sought,
    unscreened,
    with_partnerless,
    with_talks,
)
from varpa.applications.queries.sending import TALK, WRITE, sending_of
from varpa.applications.queries.views import pairs_of, views_for
from varpa.applications.words import country_name, told_sending
from varpa.duplicates.queries import found as twice
from varpa.kernel import clock
from varpa.kernel.doors import door
from varpa.kernel.paging import page
from varpa.people.models import Person
from varpa.people.signed import person_of
from varpa.programmes.access import ProgrammeAction
from varpa.programmes.forms.partners import ChoiceForm
from varpa.programmes.models import Membership, MembershipState, Programme
from varpa.programmes.partners import partner_of, partners_of
from varpa.programmes.queries import today_of, with_methodology
from varpa.programmes.roles import role_choices

TRAINED, PARTNER = "trained", "partner"
AS_SEEN = (*STEPS, TALK)
"""What holds only as long as the application stands as the page showed it."""
PART = "part"
"""So is sent which part of a long list it was."""
WIDE = 7
"""With more columns than this the table scrolls within itself."""


@door(ProgrammeAction.MANAGE, Programme, reader=ProgrammeAction.READ, read=with_methodology)
@require_safe
def people(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Everybody of a programme: who they are, how they stand, what is missing, with whom they work."""
    assert isinstance(request.user, Person)
    sought, today = Sought.read(request.GET), today_of(programme, clock.now())
    shown = columns_asked(request.GET.getlist(COLUMN))
    names = names_of(programme, shown)
    found = people_sought(programme, sought, today, request.user)
    if needs_participation(shown):
        found = found.select_related("person", "participation")
    if "talk" in shown:
        found = with_talks(found)
    asked = kept(request.GET)
    listed = page(request, found if asked else with_partnerless(found, programme))
    lines = lines_of_people(programme, listed.rows, today)
    heads = {key: str(COLUMNS[key].head) for key in shown}
    context = {
        "programme": programme,
        "sought": sought,
        "page": listed,
        "lines": [(line, cells(line, heads, names), missing_words(line)) for line in lines],
        "heads": list(heads.values()),
        "wide": len(shown) > WIDE,
        "columns": [(key, each.head, key in shown) for key, each in COLUMNS.items()],
        # Beside the whole list only: it is no part of what somebody seeks.
        "twice": 0 if asked else len(twice(programme, request.user, clock.now())),
        "partnerless": max((getattr(each, "partnerless", 0) or 0 for each in listed.rows), default=0),
        "roles": role_choices(programme),
        "states": MembershipState.choices,
        "countries": [(code, country_name(code)) for code in programme.countries],
        "tick": "tick" in request.GET,
        "more": listed.has_next or listed.number > 1,
        "asked": asked,
        "address": address(asked),
        "views": _views(request.user, programme, address(asked)),
    }
    return render(request, "applications/people.html", context)


def _views(person: Person, programme: Programme, here: str) -> list[dict[str, Any]]:
    """The views that a manager may open: where each leads, whether it stands on the page, whose it is."""
    found = [(view, address(pairs_of(view))) for view in views_for(person, programme)]
    return [
        {"view": view, "address": to or "?", "here": to == here, "own": view.by_id == person.pk}
        for view, to in found
    ]


@door(ProgrammeAction.MANAGE, Programme, reader=ProgrammeAction.READ, read=with_methodology)
@require_http_methods(["GET", "HEAD", "POST"])
def decide_all(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Says on whom something is about to be decided, and how many they are; then does it."""
    given = request.POST if request.method == "POST" else request.GET
    step, back = given.get("step", ""), address(kept(given))
    listed = Listed(programme, Sought.read(given), step, person_of(request), today_of(programme, clock.now()))
    part = _part(listed, given, sent=request.method == "POST")
    if step not in (*STEPS, TRAINED, TALK, WRITE, PARTNER, SCREENED) or not part.chosen:
        lacking = _("None of those ticked is a mentor who has no screening result yet.")
        messages.error(request, lacking if part.left_out else _("Tick at least one person first."))
        return redirect(f"{request.path.removesuffix('decision/')}{back}")
    form = _form(programme, part.chosen, step, request.POST if request.method == "POST" else None)
    context = _context(part, listed, kept(given), form)
    if request.method != "POST" or not form.is_valid():
        # Where something lacks in the form, the page was read as it stood first.
        context["seen"] |= _seen(request.POST) if step in AS_SEEN else {}
        return render(request, "applications/decision.html", context)
    outcome = _do(request, part.chosen, step, form)
    done = _done(step, len(outcome.done)) if outcome.done else ""
    following = listed.part(part.number + 1, after=part.chosen[-1]) if PART in given else None
    if following and following.chosen:
        # What was written for this part is offered for the next. Sent again, this part changes nothing.
        again = _form(programme, following.chosen, step, None)
        again.initial = {each.name: each.value() for each in form}
        context = _context(following, listed, kept(given), again) | {"goes_on": True}
    elif not outcome.refused:
        messages.success(request, done)
        return redirect(f"{request.path.removesuffix('decision/')}{back}")
    return render(request, "applications/decision.html", context | {"outcome": outcome, "done": done})


def _part(listed: Listed, given: QueryDict, *, sent: bool) -> Part:
    """Those ticked, or the first part of the list; sent from a part of it, what comes after."""
    if "all" in given:
        return listed.part()
    chosen, number = ticked(listed.programme, given.getlist("who")), given.get(PART, "")
    if number.isdecimal() and len(number) < 5 and chosen:
        return Part(chosen, int(number), listed.rest(chosen[-1]))
    # What is sent is not narrowed: whoever got a result meanwhile is told by name.
    if listed.step != SCREENED or sent:
        return Part(chosen)
    open_to = set(unscreened(Membership.objects.filter(pk__in=[each.pk for each in chosen])))
    narrowed = [each for each in chosen if each in open_to]
    return Part(narrowed, left_out=len(chosen) - len(narrowed))


def _context(part: Part, listed: Listed, asked: Pairs, form: Form) -> dict[str, Any]:
    step, chosen = listed.step, part.chosen
    quiet = step in (TRAINED, PARTNER, SCREENED)
    return {
        "programme": listed.programme,
        "step": step,
        "back": address(asked),
        "form": form,
        "seen": {each.ref: stands_as(each) for each in chosen} if step in AS_SEEN else {},
        "part": part,
        "chosen": chosen,
        "count": len(chosen),
        "asked": asked,
        "sends": "" if quiet else told_sending(sending_of(chosen, step)),
    }


def _form(programme: Programme, chosen: list[Membership], step: str, given: QueryDict | None) -> Form:
    """What is asked beside the decision: a partner too, where somebody who is accepted has none."""
    if step == TALK:
        return TalkForm(given)
    if step == WRITE:
        return LetterForm(given)
    if step == TRAINED:
        return TrainingForm(given)
    if step == SCREENED:
        return ScreeningForm(given)
    known = partners_of(programme) if step in (PARTNER, "accept") else []
    lacking = step == PARTNER or not all(partner_of(each, known) for each in chosen)
    return ChoiceForm(given, partners=known) if known and lacking else Form(given)


def _do(request: HttpRequest, chosen: list[Membership], step: str, form: Form) -> Outcome:
    assert isinstance(request.user, Person)
    by, now = request.user, clock.now()
    if step == TRAINED:
        return mark_all_trained(memberships=chosen, by=by, now=now, **form.cleaned_data)
    if step == SCREENED:
        return screen_all(memberships=chosen, by=by, now=now, **form.cleaned_data)
    seen = _seen(request.POST)
    if step == TALK:
        return ask_all_for_talk(memberships=chosen, by=by, now=now, seen=seen, **form.cleaned_data)
    if step == WRITE:
        return write_to_all(memberships=chosen, by=by, now=now, **form.cleaned_data)
    if step == PARTNER:
        return choose_for_all(memberships=chosen, by=by, now=now, **form.cleaned_data)
    return decide_on_all(memberships=chosen, step=step, by=by, now=now, seen=seen, **form.cleaned_data)


def _seen(given: QueryDict) -> dict[str, str]:
    """How each person stood, by the reference, on the page on which it was confirmed."""
    told = [each.partition(".") for each in given.get("seen", "").split()[:MOST_AT_ONCE]]
    return {ref: stood for ref, _dot, stood in told}


def _done(step: str, count: int) -> str:
    words = {
        "accept": npgettext("decided", "%(n)d person accepted.", "%(n)d people accepted.", count),
        "wait": npgettext(
            "decided", "%(n)d person put on the waiting list.", "%(n)d people put on the waiting list.", count
        ),
        "decline": npgettext("decided", "%(n)d person declined.", "%(n)d people declined.", count),
        TRAINED: npgettext(
            "decided", "%(n)d person marked as trained.", "%(n)d people marked as trained.", count
        ),
        SCREENED: npgettext(
            "decided",
            "The screening result of %(n)d person is written down.",
            "The screening result of %(n)d people is written down.",
            count,
        ),
        PARTNER: npgettext(
            "decided",
            "The partner of %(n)d person is chosen.",
            "The partner of %(n)d people is chosen.",
            count,
        ),
        WRITE: npgettext(
            "decided",
            "A letter to %(n)d person is on its way.",
            "A letter to %(n)d people is on its way.",
            count,
        ),
        TALK: npgettext("decided", "%(n)d person asked for a talk.", "%(n)d people asked for a talk.", count),
    }
    return words[step] % {"n": count}
