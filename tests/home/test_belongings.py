"""Everything that a mentee takes home after the defence, in one file; nobody else's to take."""

import io
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import translation
from openpyxl import load_workbook

from tests import make
from tests.cast import Cast, assemble
from tests.closing.test_actions import excuse_all
from tests.defence.conftest import DAY, SETTINGS, finish, plan_of, slot_of
from tests.make import NOW
from tests.money.plans import CAKES
from tests.presentations import conftest as slides
from tests.presentations.pptx import pptx
from tests.profiles import conftest as profiles
from varpa.businessplans.figures import rates_kept
from varpa.businessplans.models import Version
from varpa.closing.actions import end_cooperation
from varpa.defence.actions import days, order, rehearsal
from varpa.defence.models import Slot
from varpa.diary import actions as diaries
from varpa.diary.models import Diary
from varpa.kernel.clock import moved_to
from varpa.money.figures import to_json
from varpa.people.models import Person
from varpa.presentations.actions.presentations import begin_presentation, bring_file
from varpa.privacy.handing import everything
from varpa.profiles.actions.profiles import begin_profile

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return assemble()


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> None:
    settings.DATA = tmp_path


def closed(cast: Cast) -> Slot:
    """Elīna's presentation on a day that is closed."""
    plan_of(cast.mentee, "Keramikas darbnīca")
    day = days.make_defence(programme=cast.programme, seed=7, by=cast.inga, now=NOW, **SETTINGS)
    order.draw_order(defence=day, seed=7, by=cast.inga, now=NOW)
    days.announce_defence(defence=day, by=cast.inga, now=NOW)
    days.begin_defence(defence=day, by=cast.inga, now=DAY)
    finish(day, cast)
    return slot_of(day, cast.elina)


def everything_made(cast: Cast) -> None:
    slides.write(
        begin_presentation(membership=cast.mentee, title="Keramikas darbnīca", by=cast.elina, now=NOW),
        cast,
        "Krūzes no māla",
    )
    profiles.write(
        begin_profile(pair=cast.pair, company="Māls un uguns", by=cast.elina, now=NOW), cast, "Šķīvji"
    )
    make.entry(cast.pair)
    diary = Diary.objects.get(pair=cast.pair)
    diaries.note_read_through(diary=diary, by=cast.andris, now=NOW)
    diaries.hand_over(diary=diary, by=cast.andris, now=NOW)


def asked(who: Person | None, slot: Slot) -> Any:
    client = Client()
    if who:
        client.force_login(who)
    with moved_to(DAY):
        return client.get(f"/slots/{slot.ref}/everything.zip")


def opened(content: bytes) -> dict[str, bytes]:
    with ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def test_all_of_it_is_in_one_file(cast: Cast) -> None:
    everything_made(cast)
    slot = closed(cast)
    answer = asked(cast.elina, slot)
    assert answer.headers["Content-Type"] == "application/zip"
    files = opened(answer.content)
    papers = ("plan.pdf", "profile.pdf", "presentation.pdf", "diary.pdf", "certificate.pdf")
    assert {name: files[name][:4] for name in papers} == dict.fromkeys(papers, b"%PDF")
    assert files["badge.jwt"].count(b".") == 2
    assert next(iter(files)) == "00-list.txt"
    assert answer.content == asked(cast.elina, slot).content, "the same things give the same bytes"


def test_whoever_has_gone_the_whole_way_takes_that_certificate_along(cast: Cast) -> None:
    slot = closed(cast)
    assert "mentoring.pdf" not in opened(asked(cast.elina, slot).content)
    excuse_all(cast)
    make.held(cast.pair, days=1)
    end_cooperation(pair=cast.pair, by=cast.andris, now=NOW)
    assert opened(asked(cast.elina, slot).content)["mentoring.pdf"].startswith(b"%PDF")


def test_slides_that_hold_only_figures_are_slides(cast: Cast) -> None:
    made = begin_presentation(membership=cast.mentee, title="Krūzes", by=cast.elina, now=NOW)
    slides.write(made, cast, "", notes="", figure="sales")
    assert opened(asked(cast.elina, closed(cast)).content)["presentation.pdf"].startswith(b"%PDF")


@pytest.mark.parametrize("written", ["", "Krūzes no māla"])
def test_a_file_that_was_not_turned_comes_as_it_was_brought(cast: Cast, written: str) -> None:
    made = begin_presentation(membership=cast.mentee, title="Krūzes", by=cast.elina, now=NOW)
    slides.write(made, cast, written)
    brought = pptx()
    bring_file(presentation=made, upload=ContentFile(brought, name="s.pptx"), by=cast.elina, now=NOW)
    files = opened(asked(cast.elina, closed(cast)).content)
    assert files["presentation.pptx"] == brought
    assert ("presentation.pdf" in files) is bool(written)
    there, missing = files["00-list.txt"].decode().split("Kā šeit nav")
    assert "Prezentācija" in there
    assert "Prezentācija" not in missing


