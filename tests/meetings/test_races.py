"""Two at one moment: real threads, each with a connection of its own; one effect, and no word lost."""

from collections.abc import Callable
from functools import partial

import pytest

from tests import make
from tests.cast import Cast
from tests.files.samples import picture, upload
from tests.make import NOW
from tests.meetings.conftest import DAY, wall
from tests.together import at_once
from varpa.kernel.merging import Conflict
from varpa.kernel.refs import new_ref
from varpa.kernel.refusals import Refusal
from varpa.kernel.states import AlreadyMoved
from varpa.meetings.actions.agenda import add_to_agenda, move_on_agenda
from varpa.meetings.actions.hours import OtherCounted, confirm_hours, settle_hours, withdraw_hours
from varpa.meetings.actions.hours import object_to_hours as object_to
from varpa.meetings.actions.meetings import SameTime, cancel_meeting, miss_meeting, move_meeting, plan_meeting
from varpa.meetings.actions.private_notes import photograph_notes, write_private_notes
from varpa.meetings.actions.reviews import make_promise, review_meeting, take_promise_step
from varpa.meetings.models import (
    HourLine,
    LineState,
    Meeting,
    MeetingState,
    Move,
    PrivateNotes,
    PrivatePhotograph,
    Promise,
    Review,
)
from varpa.meetings.order import lines_of
from varpa.meetings.queries import hours_of
from varpa.messaging.actions import want_quiet
from varpa.pairs.actions.pairs import PairHasEnded, dissolve_pair
from varpa.pairs.models import Pair
from varpa.pairs.quiet import WordsWouldReach
from varpa.post.models import Letter

pytestmark = pytest.mark.django_db(transaction=True)

LATER = NOW + 4 * DAY


def planning(cast: Cast, **changes: object) -> Callable[[], object]:
    asked: dict[str, object] = {
        "kind": "regular",
        "means": "video",
        "starts_local": wall(),
        "zone": "Europe/Riga",
        "minutes": 45,
        "by": cast.andris,
        "now": NOW,
        **changes,
    }
    return lambda: plan_meeting(pair=Pair.objects.get(pk=cast.pair.pk), **asked)  # type: ignore[arg-type]


def refused(found: list[object]) -> list[type[object]]:
    """The refusals among what came of it; anything else that was raised fails the test."""
    for each in found:
        assert not isinstance(each, Exception) or isinstance(each, Refusal), repr(each)
    return [type(each) for each in found if isinstance(each, Refusal)]


def test_two_clicks_plan_one_meeting(cast: Cast) -> None:
    one = planning(cast, ref=new_ref())
    found = at_once(one, one)
    assert refused(found) == []
    assert found[0] == found[1]
    assert Letter.objects.filter(kind="meetings.invited").count() == 2


def test_both_plan_the_same_hour(cast: Cast) -> None:
    found = at_once(planning(cast), planning(cast, by=cast.elina))
    assert refused(found) == [SameTime]
    assert Meeting.objects.count() == 1


def test_two_first_meetings_at_one_moment_are_one(cast: Cast) -> None:
    found = at_once(planning(cast, kind="first"), planning(cast, kind="first", starts_local=wall(5)))
    assert len(refused(found)) == 1
    assert Meeting.objects.count() == 1


def test_nothing_is_planned_while_the_pair_ends(cast: Cast) -> None:
    def end() -> None:
        dissolve_pair(pair=Pair.objects.get(pk=cast.pair.pk), reason="Aizgāja.", by=cast.inga, now=NOW)

    found = at_once(end, planning(cast))
    # Whoever was first: either it was planned before the end, or it was refused.
    assert refused(found) in ([], [PairHasEnded])


def test_both_move_the_same_meeting(cast: Cast) -> None:
    meeting = make.meeting(cast.pair)

    def moving(days: int) -> None:
        move_meeting(
            meeting=Meeting.objects.get(pk=meeting.pk),
            starts_local=wall(days),
            zone="Europe/Riga",
            minutes=60,
            by=cast.elina,
            now=NOW,
            sequence=0,
        )

    found = at_once(partial(moving, 5), partial(moving, 6))
    assert refused(found) == [AlreadyMoved]
    assert Move.objects.count() == 1


def test_one_moves_while_the_other_cancels(cast: Cast) -> None:
    meeting = make.meeting(cast.pair)

    def moving() -> None:
        one = Meeting.objects.get(pk=meeting.pk)
        move_meeting(
            meeting=one, starts_local=wall(5), zone="Europe/Riga", minutes=60, by=cast.elina, now=NOW
        )

    def cancelling() -> None:
        cancel_meeting(meeting=Meeting.objects.get(pk=meeting.pk), by=cast.andris, now=NOW)

    refused(at_once(moving, cancelling))
    meeting.refresh_from_db()
    assert meeting.state == MeetingState.CANCELLED
    # The last word in every calendar is that it is off.
    last = Letter.objects.filter(about=f"meeting:{meeting.ref}").latest("pk")
    assert f"SEQUENCE:{meeting.sequence}" in last.calendar
    assert "METHOD:CANCEL" in last.calendar


def test_both_review_at_one_moment(cast: Cast) -> None:
    meeting = make.meeting(cast.pair)

    def reviewing(by: object) -> None:
        one = Meeting.objects.get(pk=meeting.pk)
        review_meeting(meeting=one, by=by, now=LATER, minutes=60, text="Labi.")  # type: ignore[arg-type]

    found = at_once(partial(reviewing, cast.andris), partial(reviewing, cast.elina))
    assert refused(found) == []
    assert Review.objects.count() == 2
    assert HourLine.objects.get().state == LineState.CONFIRMED


