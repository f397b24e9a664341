"""Writing to each other: only the two, only when both are prepared, once however often it is sent."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests import make
from tests.cast import Cast
from tests.make import NOW
from tests.messaging.conftest import own_thread, write
from varpa.files.refusals import WrongKind
from varpa.history.models import Line
from varpa.kernel.once import SentAlready
from varpa.kernel.refs import new_ref
from varpa.messaging import actions
from varpa.messaging.models import Attachment, Message, Quiet, Thread
from varpa.messaging.queries import owed, threads_of
from varpa.pairs.actions.answers import NoSuchChoice
from varpa.pairs.actions.pairs import (
    NotActive,
    NotOneOfTheTwo,
    PairHasEnded,
    PairRests,
    dissolve_pair,
    pause_pair,
    propose_pair,
)
from varpa.pairs.actions.plans import begin_plan, confirm_plan, write_answers
from varpa.post.models import Letter, LetterState

Count = Callable[[int], AbstractContextManager[object]]
pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
VOICE = b"\x1aE\xdf\xa3\x9fB\x86\x81\x01B\xf7\x81\x01B\xf2\x81\x04B\xf3\x81\x08B\x82\x84webm" + b"\0" * 40


def _letters(kind: str = "messaging.written") -> list[Letter]:
    return list(Letter.objects.filter(kind=kind).order_by("pk"))


class TestWriting:
    def test_the_other_gets_a_letter_with_the_words(self, cast: Cast) -> None:
        message = write(own_thread(cast), cast.andris, "Vai ceturtdien der?")
        [letter] = _letters()
        assert letter.to_address == cast.elina.email
        assert "Vai ceturtdien der?" in letter.text
        assert letter.not_before == NOW + actions.ON_THE_PAGE
        line = Line.objects.get(verb="message.write")
        assert (line.actor, line.thing_ref) == (cast.andris.pk, message.ref)

    def test_history_never_holds_the_words(self, cast: Cast) -> None:
        write(own_thread(cast), cast.andris, "Slepeni vārdi")
        assert "Slepeni" not in str(list(Line.objects.values()))

    def test_an_urgent_one_does_not_wait(self, cast: Cast) -> None:
        write(own_thread(cast), cast.andris, urgent=True)
        assert _letters()[0].not_before == NOW

    def test_read_on_the_page_no_letter_goes(self, cast: Cast) -> None:
        thread = own_thread(cast)
        write(thread, cast.andris)
        actions.see_thread(thread=thread, by=cast.elina, now=NOW)
        assert _letters()[0].state == LetterState.WITHDRAWN
        assert threads_of(cast.pair, "mentee").get().new == 0

    def test_a_second_click_sends_it_once(self, cast: Cast) -> None:
        thread, ref = own_thread(cast), new_ref()
        first = write(thread, cast.andris, ref=ref)
        assert write(thread, cast.andris, ref=ref) == first
        assert len(_letters()) == 1
        with pytest.raises(SentAlready):
            write(thread, cast.andris, "Cits.", ref=ref)

    def test_nothing_is_no_message(self, cast: Cast) -> None:
        with pytest.raises(actions.NothingWritten):
            write(own_thread(cast), cast.andris, "  ")
        with pytest.raises(actions.TooLong):
            write(own_thread(cast), cast.andris, "a" * (actions.LONGEST + 1))

    def test_only_the_two_write(self, cast: Cast) -> None:
        thread = own_thread(cast)
        for who in (cast.inga, cast.dace, cast.zane, cast.rimantas):
            with pytest.raises(NotOneOfTheTwo):
                write(thread, who)

    def test_before_both_are_prepared_nothing_passes(self, cast: Cast) -> None:
        person = make.person("Made Ozola", "made@varpa.example")
        unready = make.member(cast.programme, person, "mentee", ready=False)
        other = make.member(cast.programme, make.person("Pēteris Liepa", "peteris@varpa.example"), "mentor")
        pair = propose_pair(mentor=other, mentee=unready, by=None, now=NOW)
        with pytest.raises(NotActive):
            actions.begin_thread(pair=pair, by=person, now=NOW)

    def test_nor_in_a_pair_that_rests_or_has_ended(self, cast: Cast) -> None:
        thread = own_thread(cast)
        pause_pair(pair=cast.pair, by=cast.inga, now=NOW)
        with pytest.raises(PairRests):
            write(thread, cast.andris)
        dissolve_pair(pair=cast.pair, reason="Abi tā vēlas.", by=cast.inga, now=NOW)
        with pytest.raises(PairHasEnded):
            write(thread, cast.andris)


class TestFiles:
    def test_a_picture_a_paper_and_a_voice_are_kept(self, cast: Cast) -> None:
        files = [SimpleUploadedFile("voice.webm", VOICE, "audio/webm")]
        message = write(own_thread(cast), cast.elina, "", files=files)
        [attachment] = message.attachments.all()
        assert attachment.file.kind == "audio/webm"
        assert "voice.webm" in _letters()[0].text

    def test_a_wrong_file_keeps_nothing_at_all(self, cast: Cast) -> None:
        thread = own_thread(cast)
        with pytest.raises(WrongKind):
            write(thread, cast.elina, "Lūk", files=[SimpleUploadedFile("x.webm", b"MZ..", "audio/webm")])
        assert not Message.objects.exists()
        assert not Attachment.objects.exists()
        assert _letters() == []

    def test_six_are_too_many(self, cast: Cast) -> None:
        files = [SimpleUploadedFile(f"{n}.webm", VOICE) for n in range(6)]
        with pytest.raises(actions.TooManyFiles):
            write(own_thread(cast), cast.elina, "", files=files)


class TestTakingBack:
    def test_the_words_and_files_are_gone_the_line_stays(self, cast: Cast) -> None:
        message = write(own_thread(cast), cast.elina, files=[SimpleUploadedFile("v.webm", VOICE)])
        actions.take_back(message=message, by=cast.elina, now=NOW + HOUR)
        message.refresh_from_db()
        assert (message.text, message.taken_back_at) == ("", NOW + HOUR)
        assert message.attachments.get().file.withdrawn_at == NOW + HOUR
        assert _letters()[0].state == LetterState.WITHDRAWN
        actions.take_back(message=message, by=cast.elina, now=NOW + DAY)
        assert Line.objects.filter(verb="message.take_back").count() == 1

    def test_nobody_takes_anothers_back(self, cast: Cast) -> None:
        message = write(own_thread(cast), cast.elina)
        with pytest.raises(actions.NotYourMessage):
            actions.take_back(message=message, by=cast.andris, now=NOW)


class TestThreads:
    def test_the_pair_and_each_thing_has_one(self, cast: Cast) -> None:
        meeting = make.meeting(cast.pair)
        asked = {"pair": cast.pair, "about_kind": "meeting", "about_ref": meeting.ref, "now": NOW}
        first = actions.begin_thread(by=cast.andris, **asked)
        assert actions.begin_thread(by=cast.elina, **asked) == first
        assert own_thread(cast) == own_thread(cast) != first

    def test_a_thing_of_another_kind_has_none(self, cast: Cast) -> None:
        with pytest.raises(actions.NoSuchThing):
            actions.begin_thread(pair=cast.pair, about_kind="diary", about_ref="x", by=cast.elina, now=NOW)

    def test_words_are_found(self, cast: Cast) -> None:
        write(own_thread(cast), cast.andris, "Piegādes cena ir augsta")
        other = actions.begin_thread(pair=cast.pair, subject="Nosaukums", by=cast.elina, now=NOW)
        assert [each.is_own for each in threads_of(cast.pair, "mentee", "piegādes")] == [True]
        assert list(threads_of(cast.pair, "mentee", "nosaukums")) == [other]
        assert not threads_of(cast.pair, "mentee", "mākonis")

    def test_what_is_new_is_counted_for_the_other_only(self, cast: Cast) -> None:
        thread = own_thread(cast)
        write(thread, cast.andris)
        write(thread, cast.andris, "Un vēl.")
        assert [threads_of(cast.pair, side).get().new for side in ("mentee", "mentor")] == [2, 0]


class TestQuiet:
    def test_the_manager_is_told_that_and_not_why(self, cast: Cast) -> None:
        thread = own_thread(cast)
        actions.want_quiet(pair=cast.pair, by=cast.elina, now=NOW)
        actions.want_quiet(pair=cast.pair, by=cast.elina, now=NOW)
        told = {letter.to_address for letter in _letters("messaging.quiet")}
        assert cast.inga.email in told
        assert cast.andris.email not in told
        with pytest.raises(actions.WantsQuiet):
            write(thread, cast.andris)
        with pytest.raises(actions.YouWantQuiet):
            write(thread, cast.elina)
        assert not Message.objects.exists()

    def test_lifted_they_write_again(self, cast: Cast) -> None:
        thread = own_thread(cast)
        actions.want_quiet(pair=cast.pair, by=cast.elina, now=NOW)
        actions.lift_quiet(pair=cast.pair, by=cast.andris, now=NOW)
        assert Quiet.objects.get().lifted_at is None
        actions.lift_quiet(pair=cast.pair, by=cast.elina, now=NOW)
        assert write(thread, cast.andris).pk


class TestAnAnswerInTime:
    """R4: the agreed reply time drives a gentle reminder to who owes an answer."""

    def test_three_working_days_where_nothing_is_agreed(self, cast: Cast) -> None:
        """NOW is a Tuesday: Wednesday, Thursday, Friday, and on Saturday the answer is late."""
        message = write(own_thread(cast), cast.andris)
        assert owed(NOW + 3 * DAY) == []
        [late] = owed(NOW + 4 * DAY)
        assert (late.message, late.side) == (message, "mentee")

    def test_the_agreed_days_hold(self, cast: Cast) -> None:
        plan = begin_plan(pair=cast.pair, by=cast.andris, now=NOW)
        choices = {"reply_time": 1}
        write_answers(
            plan=plan,
            texts={"reply_time": "Nākamajā dienā."},
            choices=choices,
            revisions={},
            by=cast.andris,
            now=NOW,
        )
        for who in (cast.andris, cast.elina):
            confirm_plan(plan=plan, by=who, now=NOW)
        write(own_thread(cast), cast.elina)
        assert [each.side for each in owed(NOW + 2 * DAY)] == ["mentor"]

    def test_a_holiday_of_the_reader_is_no_working_day(self, cast: Cast) -> None:
        """18 November is a holiday in Latvia, not in Lithuania (a Tuesday in 2025)."""
        monday = NOW.replace(month=11, day=17)
        write(own_thread(cast), cast.andris, now=monday)
        country = cast.pair.mentee.country or "LV"
        assert country == "LV"
        cast.pair.mentee.country = "LV"
        cast.pair.mentee.save()
        assert owed(monday.replace(day=21)) == []
        assert len(owed(monday.replace(day=22))) == 1

    def test_one_reminder_and_none_once_answered(self, cast: Cast) -> None:
        thread = own_thread(cast)
        write(thread, cast.andris)
        assert actions.remind_of_answers(NOW + 4 * DAY) == 1
        assert actions.remind_of_answers(NOW + 5 * DAY) == 0
        [letter] = _letters("messaging.answer_due")
        assert letter.to_address == cast.elina.email
        write(thread, cast.elina, "Jā, der.", now=NOW + 5 * DAY)
        assert owed(NOW + 6 * DAY) == []

    def test_no_answer_needed_ends_it(self, cast: Cast) -> None:
        message = write(own_thread(cast), cast.andris, "Paldies!")
        with pytest.raises(actions.NotForYou):
            actions.settle_answer(message=message, by=cast.andris, now=NOW)
        actions.settle_answer(message=message, by=cast.elina, now=NOW)
        assert owed(NOW + 9 * DAY) == []

    def test_nobody_owes_in_a_pair_that_rests_or_wants_quiet(self, cast: Cast) -> None:
        write(own_thread(cast), cast.andris)
        actions.want_quiet(pair=cast.pair, by=cast.andris, now=NOW)
        assert owed(NOW + 9 * DAY) == []
        actions.lift_quiet(pair=cast.pair, by=cast.andris, now=NOW)
        pause_pair(pair=cast.pair, by=cast.inga, now=NOW)
        assert owed(NOW + 9 * DAY) == []

    def test_many_pairs_cost_the_same(self, cast: Cast, django_assert_num_queries: Count) -> None:
        write(own_thread(cast), cast.andris)
        thread = actions.begin_thread(pair=cast.neighbours, by=cast.rimantas, now=NOW)
        with django_assert_num_queries(4):
            owed(NOW + 9 * DAY)
        write(thread, cast.rimantas)
        with django_assert_num_queries(4):
            assert len(owed(NOW + 9 * DAY)) == 2
        assert Thread.objects.count() == 2


class TestAgreedHours:
    """R4: a message is always delivered; its letter waits for the agreed hours unless it is urgent."""

    @staticmethod
    def _agree(cast: Cast, begins: int, ends: int) -> None:
        plan = begin_plan(pair=cast.pair, by=cast.andris, now=NOW)
        texts, choices = {"keeping_contact": "No rīta."}, {"keeping_contact": [begins, ends]}
        write_answers(plan=plan, texts=texts, choices=choices, revisions={}, by=cast.andris, now=NOW)
        for who in (cast.andris, cast.elina):
            confirm_plan(plan=plan, by=who, now=NOW)

    @pytest.mark.parametrize(
        ("begins", "ends", "goes"),
        [
            (8, 20, NOW + actions.ON_THE_PAGE),
            (15, 20, NOW.replace(hour=12)),
            (6, 11, NOW.replace(day=15, hour=3)),
        ],
    )
    def test_on_the_readers_wall(self, cast: Cast, begins: int, ends: int, goes: datetime) -> None:
        """NOW is 12 o'clock in Riga (UTC+3)."""
        self._agree(cast, begins, ends)
        write(own_thread(cast), cast.andris)
        assert _letters()[0].not_before == goes

    def test_an_urgent_one_goes_at_once(self, cast: Cast) -> None:
        self._agree(cast, 15, 20)
        write(own_thread(cast), cast.andris, urgent=True)
        assert _letters()[0].not_before == NOW

    @pytest.mark.parametrize("hours", [[20, 8], [8], [8, 25], ["8", "20"], [-1, 5], [True, 5]])
    def test_hours_that_are_none_are_refused(self, cast: Cast, hours: list[object]) -> None:
        plan = begin_plan(pair=cast.pair, by=cast.andris, now=NOW)
        choices = {"keeping_contact": hours}
        with pytest.raises(NoSuchChoice):
            write_answers(
                plan=plan,
                texts={"keeping_contact": "Rītos."},
                choices=choices,
                revisions={},
                by=cast.andris,
                now=NOW,
            )


def test_another_file_from_the_same_form_is_not_taken_for_the_first_one(cast: Cast) -> None:
    """After "Back" another voice note is chosen: it is told, and its form sends it as new."""
    thread, ref = own_thread(cast), new_ref()
    for _click in range(2):
        write(thread, cast.elina, files=[SimpleUploadedFile("v.webm", VOICE)], ref=ref)
    with pytest.raises(SentAlready):
        write(thread, cast.elina, files=[SimpleUploadedFile("v.webm", VOICE + b"1")], ref=ref)
    assert Message.objects.count() == 1
