"""Reading the diary: as its mentor writes it, and through the mentee's eyes."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import reduce
from hashlib import sha256
from itertools import groupby
from operator import or_
from typing import Final

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet, Value
from django.db.models.functions import Concat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from varpa.diary.models import (
    FIELDS,
    PAGE,
    Diary,
    Entry,
    EntryAnswer,
    EntryState,
    LeftOut,
    Photograph,
    passage_of,
)
from varpa.diary.parts import Lines, Part, copied, lines_of
from varpa.kernel.compiled import compiled
from varpa.meetings.models import LineState, Meeting, MeetingState, Promise, PromiseState
from varpa.meetings.queries import kind_of
from varpa.methodology.marks import Known
from varpa.methodology.model import Question
from varpa.pairs.models import GoalState, Pair
from varpa.pairs.parting import AFTER_THE_END
from varpa.programmes.models import Programme
from varpa.programmes.queries import methodology_of
from varpa.ui import words

OFFERED: Final = AFTER_THE_END
"""How long after the end of a pair its diary may still be handed over."""


def offered_until(pair: Pair) -> datetime | None:
    """When the diary of a pair that has ended is sealed; None while it goes."""
    return pair.ended_at and pair.ended_at + OFFERED


@dataclass(frozen=True)
class Passage:
    """One passage of an entry: `key` as LeftOut names it; `about` is "mentor", "mentee" or "" .

    `whole`: all of it is left out; `lines` are its sentences, each of which may be left out by itself.
    """

    key: str
    heading: str
    about: str
    text: str
    whole: bool
    lines: Lines

    @property
    def sentences(self) -> list[Part]:
        return [part for line in self.lines for part in line]

    @property
    def left_out(self) -> bool:
        """Whether nothing of it is left."""
        return self.whole or all(part.left_out for part in self.sentences)

    @property
    def some(self) -> bool:
        """Whether some sentence is left out by itself."""
        return any(part.left_out for part in self.sentences)


@dataclass(frozen=True)
class Page:
    """A photographed page of an entry, as it is read."""

    photograph: Photograph
    left_out: bool


@dataclass(frozen=True)
class ReadEntry:
    """An entry as it is read; `left_out` counts what the mentee does not get."""

    entry: Entry
    passages: list[Passage]
    pages: list[Page]
    left_out: int

    @property
    def kind(self) -> str:
        """Which kind of meeting it was; empty where the entry is about none."""
        return str(kind_of(self.entry.meeting).name) if self.entry.meeting else ""

    @property
    def means(self) -> str:
        """By which means the two met."""
        return means_of(self.entry.meeting) if self.entry.meeting else ""

    @property
    def how(self) -> str:
        """Kind, means and length of the meeting in one line."""
        length = words.minutes(self.entry.minutes or None)
        return ", ".join(filter(None, (self.kind, self.means, length)))

    @property
    def places(self) -> Iterator[tuple[str, str]]:
        """What may be left out of it, as LeftOut names it: passages, their sentences, photographed pages."""
        for passage in self.passages:
            yield passage.key, ""
            yield from ((passage.key, sentence.key) for sentence in passage.sentences)
        yield from ((page.photograph.passage, "") for page in self.pages)

    @property
    def parts(self) -> list[tuple[str, list[Passage]]]:
        """The passages under their headings: an answer for each of the two stands under one question."""
        return [(head, list(told)) for head, told in groupby(self.passages, lambda each: each.heading)]


@dataclass(frozen=True)
class KnownFact:
    """What the system knows beside a question, and where it knows it from."""

    text: str
    source: str


@dataclass(frozen=True)
class Earlier:
    """What was answered to a question last, in another entry."""

    day: date
    text: str


def diaries_read(diaries: QuerySet[Diary]) -> QuerySet[Diary]:
    """Diaries with their pair, its people and programme, and the mentee's answer, in one query."""
    people = "pair__mentor__person", "pair__mentee__person"
    programme = "methodology_version", "organisation", "emblem"
    return diaries.select_related(*people, *(f"pair__programme__{name}" for name in programme), "reply")


def entries_read(entries: QuerySet[Entry]) -> QuerySet[Entry]:
    """Entries with what writing them needs."""
    people = "diary__pair__mentor__person", "diary__pair__mentee__person"
    programme = "diary__pair__programme__methodology_version"
    return entries.select_related(*people, programme, "meeting").prefetch_related("answers")


def diary_of(pair: Pair) -> Diary | None:
    """The diary of a pair, if one was begun."""
    found = _diary.first(pair=pair)
    if found:
        found.pair = pair
    return found


