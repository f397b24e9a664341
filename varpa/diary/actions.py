"""Writing the diary, reading it through the mentee's eyes, handing it over (methodology §8.2, R6)."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from varpa.diary import letters
from varpa.diary.counting import count_entry, require_begun, require_day, require_minutes
from varpa.diary.models import (
    FIELDS,
    Diary,
    DiaryState,
    Entry,
    EntryAnswer,
    EntryState,
    LeftOut,
    Reply,
    passage_of,
)
from varpa.diary.queries import (
    OFFERED,
    diaries_read,
    entries_read,
    photographs_of,
    questions_of,
    read_through,
    reading_of,
    unfinished,
)
from varpa.history.actions import record
from varpa.history.models import Channel
from varpa.kernel.merging import Conflict, save_text
from varpa.kernel.refs import new_ref
from varpa.kernel.refusals import Refusal
from varpa.kernel.states import move
from varpa.meetings.models import LineState, Meeting
from varpa.methodology import Fact
from varpa.pairs.actions.pairs import require_readable, settle_fact
from varpa.pairs.models import Pair, PairState
from varpa.people.models import Person
from varpa.post.queries import already


class DiaryIsFrozen(Refusal):
    sentence = _("The diary has been handed over and stays as it is.")


class DiaryIsSealed(Refusal):
    """The pair ended, and in the thirty days after it the diary was not handed over."""

    sentence = _("The diary was not handed over in time. It is sealed: nobody reads or changes it.")


class NoDiaryYet(Refusal):
    """Before both have said yes to each other."""

    sentence = _("The diary begins once both have said yes to working together.")


class NotTheMentor(Refusal):
    sentence = _("Only the mentor writes the diary.")


class NotTheMentee(Refusal):
    sentence = _("Only the mentee to whom the diary was handed over can answer it.")


class EmptyEntry(Refusal):
    sentence = _("The entry is still empty. One sentence is enough.")


class NotReadThrough(Refusal):
    sentence = _("Read the whole diary first, and tick that you have.")


class ReadSomethingElse(Refusal):
    """It was written upon while the page of the handover stood open."""

    sentence = _("The diary has changed since this page was opened. Read it once more, then hand it over.")


class UnfinishedEntry(Refusal):
    sentence = _("First finish or empty every entry that is still a draft. Then hand the diary over.")


class NothingToHandOver(Refusal):
    sentence = _("The diary has no finished entry yet.")


class MayNotLeaveOut(Refusal):
    sentence = _("In this programme the diary is handed over whole.")


class NothingSaid(Refusal):
    sentence = _("Write your answer in a few words.")


@transaction.atomic
def begin_entry(
    *,
    pair: Pair,
    day: date,
    by: Person,
    now: datetime,
    meeting: Meeting | None = None,
    ref: str = "",
    channel: str = Channel.WEB,
) -> Entry:
    """Begin an entry; for a meeting there is one, however often it is begun."""
    require_mentor(pair, by)
    if pair.state == PairState.PROPOSED or (pair.ended_at and not pair.active_at):
        raise NoDiaryYet()
    if pair.ended_at and pair.ended_at <= now - OFFERED:
        raise DiaryIsSealed()
    diary, _made = Diary.objects.get_or_create(pair=pair, defaults={"begun_at": now})
    diary.pair = pair
    hold_open(diary)
    elsewhere = Entry.objects.filter(ref=ref).exclude(diary=diary)
    key: dict[str, object] = {"ref": new_ref() if not ref or elsewhere.exists() else ref}
    if meeting:
        key = {"meeting": meeting}
    entry, made = Entry.objects.get_or_create(
        diary=diary,
        **key,
        defaults={"day": day, "begun_at": now, "saved_at": now, "minutes": counted(meeting)},
    )
    if made:
        _record("diary.begin_entry", diary, now=now, by=by, channel=channel)
    if made and meeting:
        letters.end_asking(meeting, now=now)
    return entry


@transaction.atomic
def write_entry(
    *,
    entry: Entry,
    texts: Mapping[str, str],
    answers: Mapping[tuple[str, str], str],
    day: date,
    minutes: int | None,
    revision: int,
    by: Person,
    now: datetime,
    channel: str = Channel.WEB,
) -> None:
    """Save what stands in the form, also as it is typed; {(question, about): text}. None is compulsory.

    A finished entry that is emptied is a draft again. Raises merging.Conflict, with passages and answers by
    name, where another device saved meanwhile (R13).
    """
    require_mentor(entry.diary.pair, by)
    hold_open(entry.diary)
    require_minutes(entry.meeting, minutes)
    if day != entry.day:
        require_day(entry.diary.pair, day, now, entry.meeting)
    rows = EntryAnswer.objects.filter(entry=entry).values_list("question", "about", "text")
    stored = {(question, about): text for question, about, text in rows}
    asked = _asked(entry)
    given = {key: text.strip() for key, text in answers.items() if key in asked}
    differ = {key: text for key, text in given.items() if text != stored.get(key, "")}
    elsewhen = bool(differ) or day != entry.day or minutes != entry.minutes
    changes: dict[str, object] = {"day": day, "minutes": minutes} if elsewhen else {}
    passages = {name: texts.get(name, getattr(entry, name)).strip() for name in FIELDS}
    try:
        if not save_text(entry, revision=revision, texts=passages, **changes):
            return
    except Conflict as conflict:
        raise _with_answers(conflict, stored, given) from None
    for (question, about), text in differ.items():
        EntryAnswer.objects.update_or_create(
            entry=entry, question=question, about=about, defaults={"text": text}
        )
    Entry.objects.filter(pk=entry.pk).update(saved_at=now)
    Diary.objects.filter(pk=entry.diary_id).update(read_through_at=None)
    if entry.state == EntryState.KEPT and is_empty(entry):
        move(entry, "rework")
    _record("diary.write", entry.diary, now=now, by=by, channel=channel)


@transaction.atomic
def keep_entry(*, entry: Entry, by: Person, now: datetime, channel: str = Channel.WEB) -> None:
    """Finish an entry; it can still be changed until the handover. Twice is once."""
    require_mentor(entry.diary.pair, by)
    hold_open(entry.diary)
    if is_empty(entry):
        raise EmptyEntry()
    require_begun(entry, now)
    count_entry(entry=entry, by=by, now=now)
    if entry.state == EntryState.KEPT:
        return
    move(entry, "keep")
    Diary.objects.filter(pk=entry.diary_id).update(read_through_at=None)
    _record("diary.keep", entry.diary, now=now, by=by, channel=channel)


@transaction.atomic
def keep_drafts(*, diary: Diary, by: Person, now: datetime, channel: str = Channel.WEB) -> int:
    """Finish every draft in which something stands as it is; answers how many."""
    begun = list(entries_read(unfinished(diary)))
    for entry in begun:
        keep_entry(entry=entry, by=by, now=now, channel=channel)
    return len(begun)


@transaction.atomic
def leave_out(
    *,
    entry: Entry,
    passage: str,
    out: bool,
    by: Person,
    now: datetime,
    part: str = "",
    channel: str = Channel.WEB,
) -> None:
    """Leave a passage out of the mentee's copy, or one `part` of it, or take it in again.

    It is counted, not hidden, and the entry itself stays as it was written.
    """
    diary = entry.diary
    require_mentor(diary.pair, by)
    hold_open(diary)
    if out and not diary.pair.programme.passages_may_be_left_out:
        raise MayNotLeaveOut()
    if out:
        LeftOut.objects.get_or_create(entry=entry, passage=passage[:60], part=part[:12], defaults={"at": now})
    else:
        LeftOut.objects.filter(entry=entry, passage=passage, part=part).delete()
    _record("diary.leave_out", diary, now=now, by=by, channel=channel, out=int(out))


@transaction.atomic
def note_read_through(
    *, diary: Diary, by: Person, now: datetime, reading: str = "", channel: str = Channel.WEB
) -> None:
    """The mentor has read all of it through the mentee's eyes; `reading` says which state of it."""
    require_mentor(diary.pair, by)
    hold_open(diary)
    if reading and reading != reading_of(read_through(diary)):
        raise ReadSomethingElse()
    diary.read_through_at = now
    diary.save(update_fields=["read_through_at"])
    _record("diary.read_through", diary, now=now, by=by, channel=channel)


