"""A pupil is addressed as a pupil in every line of a letter."""

from datetime import datetime

import pytest

from tests.cast import Cast
from tests.make import NOW
from varpa.defence.actions.days import change_defence
from varpa.defence.models import Defence
from varpa.post.models import Letter

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("who", "polite"), [("elina", "Jūs"), ("gabija", "Jūs")])
def test_a_letter_of_a_moved_day_calls_no_pupil_politely(
    cast: Cast, ready: Defence, who: str, polite: str
) -> None:
    ready.refresh_from_db()
    moved = {"starts_local": datetime(2026, 3, 21, 10, 0)}
    change_defence(defence=ready, revision=ready.revision, by=cast.inga, now=NOW, **moved)
    letter = Letter.objects.get(kind="defence.moved", person=getattr(cast, who).pk)
    assert polite not in letter.text
