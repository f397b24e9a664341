"""Who is left over because all places are taken: the board leads to where a place more is entered (S5)."""

import pytest

from tests.applications.test_pages import send
from tests.cast import Cast
from tests.matching.conftest import matched, mentee, mentor, text
from varpa.applications.taking_part import mark_of
from varpa.programmes.models import Membership

pytestmark = pytest.mark.django_db


def test_a_place_more_is_entered_from_the_board_and_helps(cast: Cast) -> None:
    laima = mentor(cast, "Laima Vītola", languages=["lv"])
    for number in range(2):
        mentee(cast, f"Audzēknis {number}", languages=["lv"])
    run = matched(cast)
    assert run.figures["placed"] == 1
    left = text(cast.inga, "run", run.ref, show="left")
    assert f'href="/memberships/{laima.ref}/participation/">Laima Vītola</a>' in left
    seen = mark_of(Membership.objects.select_related("participation").get(pk=laima.pk))
    send(cast, "part", laima.ref, {"capacity": "2", "languages": ["lv"], "seen": seen})
    assert matched(cast).figures["placed"] == 2
