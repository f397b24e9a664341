"""A slide over the whole screen: whatever stands on it, the way on, the timer and the notes stay in sight."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.cast import assemble
from tests.journeys.conftest import PHONE, Visitor
from tests.make import NOW
from tests.money.plans import CAKES
from tests.presentations.conftest import write
from tests.presentations.test_figures import plan_with
from varpa.businessplans.actions.plans import begin_plan
from varpa.presentations.actions.presentations import begin_presentation
from varpa.presentations.models import Presentation, Shown

pytestmark = pytest.mark.django_db(transaction=True)
LAPTOP = (1280, 720)
POINTS = "\n".join(f"- Punkts {number}: klienti un konkurenti tirgū." for number in range(3))
LONG = "\n\n".join(["Te ir gara doma par tirgu, klientiem un konkurentiem, kas jāizstāsta zālei."] * 24)


def shown(**notes: Any) -> tuple[Any, Presentation]:
    cast = assemble()
    plan_with(begin_plan(membership=cast.mentee, title="Kūkas", by=cast.elina, now=NOW), cast, CAKES)
    made = begin_presentation(membership=cast.mentee, title="Kūkas", by=cast.elina, now=NOW)
    write(made, cast, POINTS, figure=Shown.TILL, **notes)
    write(made, cast, LONG, key="market", **notes)
    return cast, made


@pytest.mark.parametrize("size", [LAPTOP, PHONE, (844, 390), (1920, 1080)])
def test_the_foot_and_the_notes_stay_in_sight(
    visit: Visitor, clean: Callable[[Page], None], size: tuple[int, int]
) -> None:
    cast, presentation = shown(notes="Te pasmaidīt un pagaidīt. " * 20)
    for number in (1, 2):
        address = f"/presentations/{presentation.ref}/show/{number}/"
        page = visit(f"{address}?notes=1", person=cast.elina, size=size)
        parts = [page.get_by_role("timer"), page.get_by_role("link", name="Aizvērt")]
        if size[1] > 480:
            parts.append(page.get_by_role("heading", name="Tavas piezīmes"))
            assert page.evaluate("document.documentElement.scrollHeight - innerHeight") <= 0
        for part in parts:
            expect(part).to_be_in_viewport(ratio=1)
        expect(page.locator("body > .foot")).to_be_hidden()
        clean(page)
        page.goto(address)
        expect(page.get_by_role("timer")).to_be_in_viewport(ratio=1)
