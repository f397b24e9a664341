"""The first half of the first meeting: the mentee's topic, and the goals that come of it (R5)."""

import re
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from varpa.kernel import clock
from varpa.kernel.doors import door
from varpa.kernel.merging import Conflict
from varpa.kernel.refs import new_ref
from varpa.kernel.refusals import Refusal
from varpa.methodology.marks import KindAct
from varpa.methodology.model import QuestionSet
from varpa.pairs import queries
from varpa.pairs.access import PairAction
from varpa.pairs.actions import goals as actions
from varpa.pairs.forms.goals import GOAL_LENGTH, TopicForm, chosen_lines, topic_initial
from varpa.pairs.models import Pair, PairState
from varpa.pairs.queries import with_people
from varpa.pairs.quiet import why_text_stays
from varpa.people.signed import person_of
from varpa.programmes.queries import methodology_of
from varpa.ui import stamps
from varpa.ui.saving import not_saved, saved, saves_itself

_BULLET = re.compile(r"^\s*(?:[-–—•*]|\d{1,2}[.)])\s+")


@door(PairAction.TAKE_PART, Pair, read=with_people)
@require_http_methods(["GET", "HEAD", "POST"])
def topic(request: HttpRequest, pair: Pair) -> HttpResponse:
    """The questions about the topic, answered together; then goals are made of the answers."""
    asked = methodology_of(pair.programme).first_meeting
    if request.method == "POST":
        return _answered(request, pair, asked)
    form = TopicForm(asked=asked, initial=topic_initial(queries.topic_of(pair)))
    return _page(request, pair, form)


def _answered(request: HttpRequest, pair: Pair, asked: QuestionSet) -> HttpResponse:
    form, by_script = TopicForm(request.POST, asked=asked), saves_itself(request)
    if not form.is_valid():
        return not_saved() if by_script else _page(request, pair, form)
    texts, stamp = form.changed_texts, form.stamp
    revisions = {key: stamp.revision(key) for key in texts}
    try:
        stands = actions.answer_topic(
            pair=pair, texts=texts, revisions=revisions, by=person_of(request), now=clock.now()
        )
    except Conflict as conflict:
        return not_saved(conflict) if by_script else _both(request, pair, form, conflict)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return not_saved() if by_script else _page(request, pair, form)
    if by_script:
        return saved(str(stamp.upon({key: (revision, texts[key]) for key, revision in stands.items()})))
    return redirect("pairs:topic_goals", pair.ref)


def _both(request: HttpRequest, pair: Pair, form: TopicForm, conflict: Conflict) -> HttpResponse:
    stored = {key: (conflict.revision, text) for key, text in conflict.stored.items()}
    merge = stamps.merge(form, conflict, form.stamp.upon(stored), form.keys)
    return _page(request, pair, form, merge=merge)


def _page(request: HttpRequest, pair: Pair, form: TopicForm, **more: Any) -> HttpResponse:
    # What was sent and refused stays in its fields, also where the pair rests meanwhile.
    side = queries.side_of(pair, person_of(request))
    stays = why_text_stays(pair, side)
    methodology = methodology_of(pair.programme)
    context = {
        "pair": pair,
        "form": form,
        "kind": methodology.kind_of(KindAct.FIRST),
        "asked": methodology.first_meeting,
        "other": pair.member(queries.other_side(side)).person,
        "stays": stays,
        "is_open": form.is_bound or (pair.state == PairState.ACTIVE and not stays),
    }
    return render(request, "pairs/topic.html", {**context, **more})


@door(PairAction.TAKE_PART, Pair, read=with_people)
@require_http_methods(["GET", "HEAD", "POST"])
def topic_goals(request: HttpRequest, pair: Pair) -> HttpResponse:
    """The lines of the answers: a tick makes one a goal."""
    refusal = ""
    if request.method == "POST":
        try:
            made = actions.set_goals(
                pair=pair,
                texts=chosen_lines(request.POST.getlist("lines")),
                by=person_of(request),
                now=clock.now(),
            )
        except Refusal as refused:
            refusal = str(refused)
        else:
            said = ngettext("%(count)d goal is set.", "%(count)d goals are set.", len(made))
            messages.success(request, said % {"count": len(made)})
            return redirect("pairs:goals", pair.ref)
    standing = {goal.text for goal in queries.goals_of(pair)}
    context = {
        "pair": pair,
        "kind": methodology_of(pair.programme).kind_of(KindAct.FIRST),
        "groups": _groups(pair, standing),
        "refusal": refusal,
    }
    return render(request, "pairs/topic_goals.html", context)


def _groups(pair: Pair, standing: set[str]) -> list[tuple[Any, list[tuple[str, str, bool]]]]:
    """For each answered question its lines: (reference, line, whether it is a goal already)."""
    answers, groups = queries.topic_of(pair), []
    for question in methodology_of(pair.programme).first_meeting.questions:
        text = answers[question.key].text if question.key in answers else ""
        lines = [_BULLET.sub("", line).strip()[:GOAL_LENGTH] for line in text.splitlines()]
        shown = [(new_ref(), line, line in standing) for line in dict.fromkeys(lines) if line]
        if shown:
            groups.append((question, shown))
    return groups
