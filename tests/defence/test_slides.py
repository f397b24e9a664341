"""The hall shows the slides of whoever is on stage as they were submitted; they stay so (S13, S15)."""

from typing import Any

import pytest
from django.urls import reverse

from tests.cast import Cast
from tests.defence.conftest import DAY, slot_of
from tests.make import NOW
from tests.presentations.conftest import NOTES, WORDS, write
from tests.presentations.test_actions import paper
from tests.presentations.test_pages import signed_in
from varpa.defence.actions import days, stage
from varpa.defence.models import Defence, Slot
from varpa.home.belongings import without_defence
from varpa.presentations.actions.presentations import begin_presentation, bring_file
from varpa.presentations.actions.submitting import (
    PresentationIsPresented,
    submit_presentation,
    take_back_presentation,
)
from varpa.presentations.models import Presentation, Slide

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(cast: Cast, running: Defence) -> Presentation:
    presentation = begin_presentation(membership=cast.mentee, title="Darbnīca", by=cast.elina, now=NOW)
    write(presentation, cast, WORDS)
    return presentation


@pytest.fixture
def submitted(cast: Cast, made: Presentation) -> Presentation:
    submit_presentation(presentation=made, by=cast.elina, now=NOW)
    return made


def start(defence: Defence, cast: Cast) -> Slot:
    slot = slot_of(defence, cast.elina)
    stage.start_slot(slot=slot, by=cast.inga, now=DAY)
    return slot


def at(name: str, defence: Defence, *more: object) -> str:
    return reverse(f"defence:{name}", args=[defence.ref, *more])


def test_on_stage_the_hall_leads_to_the_submitted_slides(
    cast: Cast, running: Defence, submitted: Presentation
) -> None:
    client, first = signed_in(cast.inga), at("hall_slide", running, 1)
    assert client.get(first).headers["Location"] == at("hall", running)
    start(running, cast)
    assert first in client.get(at("hall", running)).content.decode()
    page = client.get(first).content.decode()
    assert "nesaplīst" in page
    assert NOTES not in page
    assert client.get(at("hall_slide", running, 2)).headers["Location"] == at("hall", running)
    for stranger in (cast.andris, cast.elina, cast.zane):
        assert signed_in(stranger).get(first).status_code in (403, 404)


def test_what_is_not_submitted_the_hall_does_not_show(
    cast: Cast, running: Defence, made: Presentation
) -> None:
    start(running, cast)
    client = signed_in(cast.inga)
    assert at("hall_slide", running, 1) not in client.get(at("hall", running)).content.decode()
    assert client.get(at("hall_slide", running, 1)).status_code == 302
    assert client.get(at("hall_page", running, 1)).status_code == 404


def test_a_file_is_shown_page_by_page(cast: Cast, running: Defence, made: Presentation) -> None:
    bring_file(presentation=made, upload=paper(cast), by=cast.elina, now=NOW)
    submit_presentation(presentation=made, by=cast.elina, now=NOW)
    start(running, cast)
    client = signed_in(cast.inga)
    assert at("hall_page", running, 1) in client.get(at("hall_slide", running, 1)).content.decode()
    assert client.get(at("hall_page", running, 1)).headers["Content-Type"] == "image/png"
    assert client.get(at("hall_page", running, 9)).status_code == 404


def test_from_the_start_it_is_not_taken_back_and_after_the_day_it_is_defended(
    cast: Cast, running: Defence, submitted: Presentation
) -> None:
    by: dict[str, Any] = {"presentation": submitted, "by": cast.elina, "now": DAY}
    slot = start(running, cast)
    with pytest.raises(PresentationIsPresented):
        take_back_presentation(**by)
    stage.undo_start(slot=slot, by=cast.inga, now=DAY)
    take_back_presentation(**by)
    submit_presentation(**by)
    slot.refresh_from_db()
    stage.start_slot(slot=slot, by=cast.inga, now=DAY)
    stage.close_slot(slot=slot, by=cast.inga, now=DAY)
    stage.mark_absent(slot=slot_of(running, cast.gabija), by=cast.inga, now=DAY)
    days.finish_defence(defence=running, by=cast.inga, now=DAY)
    assert Presentation.objects.get().state == "defended"


def test_home_goes_what_was_submitted(cast: Cast, running: Defence, submitted: Presentation) -> None:
    before = without_defence(cast.mentee, cast.elina, "lv", DAY)
    Slide.objects.update(text="Kas cits")
    assert before
    assert without_defence(cast.mentee, cast.elina, "lv", DAY) == before


@pytest.mark.parametrize("language", ["lv", "lt", "en"])
def test_a_slide_asks_little_in_three_languages(
    cast: Cast, running: Defence, submitted: Presentation, language: str, django_assert_max_num_queries: Any
) -> None:
    start(running, cast)
    cast.inga.__class__.objects.update(language=language)
    client = signed_in(cast.inga)
    client.get(at("hall_slide", running, 1))
    with django_assert_max_num_queries(12):
        assert f'lang="{language}"' in client.get(at("hall_slide", running, 1)).content.decode()
