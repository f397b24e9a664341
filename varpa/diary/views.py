"""The pages of the diary: the mentor's own, the handover, the mentee's copy and answer."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from varpa.diary import actions
from varpa.diary.access import DiaryAction, EntryAction
from varpa.diary.copies import copy_of
from varpa.diary.forms import EntryForm, ReplyForm, initial_of
from varpa.diary.models import FIELDS, Diary, DiaryState, Entry, EntryState
from varpa.diary.queries import (
    diaries_read,
    diary_of,
    entries_of,
    entries_read,
    known_facts,
    mentees_copy,
    questions_of,
    read_through,
)
from varpa.kernel import clock
from varpa.kernel.doors import door
from varpa.kernel.merging import Conflict
from varpa.kernel.paging import page
from varpa.kernel.refs import new_ref
from varpa.kernel.refusals import Refusal
from varpa.meetings.models import Meeting
from varpa.pairs.access import PairAction
from varpa.pairs.models import Pair
from varpa.pairs.queries import side_of, with_people
from varpa.people.models import Person
from varpa.programmes.queries import today_of
from varpa.ui.merging import merge
from varpa.ui.words import clock_time


@door(PairAction.TAKE_PART, Pair, reader=PairAction.READ, read=with_people)
@require_safe
def diary(request: HttpRequest, pair: Pair) -> HttpResponse:
    """The mentor's diary while it is written; for the mentee the copy, once it is handed over."""
    found, side = diary_of(pair), side_of(pair, _person(request))
    if side == "mentor" and (found is None or found.state == DiaryState.OPEN):
        listed = page(request, entries_of(found)) if found else None
        return render(request, "diary/diary.html", {"pair": pair, "diary": found, "page": listed})
    if found is None or found.state != DiaryState.HANDED_OVER:
        return render(request, "diary/not_yet.html", {"pair": pair, "diary": found})
    return _copy_page(request, found, side)


@door(PairAction.LEAD, Pair, reader=PairAction.READ, read=with_people)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, pair: Pair) -> HttpResponse:
    """A new entry, about a meeting where the address names one; it begins with the first save."""
    meeting = Meeting.objects.filter(pair=pair, ref=request.GET.get("meeting", "")).first()
    known = Entry.objects.filter(diary__pair=pair, meeting=meeting).first() if meeting else None
    if known and request.method != "POST":
        return redirect("diary:entry", known.ref)
    now, by = clock.now(), _person(request)
    day = meeting.starts_local.date() if meeting else today_of(pair.programme, now)
    questions = questions_of(pair.programme)
    if request.method != "POST":
        minutes = actions.counted(meeting)
        initial = {"ref": new_ref(), "day": day, "minutes": minutes}
        form = EntryForm(initial=initial, questions=questions, pair=pair)
        return _entry_page(request, form, pair, meeting=meeting)
    form = EntryForm(request.POST, questions=questions, pair=pair)
    try:
        ref = request.POST.get("ref", "")
        entry = actions.begin_entry(pair=pair, day=day, by=by, now=now, meeting=meeting, ref=ref)
    except Refusal as refusal:
        return _refused(request, form, pair, refusal, meeting=meeting)
    return _save(request, entry, form)


@door(EntryAction.WRITE, Entry, read=entries_read)
@require_http_methods(["GET", "HEAD", "POST"])
def entry(request: HttpRequest, entry: Entry) -> HttpResponse:
    """One entry: saved as it is typed, finished by its button."""
    pair = entry.diary.pair
    if entry.diary.state != DiaryState.OPEN:
        return redirect("diary:diary", pair.ref)
    questions = questions_of(pair.programme)
    if request.method == "POST":
        return _save(request, entry, EntryForm(request.POST, questions=questions, pair=pair))
    form = EntryForm(initial=initial_of(entry), questions=questions, pair=pair)
    return _entry_page(request, form, pair, entry=entry, meeting=entry.meeting)


@door(DiaryAction.WRITE, Diary, read=diaries_read)
@require_http_methods(["GET", "HEAD", "POST"])
def handover(request: HttpRequest, diary: Diary) -> HttpResponse:
    """All of the diary through the mentee's eyes; single passages left out; then handed over."""
    if diary.state != DiaryState.OPEN:
        return redirect("diary:diary", diary.pair.ref)
    context: dict[str, Any] = {"diary": diary, "pair": diary.pair}
    if request.method == "POST":
        try:
            done = _hand_over(request, diary)
        except Refusal as refusal:
            context["refusal"] = str(refusal)
        else:
            return redirect("diary:diary", diary.pair.ref) if done else redirect(request.path)
    entries = read_through(diary)
    drafts = diary.entries.filter(state=EntryState.DRAFT).count()
    left_out = sum(each.left_out for each in entries)
    context |= {"entries": entries, "drafts": drafts, "left_out": left_out}
    return render(request, "diary/handover.html", context)


