"""The mentee's copy as a book: the diary in words, in the language of whoever it belongs to (R6)."""

from datetime import date
from typing import Final

from django.utils.text import capfirst

from varpa.diary.models import FIELDS, Diary
from varpa.diary.queries import ReadEntry, mentees_copy
from varpa.documents.render import pdf
from varpa.documents.shapes import Diary as DiaryShape
from varpa.documents.shapes import DiaryAnswer, DiaryEntry, PlacedPicture
from varpa.programmes.letterheads import letterhead
from varpa.programmes.placed import placed
from varpa.programmes.queries import methodology_of
from varpa.ui import words

WIDEST: Final = 112
HIGHEST: Final = 126
"""Millimetres of a photographed page in the book."""


def copy_of(diary: Diary) -> bytes:
    """The mentee's copy as PDF/UA to print as a book, in the mentee's language and time zone."""
    owner = diary.pair.mentee.person
    with words.on_paper(owner.language, owner.zone):
        title = str(methodology_of(diary.pair.programme).diary.title)
        return pdf("diary", _shape(diary), language=owner.language, title=title)


def _shape(diary: Diary) -> DiaryShape:
    pair, reply = diary.pair, getattr(diary, "reply", None)
    entries = mentees_copy(diary)
    days = [each.entry.day for each in entries]
    return {
        "letterhead": letterhead(pair.programme),
        "mentor": pair.mentor.person.name,
        "mentee": pair.mentee.person.name,
        "years": _years(days or [pair.programme.starts, pair.programme.ends]),
        "period": _period(days),
        "handed_over_on": words.day(diary.handed_over_at),
        "entries": [_entry(each) for each in entries],
        "reply": reply.text if reply else "",
        "reply_on": words.day(reply.at) if reply else "",
        "reply_language": pair.mentee.person.language,
    }


def _period(days: list[date]) -> str:
    if not days:
        return ""
    first, last = min(days), max(days)
    return words.day(first) if first == last else words.span(first, last)


def _years(days: list[date]) -> str:
    first, last = min(days).year, max(days).year
    return str(first) if first == last else f"{first}–{last}"


def _entry(each: ReadEntry) -> DiaryEntry:
    told = {passage.key: passage.text for passage in each.passages}
    return {
        "date": words.day(each.entry.day),
        "kind": each.kind,
        "means": capfirst(each.means),
        "length": words.minutes(each.entry.minutes or None),
        "language": each.entry.diary.pair.mentor.person.language,
        "notes": told.get("notes", ""),
        "results": told.get("results", ""),
        "recommendations": told.get("recommendations", ""),
        "on_mentee": told.get("on_mentee", ""),
        "on_self": told.get("on_self", ""),
        "on_effectiveness": told.get("on_effectiveness", ""),
        "answers": _answers(each),
        "pages": _pages(each),
        "papers": [page.photograph.file.name for page in each.pages if not page.photograph.file.is_picture],
        "left_out": each.left_out,
    }


def _pages(each: ReadEntry) -> list[PlacedPicture]:
    shown = [page.photograph for page in each.pages if page.photograph.file.is_picture]
    found = [placed(one.file, one.about, widest=WIDEST, highest=HIGHEST) for one in shown]
    return [page for page in found if page]


def _answers(each: ReadEntry) -> list[DiaryAnswer]:
    pair = each.entry.diary.pair
    names = {"mentor": pair.mentor.person.name, "mentee": pair.mentee.person.name, "": ""}
    return [
        {
            "question": heading,
            "answers": [{"about": names[each.about], "text": each.text} for each in passages],
        }
        for heading, passages in each.parts
        if passages[0].key not in FIELDS
    ]
