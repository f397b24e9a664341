"""On the narrowest phone nothing scrolls sideways, however long the words of a language are."""

from datetime import date

import pytest

from tests.cast import assemble
from tests.journeys.conftest import Time, Visitor
from varpa.kernel import clock
from varpa.meetings.actions.hours import enter_work
from varpa.people.models import Person

pytestmark = pytest.mark.django_db(transaction=True)
NARROWEST = (320, 640)


@pytest.mark.parametrize(
    ("language", "work"),
    [
        ("lt", "Susirašinėjimas su mentoriumi apie klientus"),
        ("lv", "Uzrakstītas priekšapmaksas nosacījumu atbildes"),
    ],
)
def test_the_hours_sheet_fits(visit: Visitor, time: Time, language: str, work: str) -> None:
    cast = assemble()
    time.in_vilnius(11, 28, 12)
    day, now = date(2025, 11, 27), clock.now()
    enter_work(pair=cast.pair, day=day, minutes=150, work=work, by=cast.andris, now=now)
    Person.objects.update(language=language)
    page = visit(f"/pairs/{cast.pair.ref}/hours/", person=cast.elina, language=language, size=NARROWEST)
    assert work in page.locator("table").inner_text()
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROWEST[0]
