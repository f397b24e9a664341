"""Conversations of the two: all, one with its messages, what is new, files, being left in peace."""

from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from varpa.files.serving import respond
from varpa.kernel import clock
from varpa.kernel.doors import door
from varpa.kernel.paging import page, paged
from varpa.kernel.refs import is_ref, new_ref
from varpa.kernel.refusals import Refusal
from varpa.messaging import actions
from varpa.messaging.access import MessageAction, ThreadAction
from varpa.messaging.answers import told_of
from varpa.messaging.forms import MessageForm, ThreadForm
from varpa.messaging.models import About, Message, Thread
from varpa.messaging.queries import (
    hides,
    may_show_mentee,
    messages_of,
    page_of,
    page_of_thing,
    quiet_of,
    since,
    threads_of,
    waited_for,
    with_pair,
    with_thread,
)
from varpa.pairs.access import PairAction
from varpa.pairs.choices import kept_at_hand
from varpa.pairs.models import Pair, PairState
from varpa.pairs.queries import other_side, side_of, with_people
from varpa.people.signed import person_of
from varpa.programmes.pictures import seen_since
from varpa.ui.doing import refused, tap
from varpa.ui.saving import gone_on

ASK = ["GET", "HEAD", "POST"]


@door(PairAction.TAKE_PART, Pair, reader=PairAction.TAKE_PART, read=with_people)
@require_safe
def threads(request: HttpRequest, pair: Pair) -> HttpResponse:
    """All conversations of the pair, the latest first; `?search=` looks for words in them."""
    by, now = person_of(request), clock.now()
    side, asked = side_of(pair, by), request.GET.get("search", "")[:100]
    waited = waited_for(pair, side, now)
    if waited and request.method == "GET":
        actions.see_waited(pair=pair, by=by, now=now)
    context = {
        "waited": waited,
        **_around(pair, side),
        "page": page(request, threads_of(pair, side, asked)),
        "asked": asked,
        "search": urlencode({"search": asked}) if asked else "",
        "at_hand": kept_at_hand(pair),
    }
    return render(request, "messaging/threads.html", context)


@door(PairAction.TAKE_PART, Pair, reader=PairAction.TAKE_PART, read=with_people)
@require_http_methods(ASK)
def new(request: HttpRequest, pair: Pair) -> HttpResponse:
    """A new conversation under its own subject; `?words=` are those with which it begins."""
    begun = {"text": request.GET.get("words", "")[:300]}
    about = _asked_of(request, pair)
    form = ThreadForm(request.POST or None, request.FILES or None, initial=begun, **about)
    if request.method == "POST" and form.is_valid():
        subject, ref = form.cleaned_data["subject"], form.cleaned_data["ref"]
        begin = partial(actions.begin_thread, pair=pair, subject=subject, ref=ref)
        message = _written(request, form, begin)
        if message:
            return gone_on(request, "messaging:thread", message.thread.ref)
    side = side_of(pair, person_of(request))
    context = {**_around(pair, side), "form": form, "at_hand": kept_at_hand(pair)}
    return render(request, "messaging/new.html", context)


@door(PairAction.TAKE_PART, Pair, reader=PairAction.TAKE_PART, read=with_people)
@require_POST
def begin(request: HttpRequest, pair: Pair) -> HttpResponse:
    """Open the pair's own conversation, or the one about a thing (`about`: such as "meeting:abc")."""
    kind, _colon, ref = request.POST.get("about", "").partition(":")
    try:
        thread = actions.begin_thread(
            pair=pair, about_kind=kind, about_ref=ref[:50], by=person_of(request), now=clock.now()
        )
    except Refusal as refusal:
        messages.warning(request, str(refusal))
        return redirect("messaging:threads", pair.ref)
    return redirect("messaging:thread", thread.ref)


@door(PairAction.TAKE_PART, Pair, reader=PairAction.TAKE_PART, read=with_people)
@require_POST
def add_files(request: HttpRequest, pair: Pair) -> HttpResponse:
    """Put files with a thing (`about`: such as "meeting:abc"), and go back to its page."""
    form = MessageForm(request.POST, request.FILES, **_asked_of(request, pair))
    kind, _colon, about = request.POST.get("about", "").partition(":")
    if kind not in About.values or not is_ref(about):
        raise BadRequest
    if form.is_valid():
        given = {"files": form.cleaned_data["attached"], "faceless": form.cleaned_data.get("faceless", False)}
        given |= {"about_kind": kind, "about_ref": about, "ref": form.cleaned_data["ref"]}
        act = partial(actions.put_files, pair=pair, by=person_of(request), now=clock.now(), **given)
        if tap(request, act, _("Kept. Both of you see it here and in the messages.")):
            return redirect(f"{page_of(kind, about, pair)}#files")
    else:
        messages.warning(request, str(next(iter(form.errors.values()))[0]))
    # Why not is told at the head of the page.
    return redirect(page_of(kind, about, pair))


