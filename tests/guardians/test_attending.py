"""A school sees that its pupils attend: at how many events each was, and nothing of them (product §2)."""

import pytest

from tests.cast import Cast
from tests.events.conftest import AFTER, announced
from tests.guardians.people import Parent
from tests.guardians.test_schools import address_of, applied, contact
from tests.make import NOW
from tests.visits import words
from varpa.events.actions.presence import mark_present, take_presence_back
from varpa.programmes.actions.memberships import decide

pytestmark = pytest.mark.django_db


def test_a_school_sees_at_how_many_events_each_pupil_was(cast: Cast) -> None:
    there, away = applied(cast), applied(cast, "Žanete Ķirse")
    contact(cast)
    for pupil in (there, away):
        decide(membership=pupil, step="accept", by=cast.inga, now=NOW)
    line = "Apmeklētas kopīgās tikšanās un apmācības:"
    assert line not in words(Parent().get(address_of()))
    rows = [
        mark_present(event=announced(cast.programme, cast.inga), members=[there], by=cast.inga, now=AFTER)
        for _time in range(2)
    ]
    shown = words(Parent().get(address_of()))
    assert shown.count(line) == 1
    assert f"{line} 2" in shown
    assert "Otrās apmācības" not in shown
    take_presence_back(attendance=rows[0][0], by=cast.inga, now=AFTER)
    assert f"{line} 1" in words(Parent().get(address_of()))