@door(DiaryAction.READ, Diary, read=diaries_read)
@require_safe
def copy(request: HttpRequest, diary: Diary) -> HttpResponse:
    """The mentee's copy as an accessible PDF, in the reader's language."""
    if diary.state != DiaryState.HANDED_OVER:
        return redirect("diary:diary", diary.pair.ref)
    written = copy_of(diary, _person(request))
    disposition = 'attachment; filename="diary.pdf"'
    headers = {"Content-Disposition": disposition, "Cache-Control": "private, no-store"}
    return HttpResponse(written, content_type="application/pdf", headers=headers)


@door(DiaryAction.ANSWER, Diary, read=diaries_read)
@require_POST
def answer(request: HttpRequest, diary: Diary) -> HttpResponse:
    """The mentee answers the diary."""
    form = ReplyForm(request.POST)
    if not form.is_valid():
        return _copy_page(request, diary, "mentee", form=form)
    given = form.cleaned_data
    now, by = clock.now(), _person(request)
    try:
        actions.answer_diary(diary=diary, text=given["text"], revision=given["revision"], by=by, now=now)
    except Conflict as conflict:
        merged = merge(conflict, {"text": form.fields["text"].label or ""})
        return _copy_page(request, diary, "mentee", form=form, merged=merged)
    messages.success(request, _("The answer is saved."))
    return redirect("diary:diary", diary.pair.ref)


def _save(request: HttpRequest, entry: Entry, form: EntryForm) -> HttpResponse:
    quiet = request.headers.get("X-Autosave") == "1"
    pair, now, by = entry.diary.pair, clock.now(), _person(request)
    if not form.is_valid():
        return JsonResponse({"refused": True}) if quiet else _entry_page(request, form, pair, entry=entry)
    given = form.cleaned_data
    try:
        with transaction.atomic():
            actions.write_entry(
                entry=entry,
                texts=form.texts(),
                answers=form.answers(),
                day=given["day"],
                minutes=given["minutes"],
                revision=given["revision"],
                by=by,
                now=now,
            )
            if not quiet:
                actions.keep_entry(entry=entry, by=by, now=now)
    except Conflict as conflict:
        labels = {name: form.fields[name].label or name for name in FIELDS}
        merged = merge(conflict, labels)
        return (
            JsonResponse({"conflict": True})
            if quiet
            else _entry_page(request, form, pair, entry=entry, merged=merged)
        )
    except Refusal as refusal:
        return (
            JsonResponse({"refused": True}) if quiet else _refused(request, form, pair, refusal, entry=entry)
        )
    if quiet:
        return JsonResponse({"revision": entry.revision, "saved_at": clock_time(now)})
    messages.success(request, _("The entry is in the diary."))
    return redirect("diary:diary", pair.ref)


def _hand_over(request: HttpRequest, diary: Diary) -> bool:
    """Keep which passages are left out; hand over where that was asked. Answers whether it was."""
    now, by = clock.now(), _person(request)
    wanted = set(request.POST.getlist("out"))
    with transaction.atomic():
        for each in read_through(diary):
            for passage in each.passages:
                out = f"{each.entry.ref}|{passage.key}" in wanted
                if out != passage.left_out:
                    actions.leave_out(entry=each.entry, passage=passage.key, out=out, by=by, now=now)
        if "hand_over" not in request.POST:
            messages.success(request, _("Saved. The diary is still yours alone."))
            return False
        if "read" in request.POST:
            actions.note_read_through(diary=diary, by=by, now=now)
        actions.hand_over(diary=diary, by=by, now=now)
    messages.success(request, _("The diary is handed over."))
    return True


def _entry_page(
    request: HttpRequest,
    form: EntryForm,
    pair: Pair,
    *,
    entry: Entry | None = None,
    meeting: Meeting | None = None,
    merged: Any = None,
) -> HttpResponse:
    known = known_facts(pair, meeting or (entry.meeting if entry else None), form.questions)
    context = {
        "form": form,
        "pair": pair,
        "entry": entry,
        "meeting": meeting or (entry.meeting if entry else None),
        "asked": form.asked(known),
        "folded": [form[name] for name in form.FOLDED],
        "merge": merged,
    }
    return render(request, "diary/entry.html", context)


def _refused(
    request: HttpRequest, form: EntryForm, pair: Pair, refusal: Refusal, **more: Any
) -> HttpResponse:
    form.add_error(None, str(refusal))
    return _entry_page(request, form, pair, **more)


def _copy_page(
    request: HttpRequest, diary: Diary, side: str, *, form: ReplyForm | None = None, merged: Any = None
) -> HttpResponse:
    reply = getattr(diary, "reply", None)
    if form is None and side == "mentee":
        initial = {"text": reply.text, "revision": reply.revision} if reply else {}
        form = ReplyForm(initial=initial)
    context = {
        "diary": diary,
        "pair": diary.pair,
        "side": side,
        "entries": mentees_copy(diary),
        "reply": reply,
        "form": form,
        "merge": merged,
    }
    return render(request, "diary/copy.html", context)


def _person(request: HttpRequest) -> Person:
    assert isinstance(request.user, Person)
    return request.user
