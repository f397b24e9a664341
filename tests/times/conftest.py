"""What the tests of times share."""

from datetime import datetime
from typing import Any

import pytest

from tests.cast import Cast, assemble
from tests.make import NOW
from varpa.pairs.models import Pair
from varpa.people.models import Person
from varpa.times.actions import propose_times
from varpa.times.models import Proposal

TUESDAY, THURSDAY = datetime(2025, 10, 21, 16, 0), datetime(2025, 10, 23, 16, 0)


@pytest.fixture
def cast() -> Cast:
    """Everybody on the stage."""
    return assemble()


def propose(cast: Cast, by: Person | None = None, **changes: Any) -> Proposal:
    """Andris proposes two times for a regular meeting."""
    asked: dict[str, Any] = {
        "pair": Pair.objects.get(pk=cast.pair.pk),
        "kind": "regular",
        "means": "video",
        "minutes": 60,
        "starts_local": [TUESDAY, THURSDAY],
        "zone": "Europe/Riga",
        "by": by or cast.andris,
        "now": NOW,
        **changes,
    }
    return propose_times(**asked)
