"""Inga manages a programme of Latvia and Lithuania, in which Elīna writes a plan that begins in 2026."""

from datetime import date
from typing import Any

import pytest

from tests.businessplans.conftest import write
from tests.businessplans.test_papers import with_cakes
from tests.cast import Cast, assemble
from tests.make import NOW
from varpa.businessplans.actions.plans import begin_plan
from varpa.businessplans.models import BusinessPlan
from varpa.taxes.actions import set_rate
from varpa.taxes.models import Rate

LAW = "likums, vid.gov.lv"
SEEN = date(2025, 10, 13)


@pytest.fixture
def cast() -> Cast:
    return assemble()


@pytest.fixture
def plan(cast: Cast) -> BusinessPlan:
    """With figures, and not handed in."""
    begun = begin_plan(membership=cast.mentee, title="Keramikas darbnīca", by=cast.elina, now=NOW)
    write(begun, cast, "Krūzes un šķīvji.")
    with_cakes(cast, begun)
    begun.refresh_from_db()
    return begun


def given(cast: Cast, **changes: Any) -> dict[str, Any]:
    said = {"programme": cast.programme, "country": "LV", "year": 2026, "name": "vat", "value": 2_200}
    said |= {"source": LAW, "checked": SEEN, "stands": "", "by": cast.inga, "now": NOW}
    return {**said, **changes}


def put(cast: Cast, **changes: Any) -> Rate:
    """Inga sets a rate."""
    return set_rate(**given(cast, **changes))