def test_one_says_missed_while_the_other_says_held(cast: Cast) -> None:
    meeting = make.meeting(cast.pair)

    def holding() -> None:
        review_meeting(meeting=Meeting.objects.get(pk=meeting.pk), by=cast.andris, now=LATER, minutes=60)

    def missing() -> None:
        one = Meeting.objects.get(pk=meeting.pk)
        miss_meeting(meeting=one, missed_by="mentor", by=cast.elina, now=LATER)

    found = at_once(holding, missing)
    assert refused(found) in ([], [OtherCounted])
    meeting.refresh_from_db()
    assert meeting.state == MeetingState.HELD
    assert hours_of(cast.pair).waiting == 60


def test_the_other_taps_while_the_line_is_taken_back(cast: Cast) -> None:
    make.held(cast.pair)

    def line() -> HourLine:
        return HourLine.objects.get()

    found = at_once(
        lambda: confirm_hours(line=line(), by=cast.elina, now=LATER),
        lambda: withdraw_hours(line=line(), by=cast.andris, now=LATER),
    )
    assert refused(found) in ([], [AlreadyMoved])
    assert HourLine.objects.get().state == LineState.WITHDRAWN


def test_two_taps_confirm_once(cast: Cast) -> None:
    make.held(cast.pair)

    def tap() -> None:
        confirm_hours(line=HourLine.objects.get(), by=cast.elina, now=LATER)

    assert refused(at_once(tap, tap)) == [AlreadyMoved]
    assert hours_of(cast.pair).confirmed == 60


def test_both_settle_at_one_moment_on_what_each_has_seen(cast: Cast) -> None:
    make.held(cast.pair)
    object_to(line=HourLine.objects.get(), word="Īsāk", by=cast.elina, now=LATER, minutes=40)

    def settling(by: object, minutes: int) -> bool:
        return settle_hours(line=HourLine.objects.get(), minutes=minutes, by=by, now=LATER)  # type: ignore[arg-type]

    refused(at_once(partial(settling, cast.andris, 40), partial(settling, cast.elina, 50)))
    line = HourLine.objects.get()
    # Settled at 40 if the mentor was first; else both lengths stand and wait.
    assert (line.state, line.minutes, line.settled_minutes) in (
        (LineState.CONFIRMED, 40, 40),
        (LineState.OBJECTED, 40, 50),
    )


def test_two_clicks_make_one_promise_and_keep_it_once(cast: Cast) -> None:
    ref = new_ref()

    def promising() -> Promise:
        pair = Pair.objects.get(pk=cast.pair.pk)
        return make_promise(pair=pair, text="Piezvanīšu", due=None, by=cast.elina, now=NOW, ref=ref)

    def keeping() -> None:
        take_promise_step(promise=Promise.objects.get(), step="keep", by=cast.elina, now=NOW)

    assert refused(at_once(promising, promising)) == []
    assert Promise.objects.count() == 1
    assert refused(at_once(keeping, keeping)) == [AlreadyMoved]


def test_two_move_lines_of_one_agenda_and_neither_move_is_lost(cast: Cast) -> None:
    meeting = plan_meeting(
        pair=cast.pair,
        kind="regular",
        means="video",
        starts_local=wall(),
        zone="Europe/Riga",
        minutes=45,
        agenda="- A\n- B\n- C\n- D",
        by=cast.andris,
        now=NOW,
    )

    def again() -> Meeting:
        return Meeting.objects.select_related("pair").get(pk=meeting.pk)

    found = at_once(
        lambda: move_on_agenda(meeting=again(), line="B", was=1, to=0, by=cast.andris, now=NOW),
        lambda: move_on_agenda(meeting=again(), line="D", was=3, to=2, by=cast.elina, now=NOW),
        lambda: add_to_agenda(meeting=again(), text="E", by=cast.elina, now=NOW),
        lambda: add_to_agenda(meeting=again(), text="E", by=cast.andris, now=NOW),
    )
    assert refused(found) == []
    assert lines_of(again().agenda) == ["B", "A", "D", "C", "E"]


def test_private_notes_from_two_devices_keep_both_texts(cast: Cast) -> None:
    meeting = make.meeting(cast.pair)

    def write(text: str) -> Callable[[], object]:
        again = Meeting.objects.select_related("pair").get(pk=meeting.pk)
        return lambda: write_private_notes(meeting=again, text=text, revision=0, by=cast.elina, now=NOW)

    found = at_once(write("No telefona"), write("No datora"))
    (told,) = [each for each in found if isinstance(each, Conflict)]
    assert {told.stored["text"], told.given["text"]} == {"No telefona", "No datora"}
    assert PrivateNotes.objects.get().revision == 1


def test_a_line_at_the_moment_of_the_stop_comes_before_it_or_not(cast: Cast) -> None:
    meeting = make.meeting(cast.pair)
    added, _stopped = at_once(
        lambda: add_to_agenda(meeting=meeting, text="Atbildi", by=cast.andris, now=NOW),
        lambda: want_quiet(pair=cast.pair, by=cast.elina, now=NOW),
    )
    assert added is None or isinstance(added, WordsWouldReach)
    assert bool(Meeting.objects.get().agenda) == (added is None)


def test_a_page_of_private_notes_that_is_sent_twice_at_once_is_kept_once(cast: Cast) -> None:
    meeting, ref = make.meeting(cast.pair), new_ref()

    def send() -> object:
        again = Meeting.objects.select_related("pair__programme").get(pk=meeting.pk)
        return photograph_notes(meeting=again, uploads=[upload(picture())], ref=ref, by=cast.elina, now=NOW)

    assert refused(at_once(send, send)) == []
    assert PrivatePhotograph.objects.count() == 1