@compiled()
def _diary(pair: Pair) -> QuerySet[Diary]:
    return Diary.objects.filter(pair=pair).select_related("reply").order_by("pk")[:1]


def entries_of(diary: Diary) -> QuerySet[Entry]:
    """The entries, latest day first, each with how many photographed `pages` it has."""
    standing = Count("photographs", filter=Q(photographs__withdrawn_at=None))
    return diary.entries.select_related("meeting").annotate(pages=standing).order_by("-day", "-pk")


def unfinished(diary: Diary) -> QuerySet[Entry]:
    """Drafts in which something stands, the oldest first: empty ones are no obstacle to the handover."""
    of_entry = {"entry": OuterRef("pk")}
    written = reduce(or_, (~Q(**{name: ""}) for name in FIELDS))
    answered = Exists(EntryAnswer.objects.filter(**of_entry).exclude(text=""))
    photographed = Exists(Photograph.objects.filter(**of_entry, withdrawn_at=None))
    drafts = diary.entries.filter(written | Q(answered) | Q(photographed), state=EntryState.DRAFT)
    return drafts.order_by("day", "pk")


def photographs_of(entry: Entry) -> QuerySet[Photograph]:
    """The photographed pages of an entry, in the order in which they came."""
    return entry.photographs.filter(withdrawn_at=None).select_related("file")


def photographs_read(photographs: QuerySet[Photograph]) -> QuerySet[Photograph]:
    """Photographed pages with what changing or showing them needs."""
    return photographs.select_related("file", "entry__diary__pair__mentor", "entry__diary__pair__programme")


def not_left_out(photographs: QuerySet[Photograph]) -> QuerySet[Photograph]:
    """Those that the mentee's copy holds: of a finished entry, not taken away, not left out (R6)."""
    out = LeftOut.objects.filter(entry=OuterRef("entry"), passage=Concat(Value(PAGE), OuterRef("ref")))
    return photographs.filter(~Exists(out), entry__state=EntryState.KEPT, withdrawn_at=None)


def kept(diary: Diary) -> QuerySet[Entry]:
    """The finished entries in order of days, with what reading them needs."""
    entries = diary.entries.filter(state=EntryState.KEPT).select_related("meeting")
    standing = Photograph.objects.filter(withdrawn_at=None).select_related("file")
    return entries.prefetch_related("answers", "left_out", Prefetch("photographs", standing))


def meetings_to_write_about(pair: Pair, now: datetime) -> list[Meeting]:
    """The last meetings that have no entry yet, latest first; three at most."""
    been = pair.meetings.exclude(state=MeetingState.CANCELLED).filter(starts_at__lte=now, entries=None)
    return list(been.order_by("-starts_at", "-pk")[:3])


def minutes_of(entry: Entry) -> int | None:
    """The length as the form shows it: once an entry is finished, as the ledger has it by now."""
    if entry.state == EntryState.DRAFT or entry.meeting is None:
        return entry.minutes
    line = entry.meeting.hours.exclude(state=LineState.WITHDRAWN).first()
    return line.minutes if line else entry.minutes


def answered_before(diary: Diary | None, entry: Entry | None) -> dict[str, Earlier]:
    """The last answer to each question in the other entries, by the name of its passage; one query."""
    if diary is None:
        return {}
    answers = EntryAnswer.objects.filter(entry__diary=diary).exclude(text="")
    others = answers.exclude(entry=entry) if entry else answers
    rows = others.order_by("entry__day", "entry__pk").values_list("question", "about", "entry__day", "text")
    return {passage_of(question, about): Earlier(day, text) for question, about, day, text in rows}


def means_of(meeting: Meeting) -> str:
    """The means of a meeting, as its programme words it."""
    means = methodology_of(meeting.pair.programme).means
    return next((str(each.name) for each in means if each.key == meeting.means), "")


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


def reading_of(entries: list[ReadEntry]) -> str:
    """Which state of the diary was read: it changes with every word, page and entry."""
    state = [f"{each.entry.ref}.{each.entry.revision}" for each in entries]
    state += [page.photograph.ref for each in entries for page in each.pages]
    return sha256(" ".join(state).encode()).hexdigest()[:20]


def mentees_copy(diary: Diary) -> list[ReadEntry]:
    """The diary through the mentee's eyes: what is left out is gone, and counted (R6)."""
    return [
        ReadEntry(
            each.entry,
            [_copied(one) for one in each.passages if not one.left_out],
            [page for page in each.pages if not page.left_out],
            each.left_out,
        )
        for each in read_through(diary)
    ]


def _copied(passage: Passage) -> Passage:
    """What the mentee reads of it: not even its sentences go along."""
    if not passage.some:
        return passage
    text = copied(passage.lines)[0]
    return replace(passage, text=text, lines=lines_of(text, set()))


