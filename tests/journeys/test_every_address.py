"""No address is forgotten: each is opened by the journey of every page, takes forms only, or says why not."""

from collections.abc import Callable
from inspect import getclosurevars
from typing import Any

import pytest

from bench._visits import patterns
from tests.journeys.conftest import Time
from tests.journeys.furnished import furnish_whole, tokens_of
from tests.journeys.test_every_page import _guest, _paths
from tests.journeys.unopened import WHY_NOT

pytestmark = pytest.mark.django_db


def test_every_address_is_opened_or_says_why_not(time: Time) -> None:
    cast = furnish_whole()
    guests = [_guest(each) for each in (cast.elina, cast.andris, cast.inga, cast.dace, None)]
    tokens = tokens_of()
    unopened = {
        name
        for name, pattern in patterns()
        if not _takes_forms_only(pattern.callback)
        and not any(guest.answers(path) for path in _paths(name, pattern, cast, tokens) for guest in guests)
    }
    assert (sorted(unopened - set(WHY_NOT)), sorted(set(WHY_NOT) - unopened)) == ([], [])


def _takes_forms_only(view: Callable[..., Any] | None) -> bool:
    while view is not None:
        methods = getclosurevars(view).nonlocals.get("request_method_list")
        if methods is not None:
            return list(methods) == ["POST"]
        view = getattr(view, "__wrapped__", None)
    return False
