"""One question of the cooperation plan: both views side by side, and what both agree (S7)."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from varpa.kernel import clock
from varpa.kernel.doors import door
from varpa.kernel.merging import Conflict
from varpa.kernel.refusals import Refusal
from varpa.pairs import queries
from varpa.pairs.access import PairAction
from varpa.pairs.actions import plans as actions
from varpa.pairs.choices import asks_length, consequence
from varpa.pairs.forms.plans import QuestionForm, agreement, question_initial
from varpa.pairs.heard import heard, why_view_waits
from varpa.pairs.models import Pair, PairState
from varpa.pairs.queries import Talk, with_people
from varpa.pairs.quiet import why_text_stays
from varpa.people.signed import person_of
from varpa.programmes.queries import methodology_of
from varpa.ui import stamps
from varpa.ui.saving import not_saved, saved, saves_itself


@door(PairAction.TAKE_PART, Pair, read=with_people)
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, pair: Pair, key: str) -> HttpResponse:
    """What I think about a question, what the other thinks, and what we agree."""
    asked = methodology_of(pair.programme).plan
    found = next((each for each in asked.questions if each.key == key), None)
    if found is None:
        raise Http404
    means, with_length = queries.means_for(pair), asks_length(asked, found)
    if request.method == "POST":
        form = QuestionForm(request.POST, question=found, means=means, with_length=with_length)
        return _answered(request, pair, form)
    plan, talk = _stands(pair, key)
    version = plan.version if plan else 0
    initial = question_initial(talk, queries.side_of(pair, person_of(request)), version)
    form = QuestionForm(question=found, means=means, with_length=with_length, initial=initial)
    return _page(request, pair, form, talk, is_agreed=bool(plan and plan.agreed_at))


def _stands(pair: Pair, key: str) -> tuple[Any, Talk]:
    """The version that is written on, else the agreed one, and what stands there at a question."""
    plan = pair.plans.first()
    talks = queries.talks_of(plan, methodology_of(pair.programme))
    return plan, next(talk for talk in talks if talk.question.key == key)


def _answered(request: HttpRequest, pair: Pair, form: QuestionForm) -> HttpResponse:
    by_script, key = saves_itself(request), form.question.key
    if not form.is_valid():
        return not_saved() if by_script else _page(request, pair, form, _stands(pair, key)[1])
    texts, stamp = form.changed_texts, form.stamp
    try:
        version, stands = actions.answer_question(
            pair=pair,
            version=stamp.version,
            question=key,
            texts=texts,
            choice=form.choice,
            revisions={name: stamp.revision(name) for name in texts},
            by=person_of(request),
            now=clock.now(),
        )
    except Conflict as conflict:
        return not_saved(conflict) if by_script else _both(request, pair, form, conflict)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return not_saved() if by_script else _page(request, pair, form, _stands(pair, key)[1])
    if not by_script:
        why = texts.get("view") and why_view_waits(pair, queries.side_of(pair, person_of(request)))
        if why:
            messages.info(request, why)
        return _onwards(pair, key)
    # What was sent is from now on what was shown.
    renewed = stamp.upon({name: (revision, form.values[name]) for name, revision in stands.items()})
    return saved(str(stamps.Stamp(version, renewed.shown)))


def _both(request: HttpRequest, pair: Pair, form: QuestionForm, conflict: Conflict) -> HttpResponse:
    _plan, talk = _stands(pair, form.question.key)
    choice = talk.answer.choice if talk.answer else None
    values = {
        name: agreement(text, choice) if name == "text" else text for name, text in conflict.stored.items()
    }
    stamp = form.stamp.upon({name: (conflict.revision, value) for name, value in values.items()})
    merge = stamps.merge(form, conflict, stamp, ("view", "text"))
    return _page(request, pair, form, talk, merge=merge)


def _onwards(pair: Pair, key: str) -> HttpResponse:
    """To the next question; after the last one to the whole plan."""
    keys = [each.key for each in methodology_of(pair.programme).plan.questions]
    place = keys.index(key) + 1
    if place < len(keys):
        return redirect("pairs:question", pair.ref, keys[place])
    return redirect("pairs:plan", pair.ref)


def _page(
    request: HttpRequest, pair: Pair, form: QuestionForm, talk: Talk, *, is_agreed: bool = False, **more: Any
) -> HttpResponse:
    side = queries.side_of(pair, person_of(request))
    talk = heard([talk], pair, side)[0]
    plan = methodology_of(pair.programme).plan
    questions = plan.questions
    context = {
        "pair": pair,
        "side": side,
        "own": pair.member(side).person,
        "other": pair.member(queries.other_side(side)).person,
        "mine": talk.view(side),
        "theirs": talk.view(queries.other_side(side)),
        "form": form,
        "talk": talk,
        "waits": (view_waits := why_view_waits(pair, side)),
        "stays": why_text_stays(pair, side) if view_waits else "",
        "consequence": consequence(plan, talk.question),
        "last": len(questions),
        "previous": questions[talk.number - 2] if talk.number > 1 else None,
        "following": questions[talk.number] if talk.number < len(questions) else None,
        # What was sent and refused stays in its fields, also where nothing can be written meanwhile.
        "is_open": form.is_bound or (pair.state == PairState.ACTIVE and not is_agreed),
        **more,
    }
    return render(request, "pairs/question.html", context)
