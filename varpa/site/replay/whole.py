"""A whole programme lived through in an empty data folder (`varpa replay`)."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils import translation

from varpa.kernel import clock, refs
from varpa.methodology import Methodology, Offset, load
from varpa.people.actions import add_person, create_organisation
from varpa.people.models import Organisation, Person
from varpa.post import outbox
from varpa.site import wal
from varpa.site.replay.account import account
from varpa.site.replay.crowd import Crowd, Seeker
from varpa.site.replay.dates import Dates, dates
from varpa.site.replay.defending import defend
from varpa.site.replay.gathering import gather, write_what_waits
from varpa.site.replay.house import House, Seeking, found_programme
from varpa.site.replay.joining import apply_again, join, stand_aside
from varpa.site.replay.learning import learn
from varpa.site.replay.looking import foreseen, look
from varpa.site.replay.matching import begin_lives, match_everybody
from varpa.site.replay.recording import record_everything, steps
from varpa.site.replay.reporting import report
from varpa.site.replay.stage import Course, Stage
from varpa.site.replay.surveying import survey_everybody
from varpa.site.replay.temper import Temper, tempers
from varpa.site.replay.words import names
from varpa.site.schedule import DUTIES

Progress = Callable[[int, int, str], None]

SEED_METHODOLOGY = "educate-for-business"
STARTS = date(2013, 3, 1)
ZONE = "Europe/Riga"
AT_ONCE = 500
LETTERS = "letters"
EVENTS = "events that are coming"
EVERY_DAY = (
    "pairs that can begin",
    "reminders",
    "hours without objection",
    "surveys to remind of and to close",
    "answers to reckon",
)
EVERY_MONTH = ("old letters",)
"""When the duties of the schedule have their turn; letters twice a day, all others every week."""


class NotEmpty(Exception):  # noqa: N818 - said to whoever starts it, in its own words
    """A replay lives in an empty data folder only; nothing was changed."""


class TooEarly(Exception):  # noqa: N818 - said to whoever starts it, in its own words
    """The day on which to stop lies before the beginning."""


def replay(
    *,
    pairs: int,
    seed: int,
    until: date | None = None,
    methodology: Path | None = None,
    progress: Progress | None = None,
) -> dict[str, Any]:
    """Live a programme of so many pairs through, until a day (inclusive) or its end; answers the account.

    Raises NotEmpty, TooEarly, and methodology.Broken. Two calls of one seed differ in `seconds` only.
    """
    begun = time.monotonic()
    if Person.objects.exists() or Organisation.objects.exists():
        raise NotEmpty(
            "There are people in this data folder already; a replay needs an empty one (set VARPA_DATA)."
        )
    plan = load(methodology or settings.METHODOLOGIES / SEED_METHODOLOGY)
    ends = Offset(plan.months).on(STARTS) - timedelta(days=1)
    days = dates(plan, STARTS, ends, ZONE)
    last = until or ends
    if last < days.made:
        raise TooEarly(f"Nothing has happened by then: the programme is made on {days.made}.")
    with refs.seeded(seed), translation.override("en"), unsynchronised():
        stage = Stage()
        house = found(stage, days, plan, str(seed))
        with clock.moved_to(days.at(days.made, 10)):
            crowd = Crowd(plan, days.starts, Random(f"{seed}/crowd"))
            for person in (house.lead, house.manager):
                crowd.know(person.name, person.email or "")
            populate(house, tempers(pairs), crowd)
            learn(house)
            stage.begin(daily(house, last, progress))
        end = days.at(last + timedelta(days=1), 0)
        stage.live(end)
        with clock.moved_to(end - timedelta(minutes=1)):
            drain()
            told = account(house.programme, clock.now())
            told["support"] = foreseen(house.programme, house.looks)
    return {**told, "actions": stage.actions, "seconds": round(time.monotonic() - begun, 1)}


def found(stage: Stage, days: Dates, methodology: Methodology, seed: str) -> House:
    """The organisation, its programme and who runs it."""
    chance = Random(f"{seed}/house")
    with clock.moved_to(days.at(days.made, 9)):
        crowd = Crowd(methodology, days.starts, Random(f"{seed}/staff"))
        name, address = crowd.staff("lv")
        organisation = stage.do(
            create_organisation,
            name=names()["cast"]["organisation"],
            person_name=name,
            email=address,
            language="lv",
        )
        lead = Person.objects.get(appointments__organisation=organisation)
        name, address = crowd.staff("lv")
        manager = stage.do(add_person, name=name, email=address, language="lv", by=lead)
        programme = found_programme(stage, organisation, lead, manager, methodology=methodology, dates=days)
    return House(stage, days, methodology, programme, lead, manager, chance, seed)


def populate(
    house: House,
    chains: Sequence[list[Temper]],
    crowd: Crowd,
    named: Callable[[int, Seeker], Seeker] | None = None,
) -> None:
    """Let everybody apply, and the staff begin its work; `named` may give some of them keys of their own.

    `chains` are the tempers of each mentee's pairs, one after the other.
    """
    house.stage.begin(steps(house))
    record_everything(house)
    gather(house)
    house.stage.begin(defend(house))
    survey_everybody(house)
    report(house)
    for number, chain in enumerate(chains):
        seeker = crowd.seeker(number, len(chain))
        seeker = named(number, seeker) if named else seeker
        for applicant in (seeker.mentee, seeker.mentors[0]):
            house.stage.begin(join(house, applicant, late=chain[0].late))
        for applicant in seeker.mentors[1:]:
            house.stage.begin(stand_aside(house, applicant, "wait"))
        house.seeking.append(Seeking(seeker, chain, number))
    twice = house.seeking[-1].seeker.mentee
    house.stage.begin(apply_again(house, twice, crowd.again(twice)))
    house.stage.begin(match_everybody(house))
    for number in range(2 + sum(map(len, chains)) // 6):
        seeker = crowd.seeker(number, 1)
        turned = (seeker.mentee, seeker.mentors[0])[number % 3 == 2]
        house.stage.begin(stand_aside(house, turned, ("wait", "decline")[number % 2]))


def daily(house: House, last: date, progress: Progress | None) -> Course:
    """What the worker does: the schedule in the morning, letters in the morning and in the evening."""
    of = (last - house.dates.made).days + 1
    while True:
        yield house.dates.at(house.today + timedelta(days=1), 7)
        for duty in DUTIES:
            if _has_its_turn(duty.name, house):
                duty.work(clock.now())
        begin_lives(house)
        look(house.programme, house.looks, house.today)
        drain()
        checkpoint()
        if progress:
            progress((house.today - house.dates.made).days, of, house.today.isoformat())
        yield house.dates.at(house.today, 22)
        drain()


def _has_its_turn(name: str, house: House) -> bool:
    """Whether a duty is done today. What concerns pairs waits until there are any."""
    if name == LETTERS:
        return False
    if name == EVENTS:
        return True
    if name in EVERY_DAY:
        return house.stirs()
    return house.today.day == 1 if name in EVERY_MONTH else house.today.weekday() == 0


def drain() -> None:
    """Send everything that is due into the mailbox."""
    write_what_waits()
    while outbox.deliver_due(clock.now(), AT_ONCE):
        pass


@contextmanager
def unsynchronised() -> Iterator[None]:
    """Let SQLite write without waiting for the disk: a replay that is broken off is begun anew."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous=OFF")
    try:
        yield
    finally:
        checkpoint()
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous=FULL")


def checkpoint() -> None:
    """Copy the log back into the database; beside a demonstration runs a worker that does it."""
    if not settings.DEMONSTRATION:
        wal.checkpoint()