@transaction.atomic
def hand_over(*, diary: Diary, by: Person, now: datetime, channel: str = Channel.WEB) -> None:
    """Hand the diary over to the mentee: from now it is frozen, and the mentee owns a copy.

    Empty drafts are no obstacle, and nobody reads them; a draft in which something stands is. Raises
    DiaryIsFrozen at the second click.
    """
    require_mentor(diary.pair, by)
    require_readable(diary.pair, now)
    hold_open(diary)
    if Diary.objects.get(pk=diary.pk).read_through_at is None:
        raise NotReadThrough()
    if unfinished(diary).exists():
        raise UnfinishedEntry()
    if not diary.entries.filter(state=EntryState.KEPT).exists():
        raise NothingToHandOver()
    move(diary, "hand_over", handed_over_at=now)
    settle_fact(pair=diary.pair, fact=Fact.DIARY_HANDED_OVER, holds=True, now=now)
    _record("diary.hand_over", diary, now=now, by=by, channel=channel)
    letters.end_offer(diary, now=now)
    letters.tell_handed_over(diary, now=now)


@transaction.atomic
def answer_diary(*, diary: Diary, text: str, revision: int, by: Person, now: datetime) -> Reply:
    """The mentee answers the diary; raises merging.Conflict (R13)."""
    if diary.state != DiaryState.HANDED_OVER or diary.pair.mentee.person_id != by.pk:
        raise NotTheMentee()
    require_readable(diary.pair, now)
    if not text.strip():
        raise NothingSaid()
    reply, _made = Reply.objects.get_or_create(diary=diary, defaults={"text": "", "at": now})
    later = {"at": now} if reply.text != text.strip() else {}
    if save_text(reply, revision=revision, texts={"text": text.strip()}, **later):
        _record("diary.answer", diary, now=now, by=by)
        letters.tell_answered(diary, now=now)
    return reply


