"""Elīna's plan, begun and shared with Andris."""

from typing import Any

import pytest

from tests.cast import Cast, assemble
from tests.make import NOW
from varpa.businessplans.actions.parts import write_part
from varpa.businessplans.actions.plans import begin_plan, share_plan
from varpa.businessplans.models import BusinessPlan, Part

WORDS = (
    "Viena krūze maksās **divpadsmit eiro**, ieskaitot glazūru.\n\nSkolēniem būs atlaide, jo viņi nāk bieži."
)


@pytest.fixture
def cast() -> Cast:
    return assemble()


@pytest.fixture
def plan(cast: Cast) -> BusinessPlan:
    return begin_plan(membership=cast.mentee, title="Keramikas darbnīca", by=cast.elina, now=NOW)


@pytest.fixture
def part(cast: Cast, plan: BusinessPlan) -> Part:
    return write(plan, cast, WORDS)


@pytest.fixture
def shared(cast: Cast, plan: BusinessPlan, part: Part) -> BusinessPlan:
    share_plan(plan=plan, shared=True, by=cast.elina, now=NOW)
    return plan


def write(plan: BusinessPlan, cast: Cast, text: str, revision: int = 0, **more: Any) -> Part:
    """Elīna writes in the part of the idea."""
    said = {"key": "idea", "text": text, "ready": None, "revision": revision, "by": cast.elina, "now": NOW}
    return write_part(plan=plan, **{**said, **more})
