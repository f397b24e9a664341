"""Who is left over because all places are taken: the board leads to where a place more is entered (S5)."""

import pytest
from django.urls import reverse

from tests.cast import Cast
from tests.make import NOW
from tests.matching.conftest import matched, mentee, mentor, text
from tests.visits import Visitor, forms
from varpa.kernel import clock

pytestmark = pytest.mark.django_db


def test_a_place_more_is_entered_from_the_board_and_helps(cast: Cast) -> None:
    laima = mentor(cast, "Laima Vītola", languages=["lv"])
    for number in range(2):
        mentee(cast, f"Audzēknis {number}", languages=["lv"])
    run = matched(cast)
    assert run.figures["placed"] == 1
    there = reverse("calls:change", args=[laima.ref, "week"])
    assert f'href="{there}">Laima Vītola</a>' in text(cast.inga, "run", run.ref, show="left")
    visitor = Visitor(cast.inga)
    with clock.moved_to(NOW):
        form = next(each for each in forms(visitor.get(there)) if "capacity" in each.fields)
        assert visitor.send(form, capacity="2").status_code == 302
    assert matched(cast).figures["placed"] == 2
