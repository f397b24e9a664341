"""The diary: the mentor's alone, then the mentee's (R6)."""

from datetime import timedelta
from typing import Any

import pytest

from tests import make
from tests.cast import Cast, assemble
from tests.make import NOW
from varpa.diary import actions
from varpa.diary.models import Diary, DiaryState, Entry, EntryState
from varpa.diary.queries import mentees_copy, read_through
from varpa.history.models import Line
from varpa.kernel.merging import Conflict
from varpa.meetings.queries import hours_of
from varpa.methodology import Fact
from varpa.pairs.queries import facts_of
from varpa.post.models import Letter

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return assemble()


def diary_of(cast: Cast) -> Diary:
    return Diary.objects.get(pair=cast.pair)


def write(entry: Entry, cast: Cast, **changes: Any) -> None:
    asked: dict[str, Any] = {
        "texts": {"notes": "Par cenu."},
        "answers": {},
        "day": entry.day,
        "minutes": 45,
        "revision": entry.revision,
        "by": cast.andris,
        "now": NOW,
        **changes,
    }
    actions.write_entry(entry=entry, **asked)


def hand_over(cast: Cast) -> Diary:
    diary = diary_of(cast)
    actions.note_read_through(diary=diary, by=cast.andris, now=NOW)
    actions.hand_over(diary=diary, by=cast.andris, now=NOW)
    return diary


def test_an_entry_is_begun_once_however_often_the_button_is_pressed(cast: Cast) -> None:
    one = actions.begin_entry(pair=cast.pair, day=NOW.date(), by=cast.andris, now=NOW, ref="a" * 12)
    two = actions.begin_entry(pair=cast.pair, day=NOW.date(), by=cast.andris, now=NOW, ref="a" * 12)
    assert one.pk == two.pk


def test_a_meeting_has_one_entry(cast: Cast) -> None:
    meeting = make.held(cast.pair)
    later = NOW + timedelta(days=4)
    entries = [
        actions.begin_entry(pair=cast.pair, day=later.date(), by=cast.andris, now=later, meeting=meeting)
        for _click in range(2)
    ]
    assert entries[0].pk == entries[1].pk
    assert entries[0].minutes == 60


@pytest.mark.parametrize("who", ["elina", "inga", "dace", "zane", "rimantas"])
def test_only_the_mentor_writes(cast: Cast, who: str) -> None:
    by = getattr(cast, who)
    with pytest.raises(actions.NotTheMentor):
        actions.begin_entry(pair=cast.pair, day=NOW.date(), by=by, now=NOW)
    entry = make.entry(cast.pair)
    with pytest.raises(actions.NotTheMentor):
        write(entry, cast, by=by)
    with pytest.raises(actions.NotTheMentor):
        actions.hand_over(diary=diary_of(cast), by=by, now=NOW)


def test_saving_as_one_types_on_two_devices_loses_no_word(cast: Cast) -> None:
    entry = make.entry(cast.pair, kept=False)
    phone = Entry.objects.get(pk=entry.pk)
    write(entry, cast, texts={"notes": "No datora."})
    with pytest.raises(Conflict) as told:
        write(phone, cast, texts={"notes": "No tālruņa."}, revision=phone.revision)
    assert told.value.stored["notes"] == "No datora."
    assert told.value.given["notes"] == "No tālruņa."


def test_an_answer_alone_is_saved(cast: Cast) -> None:
    entry = make.entry(cast.pair, kept=False)
    write(entry, cast, texts={}, answers={("on_time", "mentee"): "Jā", ("progress", ""): "Labs"})
    stored = {(each.question, each.about): each.text for each in entry.answers.all()}
    assert stored == {("on_time", "mentee"): "Jā", ("progress", ""): "Labs"}


def test_two_devices_answering_questions_lose_no_word(cast: Cast) -> None:
    entry = make.entry(cast.pair, kept=False)
    phone = Entry.objects.get(pk=entry.pk)
    write(entry, cast, texts={}, answers={("progress", ""): "No datora"})
    with pytest.raises(Conflict):
        write(phone, cast, texts={}, answers={("progress", ""): "No tālruņa"}, revision=phone.revision)
    assert entry.answers.get(question="progress").text == "No datora"


def test_the_length_in_the_diary_is_the_length_in_the_ledger(cast: Cast) -> None:
    meeting = make.meeting(cast.pair)
    later = NOW + timedelta(days=4)
    entry = actions.begin_entry(pair=cast.pair, day=later.date(), by=cast.andris, now=later, meeting=meeting)
    write(entry, cast, minutes=75, now=later)
    actions.keep_entry(entry=entry, by=cast.andris, now=later)
    assert hours_of(cast.pair).waiting == 75
    meeting.refresh_from_db()
    assert meeting.state == "held"


def test_an_empty_entry_is_not_finished(cast: Cast) -> None:
    entry = actions.begin_entry(pair=cast.pair, day=NOW.date(), by=cast.andris, now=NOW)
    with pytest.raises(actions.EmptyEntry):
        actions.keep_entry(entry=entry, by=cast.andris, now=NOW)


def test_handing_over_needs_the_whole_reading(cast: Cast) -> None:
    make.entry(cast.pair)
    with pytest.raises(actions.NotReadThrough):
        actions.hand_over(diary=diary_of(cast), by=cast.andris, now=NOW)


def test_a_change_after_the_reading_asks_for_it_again(cast: Cast) -> None:
    entry = make.entry(cast.pair)
    actions.note_read_through(diary=diary_of(cast), by=cast.andris, now=NOW)
    write(entry, cast, texts={"notes": "Vēl kas."})
    with pytest.raises(actions.NotReadThrough):
        actions.hand_over(diary=diary_of(cast), by=cast.andris, now=NOW)


