"""Reading the diary: in the order of days, each answer under its question, as cheaply when it is long."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import translation

from tests import make
from tests.cast import Cast, assemble
from tests.make import NOW
from tests.visits import Visitor, counted, queries
from varpa.diary import actions
from varpa.diary.models import Diary, Entry
from varpa.diary.queries import (
    answered_before,
    entries_of,
    known_facts,
    meetings_to_write_about,
    mentees_copy,
    questions_of,
    read_through,
    reading_of,
)
from varpa.meetings.actions.meetings import miss_meeting
from varpa.pairs.models import Pair

pytestmark = pytest.mark.django_db

MOST_QUERIES = 12
LONG = 30


@pytest.fixture
def cast() -> Cast:
    return assemble()


def diary_of(cast: Cast) -> Diary:
    return Diary.objects.select_related("pair").get(pair=cast.pair)


def fill(cast: Cast, entry: Entry) -> None:
    """Write something everywhere, leave something out."""
    answers = {
        (each.key, about): f"{each.key} {about}"
        for each in questions_of(cast.programme)
        for about in each.about or ("",)
    }
    texts = {"notes": "Piezīmes.", "results": "Rezultāti.", "on_mentee": "Klausās.", "on_self": "Steidzos."}
    actions.write_entry(
        entry=entry,
        texts=texts,
        answers=answers,
        day=entry.day,
        minutes=45,
        revision=entry.revision,
        by=cast.andris,
        now=NOW,
    )
    actions.leave_out(entry=entry, passage="on_self", out=True, by=cast.andris, now=NOW)


def write_about(cast: Cast, days: int) -> Entry:
    """A meeting held, and its entry."""
    meeting = make.held(cast.pair, days=days, kind="regular")
    day, now = meeting.starts_local.date(), NOW + timedelta(days=days + 1)
    entry = actions.begin_entry(pair=cast.pair, day=day, by=cast.andris, now=now, meeting=meeting)
    fill(cast, entry)
    actions.keep_entry(entry=entry, by=cast.andris, now=now)
    return entry


def test_entries_are_listed_latest_day_first_and_read_first_day_first(cast: Cast) -> None:
    for days in (5, 2, 9):
        make.entry(cast.pair, now=NOW + timedelta(days=days))
    days = [entry.day.day for entry in entries_of(diary_of(cast))]
    assert days == [23, 19, 16]
    assert [each.entry.day.day for each in read_through(diary_of(cast))] == [16, 19, 23]


def test_both_answers_stand_under_one_question(cast: Cast) -> None:
    fill(cast, make.entry(cast.pair))
    with translation.override("lv"):
        parts = read_through(diary_of(cast))[0].parts
    told = [(heading, [each.about for each in passages]) for heading, passages in parts]
    assert told[:4] == [
        ("Piezīmes", [""]),
        ("Rezultāti", [""]),
        ("Novērojumi", ["mentee", "mentor"]),
        ("Vai abi ieradāties laikā?", ["mentee", "mentor"]),
    ]
    assert len(told) == 3 + 13


def test_the_copy_lacks_what_was_left_out_and_counts_it(cast: Cast) -> None:
    fill(cast, make.entry(cast.pair))
    each = mentees_copy(diary_of(cast))[0]
    assert each.left_out == 1
    assert "on_self" not in [passage.key for passage in each.passages]


def test_what_was_left_out_and_then_emptied_is_not_counted(cast: Cast) -> None:
    entry = make.entry(cast.pair)
    fill(cast, entry)
    entry.refresh_from_db()
    actions.write_entry(
        entry=entry,
        texts={"on_self": ""},
        answers={},
        day=entry.day,
        minutes=45,
        revision=entry.revision,
        by=cast.andris,
        now=NOW,
    )
    assert mentees_copy(diary_of(cast))[0].left_out == 0


def test_a_reading_changes_with_every_word_and_every_entry(cast: Cast) -> None:
    readings = []
    entry = make.entry(cast.pair)
    readings.append(reading_of(read_through(diary_of(cast))))
    fill(cast, entry)
    readings.append(reading_of(read_through(diary_of(cast))))
    make.entry(cast.pair)
    readings.append(reading_of(read_through(diary_of(cast))))
    assert len(set(readings)) == 3


def test_drafts_are_not_read(cast: Cast) -> None:
    make.entry(cast.pair, kept=False)
    assert read_through(diary_of(cast)) == []


def test_the_last_three_meetings_without_an_entry_are_offered(cast: Cast) -> None:
    for days in (1, 2, 3, 4):
        make.held(cast.pair, days=days, kind="regular")
    write_about(cast, 5)
    make.meeting(cast.pair, days=20, kind="regular")
    offered = meetings_to_write_about(cast.pair, NOW + timedelta(days=10))
    assert [meeting.starts_local.day for meeting in offered] == [18, 17, 16]


def test_the_last_answer_in_another_entry_stands_beside_the_question(cast: Cast) -> None:
    first = make.entry(cast.pair, now=NOW - timedelta(days=7))
    second = make.entry(cast.pair)
    for entry, text in ((first, "Sākums."), (second, "Puse ceļa.")):
        actions.write_entry(
            entry=entry,
            texts={},
            answers={("progress", ""): text},
            day=entry.day,
            minutes=45,
            revision=entry.revision,
            by=cast.andris,
            now=NOW,
        )
    assert answered_before(diary_of(cast), None)["progress:"].text == "Puse ceļa."
    assert answered_before(diary_of(cast), second)["progress:"].text == "Sākums."
    assert answered_before(diary_of(cast), None).get("comfort:mentor") is None
    assert answered_before(None, None) == {}


def test_of_a_missed_meeting_it_is_known_who_was_not_there(cast: Cast) -> None:
    meeting = make.meeting(cast.pair, days=1)
    miss_meeting(meeting=meeting, missed_by="both", by=cast.andris, now=NOW + timedelta(days=2))
    with translation.override("lv"):
        known = known_facts(cast.pair, meeting, questions_of(cast.programme))
    assert [fact.text for fact in known["moved"]] == ["Andris nepiedalījās 1×", "Elīna nepiedalījās 1×"]


def test_of_lateness_and_feedback_nothing_is_claimed(cast: Cast) -> None:
    known = known_facts(cast.pair, make.held(cast.pair), questions_of(cast.programme))
    assert set(known) == {"moved", "promises", "progress"}


def address(cast: Cast, name: str) -> str:
    diary = Diary.objects.get(pair=cast.pair)
    return {
        "diary": f"/pairs/{cast.pair.ref}/diary/",
        "new": f"/pairs/{cast.pair.ref}/diary/new/",
        "entry": f"/entries/{diary.entries.latest('pk').ref}/",
        "handover": f"/diaries/{diary.ref}/handover/",
    }[name]


@pytest.mark.parametrize("name", ["diary", "new", "entry", "handover"])
def test_a_page_asks_as_often_with_a_long_diary(cast: Cast, name: str) -> None:
    write_about(cast, 1)
    few = queries(cast.andris, address(cast, name), days=60)
    for days in range(2, LONG + 1):
        write_about(cast, days)
    assert queries(cast.andris, address(cast, name), days=60) == few <= MOST_QUERIES


@pytest.mark.parametrize("kind", ["page", "pdf"])
def test_the_copy_asks_as_often_with_a_long_diary(cast: Cast, kind: str) -> None:
    counts = []
    pairs: list[tuple[Pair, Any]] = [(cast.pair, cast.elina), (cast.neighbours, cast.gabija)]
    for length, (pair, who) in zip((1, LONG), pairs, strict=True):
        for days in range(1, length + 1):
            entry = make.entry(pair, now=NOW + timedelta(days=days))
            actions.leave_out(entry=entry, passage="notes", out=True, by=pair.mentor.person, now=NOW)
        diary = Diary.objects.get(pair=pair)
        actions.note_read_through(diary=diary, by=pair.mentor.person, now=NOW)
        actions.hand_over(diary=diary, by=pair.mentor.person, now=NOW)
        shown = f"/pairs/{pair.ref}/diary/" if kind == "page" else f"/diaries/{diary.ref}/copy.pdf"
        counts.append(queries(who, shown, days=60))
    assert counts[0] == counts[1] <= MOST_QUERIES


def test_saving_as_one_types_asks_as_often_in_a_long_diary(cast: Cast) -> None:
    counts = []
    for length in (1, LONG):
        for days in range(Entry.objects.count(), length):
            make.entry(cast.pair, now=NOW + timedelta(days=days))
        entry = Entry.objects.filter(diary__pair=cast.pair).latest("pk")
        visitor = Visitor(cast.andris)
        fields = {"ref": entry.ref, "revision": entry.revision, "day": str(entry.day), "notes": str(length)}
        with counted() as caught:
            answer = visitor.post(f"/entries/{entry.ref}/", fields, headers={"X-Autosave": "1"})
        assert "revision" in answer.json()
        counts.append(len(caught))
    assert counts[0] == counts[1]
