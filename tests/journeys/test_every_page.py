"""Every page that anybody may see, by axe: people, languages, themes and widths in turn (quality §5)."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice, product
from operator import itemgetter
from typing import Any

import pytest
from django.db.models import Model
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page

from bench._visits import KEYS, NAMED, OWN_KEYS, OWN_KINDS, inside, patterns, public_refs
from tests.cast import Cast
from tests.journeys.conftest import DESKTOP, Time, Visitor
from tests.journeys.furnished import furnish_whole, tokens_of
from varpa.pairs.models import Pair
from varpa.people.models import Person
from varpa.programmes.models import Membership

pytestmark = pytest.mark.django_db(transaction=True)

PARTS = 3
NARROW = (320, 640)
LANGUAGES = ("lv", "lt", "en")
SHOWN = [*product(LANGUAGES, ("light", "dark"), (NARROW, DESKTOP))]
EACH = 3
"""So many things of a kind are tried: not everybody may see every one."""
ALL = os.environ.get("VARPA_TESTS") == "full"
"""Each page as everybody who may see it; else as one of them."""


@dataclass
class Guest:
    """Somebody who tries addresses, in a browser of the test kit."""

    person: Person | None
    client: Client

    def answers(self, path: str) -> bool:
        """Whether anything is given: a page, a part of one, a file."""
        return bool(self.client.get(path).status_code == 200)

    def is_led(self, path: str) -> bool:
        """Whether it leads to another page, and not only to signing in."""
        return self.person is not None and bool(self.client.get(path).status_code == 302)

    def sees(self, path: str) -> bool:
        answer = self.client.get(path)
        drawn = answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/html")
        return drawn and b"<html" in answer.content[:200]


@pytest.mark.parametrize("part", range(PARTS))
def test_every_page_is_clean(visit: Visitor, clean: Callable[[Page], None], time: Time, part: int) -> None:
    cast = furnish_whole()
    guests = [_guest(each) for each in (cast.elina, cast.andris, cast.inga, cast.dace, None)]
    names, tokens = sorted(patterns(), key=itemgetter(0)), tokens_of()
    pages = {each: visit("/sign-in/", language=each, size=DESKTOP, worker=False) for each in LANGUAGES}
    found, looked = [], 0
    for number, (name, pattern) in islice(enumerate(names), part, None, PARTS):
        turn = number % len(guests)
        paths = _paths(name, pattern, cast, tokens)
        for path, person in _seen(paths, guests[turn:] + guests[:turn]):
            language, theme, size = SHOWN[(number + looked) % len(SHOWN)]
            # Whoever is signed in reads their own language, whatever the browser asks for.
            Person.objects.filter(pk=person.pk if person else None).update(language=language)
            page = pages[language]
            visit.turn(page, path, person=person, theme=theme, size=size)
            found += _told(clean, page, f"{path} {language} {theme} {size[0]}")
            looked += 1
    # Half of all addresses only take forms, lead elsewhere, or give a file.
    assert (found, looked > len(names) // PARTS // 3) == ([], True)


def _guest(person: Person | None) -> Guest:
    client = Client()
    if person:
        client.force_login(person)
    return Guest(person, client)


def _told(clean: Callable[[Page], None], page: Page, where: str) -> list[str]:
    try:
        clean(page)
    except AssertionError as error:
        return [f"{where}: {error}"]
    return []


def _seen(paths: list[str], guests: list[Guest]) -> Iterator[tuple[str, Person | None]]:
    """A page and who sees it: the first of these people, or everybody."""
    seen = ((path, guest.person) for path, guest in product(paths, guests) if guest.sees(path))
    return seen if ALL else islice(seen, 1)


def _paths(name: str, pattern: Any, cast: Cast, tokens: dict[str, str]) -> list[str]:
    asked = set(pattern.pattern.converters)
    whose = next((each for each in ("school", "observed", "fetched", "surveys") if each in name), "guardian")
    keys = {**KEYS, "token": tokens[whose], "key": OWN_KEYS.get(name, "")}
    keys["kind"] = OWN_KINDS.get(name, KEYS["kind"])
    given = {part: keys.get(part, "") or "some" for part in asked - {"ref"}}
    if "ref" not in asked:
        return [reverse(name, kwargs=given)]
    _action, model = getattr(pattern.callback, "door", ("", None))
    refs = public_refs(name) if name in NAMED else _refs(model, cast)
    within = ((ref, inside(name, ref)) for ref in refs)
    return [
        reverse(name, kwargs={"ref": ref, **given, **inner}) for ref, inner in within if inner is not None
    ]


def _refs(model: object, cast: Cast) -> list[str]:
    if model is Pair:
        return [cast.pair.ref]
    if isinstance(model, str):
        # A public page, with the reason why it is one; most of them name a programme.
        return [cast.programme.ref]
    if not (isinstance(model, type) and issubclass(model, Model)):
        return []
    newest = model._default_manager.order_by("-pk").values_list("ref", flat=True)[:EACH]
    own = [cast.mentee.ref, cast.mentor.ref] if model is Membership else []
    return [*own, *newest]
