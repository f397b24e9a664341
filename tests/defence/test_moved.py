"""A day that is moved: everybody asked is told once, guests too, and calendars put it at the new time."""

from datetime import datetime, timedelta

import pytest

from tests.cast import Cast
from tests.defence.conftest import DAY
from tests.make import NOW
from varpa.defence.actions import days, jurors
from varpa.defence.models import Defence, JurorLink
from varpa.defence.queries import day_of
from varpa.notices.actions import choose_quiet_hours
from varpa.post.models import Letter, LetterState

pytestmark = pytest.mark.django_db
OTHER_DAY = datetime(2026, 3, 27, 9, 30)
SOON = NOW + timedelta(hours=1)


def sent() -> None:
    """What has been written so far goes out."""
    Letter.objects.filter(state=LetterState.QUEUED).update(state=LetterState.SENT, attempts=1)


def move(cast: Cast, defence: Defence, starts: datetime = OTHER_DAY, **more: object) -> None:
    defence.refresh_from_db()
    said = {"starts_local": starts, **more}
    days.change_defence(defence=defence, revision=defence.revision, by=cast.inga, now=SOON, **said)


def waiting(kind: str) -> list[Letter]:
    return list(Letter.objects.filter(kind=kind, state=LetterState.QUEUED).order_by("to_address"))


def test_everybody_with_a_slot_or_a_seat_gets_one_letter(cast: Cast, ready: Defence) -> None:
    asked = Letter.objects.filter(kind="defence.announced").count()
    sent()
    move(cast, ready)
    told = waiting("defence.moved")
    assert len(told) == len({letter.to_address for letter in told}) == asked
    assert waiting("defence.announced") == []
    elina = next(letter for letter in told if letter.person == cast.elina.pk)
    assert "27" in elina.subject


def test_the_calendar_gets_the_same_day_at_its_new_time(cast: Cast, ready: Defence) -> None:
    first = Letter.objects.filter(kind="defence.announced").first()
    assert first
    sent()
    move(cast, ready)
    second = waiting("defence.moved")[0]
    uids = [
        next(line for line in letter.calendar.splitlines() if line.startswith("UID"))
        for letter in (first, second)
    ]
    assert uids[0] == uids[1]
    assert ("SEQUENCE:0" in first.calendar, "SEQUENCE:1" in second.calendar) == (True, True)
    assert "20260327T093000" in second.calendar
    assert "METHOD:PUBLISH" in second.calendar
    assert "ATTENDEE" not in second.calendar


def test_a_letter_that_has_not_gone_is_superseded(cast: Cast, ready: Defence) -> None:
    asked = Letter.objects.filter(kind="defence.announced").update(not_before=NOW + timedelta(days=1))
    move(cast, ready)
    assert len(waiting("defence.announced")) == asked
    assert all("27" in letter.subject for letter in waiting("defence.announced"))
    assert waiting("defence.moved") == []
    assert Letter.objects.filter(kind="defence.announced", state=LetterState.WITHDRAWN).count() == asked


def test_moved_twice_the_second_letter_alone_goes(cast: Cast, ready: Defence) -> None:
    sent()
    move(cast, ready)
    first = len(waiting("defence.moved"))
    move(cast, ready, OTHER_DAY + timedelta(days=1))
    told = waiting("defence.moved")
    assert len(told) == first
    assert all("28" in letter.subject for letter in told)


def test_moved_there_and_back_is_told_too(cast: Cast, ready: Defence) -> None:
    was = ready.starts_local
    sent()
    move(cast, ready)
    sent()
    move(cast, ready, was)
    assert waiting("defence.moved")


def test_another_rule_or_the_same_hour_tells_nobody(cast: Cast, ready: Defence) -> None:
    sent()
    move(cast, ready, ready.starts_local, tie="investors")
    assert not Letter.objects.filter(state=LetterState.QUEUED).exists()


def test_before_the_day_is_announced_only_guests_are_told(cast: Cast, defence: Defence) -> None:
    guest(cast, defence)
    sent()
    move(cast, defence)
    assert [letter.to_address for letter in waiting("defence.moved")] == ["guest@example.org"]


def guest(cast: Cast, defence: Defence) -> None:
    said = {"name": "Guntis Kalns", "address": "guest@example.org", "language": "lv"}
    jurors.invite_guest(defence=defence, **said, by=cast.inga, now=NOW)


def test_a_guest_is_told_and_the_link_opens_on_the_new_day(cast: Cast, ready: Defence) -> None:
    guest(cast, ready)
    sent()
    move(cast, ready)
    (letter,) = [each for each in waiting("defence.moved") if each.person is None]
    assert "Saite, kas Jums ir" in letter.text
    assert "/juror/" not in letter.text
    assert "20260327T093000" in letter.calendar
    link = JurorLink.objects.get()
    assert link.expires_at == day_of(ready)[1]
    assert link.expires_at > DAY + timedelta(days=6)


def test_a_guest_whose_link_has_not_gone_gets_one_letter_with_the_new_time(
    cast: Cast, ready: Defence
) -> None:
    guest(cast, ready)
    move(cast, ready)
    (letter,) = waiting("defence.link")
    assert "27" in letter.subject
    assert not [each for each in waiting("defence.moved") if each.person is None]


def test_a_guest_who_was_taken_off_is_not_told(cast: Cast, ready: Defence) -> None:
    guest(cast, ready)
    sent()
    jurors.take_juror_off(juror=ready.jurors.get(person=None), by=cast.inga, now=NOW)
    move(cast, ready)
    assert not [each for each in waiting("defence.moved") if each.person is None]


def test_the_letter_is_familiar_to_mentees_alone(cast: Cast, ready: Defence) -> None:
    sent()
    move(cast, ready, place="Rēzekne, zāle")
    for letter in waiting("defence.moved"):
        assert "Rēzekne, zāle" in letter.text
        if letter.person == cast.elina.pk:
            assert "stāstīsi" in letter.text
        if letter.person == cast.inga.pk:
            assert "Jūs piedalāties" in letter.text


def test_a_day_may_be_moved_as_often_as_it_must(cast: Cast, ready: Defence) -> None:
    """Letters with a link that never went, and are made anew, are not too many."""
    guest(cast, ready)
    for days_later in range(12):
        move(cast, ready, OTHER_DAY + timedelta(days=days_later))
    (letter,) = waiting("defence.link")
    assert letter.to_address == "guest@example.org"
    assert Letter.objects.filter(kind="defence.link", state=LetterState.WITHDRAWN).count() == 12


def test_whoever_rests_hears_of_it_before_the_former_hour(cast: Cast, ready: Defence) -> None:
    sent()
    choose_quiet_hours(person=cast.elina, begins=None, ends=None, days=[3, 4, 5], now=NOW)
    day_before = DAY - timedelta(hours=27)
    said = {"starts_local": OTHER_DAY}
    days.change_defence(defence=ready, revision=ready.revision, by=cast.inga, now=day_before, **said)
    elina = next(letter for letter in waiting("defence.moved") if letter.person == cast.elina.pk)
    assert elina.not_before == day_before
