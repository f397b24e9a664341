"""No address is forgotten: each is opened by the journey of every page, takes forms only, or says why not."""

from collections.abc import Callable
from inspect import getclosurevars
from itertools import product
from typing import Any

import pytest

from bench._visits import patterns
from tests.journeys.conftest import Time
from tests.journeys.furnished import furnish_whole, tokens_of
from tests.journeys.test_every_page import _guest, _paths
from tests.journeys.unopened import LEADS, LEADS_LATER, WHY_NOT

pytestmark = pytest.mark.django_db


def test_every_address_is_opened_or_says_why_not(time: Time) -> None:
    unopened, led = _unopened()
    known = {*WHY_NOT, *LEADS, *LEADS_LATER}
    assert (sorted(unopened - known), sorted(known - unopened)) == ([], [])
    assert sorted(set(LEADS) - led) == []


def _unopened() -> tuple[set[str], set[str]]:
    """The addresses that give nobody a page or a file; and those of them that lead somebody elsewhere."""
    cast = furnish_whole()
    guests = [_guest(each) for each in (cast.elina, cast.andris, cast.inga, cast.dace, None)]
    tokens = tokens_of()
    unopened, led = set(), set()
    for name, pattern in patterns():
        tried = [*product(_paths(name, pattern, cast, tokens), guests)]
        if _takes_forms_only(pattern.callback) or any(guest.answers(path) for path, guest in tried):
            continue
        unopened.add(name)
        if any(guest.is_led(path) for path, guest in tried):
            led.add(name)
    return unopened, led


def _takes_forms_only(view: Callable[..., Any] | None) -> bool:
    while view is not None:
        methods = getclosurevars(view).nonlocals.get("request_method_list")
        if methods is not None:
            return list(methods) == ["POST"]
        view = getattr(view, "__wrapped__", None)
    return False
