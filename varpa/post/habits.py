"""How people want to be written to: said, and kept to by the letters that wait.

No history is written here: post stands beside it, and the action that calls has a line of its own.
"""

from collections.abc import Collection
from datetime import datetime, time

from varpa.post import timing
from varpa.post.models import Habit, Letter, LetterState


def say_rest(
    *, person_id: int, begins: time | None, ends: time | None, days: Collection[int], now: datetime
) -> None:
    """Quiet hours and quiet days (0: Monday) from now on; both times None: no hours are quiet."""
    bits = sum(1 << day for day in set(days))
    _say(person_id, now, rest_said=True, rest_from=begins, rest_until=ends, rest_days=bits)


def say_pace(*, person_id: int, pace: str, tell_at: time, tell_on: int, now: datetime) -> None:
    """Letters that can be stopped come each by itself, or together at an hour (and on a day, 0: Monday)."""
    _say(person_id, now, pace=pace, tell_at=tell_at, tell_on=tell_on)


def say_beside(*, person_id: int, beside: str, now: datetime) -> None:
    """What still comes by mail of that which a device has shown."""
    _say(person_id, now, beside=beside)


def count_devices(*, person_id: int, devices: int, now: datetime) -> None:
    """On how many devices a person is told; what waited for none any more goes by mail alone."""
    _say(person_id, now, devices=devices)


def put_in_place(letter: Letter, habit: Habit | None, due: datetime) -> None:
    """Set when a letter goes, which is due at a time, by the habits of its reader."""
    place = timing.place(
        habit,
        zone=letter.zone,
        young=letter.young,
        due=due,
        ends=letter.latest_at or letter.ends_at,
        waits=letter.waits,
        may_gather=not letter.essential and not letter.calendar,
        brief=bool(letter.brief),
    )
    letter.not_before = letter.next_try_at = place.not_before
    letter.gathers, letter.push_at = place.gathers, place.push_at


def after_rest(letter: Letter, habit: Habit | None, at: datetime) -> datetime:
    """When what was not delivered is tried again: not in quiet hours, unless it would be too late then."""
    if not letter.waits:
        return at
    rest = timing.rest_of(habit, young=letter.young)
    return timing.goes_at(rest, letter.zone, at, letter.latest_at or letter.ends_at)


def _say(person_id: int, now: datetime, **changes: object) -> None:
    habit, _made = Habit.objects.get_or_create(person=person_id)
    told_before = habit.devices > 0
    Habit.objects.filter(pk=habit.pk).update(**changes)
    habit.refresh_from_db()
    _follow(habit, told_before, now)


def _follow(habit: Habit, told_before: bool, now: datetime) -> None:
    """The letters that still wait go by what was said now; one that was tried keeps its hour.

    What a device has been handed already it is not handed again.
    """
    waiting = Letter.objects.filter(person=habit.person, state=LetterState.QUEUED, waits=True, attempts=0)
    for letter in waiting:
        shown = _is_shown(letter, habit, told_before, now)
        put_in_place(letter, habit, max(letter.due_at or now, now))
        Letter.objects.filter(pk=letter.pk, state=LetterState.QUEUED, attempts=0).update(
            not_before=letter.not_before,
            next_try_at=letter.next_try_at,
            gathers=letter.gathers,
            push_at=None if shown else letter.push_at,
        )


def _is_shown(letter: Letter, habit: Habit, told_before: bool, now: datetime) -> bool:
    """Whether its hour on devices is over: by those there are, or else because it waits for its mail only."""
    if letter.push_at is not None or not letter.brief:
        return False
    return told_before or (letter.gathers and after_rest(letter, habit, letter.due_at or now) <= now)
