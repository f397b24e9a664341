"""Sixteen people at once, for a minute, on two workers: the pages behind what a demonstration's people did.

The mix is that of its own history: whoever did something opened the home and a page of the thing. The
rate that the pages' own costs predict counts the clients too, which share the processors. `short`: fifteen
seconds; `long`: ten minutes, in which memory has to stay flat.
"""

import http.client
import os
import statistics
import sys
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from random import Random
from typing import Any

from bench._report import Row, report
from bench._site import Site, folder

WORKERS, CLIENTS = 2, 16
SECONDS, SHORT, LONG = 60, 15, 600
SAMPLE, ALONE, TIMES = 300, 80, 4
"""Lines of history that make the mix; of its pages how many are asked for alone, and how often each."""
RATE, SLOWEST, MEMORY = 0.8, 10.0, 1.05
LIVED, FEW = (6, 2), (2, 1)
"""How many pairs go on, and have ended; in the short form fewer."""
Visit = tuple[str, str]
"""An address, and the cookie of who opens it."""


@dataclass
class Told:
    """What the clients saw: seconds of each answer, and what went wrong."""

    seconds: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)


def main() -> None:
    running, ended = FEW if "short" in sys.argv[1:] else LIVED
    seconds = SHORT if "short" in sys.argv[1:] else LONG if "long" in sys.argv[1:] else SECONDS
    with folder():
        from varpa.site import wal
        from varpa.site.replay.living import live

        live(running=running, ended=ended)
        mix = history()
        wal.checkpoint()
        site = Site(workers=WORKERS)
        try:
            alone = Random(2).sample(mix, min(ALONE, len(mix)))
            cost = statistics.mean(site.cost(*visit, times=TIMES, warm=WORKERS) for visit in alone)
            rows = measure(site, mix, cost, seconds)
        finally:
            site.close()
    report("load", rows)


def measure(site: Site, mix: list[Visit], cost: float, seconds: float) -> list[Row]:
    """Drive the clients, and compare: the rate with the predicted one, the slowest with the middle."""
    drive(site, mix, SHORT / 3)
    before, own, used = site.memory(), time.process_time(), site.processor()
    told = drive(site, mix, seconds)
    answered = len(told.seconds)
    client = (time.process_time() - own) / answered * 1000
    loaded = (site.processor() - used) / answered * 1000
    cores = min(WORKERS, os.cpu_count() or 1)
    rate, predicted = answered / seconds, cores / (cost + client) * 1000
    middle, slowest = statistics.median(told.seconds), statistics.quantiles(told.seconds, n=100)[-1]
    return [
        Row("a page of the mix, alone", cost, "ms"),
        Row("a page of the mix, under load", loaded, "ms"),
        Row("a request, the client's part", client, "ms"),
        Row("pages a second", rate, "/s", beside=f"predicted {predicted:.0f}"),
        Row("predicted ÷ reached", predicted / rate, "×", 1 / RATE),
        # Where other programs of the machine take their share, these are fewer, and so are the pages.
        Row("processors busy with it", rate * (loaded + client) / 1000, "", beside=f"of {cores}"),
        Row("half of the answers within", middle * 1000, "ms"),
        Row("99 of 100 within, ÷ half", slowest / middle, "×", SLOWEST),
        Row("errors", len(told.errors), "", 0, "; ".join(sorted(set(told.errors))[:3])),
        Row("memory after ÷ before", site.memory() / before, "×", MEMORY, f"{site.memory():.0f} MiB"),
    ]


def drive(site: Site, mix: list[Visit], seconds: float) -> Told:
    """Let every client open one page after the other until the time is over."""
    told, until = Told(), time.monotonic() + seconds
    threads = [
        threading.Thread(target=_client, args=(site.port, mix, Random(number), until, told))
        for number in range(CLIENTS)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return told


def _client(port: int, mix: list[Visit], chance: Random, until: float, told: Told) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    while time.monotonic() < until:
        path, cookie = chance.choice(mix)
        headers = {"Cookie": cookie, "Accept-Encoding": "br, gzip", "Host": f"127.0.0.1:{port}"}
        began, wrong = time.monotonic(), ""
        try:
            connection.request("GET", path, headers=headers)
            answer = connection.getresponse()
            answer.read()
            wrong = "" if answer.status == 200 else f"{answer.status} {path}"
        except (OSError, http.client.HTTPException) as error:
            connection.close()
            wrong = f"{type(error).__name__} {path}"
        with told.lock:
            told.seconds.append(time.monotonic() - began)
            if wrong:
                told.errors.append(wrong)
    connection.close()


def history() -> list[Visit]:
    """The home and a page of the thing for some of what people did, as often as they did it."""
    from django.test import Client

    from bench._site import session
    from bench._visits import patterns
    from varpa.history.models import Line
    from varpa.people.models import Person

    pages = _pages(patterns())
    people = Person.objects.filter(is_active=True, email__isnull=False).in_bulk()
    lines = list(Line.objects.filter(actor__in=people).values_list("actor", "thing_kind", "thing_ref"))
    cookies: dict[int | None, str] = {}
    opened: dict[Visit, bool] = {}
    mix: list[Visit] = []
    for actor, kind, ref in Random(1).sample(lines, min(SAMPLE, len(lines))):
        if actor not in cookies:
            cookies[actor] = session(people[actor or 0])
        for path in ("/", *(each.format(ref=ref) for each in pages.get(kind, ()))):
            visit = (path, cookies[actor])
            if visit not in opened:
                answer = Client(headers={"cookie": visit[1]}).get(path)
                shown = answer.status_code == 200 and answer["Content-Type"].startswith("text/html")
                opened[visit] = shown
            if opened[visit]:
                mix.append(visit)
    return mix


def _pages(patterns: Iterable[tuple[str, Any]]) -> dict[str, list[str]]:
    """By the kind of a thing the addresses that need its reference only."""
    found: dict[str, list[str]] = {}
    for _name, pattern in patterns:
        _action, model = getattr(pattern.callback, "door", ("", None))
        if isinstance(model, type) and set(pattern.pattern.converters) == {"ref"}:
            address = "/" + str(pattern.pattern).replace("<str:ref>", "{ref}")
            found.setdefault(_kind(model), []).append(address)
    return found


def _kind(model: Any) -> str:
    return str(model._meta.model_name)


if __name__ == "__main__":
    main()
