"""While a pair rests its meetings leave calendars that were invited by mail, and come back with it (R1)."""

from datetime import timedelta

import pytest
from icalendar import Calendar

from tests import make
from tests.cast import Cast, assemble
from tests.make import NOW
from tests.together import at_once
from varpa.meetings.actions.meetings import cancel_meeting, move_meeting
from varpa.meetings.models import Meeting
from varpa.pairs.actions.pairs import dissolve_pair, pause_pair, resume_pair
from varpa.post.models import Letter, LetterState
from varpa.post.outbox import deliver_due

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def cast() -> Cast:
    """Two meetings are ahead, and both have their invitations."""
    cast = assemble()
    for days in (3, 10):
        make.meeting(cast.pair, days=days, kind="regular")
    deliver_due(NOW, limit=200)
    return cast


def pause(cast: Cast) -> None:
    pause_pair(pair=cast.pair, by=cast.inga, now=NOW + HOUR)
    deliver_due(NOW + HOUR, limit=200)


def resume(cast: Cast, hours: int = 2) -> None:
    resume_pair(pair=cast.pair, by=cast.inga, now=NOW + hours * HOUR)


def parts(meeting: Meeting, to: str) -> list[tuple[str, int]]:
    """What a calendar got of a meeting: method and sequence, in order."""
    letters = Letter.objects.filter(about=f"meeting:{meeting.ref}", to_address=to).exclude(calendar="")
    read = [Calendar.from_ical(letter.calendar) for letter in letters.order_by("pk")]
    assert len({str(each.walk("VEVENT")[0]["UID"]) for each in read}) == 1
    return [(str(each["METHOD"]), int(each.walk("VEVENT")[0]["SEQUENCE"])) for each in read]


def test_each_meeting_is_called_off_by_a_part_of_its_own(cast: Cast) -> None:
    pause(cast)
    for meeting in Meeting.objects.filter(pair=cast.pair):
        assert meeting.state == "planned"
        for who in (cast.andris, cast.elina):
            assert parts(meeting, who.email) == [("REQUEST", 0), ("CANCEL", 1)]


def test_both_are_invited_anew_once_it_goes_on(cast: Cast) -> None:
    pause(cast)
    resume(cast)
    for meeting in Meeting.objects.filter(pair=cast.pair):
        assert parts(meeting, cast.elina.email) == [("REQUEST", 0), ("CANCEL", 1), ("REQUEST", 2)]


def test_what_was_meanwhile_does_not_come_back(cast: Cast) -> None:
    pause(cast)
    resume(cast, hours=24 * 5)
    first, second = Meeting.objects.filter(pair=cast.pair).order_by("starts_at")
    assert parts(first, cast.elina.email)[-1] == ("CANCEL", 1)
    assert parts(second, cast.elina.email)[-1] == ("REQUEST", 2)


def test_what_is_called_off_in_the_pause_stays_off(cast: Cast) -> None:
    pause(cast)
    meeting = Meeting.objects.filter(pair=cast.pair).order_by("starts_at")[0]
    cancel_meeting(meeting=meeting, by=cast.elina, now=NOW + HOUR)
    resume(cast)
    assert parts(meeting, cast.andris.email)[-1] == ("CANCEL", 2)


def test_nothing_comes_after_an_end(cast: Cast) -> None:
    pause(cast)
    dissolve_pair(pair=cast.pair, reason="Pārcelšanās", by=cast.inga, now=NOW + 2 * HOUR)
    for meeting in Meeting.objects.filter(pair=cast.pair):
        assert parts(meeting, cast.elina.email)[-1] == ("CANCEL", 1)


def test_whoever_was_never_invited_is_not_told_of_a_pause() -> None:
    cast = assemble()
    meeting = make.meeting(cast.pair, days=3, kind="regular")
    Letter.objects.filter(about=f"meeting:{meeting.ref}").update(not_before=NOW + 3 * HOUR)
    pause_pair(pair=cast.pair, by=cast.inga, now=NOW)
    assert not Letter.objects.filter(kind="meetings.rests").exists()
    resume(cast)
    waits = Letter.objects.filter(about=f"meeting:{meeting.ref}", state=LetterState.QUEUED)
    assert waits.count() == 2
    assert set(waits.values_list("kind", flat=True)) == {"meetings.invited"}


@pytest.mark.parametrize(
    ("language", "said"),
    [("lv", "saņemsi jaunu ielūgumu"), ("lt", "gausi naują kvietimą"), ("en", "a new invitation comes")],
)
def test_the_letter_says_so(cast: Cast, language: str, said: str) -> None:
    type(cast.elina).objects.filter(pk=cast.elina.pk).update(language=language)
    cast.pair.refresh_from_db()
    pause(cast)
    assert said in Letter.objects.filter(kind="meetings.rests", to_address=cast.elina.email)[0].text


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_moved_at_the_second_of_the_pause_each_part_has_its_own_sequence() -> None:
    cast = assemble()
    meeting = make.meeting(cast.pair, days=3, kind="regular")
    deliver_due(NOW, limit=200)
    hour = meeting.starts_local + timedelta(days=1)
    moved = {"starts_local": hour, "zone": meeting.zone, "minutes": 60, "by": cast.andris, "now": NOW + HOUR}
    at_once(
        lambda: move_meeting(meeting=Meeting.objects.get(pk=meeting.pk), **moved),
        lambda: pause_pair(pair=cast.pair, by=cast.inga, now=NOW + HOUR),
    )
    got = parts(meeting, cast.elina.email)
    assert got[-1][0] == "CANCEL"
    assert [each for _method, each in got] == list(range(len(got)))
