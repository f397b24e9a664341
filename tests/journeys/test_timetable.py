"""A pupil writes the timetable on a phone, without scripts: a day, a tap for the others, practice."""

import pytest

from tests.cast import assemble
from tests.journeys.conftest import Time, Visitor
from varpa.absences.models import TakenHours
from varpa.people.models import Person

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_pupil_writes_the_week(visit: Visitor, time: Time) -> None:
    cast = assemble()
    Person.objects.update(language="lv")
    page = visit("/me/away/", person=cast.elina, script=False)
    page.get_by_role("link", name="Stundu saraksts un prakse").click()
    page.locator("#id_begins").fill("08:30")
    page.locator("#id_ends").fill("15:10")
    page.get_by_role("button", name="Pievienot stundas").click()
    page.get_by_role("button", name="Kopēt uz dienām bez stundām").click()
    assert page.get_by_role("button", name="Atsaukt").count() == 5
    page.get_by_text("Pievienot praksi").first.click()
    page.locator("#id_practice-first").fill("2025-11-03")
    page.locator("#id_practice-last").fill("2025-11-28")
    page.locator("#id_practice-place").fill("Kuldīga")
    page.get_by_role("button", name="Pievienot praksi").click()
    assert "Kuldīga" in page.locator("#practice").inner_text()
    assert TakenHours.objects.filter(person=cast.elina, withdrawn_at=None).count() == 6
    page.get_by_text("Cita pēdējā diena").click()
    page.locator("#id_last").fill("2026-01-23")
    page.get_by_role("button", name="Saglabāt").click()
    assert "Stundas ir spēkā līdz" in page.locator("main").inner_text()
    page.get_by_role("link", name="Atsaukt visas stundas").click()
    page.get_by_role("button", name="Atsaukt visas stundas").click()
    assert TakenHours.objects.get(person=cast.elina, withdrawn_at=None).kind == "practice"
