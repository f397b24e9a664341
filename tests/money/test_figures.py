"""Figures as they are kept: read back to the same, and every fault of what was never figures is told."""

import json
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.money import plans
from tests.money.plans import CAKES
from varpa.money.figures import BadFigures, Fault, FaultKind, Figures, empty, from_json, to_json

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=10,
)


def _spoilt(path: str, value: object) -> dict[str, Any]:
    """The cakes with another value in one place."""
    given_plan = to_json(CAKES)
    *way, last = [int(step) if step.isdigit() else step for step in path.split(".")]
    place: Any = given_plan
    for step in way:
        place = place[step]
    place[last] = value
    return given_plan


def _faults(given_plan: object) -> list[Fault]:
    with pytest.raises(BadFigures) as raised:
        from_json(given_plan)
    return list(raised.value.faults)


def _read(anything: object) -> Figures | BadFigures:
    """The figures, or how they were refused: never another exception."""
    try:
        return from_json(anything)
    except BadFigures as refused:
        return refused


@given(plans.SIZES)
def test_what_is_kept_is_read_back_the_same(plan: Figures) -> None:
    assert from_json(json.loads(json.dumps(to_json(plan)))) == plan


def test_a_plan_just_begun_is_in_the_money_of_its_year() -> None:
    begun = [empty(country, f"{year}-09") for country in ("LV", "LT") for year in (2013, 2014, 2015)]
    assert [plan.currency for plan in begun] == ["LVL", "EUR", "EUR", "LTL", "LTL", "EUR"]
    assert all(from_json(to_json(plan)) == plan for plan in begun)
    assert empty("EE", "2026-01").currency == "EUR"


@given(JSON)
def test_anything_is_figures_or_refused(anything: object) -> None:
    assert isinstance(_read(anything), Figures | BadFigures)


@given(st.data(), JSON)
def test_with_anything_in_one_place_they_are_figures_or_refused(
    data: st.DataObject, anything: object
) -> None:
    spoilt = deepcopy(to_json(CAKES))
    place: Any = spoilt
    while True:
        at = data.draw(st.sampled_from(sorted(place) if isinstance(place, dict) else range(len(place))))
        if not place[at] or not isinstance(place[at], dict | list) or data.draw(st.booleans()):
            break
        place = place[at]
    place[at] = anything
    read = _read(spoilt)
    if isinstance(read, Figures):
        assert to_json(read) == spoilt
        json.dumps(to_json(read)).encode()
    else:
        assert read.faults


@pytest.mark.parametrize(
    ("path", "value", "kind", "bound"),
    [
        ("products.0.price", -1, FaultKind.LOW, 0),
        ("products.0.price", 10**11 + 1, FaultKind.HIGH, 10**11),
        ("products.0.price", 12.5, FaultKind.NOT_WHOLE, None),
        ("products.0.price", "12", FaultKind.NOT_WHOLE, None),
        ("products.0.price", True, FaultKind.NOT_WHOLE, None),
        ("products.0.price", float("nan"), FaultKind.NOT_WHOLE, None),
        ("products.0.price", None, FaultKind.NOT_WHOLE, None),
        ("products.0.volumes", [1] * 11, FaultKind.SHAPE, 12),
        ("products.0.volumes.3", 10**6 + 1, FaultKind.HIGH, 10**6),
        ("products.0.name", "x" * 121, FaultKind.LONG, 120),
        ("products.0.name", "Tor\x00te", FaultKind.TEXT, None),
        ("products.0.name", "\ud800", FaultKind.TEXT, None),
        ("products.0.name", 5, FaultKind.TEXT, None),
        ("products", [to_json(CAKES)["products"][0]] * 21, FaultKind.MANY, 20),
        ("running", [{}] * 1_000_000, FaultKind.MANY, 30),
        ("startup.1", "Krāsns;1800", FaultKind.SHAPE, None),
        ("startup.1.month", 0, FaultKind.LOW, 1),
        ("startup.1.month", 37, FaultKind.HIGH, 36),
        ("staff", None, FaultKind.SHAPE, None),
        ("loan", [], FaultKind.SHAPE, None),
        ("loan.months", 0, FaultKind.LOW, 1),
        ("loan.rate", 10_001, FaultKind.HIGH, 10_000),
        ("growth", [0], FaultKind.SHAPE, 2),
        ("growth.1", -10_001, FaultKind.LOW, -10_000),
        ("years", 4, FaultKind.HIGH, 3),
        ("vat", 1, FaultKind.SHAPE, None),
        ("currency", "€", FaultKind.SHAPE, None),
        ("country", "Latvia", FaultKind.SHAPE, None),
        ("starts", "2026-13", FaultKind.SHAPE, None),
        ("starts", "2026-01\n", FaultKind.SHAPE, None),
    ],
)
def test_a_fault_is_told_with_its_place(path: str, value: object, kind: FaultKind, bound: int | None) -> None:
    assert (path, kind, bound) in _faults(_spoilt(path, value))


def test_every_fault_is_told_at_once() -> None:
    spoilt = _spoilt("products.0.price", -1) | {"years": 0, "more": 1}
    del spoilt["vat"]
    told = [(fault.where, fault.kind) for fault in _faults(spoilt)]
    assert sorted(told) == [
        ("", FaultKind.UNKNOWN),
        ("products.0.price", FaultKind.LOW),
        ("vat", FaultKind.MISSING),
        ("years", FaultKind.LOW),
    ]


def test_what_a_year_sells_is_bounded_too() -> None:
    spoilt = _spoilt("products.0.price", 10**11)
    assert _faults(spoilt) == [("products", FaultKind.HIGH, 10**11)]
