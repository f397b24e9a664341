"""The path of phases fits on every screen, however many phases there are and however they are called."""

from dataclasses import dataclass
from typing import Any

import pytest
from django.template import Context, Template
from playwright.sync_api import Page

from tests.cast import assemble
from tests.journeys.conftest import Time, Visitor

pytestmark = pytest.mark.django_db(transaction=True)
WIDTHS = (320, 360, 390, 412, 430, 768, 960, 1280)
OURS = ("Pradžia", "Tikslai", "Mokymasis", "Aptarimas", "Pabaiga")
NAMES = {
    "ours": OURS,
    "long words": (
        "Susipažinimas",
        "Planavimas",
        "Bendradarbiavimas",
        "Apibendrinimas",
        "Atsisveikinimas",
        "Įsivertinimas",
        "Pasidžiaugimas",
    ),
    "several words": ("Bendras darbas siekiant savo tikslų",) * 7,
    "as long as may be": ("Nebeprisikiškiakopūsteliaujantiesiemsiai",) * 7,
    "capitals": ("MEISTARDARBNĪCU UZŅĒMUMU APMEKLĒJUMS MMM",) * 7,
}

# What juts out: the page itself, a name over the edge of the path, a plant over its neighbour.
WRONG = """() => {
  const wrong = [];
  const root = document.documentElement;
  if (root.scrollWidth > root.clientWidth) wrong.push(`page ${root.scrollWidth}`);
  const path = document.querySelector(".path");
  const edge = path.parentElement.getBoundingClientRect();
  const readable = (each) => parseFloat(getComputedStyle(each).fontSize);
  const shown = [...path.querySelectorAll(".name")].filter(readable);
  const names = shown.map((each) => each.getBoundingClientRect());
  for (const each of names) if (each.left < edge.left - 1 || each.right > edge.right + 1) wrong.push("name");
  names.slice(1).forEach((each, at) => { if (each.left < names[at].right - 1) wrong.push("names"); });
  const plants = [...path.querySelectorAll("svg")].map((each) => each.getBoundingClientRect());
  plants.slice(1).forEach((each, at) => { if (each.left < plants[at].right - 1) wrong.push("plants"); });
  return wrong;
}"""


@dataclass(frozen=True)
class Phase:
    """A phase, as far as the path needs it."""

    key: str
    name: str


def draw(page: Page, names: tuple[str, ...], here: int) -> None:
    """Put a path with these names where the page has its own."""
    phases = [Phase(str(number), name) for number, name in enumerate(names)]
    context: dict[str, Any] = {"phases": phases, "key": str(here)}
    html = Template("{% phase_path phases key %}").render(Context(context))
    page.evaluate("(html) => { document.querySelector('.path').parentElement.outerHTML = html; }", html)


def shown(page: Page) -> list[str]:
    """The names of the path that can be read."""
    return page.evaluate(
        """() => [...document.querySelectorAll(".path .name")]
            .filter((each) => parseFloat(getComputedStyle(each).fontSize)).map((each) => each.textContent)"""
    )


@pytest.mark.parametrize("names", NAMES.values(), ids=NAMES)
@pytest.mark.parametrize("address", ["/", "/pairs/{pair}/"], ids=["home", "room"])
def test_no_name_of_a_phase_makes_the_page_scroll_sideways(
    visit: Visitor, time: Time, address: str, names: tuple[str, ...]
) -> None:
    cast = assemble()
    page = visit(address.format(pair=cast.pair.ref), person=cast.elina, language="lt")
    wrong = {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 844})
        for count in range(2, len(names) + 1):
            for here in range(count):
                draw(page, names[:count], here)
                assert names[here] in shown(page)
                if found := page.evaluate(WRONG):
                    wrong[width, count, here] = found
    assert wrong == {}


def test_the_names_of_the_source_are_all_shown_on_a_phone(visit: Visitor, time: Time) -> None:
    cast = assemble()
    page = visit(f"/pairs/{cast.pair.ref}/", person=cast.elina, language="lt")
    draw(page, OURS, 2)
    assert shown(page) == list(OURS)
    heights = (
        "[...document.querySelectorAll('.path .name')].map((each) => each.getBoundingClientRect().height)"
    )
    assert max(page.evaluate(heights)) < 30  # none is broken over two lines
    page.set_viewport_size({"width": 360, "height": 844})
    assert shown(page) == ["Mokymasis"]


def test_short_names_of_seven_phases_are_all_shown_on_a_desktop(visit: Visitor, time: Time) -> None:
    cast = assemble()
    page = visit("/", person=cast.elina, size=(1280, 900))
    seven = (*OURS, "Draugystė", "Ateitis")
    draw(page, seven, 2)
    assert shown(page) == list(seven)
