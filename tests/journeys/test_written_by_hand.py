"""A mentor photographs what was written by hand, hands it over, and the mentee reads it, on a phone."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests import make
from tests.cast import assemble
from tests.files.samples import pdf, picture
from tests.journeys.conftest import DESKTOP, Time, Visitor
from varpa.diary.models import Diary, Entry, EntryState

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def papers(tmp_path: Path) -> list[str]:
    """A photograph and a scan, as they lie on a phone."""
    found = {"lapa.jpg": picture(size=(600, 800)), "lapas.pdf": pdf()}
    for name, content in found.items():
        (tmp_path / name).write_bytes(content)
    return [str(tmp_path / name) for name in found]


def test_a_page_of_the_diary_comes_from_paper_and_goes_to_the_mentee(
    visit: Visitor, clean: Callable[[Page], None], time: Time, papers: list[str]
) -> None:
    cast = assemble()
    page = visit(f"/pairs/{cast.pair.ref}/diary/", person=cast.andris)
    page.get_by_role("link", name="Rakstīt ierakstu").click()
    page.get_by_label("Ilgums minūtēs").fill("50")
    page.get_by_role("button", name="Nofotografēt ar roku rakstītu lapu").click()
    camera = page.get_by_label("Nofotografēt lapu tagad")
    assert (camera.is_visible(), camera.get_attribute("capture")) == (True, "environment")
    page.get_by_label("Izvēlēties fotogrāfijas vai skenētas lapas").set_input_files(papers)
    page.get_by_role("button", name="Saglabāt lapas").click()
    page.get_by_label("Kas tajā rakstīts").first.fill("Par cenu")
    page.get_by_role("button", name="Saglabāt vārdus").first.click()
    clean(page)
    page.get_by_role("button", name="Pabeigt ierakstu").click()
    entry = Entry.objects.get()
    assert (entry.state, entry.minutes, entry.notes) == (EntryState.KEPT, 50, "")
    page.get_by_role("link", name="Izlasīt un nodot").click()
    clean(page)
    page.get_by_label("Viss ir izlasīts").check()
    page.get_by_role("button", name="Nodot dienasgrāmatu").click()
    assert Diary.objects.get().state == "handed_over"
    copy = visit(f"/pairs/{cast.pair.ref}/diary/", person=cast.elina, language="lt", theme="dark")
    assert loaded(copy.get_by_role("img", name="Par cenu"))
    clean(copy)


def test_notes_for_oneself_and_files_of_a_meeting(
    visit: Visitor, clean: Callable[[Page], None], time: Time, papers: list[str]
) -> None:
    cast = assemble()
    meeting = make.meeting(cast.pair)
    page = visit(f"/meetings/{meeting.ref}/", person=cast.elina)
    page.locator("#private summary").click()
    page.get_by_label("Piezīmes sev").fill("Pirms tam")
    page.get_by_role("button", name="Nofotografēt ar roku rakstītu lapu").click()
    page.get_by_label("Izvēlēties fotogrāfijas vai skenētas lapas").set_input_files(papers)
    page.get_by_role("button", name="Saglabāt lapas").click()
    assert loaded(page.get_by_role("img", name="Ar roku rakstīta, nofotografēta lapa"))
    clean(page)
    page.goto(f"/meetings/{meeting.ref}/")
    assert page.get_by_label("Piezīmes sev").input_value() == "Pirms tam"
    page.locator("#files summary").click()
    page.locator("#files input[type=file]").set_input_files(papers)
    page.get_by_role("button", name="Saglabāt failus").click()
    page.get_by_role("link", name="lapas.pdf").wait_for()
    clean(page)
    other = visit(f"/meetings/{meeting.ref}/", person=cast.andris, size=DESKTOP)
    assert other.get_by_role("link", name="lapas.pdf").is_visible()
    assert other.get_by_text("nofotografētas lapas").count() == 0
    clean(other)


def loaded(image: Any) -> bool:
    image.scroll_into_view_if_needed()
    shown = "image => image.complete && image.naturalWidth > 0"
    image.page.wait_for_function(shown, arg=image.element_handle())
    return True
