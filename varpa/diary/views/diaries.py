"""The pages of the diary: the mentor's own, the handover, the mentee's copy and answer."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from varpa.diary import actions, links
from varpa.diary.access import DiaryAction, EntryAction
from varpa.diary.copies import copy_of
from varpa.diary.forms import EntryForm, ReplyForm, initial_of, stands_open, tell
from varpa.diary.links import Link
from varpa.diary.models import Diary, DiaryState, Entry
from varpa.diary.queries import (
    answered_before,
    diaries_read,
    diary_of,
    entries_of,
    entries_read,
    known_facts,
    means_of,
    meetings_to_write_about,
    mentees_copy,
    minutes_of,
    offered_until,
    photographs_of,
    questions_of,
    read_through,
    reading_of,
    unfinished,
)
from varpa.diary.revoking import has_link
from varpa.documents.serving import hand_out
from varpa.history.models import Channel
from varpa.kernel import clock
from varpa.kernel.clock import zone_of
from varpa.kernel.doors import door, public
from varpa.kernel.merging import Conflict
from varpa.kernel.paging import page
from varpa.kernel.refs import is_ref, new_ref
from varpa.kernel.refusals import Refusal
from varpa.meetings.models import Meeting
from varpa.meetings.queries import kind_of
from varpa.pairs.access import PairAction
from varpa.pairs.models import Pair, PairState
from varpa.pairs.queries import side_of, with_people
from varpa.people.models import Person
from varpa.people.signed import person_of
from varpa.people.standing import chosen_at_the_door
from varpa.programmes.queries import today_of
from varpa.ui.merging import Merge, merge
from varpa.ui.saving import not_saved, saved, saves_itself


@dataclass(frozen=True)
class Doing:
    """Whose doing a handover is, and by which way: signed in, or by the link of a letter, as `signed`."""

    by: Person
    channel: str = Channel.WEB
    signed: str = ""

    @property
    def by_link(self) -> bool:
        return self.channel == Channel.MAIL


@door(PairAction.TAKE_PART, Pair, reader=PairAction.READ, read=with_people)
@require_safe
def diary(request: HttpRequest, pair: Pair) -> HttpResponse:
    """The mentor's diary while it is written; for the mentee the copy, once it is handed over."""
    found, side = diary_of(pair), side_of(pair, person_of(request))
    if found and found.state == DiaryState.HANDED_OVER:
        return _copy_page(request, found, side)
    if side != "mentor" or (found and found.state == DiaryState.SEALED):
        told = {"pair": pair, "diary": found, "side": side, "until": offered_until(pair)}
        return render(request, "diary/not_yet.html", told)
    context = {
        "pair": pair,
        "diary": found,
        "page": page(request, entries_of(found)) if found else None,
        "begins": pair.state != PairState.PROPOSED and (bool(found) or pair.state != PairState.ENDED),
        "unwritten": meetings_to_write_about(pair, clock.now()),
        "by_letter": has_link(found, clock.now()),
        "until": offered_until(pair),
    }
    return render(request, "diary/diary.html", context)


@door(PairAction.LEAD, Pair, reader=PairAction.READ, read=with_people)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, pair: Pair) -> HttpResponse:
    """A new entry, about a meeting where the address names one; it begins with the first save.

    The address may carry the entry's reference: what was begun there without a connection is one entry.
    """
    found, meeting, ref = diary_of(pair), _meeting(request, pair), request.GET.get("ref", "")
    day = meeting.starts_local.date() if meeting else today_of(pair.programme, clock.now())
    if request.method == "POST":
        form = EntryForm(request.POST, questions=questions_of(pair.programme), pair=pair, meeting=meeting)

        def begin() -> Entry:
            begun, by, now = form.cleaned_data["ref"], person_of(request), clock.now()
            return actions.begin_entry(pair=pair, day=day, by=by, now=now, meeting=meeting, ref=begun)

        return _save(request, form, pair, begin, meeting=meeting)
    if found and found.state != DiaryState.OPEN:
        return redirect("diary:diary", pair.ref)
    known = _begun(found, meeting, ref) if found else None
    if known:
        return redirect("diary:entry", known.ref)
    initial = {"ref": ref if is_ref(ref) else new_ref(), "day": day, "minutes": actions.counted(meeting)}
    form = EntryForm(initial=initial, questions=questions_of(pair.programme), pair=pair, meeting=meeting)
    return _entry_page(request, form, pair, meeting=meeting)


