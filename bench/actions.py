"""What an action costs through its page: the form of a page is sent, one of its kind each time.

A figure is the processor time of the sending ÷ that of the floor, in turns in the same seconds. Beside it
stands how many transactions were written: each is one wait for the disk, and an action of a person is one.
"""

import statistics
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from bench._report import Row, report
from bench._site import FLOOR, Site, floor_page, folder, served, session

ROUNDS, TIMES, WARM = 6, 5, 4
EACH = WARM + ROUNDS * TIMES
MARK = 3.0
TOKEN = "benchesarenobody" * 2
Sending = tuple[str, dict[str, str]]


@dataclass(frozen=True)
class Verb:
    """An action by its form: who sends it, and as many sendings as the bench asks for."""

    name: str
    cookie: str
    sendings: list[Sending]


def main() -> None:
    with folder():
        from bench import _growth

        pair = _growth.grow(4).going
        verbs = list(_verbs(pair))
        floor = floor_page()
        with served(FLOOR) as least, served() as site:
            found = {verb.name: measure(least, floor, site, verb) for verb in verbs}
    rows = []
    for name, (cost, commits) in found.items():
        rows += [
            Row(f"{name}: processor ÷ floor", cost, "", MARK),
            Row(f"{name}: transactions", commits, "", 1),
        ]
    report("actions", rows)


def measure(least: Site, floor: tuple[str, str], site: Site, verb: Verb) -> tuple[float, float]:
    """(floors, transactions) of one sending."""
    left = iter(verb.sendings)
    _send(site, verb.cookie, [next(left) for _ in range(WARM)])
    rounds, before = [], site.commits()
    for number in range(ROUNDS):
        unit = least.cost(*floor, TIMES, WARM if number == 0 else 0)
        began = site.processor()
        _send(site, verb.cookie, [next(left) for _ in range(TIMES)])
        rounds.append((site.processor() - began) / TIMES * 1000 / unit)
    return statistics.median(rounds), (site.commits() - before) / (ROUNDS * TIMES)


def _send(site: Site, cookie: str, sendings: list[Sending]) -> None:
    for path, fields in sendings:
        status, body, _headers = site.post(
            path, f"{cookie}; csrftoken={TOKEN}", {**fields, "csrfmiddlewaretoken": TOKEN}
        )
        if status != 302:
            raise SystemExit(f"{path} answers {status}, not with a page to go on to: {body[:2000]!r}")


def _verbs(pair: Any) -> Iterator[Verb]:
    mentor, mentee = session(pair.mentor.person), session(pair.mentee.person)
    for name, cookie, make in (
        ("plan a meeting", mentor, _plans),
        ("ask for the next meeting", mentee, _topics),
        ("review a meeting", mentor, _reviews),
        ("write a page of the diary", mentor, _pages),
        ("confirm hours", mentee, _hours),
        ("make a promise", mentee, _promises),
    ):
        yield Verb(name, cookie, _made(make, pair))


def _made(make: Callable[[Any, int], Sending], pair: Any) -> list[Sending]:
    from bench._growth import unsynchronised

    with unsynchronised():
        return [make(pair, number) for number in range(EACH)]


def _plans(pair: Any, number: int) -> Sending:
    from bench._growth import WORDS, ZONE, moment
    from varpa.kernel.refs import new_ref

    starts = moment(-60 - number).strftime("%Y-%m-%dT%H:%M")
    fields = {"ref": new_ref(), "kind": "regular", "starts": starts, "minutes": "60", "means": "video"}
    return f"/pairs/{pair.ref}/meetings/new/", {**fields, "place": "", "zone": ZONE, "agenda": WORDS}


def _topics(pair: Any, number: int) -> Sending:
    from bench._growth import WORDS
    from varpa.meetings.models import Meeting, MeetingState

    coming = Meeting.objects.filter(pair=pair, state=MeetingState.PLANNED).earliest("starts_at")
    return f"/meetings/{coming.ref}/topics/", {"text": f"Jautājums {number}. {WORDS}"}


def _reviews(pair: Any, number: int) -> Sending:
    from bench import _growth

    meeting = _growth._plan(pair, "regular", _growth.moment(2), _growth.moment(1 + number / 100), 10)
    return f"/meetings/{meeting.ref}/review/", {"revision": "0", "text": _growth.WORDS, "minutes": "10"}


def _pages(pair: Any, number: int) -> Sending:
    from bench._growth import WORDS, moment
    from varpa.diary.actions import begin_entry

    now = moment(1)
    entry = begin_entry(pair=pair, day=now.date(), meeting=None, by=pair.mentor.person, now=now)
    fields = {"ref": entry.ref, "revision": str(entry.revision), "day": str(now.date()), "minutes": "60"}
    return f"/entries/{entry.ref}/", {**fields, "notes": f"{number}. {WORDS}", "results": WORDS}


def _hours(pair: Any, number: int) -> Sending:
    from bench._growth import moment
    from varpa.meetings.actions.hours import enter_work

    now = moment(1) + timedelta(minutes=number)
    line = enter_work(
        pair=pair, day=now.date(), minutes=1, work=f"Lasīju {number}", by=pair.mentor.person, now=now
    )
    return f"/hours/{line.ref}/confirm/", {"minutes": "1"}


def _promises(pair: Any, number: int) -> Sending:
    from varpa.kernel.refs import new_ref

    return f"/pairs/{pair.ref}/promises/", {"ref": new_ref(), "text": f"Piezvanīšu {number}", "due": ""}


if __name__ == "__main__":
    main()
