"""A first-time applicant's walk in Latvian on a phone, with and without scripts (S1, S2)."""

import re
from collections.abc import Callable
from itertools import pairwise

import pytest
from playwright.sync_api import Page, expect

from tests.calls.conftest import link_in, programme, sent
from tests.journeys.conftest import DESKTOP, PHONE, Time, Visitor
from varpa.people.models import Person
from varpa.post.models import Letter
from varpa.programmes.models import Membership, Programme

__all__ = ["programme"]

ADDRESS = "marta@skola.example"
SCRIPTS = pytest.mark.parametrize("script", [True, False], ids=["with scripts", "without"])


def onward(page: Page) -> None:
    page.locator("button[name=next]").click()


def seek(page: Page, text: str, script: bool) -> None:
    """Search an interest: as one types, or by the button."""
    page.locator("#q").fill(text)
    if not script:
        page.locator("button[name=seek]").click()
    expect(page.locator("[data-found] input[value='10.71']")).to_be_visible()


def write_all(page: Page, script: bool, look: Callable[[Page], None]) -> None:
    """Every step of a pupil of fifteen, each looked at on the way."""
    page.locator("input[name=name]").fill("Marta Kalēja")
    page.locator("input[name=address]").fill(ADDRESS)
    page.locator("input[name=born]").fill("2010-02-03")
    look(page)
    onward(page)
    page.locator("input[name=place]").fill("Jelgavas amatu vidusskola")
    page.locator("input[name=region]").fill("Jelgava")
    page.locator("input[value=LV]").check()
    look(page)
    onward(page)
    seek(page, "maize", script)
    page.locator("[data-found] input[value='10.71']").check()
    look(page)
    onward(page)
    page.locator("textarea[name=topic]").fill("Gribu cept maizi no senām šķirnēm.")
    look(page)
    onward(page)
    for _step in ("reach", "means", "week"):
        page.locator("form.form input[type=checkbox]").first.check()
        look(page)
        onward(page)
    page.locator("input[name=guardian_name]").fill("Ilze Kalēja")
    page.locator("input[name=guardian_address]").fill("ilze@maja.example")
    look(page)
    onward(page)


@SCRIPTS
def test_a_first_application_in_latvian_on_a_phone(
    visit: Visitor, programme: Programme, time: Time, clean: Callable[[Page], None], script: bool
) -> None:
    page = visit(f"/call/{programme.ref}/", script=script)
    assert page.locator("h1").inner_text() == "Mācies no uzņēmēja"
    page.get_by_role("link", name="Pieteikties audzēknim").click()
    write_all(page, script, clean if script else lambda _page: None)
    assert "Gribu cept maizi" in page.locator("main").inner_text()
    if script:
        clean(page)
    page.locator("input[name=consent]").check()
    page.locator("main form button").first.click()
    assert ADDRESS in page.locator("main").inner_text()

    letter = Letter.objects.get()
    assert letter.subject.startswith("Saite uz pieteikumu")
    other = visit(link_in(letter), script=script)
    assert "Marta" not in other.locator("main").inner_text()
    other.locator("main form button").click()
    assert other.locator("h1").inner_text().startswith("Pieteikums ir saņemts")
    member = Membership.objects.select_related("person").get(role="mentee")
    assert (member.person.name, member.person.email) == ("Marta Kalēja", ADDRESS)
    assert re.search("Gribu cept maizi", other.locator("main").inner_text())


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("language", ["lv", "lt", "en"])
def test_the_front_door_reads_well(
    visit: Visitor, programme: Programme, time: Time, clean: Callable[[Page], None], language: str, theme: str
) -> None:
    size = PHONE if theme == "light" else DESKTOP
    page = visit(f"/call/{programme.ref}/", language=language, theme=theme, size=size)
    # The languages are chosen at the head of the page, beside each other.
    heights = {box["y"] for each in page.locator("nav.languages > *").all() if (box := each.bounding_box())}
    assert len(heights) == 1
    assert page.locator("html").get_attribute("lang") == language
    for fold in page.locator("summary").all():
        fold.click()
    clean(page)
    page.locator("nav.languages a").first.click()
    assert page.locator("html").get_attribute("lang") != language
    clean(page)


def test_the_front_door_is_light_and_asks_nobody_else(
    visit: Visitor, programme: Programme, time: Time
) -> None:
    page = visit("/sign-in/")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    answer = page.goto(f"/call/{programme.ref}/")
    assert answer is not None
    assert {url.startswith(visit.address) for url in asked} == {True}
    # Not even packed: a few kilobytes go over the wire.
    assert 0 < len(answer.body()) < 25_000
    heads = page.locator("h1, h2, h3").evaluate_all("all => all.map(each => +each.tagName[1])")
    assert heads[0] == 1
    assert heads.count(1) == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(heads))


MANAGING = [
    ("call/", "lv", "dark", PHONE),
    ("call/lacks/?country=LV", "lt", "light", PHONE),
    ("call/lacks/", "en", "dark", DESKTOP),
    ("applications/new/mentor/", "lt", "light", DESKTOP),
    ("applications/new/mentee/", "lv", "light", PHONE),
]


@pytest.mark.parametrize(("where", "language", "theme", "size"), MANAGING)
def test_the_managers_pages_read_well(
    visit: Visitor,
    programme: Programme,
    time: Time,
    clean: Callable[[Page], None],
    where: str,
    language: str,
    theme: str,
    size: tuple[int, int],
) -> None:
    sent(programme, interests=["10.71"], country="LV", topic="Maize")
    inga = Person.objects.get(name="Inga Liepa")
    Person.objects.filter(pk=inga.pk).update(language=language)
    page = visit(f"/programmes/{programme.ref}/{where}", person=inga, size=size, theme=theme)
    assert page.locator("html").get_attribute("lang") == language
    clean(page)
    page.goto(f"/memberships/{Membership.objects.get(role='mentee').ref}/application/")
    clean(page)
