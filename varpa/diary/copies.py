"""The mentee's copy as a document: the diary in words, in the language of whoever keeps it (R6)."""

from datetime import date
from zoneinfo import ZoneInfo

from django.utils import timezone, translation
from django.utils.text import capfirst

from varpa.diary.models import FIELDS, Diary
from varpa.diary.queries import ReadEntry, mentees_copy
from varpa.documents.render import pdf
from varpa.documents.shapes import About, DiaryAnswer, DiaryEntry, Letterhead
from varpa.documents.shapes import Diary as DiaryShape
from varpa.files.queries import content
from varpa.meetings.queries import kind_of
from varpa.people.models import Person
from varpa.programmes.models import Programme
from varpa.programmes.queries import methodology_of
from varpa.ui import words


def copy_of(diary: Diary, reader: Person) -> bytes:
    """The mentee's copy as PDF/UA, in the reader's language and time zone."""
    with translation.override(reader.language), timezone.override(ZoneInfo(reader.zone)):
        title = str(methodology_of(diary.pair.programme).diary.title)
        return pdf("diary", _shape(diary), language=reader.language, title=title)


def _shape(diary: Diary) -> DiaryShape:
    pair, reply = diary.pair, getattr(diary, "reply", None)
    written_in = pair.mentor.person.language
    entries = [_entry(each, written_in) for each in mentees_copy(diary)]
    return {
        "letterhead": letterhead(pair.programme),
        "mentor": pair.mentor.person.name,
        "mentee": pair.mentee.person.name,
        "period": words.span(_first(diary), _last(diary)),
        "handed_over_on": words.day(diary.handed_over_at),
        "entries": entries,
        "reply": reply.text if reply else "",
        "reply_on": words.day(reply.at) if reply else "",
        "reply_language": pair.mentee.person.language,
    }


def letterhead(programme: Programme) -> Letterhead:
    """Who stands behind a document of this programme."""
    return {
        "programme": str(programme.name),
        "organisation": programme.organisation.name,
        "funder_text": str(programme.funder_text),
        "emblem": content(programme.emblem) if programme.emblem else None,
        "emblem_text": "",
    }


def _entry(each: ReadEntry, language: str) -> DiaryEntry:
    meeting = each.entry.meeting
    passages = {passage.key: passage.text for passage in each.passages}
    return {
        "date": words.day(each.entry.day),
        "kind": capfirst(str(kind_of(meeting).name)) if meeting else "",
        "means": _means(each) if meeting else "",
        "length": words.minutes(each.entry.minutes) if each.entry.minutes else "",
        "language": language,
        "results": passages.get("results", ""),
        "notes": passages.get("notes", ""),
        "recommendations": passages.get("recommendations", ""),
        "on_mentee": passages.get("on_mentee", ""),
        "on_self": passages.get("on_self", ""),
        "on_effectiveness": passages.get("on_effectiveness", ""),
        "answers": _answers(each),
        "left_out": each.left_out,
    }


def _answers(each: ReadEntry) -> list[DiaryAnswer]:
    names = {side: each.entry.diary.pair.member(side).person.name for side in ("mentor", "mentee")}
    found: dict[str, DiaryAnswer] = {}
    for passage in each.passages:
        if passage.key in FIELDS:
            continue
        answer = found.setdefault(passage.heading, {"question": passage.heading, "answers": []})
        about: About = {"about": names.get(passage.about, ""), "text": passage.text}
        answer["answers"].append(about)
    return list(found.values())


def _means(each: ReadEntry) -> str:
    meeting = each.entry.meeting
    means = methodology_of(each.entry.diary.pair.programme).means
    return next((str(one.name) for one in means if meeting and one.key == meeting.means), "")


def _first(diary: Diary) -> date | None:
    return diary.entries.order_by("day").values_list("day", flat=True).first()


def _last(diary: Diary) -> date | None:
    return diary.entries.order_by("-day").values_list("day", flat=True).first()