@door(ThreadAction.READ, Thread, read=with_pair)
@require_http_methods(ASK)
def thread(request: HttpRequest, thread: Thread) -> HttpResponse:
    """One conversation: its messages, the latest below, and a line to write in."""
    form = MessageForm(request.POST or None, request.FILES or None, **_asked_of(request, thread.pair))
    if request.method == "POST" and form.is_valid() and _written(request, form, lambda **_who: thread):
        return gone_on(request, "messaging:thread", thread.ref)
    by = person_of(request)
    rows = paged(request, messages_of, thread=thread)
    if rows.number == 1:
        actions.see_thread(thread=thread, by=by, now=clock.now())
    side = side_of(thread.pair, by)
    context = {
        **_around(thread.pair, side),
        "thread": thread,
        "thing": page_of_thing(thread),
        "page": rows,
        "said": rows.rows[::-1],
        "last": rows.rows[0].ref if rows.rows else new_ref(),
        "form": form,
        "at_hand": kept_at_hand(thread.pair),
    }
    return render(request, "messaging/thread.html", context)


@door(ThreadAction.READ, Thread, read=with_pair)
@require_safe
def fresh(request: HttpRequest, thread: Thread) -> HttpResponse:
    """What has come since the message `?after=`: its HTML alone, empty where nothing has."""
    by = person_of(request)
    said = list(since(thread, request.GET.get("after", "")[:20]))
    if said:
        actions.see_thread(thread=thread, by=by, now=clock.now())
    context = {**_around(thread.pair, side_of(thread.pair, by)), "thread": thread, "said": said}
    return render(request, "messaging/said.html", context)


def _asked_of(request: HttpRequest, pair: Pair) -> dict[str, bool]:
    """What the form asks about pictures, and of which of the two."""
    mentee = side_of(pair, person_of(request)) == "mentee"
    return {"pictured": may_show_mentee(pair, clock.now()), "mentee": mentee}


def _written(request: HttpRequest, form: MessageForm, begin: Any) -> Message | None:
    """Write the message of a form into the conversation that `begin` answers; None where it was refused."""
    by, now, given = person_of(request), clock.now(), form.cleaned_data
    try:
        message = actions.write_message(
            thread=begin(by=by, now=now),
            text=given["text"],
            files=given["attached"],
            faceless=given.get("faceless", False),
            urgent=given["urgent"],
            ref=given["ref"],
            by=by,
            now=now,
        )
    except Refusal as refusal:
        refused(form, refusal)
        return None
    told = told_of(message, now)
    if told:
        messages.success(request, told)
    return message


@door(MessageAction.TAKE_BACK, Message, read=with_thread)
@require_POST
def take_back(request: HttpRequest, message: Message) -> HttpResponse:
    """One's own message becomes a line without words."""
    sentence = _("Taken back. The other sees that there was a message, not its words.")
    tap(request, lambda: actions.take_back(message=message, by=person_of(request), now=clock.now()), sentence)
    return redirect("messaging:thread", message.thread.ref)


@door(MessageAction.READ, Message, read=with_thread)
@require_POST
def settle(request: HttpRequest, message: Message) -> HttpResponse:
    """The reader says that no answer is needed."""
    try:
        actions.settle_answer(message=message, by=person_of(request), now=clock.now())
    except Refusal as refusal:
        raise PermissionDenied from refusal
    messages.success(request, _("Marked: no answer is needed."))
    return redirect("messaging:thread", message.thread.ref)


@door(MessageAction.READ, Message, read=with_thread)
@require_safe
def file(_request: HttpRequest, message: Message, file: str) -> HttpResponseBase:
    """A file that lies in a message."""
    if message.taken_back_at:
        raise Http404
    found = get_object_or_404(message.attachments.select_related("file"), file__ref=file)
    if hides(found, message, seen_since(message.thread.pair.mentee)):
        raise Http404
    return respond(found.file)


@door(PairAction.TAKE_PART, Pair, reader=PairAction.TAKE_PART, read=with_people)
@require_http_methods(ASK)
def quiet(request: HttpRequest, pair: Pair) -> HttpResponse:
    """Stop the other's messages, or let them come again."""
    by, now = person_of(request), clock.now()
    if request.method == "POST":
        step = request.POST.get("step")
        if step == "lift":
            actions.lift_quiet(pair=pair, by=by, now=now)
            messages.success(request, _("Messages can come again."))
        elif step == "stop":
            actions.want_quiet(pair=pair, by=by, now=now)
            messages.success(request, _("Messages are stopped. The project manager knows that, not why."))
        else:
            # A broken form must neither silence the other nor open what was stopped.
            raise BadRequest("step")
        return redirect("messaging:threads", pair.ref)
    return render(request, "messaging/quiet.html", _around(pair, side_of(pair, by)))


def _around(pair: Pair, side: str) -> dict[str, Any]:
    """What every page of conversations shows: whose they are, and who wants quiet."""
    quiets = quiet_of(pair)
    mine, theirs = side in quiets, other_side(side) in quiets
    seen = seen_since(pair.mentee)
    return {
        "pair": pair,
        "side": side,
        "other": pair.member(other_side(side)).person,
        "quiet": mine,
        "other_quiet": theirs,
        "waits": pair.state in (PairState.PROPOSED, PairState.ACCEPTED),
        "is_open": pair.state == PairState.ACTIVE and not mine and not theirs,
        "about": About,
        "seen_since": seen,
        "pictured": seen is not None and seen <= clock.now(),
    }
