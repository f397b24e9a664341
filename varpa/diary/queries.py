"""Reading the diary: as its mentor writes it, and through the mentee's eyes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

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


def diary_of(pair: Pair) -> Diary | None:
    """The diary of a pair, if one was begun."""
    return Diary.objects.filter(pair=pair).first()


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
    return [_read(entry, questions) for entry in kept(diary)]


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


def known_facts(entry: Entry, questions: tuple[Question, ...]) -> dict[str, list[TranslatedText]]:
    """What the system knows beside a question, by the question's key: sentences to read, never an answer."""
    pair = entry.diary.pair
    said = {
        Known.MOVED: _known_moves,
        Known.PROMISES: _known_promises,
        Known.GOALS: _known_goals,
    }
    found = {}
    for question in questions:
        tell = said.get(Known(question.facts)) if question.facts else None
        if tell:
            found[question.key] = tell(pair, entry)
    return found


def _known_moves(pair: Pair, entry: Entry) -> list[TranslatedText]:
    meetings = [entry.meeting] if entry.meeting else list(pair.meetings.filter(state=MeetingState.MISSED))
    moved = Meeting.objects.filter(pk__in=[one.pk for one in meetings]).aggregate(
        mentor=Count("moves", filter=Q(moves__side="mentor")),
        mentee=Count("moves", filter=Q(moves__side="mentee")),
    )
    names = {"mentor": pair.mentor.person.name, "mentee": pair.mentee.person.name}
    return [_moved(names[side], count) for side, count in moved.items() if count]


def _moved(name: str, count: int) -> TranslatedText:
    return TranslatedText(
        lv=f"Pārcelts: {count}. {name}", lt=f"Perkelta: {count}. {name}", en=f"Moved: {count}. {name}"
    )


def _known_promises(pair: Pair, entry: Entry) -> list[TranslatedText]:
    theirs = Promise.objects.filter(pair=pair, side="mentee", state=PromiseState.KEPT)
    kept_ones = theirs.filter(kept_at__date__lte=entry.day).order_by("-kept_at")[:5]
    return [
        TranslatedText(lv=f"Izpildīts: {each.text}", lt=f"Ištesėta: {each.text}", en=f"Kept: {each.text}")
        for each in kept_ones
    ]


def _known_goals(pair: Pair, _entry: Entry) -> list[TranslatedText]:
    reached = pair.goals.filter(state=GoalState.REACHED)
    standing = pair.goals.exclude(state=GoalState.WITHDRAWN).count()
    count = reached.count()
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
