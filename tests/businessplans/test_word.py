"""The plan as DOCX: what the page says, as headings, text, tables and pictures."""

import io
import zipfile
from typing import Any

import docx
import pytest

from tests.businessplans.conftest import write
from tests.businessplans.test_pages import FIGURES, at, signed_in
from tests.businessplans.test_pictures import put
from tests.cast import Cast
from varpa.businessplans.actions import plans
from varpa.businessplans.models import BusinessPlan
from varpa.documents import word
from varpa.kernel import clock
from varpa.people.models import Person

pytestmark = pytest.mark.django_db
TEXT = """Sākums ar **svarīgo**.

- māls
- glazūra

1. pirmais
2. otrais

| Kas | Cik |
|---|---|
| Māls | 120 |

> Tā teica klients

=SUM(A1)"""


def taken(person: Person, plan: BusinessPlan, **more: str) -> Any:
    answer = signed_in(person).get(at("text_file", plan), more)
    assert answer.headers["Content-Type"] == word.TYPE
    assert answer.headers["Cache-Control"] == "private, no-store"
    return docx.Document(io.BytesIO(answer.content))


def headings(found: Any, level: int) -> list[str]:
    return [each.text for each in found.paragraphs if each.style.name == f"Heading {level}"]


def test_it_says_what_the_page_says(cast: Cast, shared: BusinessPlan) -> None:
    write(shared, cast, TEXT, revision=1)
    put(shared, cast.elina, about="Krāsns prototips")
    signed_in(cast.elina).post(at("figures_edit", shared), FIGURES)
    found = taken(cast.andris, shared)
    assert found.core_properties.title == "Keramikas darbnīca"
    assert headings(found, 1) == ["Ideja", "Skaitļi"]
    styles = {each.text: each.style.name for each in found.paragraphs}
    assert styles["māls"] == "List Bullet"
    assert styles["pirmais"] == "List Number"
    assert styles["Tā teica klients"] == "Quote"
    assert styles["=SUM(A1)"] == "Normal"
    own, *figures = found.tables
    assert [[cell.text for cell in row.cells] for row in own.rows] == [["Kas", "Cik"], ["Māls", "120"]]
    assert any(cell.text == "12\u00a0500,00" for table in figures for row in table.rows for cell in row.cells)
    assert len(found.inline_shapes) == 1
    assert found.inline_shapes[0]._inline.docPr.get("descr") == "Krāsns prototips"


def test_headings_of_another_language_round_the_text_as_written(cast: Cast, shared: BusinessPlan) -> None:
    found = taken(cast.elina, shared, frame="lt")
    assert headings(found, 1) == ["Idėja"]
    assert found.core_properties.language == "lt"
    assert found.styles.element.xpath("//w:lang")[0].get(docx.oxml.ns.qn("w:val")) == "lt"
    spoken = {each.get(docx.oxml.ns.qn("w:val")) for each in found.element.xpath("//w:lang")}
    assert spoken == {cast.elina.language}


def test_a_version_as_it_stood(cast: Cast, shared: BusinessPlan) -> None:
    plans.keep_version(plan=shared, by=cast.elina, now=clock.now())
    write(shared, cast, "Pavisam cits", revision=1)
    now, then = taken(cast.elina, shared), taken(cast.elina, shared, version="1")
    assert "Pavisam cits" in [each.text for each in now.paragraphs]
    assert "Pavisam cits" not in [each.text for each in then.paragraphs]
    assert signed_in(cast.elina).get(at("text_file", shared), {"version": "7"}).status_code == 404


def test_odd_signs_cost_nobody_the_file(cast: Cast, shared: BusinessPlan) -> None:
    write(shared, cast, "Māls \ufffe\uffff 🏺 un | krūze", revision=1)
    assert any("🏺" in each.text for each in taken(cast.elina, shared).paragraphs)


def test_the_same_plan_gives_the_same_bytes(cast: Cast, shared: BusinessPlan) -> None:
    with clock.moved_to(clock.now()):
        first, second = (signed_in(cast.elina).get(at("text_file", shared)).content for _time in range(2))
    assert first == second
    with zipfile.ZipFile(io.BytesIO(first)) as packed:
        assert not packed.testzip()


def test_the_page_of_the_plan_offers_every_frame(cast: Cast, shared: BusinessPlan) -> None:
    page = signed_in(cast.elina).get(at("plan", shared)).content.decode()
    for name in ("document", "text_file"):
        assert f'{at(name, shared)}"' in page
        for language in ("lt", "en"):
            assert f"{at(name, shared)}?frame={language}" in page
