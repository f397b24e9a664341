"""A whole day of defence against a real site: a phone for every juror, a host, and somebody who kills."""

import http.client
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from tests.faults.hall import BUDGET
from tests.faults.theatre import PATIENCE, Site

VICTIMS = ("web worker", "web worker", "worker", "web")


@dataclass
class Phone:
    """One juror's link. `acknowledged`: what the site has said that it has, by presentation."""

    site: Site
    number: int
    token: str
    acknowledged: dict[str, tuple[int, str]] = field(default_factory=dict)
    refused: int = 0
    late: int = 0
    sent_again: int = 0
    seconds: list[float] = field(default_factory=list)

    def vote(self, slot: str, gift: int) -> None:
        """Say something and give: so much that the budget is used up before the day is over."""
        text = f"Word of {self.number} to {slot}"
        if self._send(slot, gift, text) == 302:
            self.acknowledged[slot] = (gift, text)
        else:
            self.refused += 1

    def vote_late(self, slot: str) -> None:
        """After the close: nothing may be taken."""
        self.late += self._send(slot, 0, "Too late") == 302

    def _send(self, slot: str, amount: int, text: str) -> int:
        """One form, again and again until the site answers it: 302 where it was taken, 200 where refused."""
        form = {"slot": slot, "revision": "0", "convinced": text, "next": "", "amount": f"{amount / 100:.2f}"}
        while True:
            begun = time.monotonic()
            try:
                status, _page, _leads = self.site.ask(f"/juror/{self.token}/", "", form)
            except (OSError, http.client.HTTPException):
                status = 0
            if status in (200, 302):
                self.seconds.append(time.monotonic() - begun)
                return status
            self.sent_again += 1
            time.sleep(0.2)


@dataclass
class Day:
    """What came of a day: figures for the test and for the bench."""

    phones: list[Phone]
    kills: int
    seconds: float
    seen: dict[str, Any]

    @property
    def acknowledged(self) -> dict[tuple[str, str], tuple[int, str]]:
        return {
            (slot, f"Guest {phone.number}"): said
            for phone in self.phones
            for slot, said in phone.acknowledged.items()
        }

    @property
    def kept(self) -> dict[tuple[str, str], tuple[int, str]]:
        return {(slot, name): (amount, text) for slot, name, amount, text in self.seen["words"]}

    @property
    def lost(self) -> int:
        """Acknowledged votes that are not there as they were said, or there twice."""
        kept = self.kept
        doubled = len(self.seen["words"]) - len(kept)
        return doubled + sum(1 for key, said in self.acknowledged.items() if kept.get(key) != said)


def live(site: Site, jurors: int, slots: int) -> Day:
    """The whole day; in the middle of every presentation a process is killed with `kill -9`."""
    stage = site.stage("set", str(jurors), str(slots), of="hall")
    site.start()
    phones = [Phone(site, number, token) for number, token in enumerate(stage["links"])]
    kills, begun, gift = 0, time.monotonic(), BUDGET * 3 // 2 // slots
    with ThreadPoolExecutor(jurors) as hall:
        for number, slot in enumerate(stage["slots"]):
            _tap(site, stage["host"], f"/slots/{slot}/acts/start/")
            kills += _during(
                hall,
                [(phone.vote, (slot, gift)) for phone in phones],
                lambda number=number: site.kill(VICTIMS[number % len(VICTIMS)], number),
            )
            _tap(site, stage["host"], f"/slots/{slot}/acts/close/")
            list(hall.map(lambda phone, slot=slot: phone.vote_late(slot), phones))
    took = time.monotonic() - begun
    site.wait(PATIENCE)
    assert site.end() == 0
    return Day(phones, kills, took, site.stage("count", of="hall"))


def _during(
    hall: ThreadPoolExecutor,
    votes: list[tuple[Callable[..., None], tuple[Any, ...]]],
    kill: Callable[[], bool],
) -> int:
    """Let all vote at once, and kill when about half have been answered."""
    done, half = threading.Semaphore(0), max(1, len(votes) // 2)
    waiting = [hall.submit(_counted, done, vote, said) for vote, said in votes]
    for _vote in range(half):
        done.acquire()
    killed = kill()
    for each in waiting:
        each.result()
    return int(killed)


def _counted(done: threading.Semaphore, vote: Callable[..., None], said: tuple[Any, ...]) -> None:
    try:
        vote(*said)
    finally:
        done.release()


def _tap(site: Site, cookie: str, path: str) -> None:
    """The host's button, tapped until the site answers; a second tap changes nothing."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            if site.ask(path, cookie, {"tap": "1"})[0] == 302:
                return
        except (OSError, http.client.HTTPException):
            pass
        assert time.monotonic() < until, f"{path} is not answered"
        time.sleep(0.2)
