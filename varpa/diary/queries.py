"""Reading the diary: as its mentor writes it, and through the mentee's eyes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from varpa.diary.models import FIELDS, Diary, Entry, EntryState
from varpa.kernel.text import TranslatedText
from varpa.meetings.models import Meeting, MeetingState, Promise, PromiseState
from varpa.methodology.marks import Known
from varpa.methodology.model import Question
from varpa.pairs.models import GoalState, Pair
from varpa.programmes.models import Programme
from varpa.programmes.queries import methodology_of


@dataclass(frozen=True)
class Passage:
    """One passage of an entry: `key` as LeftOut names it; `about` is "mentor", "mentee" or "" ."""

    key: str
    heading: str
    about: str
    text: str
    left_out: bool


@dataclass(frozen=True)
class ReadEntry:
    """An entry as it is read; `left_out` counts what the mentee does not get."""

    entry: Entry
    passages: list[Passage]
    left_out: int


def diaries_read(diaries: QuerySet[Diary]) -> QuerySet[Diary]:
    """Diaries with their pair, its people and programme, and the mentee's answer, in one query."""
    people = "pair__mentor__person", "pair__mentee__person"
    programme = "pair__programme__methodology_version", "pair__programme__organisation"
    read = diaries.select_related(*people, *programme, "reply")
    return read.defer("pair__programme__methodology_version__data")


def entries_read(entries: QuerySet[Entry]) -> QuerySet[Entry]:
    """Entries with what writing them needs."""
    people = "diary__pair__mentor__person", "diary__pair__mentee__person"
    programme = "diary__pair__programme__methodology_version"
    read = entries.select_related(*people, programme, "meeting").prefetch_related("answers")
    return read.defer("diary__pair__programme__methodology_version__data")


def diary_of(pair: Pair) -> Diary | None:
    """The diary of a pair, if one was begun."""
    found = Diary.objects.filter(pair=pair).select_related("reply").first()
    if found:
        found.pair = pair
    return found


def entries_of(diary: Diary) -> QuerySet[Entry]:
    """The entries, latest day first."""
    return diary.entries.select_related("meeting").order_by("-day", "-pk")


def kept(diary: Diary) -> QuerySet[Entry]:
    """The finished entries in order of days, with what reading them needs."""
    entries = diary.entries.filter(state=EntryState.KEPT).select_related("meeting")
    return entries.prefetch_related("answers", "left_out")


def questions_of(programme: Programme) -> tuple[Question, ...]:
    """The diary's questions, the programme's own included."""
    return methodology_of(programme).diary.questions


def read_through(diary: Diary) -> list[ReadEntry]:
    """The whole diary as the mentor reads it before the handover: left-out passages are marked."""
    questions = questions_of(diary.pair.programme)
    found = []
    for entry in kept(diary):
        entry.diary = diary
        if entry.meeting:
            entry.meeting.pair = diary.pair
        found.append(_read(entry, questions))
    return found


def mentees_copy(diary: Diary) -> list[ReadEntry]:
    """The diary through the mentee's eyes: left-out passages are gone and counted (R6)."""
    return [
        ReadEntry(each.entry, [one for one in each.passages if not one.left_out], each.left_out)
        for each in read_through(diary)
    ]


def heading_of(field: str) -> str:
    """What a passage of an entry is called."""
    return {
        "notes": _("Notes"),
        "results": _("Results"),
        "recommendations": _("Recommendations on the progress"),
        "on_mentee": _("Observations on the mentee"),
        "on_self": _("Observations on oneself"),
        "on_effectiveness": _("How effective the meeting was"),
    }[field]


def _read(entry: Entry, questions: tuple[Question, ...]) -> ReadEntry:
    left_out = {each.passage for each in entry.left_out.all()}
    passages = [
        Passage(key, heading, about, text, key in left_out)
        for key, heading, about, text in _passages(entry, questions)
        if text
    ]
    return ReadEntry(entry, passages, sum(passage.left_out for passage in passages))


def _passages(entry: Entry, questions: tuple[Question, ...]) -> Iterator[tuple[str, str, str, str]]:
    for field in FIELDS:
        yield field, heading_of(field), "", getattr(entry, field)
    answers = {(each.question, each.about): each.text for each in entry.answers.all()}
    for question in questions:
        for about in question.about or ("",):
            text = answers.get((question.key, about), "")
            yield f"{question.key}:{about}", str(question.text), about, text


def known_facts(
    pair: Pair, meeting: Meeting | None, questions: tuple[Question, ...]
) -> dict[str, list[TranslatedText]]:
    """What the system knows beside a question, by the question's key: sentences to read, never an answer."""
    said = {
        Known.MOVED: _known_moves,
        Known.PROMISES: _known_promises,
        Known.GOALS: _known_goals,
    }
    found = {}
    for question in questions:
        tell = said.get(Known(question.facts)) if question.facts else None
        if tell:
            found[question.key] = tell(pair, meeting)
    return found


def _known_moves(pair: Pair, meeting: Meeting | None) -> list[TranslatedText]:
    """Of this meeting, or of all that there were: who moved it, who could not come."""
    about = pair.meetings.filter(pk=meeting.pk) if meeting else pair.meetings.all()
    names = {side: pair.member(side).person.name for side in ("mentor", "mentee")}
    moves = about.filter(moves__isnull=False).values_list("moves__side").annotate(count=Count("moves"))
    missed = about.filter(state=MeetingState.MISSED).values_list("missed_by").annotate(count=Count("pk"))
    told = [_moved(names[side], count) for side, count in moves.order_by("moves__side")]
    return told + [
        _missed(names[side], count)
        for by, count in missed.order_by("missed_by")
        for side in (("mentor", "mentee") if by == "both" else (by,))
    ]


def _moved(name: str, count: int) -> TranslatedText:
    return TranslatedText(
        lv=f"{name}: pārcelta {count}×", lt=f"{name}: perkelta {count}×", en=f"{name}: moved {count}×"
    )


def _missed(name: str, count: int) -> TranslatedText:
    return TranslatedText(
        lv=f"{name}: nepiedalījās {count}×",
        lt=f"{name}: nedalyvavo {count}×",
        en=f"{name}: did not come {count}×",
    )


def _known_promises(pair: Pair, meeting: Meeting | None) -> list[TranslatedText]:
    kept_ones = Promise.objects.filter(pair=pair, side="mentee", state=PromiseState.KEPT)
    if meeting:
        kept_ones = kept_ones.filter(kept_at__lte=meeting.starts_at + timedelta(days=1))
    return [
        TranslatedText(lv=f"Izpildīts: {each.text}", lt=f"Ištesėta: {each.text}", en=f"Kept: {each.text}")
        for each in kept_ones.order_by("-kept_at")[:3]
    ]


def _known_goals(pair: Pair, _meeting: Meeting | None) -> list[TranslatedText]:
    reached = Count("pk", filter=Q(state=GoalState.REACHED))
    told = pair.goals.exclude(state=GoalState.WITHDRAWN).aggregate(all=Count("pk"), reached=reached)
    if not told["all"]:
        return []
    count, standing = told["reached"], told["all"]
    return [
        TranslatedText(
            lv=f"Sasniegti mērķi: {count} no {standing}",
            lt=f"Pasiekti tikslai: {count} iš {standing}",
            en=f"Goals reached: {count} of {standing}",
        )
    ]


def days_written(diary: Diary) -> tuple[date | None, int]:
    """The last day of a finished entry, and how many there are: all that anybody else may know."""
    finished = diary.entries.filter(state=EntryState.KEPT)
    last = finished.order_by("-day").values_list("day", flat=True).first()
    return last, finished.count()