@door(EntryAction.WRITE, Entry, reader=EntryAction.KNOW, read=entries_read)
@require_http_methods(["GET", "HEAD", "POST"])
def entry(request: HttpRequest, entry: Entry) -> HttpResponse:
    """One entry: saved as it is typed, finished by its button."""
    pair = entry.diary.pair
    options: dict[str, Any] = {"questions": questions_of(pair.programme), "pair": pair}
    options["meeting"] = entry.meeting
    if request.method == "POST":
        return _save(request, EntryForm(request.POST, **options), pair, lambda: entry, entry=entry)
    if entry.diary.state != DiaryState.OPEN:
        return redirect("diary:diary", pair.ref)
    form = EntryForm(initial=initial_of(entry, minutes_of(entry)), **options)
    return _entry_page(request, form, pair, entry=entry)


@door(DiaryAction.WRITE, Diary, reader=DiaryAction.KNOW, read=diaries_read)
@require_http_methods(["GET", "HEAD", "POST"])
def handover(request: HttpRequest, diary: Diary) -> HttpResponse:
    """All of the diary through the mentee's eyes; single passages left out; then handed over."""
    if diary.state != DiaryState.OPEN:
        return redirect("diary:diary", diary.pair.ref)
    return _handover(request, diary, Doing(person_of(request)))


@public("the mentor of a pair that has ended holds the letter with this link, until a day (R3)")
@require_http_methods(["GET", "HEAD", "POST"])
def handover_by_link(request: HttpRequest, signed: str) -> HttpResponse:
    """The same without signing in: the mentor may have left."""
    link = links.read(signed)
    found = Diary.objects.filter(ref=link.diary, pair__mentor__person=link.person_id) if link else None
    diary = diaries_read(found).first() if found is not None else None
    if link is None or diary is None:
        return render(request, "diary/link_broken.html", status=404)
    mentor = diary.pair.mentor.person
    language = chosen_at_the_door(request) or mentor.language
    with translation.override(language), timezone.override(zone_of(mentor.zone)):
        answer = _by_link(request, diary, link, signed)
    answer.headers["Cache-Control"], answer.headers["Content-Language"] = "no-store", language
    return answer


def _by_link(request: HttpRequest, diary: Diary, link: Link, signed: str) -> HttpResponse:
    if link.number != diary.link_number:
        return render(request, "diary/link_revoked.html", {"pair": diary.pair}, status=410)
    if diary.state == DiaryState.HANDED_OVER and request.method == "POST":
        return redirect(request.path)
    if diary.state == DiaryState.HANDED_OVER:
        return render(request, "diary/link_over.html", {"pair": diary.pair})
    now, mentor = clock.now(), diary.pair.mentor.person
    if diary.state == DiaryState.SEALED or link.until <= now:
        return render(request, "diary/link_expired.html", {"until": link.until}, status=410)
    return _handover(request, diary, Doing(mentor, Channel.MAIL, signed))


def _handover(request: HttpRequest, diary: Diary, doing: Doing) -> HttpResponse:
    refusal = ""
    if request.method == "POST":
        try:
            return _hand_over(request, diary, doing)
        except Refusal as refused:
            refusal = str(refused)
    entries = read_through(diary)
    context = {
        "diary": diary,
        "pair": diary.pair,
        "entries": entries,
        "reading": reading_of(entries),
        "drafts": list(unfinished(diary)),
        "left_out": sum(each.left_out for each in entries),
        "refusal": refusal,
        "by_link": doing.by_link,
        "signed": doing.signed,
    }
    return render(request, "diary/handover.html", context)


@door(DiaryAction.READ, Diary, reader=DiaryAction.KNOW, read=diaries_read)
@require_safe
def copy(_request: HttpRequest, diary: Diary) -> HttpResponse:
    """The mentee's copy as an accessible PDF to print as a book, in the mentee's language."""
    if diary.state != DiaryState.HANDED_OVER:
        return redirect("diary:diary", diary.pair.ref)
    return hand_out(copy_of(diary), "diary")


@door(DiaryAction.ANSWER, Diary, reader=DiaryAction.KNOW, read=diaries_read)
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, diary: Diary) -> HttpResponse:
    """The mentee answers the diary. After a sign-in the browser only asks for it: the form is on the page."""
    if request.method != "POST":
        return redirect("diary:diary", diary.pair.ref)
    form = ReplyForm(request.POST)
    if not form.is_valid():
        return _copy_page(request, diary, "mentee", form=form)
    given = form.cleaned_data
    now, by = clock.now(), person_of(request)
    try:
        actions.answer_diary(diary=diary, text=given["text"], revision=given["revision"], by=by, now=now)
    except Conflict as conflict:
        merged = merge(conflict, {"text": form.fields["text"].label or ""})
        return _copy_page(request, diary, "mentee", form=form, merged=merged)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return _copy_page(request, diary, "mentee", form=form)
    messages.success(request, _("The answer is saved."))
    return redirect("diary:diary", diary.pair.ref)