def test_what_is_missing_stands_in_the_list(cast: Cast) -> None:
    slot = closed(cast)
    files = opened(asked(cast.elina, slot).content)
    assert set(files) == {"00-list.txt", "plan.pdf", "certificate.pdf", "badge.jwt"}
    said = files["00-list.txt"].decode()
    there, missing = said.split("Kā šeit nav")
    assert "Biznesa plāns" in there
    for thing in ("Uzņēmuma profils", "Prezentācija", "Mentora dienasgrāmata"):
        assert thing in missing


def test_the_diary_comes_only_once_it_is_handed_over(cast: Cast) -> None:
    make.entry(cast.pair, text="Tikai mentora paša piezīme")
    files = opened(asked(cast.elina, closed(cast)).content)
    assert "diary.pdf" not in files


@pytest.mark.parametrize(
    ("language", "said"),
    [("lv", "Kas ir šajā arhīvā"), ("lt", "Kas yra šiame archyve"), ("en", "What is in this archive")],
)
def test_the_list_is_in_the_reader_s_language(cast: Cast, language: str, said: str) -> None:
    slot = closed(cast)
    Person.objects.filter(pk=cast.elina.pk).update(language=language)
    files = opened(asked(Person.objects.get(pk=cast.elina.pk), slot).content)
    assert files["00-list.txt"].decode().startswith(said)


def test_nobody_else_takes_it(cast: Cast) -> None:
    slot = closed(cast)
    for who in (cast.inga, cast.andris, cast.gabija, cast.rimantas, cast.dace, cast.zane, cast.tomas):
        assert asked(who, slot).status_code == 404
    assert asked(None, slot).status_code == 302


def test_it_comes_after_the_day_and_not_from_a_rehearsal(cast: Cast) -> None:
    plan_of(cast.mentee, "Keramikas darbnīca")
    day = days.make_defence(programme=cast.programme, seed=7, by=cast.inga, now=NOW, **SETTINGS)
    order.draw_order(defence=day, seed=7, by=cast.inga, now=NOW)
    tried = rehearsal.rehearse(defence=day, by=cast.inga, now=NOW)
    assert asked(cast.elina, slot_of(day, cast.elina)).status_code == 404
    finish(tried, cast)
    assert asked(cast.inga, tried.slots.get()).status_code == 404
    assert asked(cast.elina, tried.slots.get()).status_code == 404


def test_the_result_s_page_leads_there_for_the_mentee_only(cast: Cast) -> None:
    slot = closed(cast)
    for who, leads in ((cast.elina, True), (cast.inga, False)):
        client = Client()
        client.force_login(who)
        page = client.get(f"/slots/{slot.ref}/result/").content.decode()
        assert (f"/slots/{slot.ref}/everything.zip" in page) is leads


def test_figures_come_as_a_workbook(cast: Cast) -> None:
    slot = closed(cast)
    kept = {"figures": to_json(CAKES), "rates": rates_kept(to_json(CAKES), cast.programme)}
    Version.objects.filter(pk=slot.version_id).update(**kept)
    book = opened(asked(cast.elina, slot).content)["plan.xlsx"]
    assert load_workbook(io.BytesIO(book)).sheetnames


def taken_along(who: Person, language: str = "lv") -> dict[str, bytes]:
    """What is in the file of all of one's own data."""
    with moved_to(DAY), translation.override(language), everything(who, language, DAY) as content:
        return opened(content.read())


def test_whoever_has_defended_nothing_takes_the_results_along_as_they_stand(cast: Cast) -> None:
    everything_made(cast)
    plan_of(cast.mentee, "Keramikas darbnīca")
    files = opened(taken_along(cast.elina)["everything-1.zip"])
    papers = ("plan.pdf", "profile.pdf", "presentation.pdf", "diary.pdf")
    assert {name: files[name][:4] for name in papers} == dict.fromkeys(papers, b"%PDF")
    assert "certificate.pdf" not in files
    assert "badge.jwt" not in files


def test_after_the_defence_there_is_one_archive_with_the_certificate(cast: Cast) -> None:
    closed(cast)
    files = taken_along(cast.elina)
    assert "everything-2.zip" not in files
    assert opened(files["everything-1.zip"])["certificate.pdf"].startswith(b"%PDF")


def test_a_diary_that_was_not_handed_over_is_not_taken_along(cast: Cast) -> None:
    make.entry(cast.pair, text="Tikai mentora paša piezīme")
    plan_of(cast.mentee, "Keramikas darbnīca")
    assert "diary.pdf" not in opened(taken_along(cast.elina)["everything-1.zip"])


def test_whoever_has_made_nothing_has_no_archive_of_it(cast: Cast) -> None:
    for who in (cast.elina, cast.andris):
        assert "everything-1.zip" not in taken_along(who)


@pytest.mark.parametrize(
    ("language", "said"), [("lv", "Biznesa plāns"), ("lt", "Verslo planas"), ("en", "Business plan")]
)
def test_its_list_is_in_the_readers_language_too(cast: Cast, language: str, said: str) -> None:
    plan_of(cast.mentee, "Keramikas darbnīca")
    assert said in opened(taken_along(cast.elina, language)["everything-1.zip"])["00-list.txt"].decode()