def test_a_draft_with_words_is_not_lost_at_the_handover(cast: Cast) -> None:
    make.entry(cast.pair)
    make.entry(cast.pair, text="Melnraksts.", kept=False)
    with pytest.raises(actions.UnfinishedEntry):
        hand_over(cast)


def test_an_empty_diary_is_not_handed_over(cast: Cast) -> None:
    actions.begin_entry(pair=cast.pair, day=NOW.date(), by=cast.andris, now=NOW)
    with pytest.raises(actions.NothingToHandOver):
        hand_over(cast)


def test_handing_over_freezes_and_tells_the_mentee_once(cast: Cast) -> None:
    entry = make.entry(cast.pair)
    diary = hand_over(cast)
    assert diary.state == DiaryState.HANDED_OVER
    assert Fact.DIARY_HANDED_OVER in facts_of(cast.pair)
    entry.refresh_from_db()
    with pytest.raises(actions.DiaryIsFrozen):
        write(entry, cast, texts={"notes": "Par vēlu."})
    with pytest.raises(actions.DiaryIsFrozen):
        actions.hand_over(diary=diary, by=cast.andris, now=NOW)
    assert Letter.objects.filter(kind="diary.handed_over").count() == 1


def test_of_two_clicks_one_hands_over(cast: Cast) -> None:
    make.entry(cast.pair)
    actions.note_read_through(diary=diary_of(cast), by=cast.andris, now=NOW)
    first, second = diary_of(cast), diary_of(cast)
    actions.hand_over(diary=first, by=cast.andris, now=NOW)
    with pytest.raises(actions.DiaryIsFrozen):
        actions.hand_over(diary=second, by=cast.andris, now=NOW)
    assert Line.objects.filter(verb="diary.hand_over").count() == 1


def test_a_left_out_passage_is_counted_and_not_in_the_copy(cast: Cast) -> None:
    entry = make.entry(cast.pair)
    write(entry, cast, texts={"notes": "Par cenu.", "on_self": "Biju noguris."})
    actions.leave_out(entry=entry, passage="on_self", out=True, by=cast.andris, now=NOW)
    read = read_through(diary_of(cast))[0]
    assert [passage.left_out for passage in read.passages] == [False, True]
    hand_over(cast)
    mine = mentees_copy(diary_of(cast))[0]
    assert [passage.text for passage in mine.passages] == ["Par cenu."]
    assert mine.left_out == 1


def test_where_the_programme_says_so_nothing_is_left_out(cast: Cast) -> None:
    entry = make.entry(cast.pair)
    cast.programme.passages_may_be_left_out = False
    cast.programme.save()
    entry = Entry.objects.get(pk=entry.pk)
    with pytest.raises(actions.MayNotLeaveOut):
        actions.leave_out(entry=entry, passage="notes", out=True, by=cast.andris, now=NOW)


def test_the_mentee_answers_after_the_handover_only(cast: Cast) -> None:
    make.entry(cast.pair)
    diary = diary_of(cast)
    with pytest.raises(actions.NotTheMentee):
        actions.answer_diary(diary=diary, text="Paldies.", revision=0, by=cast.elina, now=NOW)
    diary = hand_over(cast)
    with pytest.raises(actions.NotTheMentee):
        actions.answer_diary(diary=diary, text="Es.", revision=0, by=cast.andris, now=NOW)
    with pytest.raises(actions.NothingSaid):
        actions.answer_diary(diary=diary, text=" ", revision=0, by=cast.elina, now=NOW)
    actions.answer_diary(diary=diary, text="Paldies.", revision=0, by=cast.elina, now=NOW)
    assert diary.reply.text == "Paldies."


def test_a_diary_left_with_a_pair_that_ended_is_sealed_after_thirty_days(cast: Cast) -> None:
    from varpa.pairs.actions.pairs import dissolve_pair

    make.entry(cast.pair)
    dissolve_pair(pair=cast.pair, reason="Pārcēlās.", by=cast.inga, now=NOW)
    assert actions.seal_left_diaries(NOW + timedelta(days=29)) == 0
    assert actions.seal_left_diaries(NOW + timedelta(days=30)) == 1
    assert diary_of(cast).state == DiaryState.SEALED


def test_in_thirty_days_after_the_end_it_is_begun_and_later_no_more(cast: Cast) -> None:
    """What was written without a connection comes in, and a sealed time begins no new diary."""
    from varpa.pairs.actions.pairs import dissolve_pair

    dissolve_pair(pair=cast.pair, reason="Pārcēlās.", by=cast.inga, now=NOW)
    given: dict[str, Any] = {"pair": cast.pair, "day": NOW.date(), "by": cast.andris}
    with pytest.raises(actions.DiaryIsSealed):
        actions.begin_entry(**given, now=NOW + timedelta(days=30))
    assert not Diary.objects.exists()
    assert actions.begin_entry(**given, now=NOW + timedelta(days=29))


def test_a_mentor_who_left_can_still_hand_the_diary_over(cast: Cast) -> None:
    from varpa.pairs.actions.pairs import dissolve_pair

    make.entry(cast.pair)
    dissolve_pair(pair=cast.pair, reason="Pārcēlās.", by=cast.inga, now=NOW)
    assert hand_over(cast).state == DiaryState.HANDED_OVER


def test_history_holds_no_word_of_the_diary(cast: Cast) -> None:
    make.entry(cast.pair, text="Slepens teikums.")
    assert all("Slepens" not in str(line.details) for line in Line.objects.all())
    assert Line.objects.filter(verb="diary.keep", actor=cast.andris.pk).exists()
    assert Entry.objects.get().state == EntryState.KEPT