def _save(
    request: HttpRequest, form: EntryForm, pair: Pair, begin: Callable[[], Entry], **shown: Any
) -> HttpResponse:
    """Save what was typed; the button finishes the entry too. What is refused begins no entry.

    The button by which a page is photographed saves first, so that no word stays behind.
    """
    quiet, conflict, photographs = saves_itself(request), None, "photograph" in request.POST
    if form.is_valid():
        try:
            with transaction.atomic():
                entry = begin()
                _write(form, entry, by=person_of(request), finish=not quiet and not photographs)
        except Conflict as two_texts:
            conflict = two_texts
        except Refusal as refusal:
            tell(form, refusal)
        else:
            if quiet:
                return saved(entry.revision, there=reverse("diary:entry", args=[entry.ref]))
            if photographs:
                return redirect("diary:photographs", entry.ref)
            messages.success(request, _("The entry is in the diary."))
            return redirect("diary:diary", pair.ref)
    if quiet:
        return not_saved(conflict)
    merged = merge(conflict, form.labels()) if conflict else None
    return _entry_page(request, form, pair, merged=merged, **shown)


def _write(form: EntryForm, entry: Entry, *, by: Person, finish: bool) -> None:
    given, now = form.cleaned_data, clock.now()
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
    if finish:
        actions.keep_entry(entry=entry, by=by, now=now)


def _hand_over(request: HttpRequest, diary: Diary, doing: Doing) -> HttpResponse:
    """Keep which passages are left out, whatever comes after; hand over where that was asked."""
    who: dict[str, Any] = {"by": doing.by, "now": clock.now(), "channel": doing.channel}
    _leave_out(request, diary, who)
    if "finish" in request.POST:
        actions.keep_drafts(diary=diary, **who)
        return redirect(request.path)
    if "hand_over" not in request.POST:
        messages.success(request, _("Saved. The diary is still yours alone."))
        return redirect(request.path)
    with transaction.atomic():
        if "read" in request.POST:
            actions.note_read_through(diary=diary, reading=request.POST.get("reading", ""), **who)
        actions.hand_over(diary=diary, **who)
    if doing.by_link:
        return redirect(request.path)
    messages.success(request, _("The diary is handed over."))
    return redirect("diary:diary", diary.pair.ref)


@transaction.atomic
def _leave_out(request: HttpRequest, diary: Diary, who: dict[str, Any]) -> None:
    """Only what was ticked or unticked on this page: a page open elsewhere may know of other ticks."""
    was, out = set(request.POST.getlist("was")), set(request.POST.getlist("out"))
    for each in read_through(diary):
        for passage, part in each.places:
            name = "|".join(filter(None, (each.entry.ref, passage, part)))
            if (name in was) != (name in out):
                given = {**who, "passage": passage, "part": part, "out": name in out}
                actions.leave_out(entry=each.entry, **given)


def _begun(diary: Diary, meeting: Meeting | None, ref: str) -> Entry | None:
    """The entry that this address has begun already, on this device or on another."""
    key: dict[str, object] = {"meeting": meeting} if meeting else {"ref": ref}
    return Entry.objects.filter(diary=diary, **key).first() if meeting or is_ref(ref) else None


def _meeting(request: HttpRequest, pair: Pair) -> Meeting | None:
    ref = request.GET.get("meeting", "")
    found = Meeting.objects.filter(pair=pair, ref=ref).first() if is_ref(ref) else None
    if found:
        found.pair = pair
    return found


def _entry_page(
    request: HttpRequest,
    form: EntryForm,
    pair: Pair,
    *,
    entry: Entry | None = None,
    meeting: Meeting | None = None,
    merged: Merge | None = None,
) -> HttpResponse:
    diary = entry.diary if entry else diary_of(pair)
    about = meeting or (entry.meeting if entry else None)
    if about:
        about.pair = pair
    asked = form.asked(known_facts(pair, about, form.questions), answered_before(diary, entry))
    folded = form.folded()
    context = {
        "form": form,
        "pair": pair,
        "entry": entry,
        "meeting": about,
        "kind": kind_of(about).name if about else "",
        "means": means_of(about) if about else "",
        "asked": asked,
        "asked_open": stands_open([field["bound"] for each in asked for field in each["fields"]]),
        "folded": folded,
        "folded_open": stands_open(folded),
        "photographs": photographs_of(entry).count() if entry else 0,
        "merge": merged,
    }
    return render(request, "diary/entry.html", context)


def _copy_page(
    request: HttpRequest,
    diary: Diary,
    side: str,
    *,
    form: ReplyForm | None = None,
    merged: Merge | None = None,
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
