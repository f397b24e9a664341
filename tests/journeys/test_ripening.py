"""The one thing that moves: a grain ripens when its hour is confirmed; it is ripe where nothing may move."""

import pytest

from tests import make
from tests.cast import assemble
from tests.journeys.conftest import Time, Visitor

pytestmark = pytest.mark.django_db(transaction=True)
MOVES = """() => {
  const { animationName, animationDuration } = getComputedStyle(document.querySelector(".ear .newest"));
  return [animationName, animationDuration];
}"""


@pytest.mark.parametrize(("motion", "lasts"), [("no-preference", "0.4s"), ("reduce", "0.001s")])
def test_a_grain_ripens_when_its_hour_is_confirmed(
    visit: Visitor, time: Time, motion: str, lasts: str
) -> None:
    cast = assemble()
    make.held(cast.pair)
    time.in_vilnius(10, 18, 12)
    page = visit(f"/pairs/{cast.pair.ref}/hours/", person=cast.elina, script=False)
    page.emulate_media(reduced_motion=motion)
    assert page.locator(".ear .newest").count() == 0
    page.locator("form[action$='/confirm/'] button").first.click()
    assert page.evaluate(MOVES) == ["ripen", lasts]
    page.reload()
    assert page.evaluate(MOVES)[0] == "none"
