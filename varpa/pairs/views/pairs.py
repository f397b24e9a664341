"""Making a pair by hand, answering, pausing, ending, sharing."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from varpa.kernel import clock
from varpa.kernel.doors import door
from varpa.kernel.paging import page
from varpa.kernel.refs import new_ref
from varpa.kernel.refusals import Refusal
from varpa.kernel.states import can
from varpa.pairs import places, queries
from varpa.pairs.access import PairAction
from varpa.pairs.actions import pairs as actions
from varpa.pairs.actions import sharing
from varpa.pairs.actions.consents import consent_to_dossier
from varpa.pairs.forms.pairs import AnswerForm, EndForm, ShareForm
from varpa.pairs.lacking import lacking
from varpa.pairs.models import Content, Pair
from varpa.pairs.queries import with_people
from varpa.pairs.views.asked import done
from varpa.people.signed import person_of
from varpa.programmes.access import ProgrammeAction
from varpa.programmes.models import Programme, Role
from varpa.programmes.queries import today_of, with_methodology

ANSWERS_SHOWN = 20
TOLD_OF_MEMBER = ("programme", "ref", "place", "country", "topic", "person__name", "person__language")


@door(ProgrammeAction.MANAGE, Programme, reader=ProgrammeAction.READ, read=with_methodology)
@require_safe
def new(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Choose a mentee, then a mentor beside the mentee's topic; matching asks both for a yes."""
    context = {"programme": programme, "ref": new_ref(), **_choosing(request, programme)}
    waiting = list(queries.asked_pairs(programme)[: ANSWERS_SHOWN + 1])
    context["asked"] = [(pair, queries.answers_of(pair)) for pair in waiting[:ANSWERS_SHOWN]]
    context["more_asked"] = len(waiting) > ANSWERS_SHOWN
    return render(request, "pairs/new.html", context)


def _choosing(request: HttpRequest, programme: Programme) -> dict[str, Any]:
    """Which of the three steps: a free mentee, a free mentor, or both chosen."""
    today, words = today_of(programme, clock.now()), request.GET.get("q", "")[:100]
    chosen: dict[str, Any] = {
        role.value: places.member_of(programme, role, ref, today) if (ref := request.GET.get(role)) else None
        for role in (Role.MENTEE, Role.MENTOR)
    }
    mentee, mentor = chosen["mentee"], chosen["mentor"]
    chosen["mentored"] = list(places.open_pairs_of(mentee)) if mentee else []
    if mentee and mentor:
        before = queries.said_no(mentor, mentee)
        return {**chosen, "step": "ask", "means": queries.means_in_common(mentor, mentee), "said_no": before}
    step, further = Role.MENTOR if mentee else Role.MENTEE, bool(request.GET.get("further"))
    if mentee:
        free = places.free_members(programme, step, today, words)
        free = free.exclude(pk__in=[pair.mentor_id for pair in chosen["mentored"]])
    elif further:
        free = places.in_want_of_another(programme, today, words)
    else:
        free = places.free_members(programme, step, today, words)
    shown = page(request, free.only(*TOLD_OF_MEMBER))
    return {**chosen, "step": step.value, "q": words, "page": shown, "further": further and not mentee}


@door(PairAction.ANSWER, Pair, read=with_people)
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, pair: Pair) -> HttpResponse:
    """Who the other is, and a yes or a no; answered once."""
    person = person_of(request)
    side = queries.side_of(pair, person)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and (form.is_valid() or "answer" in form.errors):
        given = form.cleaned_data
        if "answer" in given:
            yes, why, now = given["answer"] == "yes", given["reason"], clock.now()
            done(
                request,
                lambda: actions.answer_proposal(pair=pair, yes=yes, by=person, now=now, reason=why),
            )
        return redirect("pairs:answer", pair.ref)
    other = pair.member(queries.other_side(side))
    said = queries.answers_of(pair)
    context = {"pair": pair, "side": side, "other": other, "said": said.get(side), "own": pair.member(side)}
    context["form"] = form
    return render(request, "pairs/answer.html", context)


@door(PairAction.MANAGE, Pair, read=with_people)
@require_http_methods(["GET", "HEAD", "POST"])
def manage(request: HttpRequest, pair: Pair) -> HttpResponse:
    """The manager ends a pair with a reason; no content is shown."""
    form = EndForm(request.POST if request.method == "POST" else None, begun=pair.active_at is not None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.dissolve_pair(pair=pair, **form.cleaned_data, by=person_of(request), now=clock.now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The pair has ended. Both are told."))
            return redirect("pairs:manage", pair.ref)
    # Why somebody said no is for the staff: not for one of the two who is of the staff as well.
    no = None if queries.side_of(pair, person_of(request)) else queries.no_of(pair)
    context = {"pair": pair, "form": form, "said": queries.answers_of(pair), "no": no}
    context["lacks"] = {each.side: each.words for each in lacking(pair, clock.now())}
    context["steps"] = [step for step in ("pause", "resume", "end") if can(pair, step)]
    mentored = list(places.open_pairs_of(pair.mentee))
    context["others"] = [each for each in mentored if each != pair]
    context["further"] = pair in mentored and len(mentored) < pair.programme.mentors_at_once
    return render(request, "pairs/manage.html", context)


@door(PairAction.MANAGE, Pair, read=with_people)
@require_POST
def pause(request: HttpRequest, pair: Pair) -> HttpResponse:
    """Let the pair rest."""
    person, now = person_of(request), clock.now()
    sentence = _("The pair is resting. Both are told.")
    done(request, lambda: actions.pause_pair(pair=pair, by=person, now=now), sentence)
    return redirect("pairs:manage", pair.ref)


@door(PairAction.MANAGE, Pair, read=with_people)
@require_POST
def resume(request: HttpRequest, pair: Pair) -> HttpResponse:
    """Let the pair go on."""
    person, now = person_of(request), clock.now()
    sentence = _("The pair goes on. Both are told.")
    done(request, lambda: actions.resume_pair(pair=pair, by=person, now=now), sentence)
    return redirect("pairs:manage", pair.ref)


@door(PairAction.TAKE_PART, Pair, read=with_people)
@require_http_methods(["GET", "HEAD", "POST"])
def share(request: HttpRequest, pair: Pair) -> HttpResponse:
    """What the pair lets the project manager see; open once both share it."""
    person = person_of(request)
    side, rows = queries.side_of(pair, person), queries.sharings_of(pair)
    initial = {content: (side, content) in rows for content in Content.values}
    form = ShareForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        sharing.share(pair=pair, **form.cleaned_data, by=person, now=clock.now())
        messages.success(request, _("Saved."))
        return redirect("pairs:share", pair.ref)
    other = queries.other_side(side)
    theirs = [content for content in Content if (other, content.value) in rows]
    consents = queries.consents_of(pair)
    context = {"pair": pair, "form": form, "other": pair.member(other), "theirs": theirs}
    context |= {"own": pair.member(side), "consents": side in consents, "other_consents": other in consents}
    return render(request, "pairs/share.html", context)


@door(PairAction.TAKE_PART, Pair, read=with_people)
@require_POST
def consent(request: HttpRequest, pair: Pair) -> HttpResponse:
    """One of the two lets the words of the agreed plan go into the dossier, or no longer."""
    agrees = request.POST.get("agrees") == "yes"
    consent_to_dossier(pair=pair, agrees=agrees, by=person_of(request), now=clock.now())
    messages.success(request, _("Saved."))
    return redirect("pairs:share", pair.ref)