HEADINGS: Final = {
    "notes": (gettext_lazy("Notes"), ""),
    "results": (gettext_lazy("Results"), ""),
    "recommendations": (gettext_lazy("Recommendations on the progress"), ""),
    "on_mentee": (gettext_lazy("Observations"), "mentee"),
    "on_self": (gettext_lazy("Observations"), "mentor"),
    "on_effectiveness": (gettext_lazy("How effective the meeting was"), ""),
}
"""What each passage of FIELDS is called, and about whom it is."""


def _read(entry: Entry, questions: tuple[Question, ...]) -> ReadEntry:
    out: dict[str, set[str]] = {}
    for each in entry.left_out.all():
        out.setdefault(each.passage, set()).add(each.part)
    told = [_passage(*each, out.get(each[0], set())) for each in _passages(entry, questions)]
    pages = [Page(each, each.passage in out) for each in entry.photographs.all()]
    places = sum(1 if each.left_out else copied(each.lines)[1] for each in told)
    return ReadEntry(entry, told, pages, places + sum(page.left_out for page in pages))


def _passage(key: str, heading: str, about: str, text: str, out: set[str]) -> Passage:
    return Passage(key, heading, about, text, "" in out, lines_of(text, out))


def _passages(entry: Entry, questions: tuple[Question, ...]) -> Iterator[tuple[str, str, str, str]]:
    """Those in which something is written; what the others are called is not asked for."""
    for field, (heading, about) in HEADINGS.items():
        if text := getattr(entry, field):
            yield field, str(heading), about, text
    answers = {(each.question, each.about): each.text for each in entry.answers.all()}
    for question in questions:
        for about in question.about or ("",):
            if text := answers.get((question.key, about)):
                yield passage_of(question.key, about), str(question.text), about, text


def known_facts(
    pair: Pair, meeting: Meeting | None, questions: tuple[Question, ...]
) -> dict[str, list[KnownFact]]:
    """What the system knows beside a question, by the question's key: sentences to read, never an answer.

    Of lateness it knows nothing: who joined when is never tracked (R5).
    """
    said = {
        Known.MOVED: (_known_moves, _("from the calendar")),
        Known.PROMISES: (_known_promises, _("from the promises")),
        Known.GOALS: (_known_goals, _("from the goals")),
    }
    found = {}
    for question in questions:
        tell, source = said.get(Known(question.facts), (None, "")) if question.facts else (None, "")
        if tell:
            found[question.key] = [KnownFact(text, source) for text in tell(pair, meeting)]
    return found


def _known_moves(pair: Pair, meeting: Meeting | None) -> list[str]:
    """Of this meeting, or of all that there were: who moved it, who could not come."""
    about = pair.meetings.filter(pk=meeting.pk) if meeting else pair.meetings.all()
    names = {side: pair.member(side).person.first_name for side in ("mentor", "mentee")}
    moves = about.filter(moves__isnull=False).values_list("moves__side").annotate(count=Count("moves"))
    missed = about.filter(state=MeetingState.MISSED).values_list("missed_by").annotate(count=Count("pk"))
    told = [
        _("%(name)s moved it %(count)s×") % {"name": names[side], "count": count}
        for side, count in moves.order_by("moves__side")
    ] + [
        _("%(name)s did not come %(count)s×") % {"name": names[side], "count": count}
        for by, count in missed.order_by("missed_by")
        for side in (("mentor", "mentee") if by == "both" else (by,))
    ]
    as_planned = meeting is not None and meeting.state == MeetingState.HELD
    return told or ([_("The meeting was held as planned.")] if as_planned else [])


def _known_promises(pair: Pair, meeting: Meeting | None) -> list[str]:
    """What the mentee kept; what is still open is the mentee's own to see (principle 3)."""
    kept_ones = Promise.objects.filter(pair=pair, side="mentee", state=PromiseState.KEPT)
    if meeting:
        kept_ones = kept_ones.filter(kept_at__lte=meeting.starts_at + timedelta(days=1))
    texts = kept_ones.order_by("-kept_at").values_list("text", flat=True)[:3]
    return [_("Kept: %(promise)s") % {"promise": text} for text in texts]


def _known_goals(pair: Pair, _meeting: Meeting | None) -> list[str]:
    reached = Count("pk", filter=Q(state=GoalState.REACHED))
    told = pair.goals.exclude(state=GoalState.WITHDRAWN).aggregate(all=Count("pk"), reached=reached)
    if not told["all"]:
        return []
    return [_("Goals reached: %(count)s of %(all)s") % {"count": told["reached"], "all": told["all"]}]