def offer_left_diaries(now: datetime, limit: int = 200) -> int:
    """For the schedule: after a pair's end its mentor gets a link to hand over by; answers how many."""
    ended = Diary.objects.filter(pair__ended_at__gt=now - OFFERED, pair__ended_at__lte=now)
    lately = ended.filter(state=DiaryState.OPEN, pair__active_at__isnull=False)
    begun = list(lately.filter(Exists(Entry.objects.filter(diary=OuterRef("pk")))).only("ref"))
    written = already([letters.left_key(diary) for diary in begun])
    new = [diary.pk for diary in begun if letters.left_key(diary) not in written]
    left = diaries_read(Diary.objects.filter(pk__in=new[:limit])) if new else ()
    return sum(_offer(diary, now) for diary in left)


@transaction.atomic
def _offer(diary: Diary, now: datetime) -> bool:
    open_still = Diary.objects.select_for_update().filter(pk=diary.pk, state=DiaryState.OPEN)
    if diary.pair.ended_at is None or not open_still.exists():
        return False
    return letters.offer_link(diary, until=diary.pair.ended_at + OFFERED, now=now)


def seal_left_diaries(now: datetime) -> int:
    """For the schedule: 30 days after a pair ended, a diary that was not handed over is sealed."""
    left = Diary.objects.filter(state=DiaryState.OPEN, pair__ended_at__lte=now - OFFERED)
    return sum(_seal(diary, now) for diary in left.select_related("pair__programme"))


@transaction.atomic
def _seal(diary: Diary, now: datetime) -> int:
    move(diary, "seal")
    record("diary.seal", diary, now=now, by=None, programme_ref=diary.pair.programme.ref)
    return 1


def counted(meeting: Meeting | None) -> int | None:
    """The minutes of a meeting as the ledger has them, else as planned: what the entry begins with."""
    if meeting is None:
        return None
    line = meeting.hours.exclude(state=LineState.WITHDRAWN).first()
    return line.minutes if line else meeting.minutes


def _asked(entry: Entry) -> set[tuple[str, str]]:
    questions = questions_of(entry.diary.pair.programme)
    return {(question.key, about) for question in questions for about in question.about or ("",)}


def is_empty(entry: Entry) -> bool:
    """Whether neither a word nor a photographed page stands in an entry."""
    if any(getattr(entry, name) for name in FIELDS) or photographs_of(entry).exists():
        return False
    return not entry.answers.exclude(text="").exists()


def require_mentor(pair: Pair, by: Person) -> None:
    """Raise NotTheMentor."""
    if pair.mentor.person_id != by.pk:
        raise NotTheMentor()


def hold_open(diary: Diary) -> None:
    """Of a word and a handover at the same second one comes first: the row is held until the end."""
    held = Diary.objects.select_for_update().filter(pk=diary.pk)
    state = held.values_list("state", flat=True).get()
    if state != DiaryState.OPEN:
        raise DiaryIsSealed() if state == DiaryState.SEALED else DiaryIsFrozen()


def _with_answers(
    conflict: Conflict, stored: Mapping[tuple[str, str], str], given: Mapping[tuple[str, str], str]
) -> Conflict:
    return Conflict(
        stored={**conflict.stored, **{passage_of(*key): text for key, text in stored.items()}},
        given={**conflict.given, **{passage_of(*key): text for key, text in given.items()}},
        revision=conflict.revision,
    )


def _record(
    verb: str,
    diary: Diary,
    *,
    now: datetime,
    by: Person,
    channel: str = Channel.WEB,
    **details: str | int | None,
) -> None:
    ref = diary.pair.programme.ref
    record(verb, diary, now=now, by=by, channel=channel, programme_ref=ref, details=details)
