"""The pages of a business plan: the mentee writes, the mentor reads and remarks, others see nothing."""

import io
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook
from pypdf import PdfReader

from tests.businessplans.conftest import WORDS, write
from tests.cast import Cast
from tests.make import NOW
from varpa.businessplans.actions import plans, remarks
from varpa.businessplans.models import BusinessPlan, Part, Remark
from varpa.kernel.refs import new_ref
from varpa.pairs.actions.goals import set_goal
from varpa.pairs.actions.pairs import dissolve_pair, pause_pair
from varpa.people.models import Person

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12
LATER = NOW + timedelta(minutes=1)
READING = ("plan", "figures", "versions", "document", "text_file", "archive", "sheet")
WRITING = ("name", "share", "manager", "submit", "take_back", "figures_edit")
FIGURES = {
    **{f"{table}-TOTAL_FORMS": "1" for table in ("products", "startup", "sources", "running", "staff")},
    **{f"{table}-INITIAL_FORMS": "0" for table in ("products", "startup", "sources", "running", "staff")},
    "revision": "0",
    "starts": "2026-09",
    "years": "1",
    "products-0-name": "Krūze",
    "products-0-price": "12,50 €",
    "products-0-variable": "4.5",
    "products-0-each": "1 000",
}


def signed_in(person: Person | None) -> Client:
    client = Client()
    if person:
        client.force_login(person)
    return client


def at(name: str, plan: BusinessPlan, *more: object) -> str:
    return reverse(f"businessplans:{name}", args=[plan.ref, *more])


@pytest.mark.parametrize("name", READING)
def test_the_mentee_and_the_mentor_read(cast: Cast, shared: BusinessPlan, name: str) -> None:
    for person in (cast.elina, cast.andris):
        assert signed_in(person).get(at(name, shared)).status_code == 200
    for person in (cast.inga, cast.dace, cast.rimantas, cast.gabija, cast.zane, cast.tomas):
        assert signed_in(person).get(at(name, shared)).status_code == 404
    assert signed_in(None).get(at(name, shared)).status_code == 302


@pytest.mark.parametrize("name", READING)
def test_before_sharing_only_the_mentee_reads(cast: Cast, plan: BusinessPlan, name: str) -> None:
    assert signed_in(cast.elina).get(at(name, plan)).status_code == 200
    assert signed_in(cast.andris).get(at(name, plan)).status_code == 404


def test_the_manager_reads_what_the_mentee_shows(cast: Cast, shared: BusinessPlan) -> None:
    plans.let_manager_read(plan=shared, reads=True, by=cast.elina, now=NOW)
    assert signed_in(cast.inga).get(at("part", shared, "idea")).status_code == 200
    assert signed_in(cast.tomas).get(at("part", shared, "idea")).status_code == 404


@pytest.mark.parametrize("name", WRITING)
def test_the_mentor_writes_by_no_address(cast: Cast, shared: BusinessPlan, name: str) -> None:
    mentor = signed_in(cast.andris)
    assert mentor.post(at(name, shared), {**FIGURES, "title": "Mans", "shared": "0"}).status_code == 403
    assert mentor.get(at(name, shared)).status_code in (403, 405)
    stored = BusinessPlan.objects.get()
    assert (stored.title, stored.state, stored.figures) == ("Keramikas darbnīca", "shared", {})


def test_nor_by_the_page_of_a_part(cast: Cast, shared: BusinessPlan) -> None:
    signed_in(cast.andris).post(at("part", shared, "idea"), {"text": "Mans teksts", "revision": 1})
    plans.keep_version(plan=shared, by=cast.elina, now=NOW)
    signed_in(cast.andris).post(at("versions", shared))
    signed_in(cast.andris).post(at("restore", shared, 1))
    assert Part.objects.get().text == WORDS
    assert shared.versions.count() == 1


def test_a_former_mentor_reads_no_more(cast: Cast, shared: BusinessPlan) -> None:
    dissolve_pair(pair=cast.pair, reason="Pārcelšanās", by=cast.inga, now=NOW)
    assert signed_in(cast.andris).get(at("plan", shared)).status_code == 404


def test_nor_while_the_pair_rests(cast: Cast, shared: BusinessPlan) -> None:
    pause_pair(pair=cast.pair, by=cast.inga, now=NOW)
    assert signed_in(cast.andris).get(at("part", shared, "idea")).status_code == 404


def test_from_the_room_the_mentee_begins(cast: Cast) -> None:
    client, address = signed_in(cast.elina), reverse("businessplans:of_pair", args=[cast.pair.ref])
    assert "Keramikas darbnīca" in client.get(address).content.decode()
    assert client.post(address, {"title": ""}).status_code == 200
    made = client.post(address, {"title": "Mana darbnīca"})
    assert made.headers["Location"] == at("plan", BusinessPlan.objects.get())
    assert signed_in(cast.andris).get(address).status_code == 200
    assert signed_in(cast.inga).get(address).status_code == 403


def test_a_part_saves_itself(cast: Cast, plan: BusinessPlan) -> None:
    said = {"text": "Krūzes", "revision": 0}
    answer = signed_in(cast.elina).post(at("part", plan, "idea"), said, headers={"X-Autosave": "1"})
    assert answer.json()["revision"] == 1
    again = signed_in(cast.elina).post(
        at("part", plan, "idea"), {"text": "Šķīvji", "revision": 0}, headers={"X-Autosave": "1"}
    )
    assert again.json() == {"conflict": True}


def test_both_texts_stand_on_the_page(cast: Cast, plan: BusinessPlan, part: Part) -> None:
    shown = signed_in(cast.elina).post(at("part", plan, "idea"), {"text": "No telefona", "revision": 0})
    assert all(words in shown.content.decode() for words in ("No telefona", "Skolēniem būs atlaide"))


def test_a_text_that_is_too_long_is_kept(cast: Cast, plan: BusinessPlan) -> None:
    shown = signed_in(cast.elina).post(at("part", plan, "idea"), {"text": "a" * 20_001, "revision": 0})
    assert "a" * 20_001 in shown.content.decode()
    assert not Part.objects.exclude(text="").exists()


def test_remarks_mark_their_words(cast: Cast, shared: BusinessPlan) -> None:
    said = {"ref": new_ref(), "quote": "atlaide, jo viņi", "text": "Cik liela?"}
    mentor = signed_in(cast.andris)
    assert mentor.post(at("remark", shared, "idea"), said).status_code == 302
    page = mentor.get(at("part", shared, "idea")).content.decode()
    assert '<mark class="open">atlaide, jo viņi</mark>' in page
    assert "Cik liela?" in signed_in(cast.elina).get(at("part", shared, "idea")).content.decode()


def test_words_that_do_not_stand_there_are_told_at_the_field(cast: Cast, shared: BusinessPlan) -> None:
    said = {"ref": new_ref(), "quote": "Šādu vārdu nav nekur tekstā", "text": "Cik liela?"}
    page = signed_in(cast.andris).post(at("remark", shared, "idea"), said).content.decode()
    assert "Cik liela?" in page
    assert not Remark.objects.exists()


def test_what_is_written_cannot_become_markup(cast: Cast, shared: BusinessPlan) -> None:
    write(shared, cast, '<script>alert(1)</script> [x](javascript:alert(1)) <img src="http://x">', revision=1)
    page = signed_in(cast.andris).get(at("part", shared, "idea")).content.decode()
    assert "<script>alert" not in page
    assert 'href="javascript' not in page
    assert "<img" not in page


@pytest.mark.parametrize("language", ["lv", "lt", "en"])
@pytest.mark.parametrize("name", ["plan", "figures", "versions"])
def test_pages_ask_little_in_three_languages(
    cast: Cast, shared: BusinessPlan, name: str, language: str
) -> None:
    Person.objects.filter(pk__in=[cast.elina.pk, cast.andris.pk]).update(language=language)
    for person in (cast.elina, cast.andris):
        client = signed_in(person)
        client.get(at(name, shared))
        with CaptureQueriesContext(connection) as asked:
            assert f'lang="{language}"' in client.get(at(name, shared)).content.decode()
        assert len(asked) <= MOST_QUERIES, [query["sql"] for query in asked]


def test_forty_remarks_and_thirty_versions_ask_as_little_as_one(cast: Cast, shared: BusinessPlan) -> None:
    def count(path: str) -> int:
        client = signed_in(cast.andris)
        client.get(path)
        with CaptureQueriesContext(connection) as asked:
            client.get(path)
        return len(asked)

    def ask(number: int) -> None:
        quote = "atlaide" if number % 2 else ""
        said: dict[str, Any] = {
            "part": "idea",
            "quote": quote,
            "text": f"Jautājums {number}",
            "by": cast.andris,
            "now": NOW,
        }
        made = remarks.remark(plan=shared, **said)
        remarks.answer_remark(remark=made, text="Jā", by=cast.elina, now=NOW)

    ask(0)
    plans.keep_version(plan=shared, by=cast.elina, now=LATER)
    paths = [at("part", shared, "idea"), at("versions", shared), at("version", shared, 1)]
    before = [count(path) for path in paths]
    for number in range(1, 40):
        ask(number)
    for number in range(1, 30):
        write(shared, cast, f"Redakcija {number}", revision=number)
        plans.keep_version(plan=shared, by=cast.elina, now=LATER)
    assert [count(path) for path in paths] == before
    assert max(before) <= MOST_QUERIES


def test_a_version_beside_another(cast: Cast, shared: BusinessPlan) -> None:
    plans.keep_version(plan=shared, by=cast.elina, now=LATER)
    write(shared, cast, WORDS.replace("divpadsmit", "astoņi"), revision=1)
    page = signed_in(cast.andris).get(at("version", shared, 1), {"with": "now"}).content.decode()
    assert "<mark>" in page
    assert signed_in(cast.andris).get(at("version", shared, 1), {"with": "x" * 40}).status_code == 200
    assert signed_in(cast.andris).get(at("version", shared, 9)).status_code == 404


def test_the_figures_of_two_versions_stand_beside_each_other(cast: Cast, shared: BusinessPlan) -> None:
    client = signed_in(cast.elina)
    client.post(at("figures_edit", shared), FIGURES)
    plans.keep_version(plan=shared, by=cast.elina, now=LATER)
    client.post(at("figures_edit", shared), {**FIGURES, "products-0-price": "20", "revision": "1"})
    page = client.get(at("version", shared, 1), {"with": "now"}).content.decode()
    for sales in ("150\u00a0000,00", "240\u00a0000,00"):
        assert sales in page
    assert "240" not in client.get(at("version", shared, 1)).content.decode()


def test_every_year_of_two_versions_is_compared(cast: Cast, shared: BusinessPlan) -> None:
    client = signed_in(cast.elina)
    client.post(at("figures_edit", shared), FIGURES)
    plans.keep_version(plan=shared, by=cast.elina, now=LATER)
    longer = {**FIGURES, "years": "3", "second": "10", "third": "100", "revision": "1"}
    client.post(at("figures_edit", shared), longer)
    plans.keep_version(plan=shared, by=cast.elina, now=LATER + timedelta(minutes=1))
    for number, other in ((1, "2"), (2, "1"), (1, "now")):
        page = client.get(at("version", shared, number), {"with": other}).content.decode()
        for told in ("1. gads", "2. gads", "3. gads", "165\u00a0000,00", "330\u00a0000,00"):
            assert told in page
    assert "2. gads" not in client.get(at("version", shared, 1)).content.decode()


def test_figures_are_typed_as_people_write_them(cast: Cast, plan: BusinessPlan) -> None:
    assert signed_in(cast.elina).post(at("figures_edit", plan), FIGURES).status_code == 302
    (product,) = BusinessPlan.objects.get().figures["products"]
    assert (product["price"], product["variable"], product["volumes"]) == (1250, 450, [1000] * 12)


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("products-0-price", "-3"),
        ("products-0-price", "=A1*2"),
        ("products-0-price", "daudz"),
        ("products-0-variable", "1,2,3"),
        ("products-0-price", "0,125"),
        ("products-0-each", "0,5"),
        ("products-0-each", "99999999"),
        ("products-0-m3", "-1"),
        ("products-0-name", "a" * 121),
        ("starts", "rudenī"),
        ("years", "9"),
        ("rate", "kaut kas"),
        ("loan", "100"),
    ],
)
def test_a_wrong_figure_is_told_and_nothing_is_lost(
    cast: Cast, plan: BusinessPlan, name: str, typed: str
) -> None:
    said = {**FIGURES, name: typed}
    page = signed_in(cast.elina).post(at("figures_edit", plan), said).content.decode()
    assert 'aria-invalid="true"' in page
    for field in ("name", "price", "variable", "each"):
        assert f'value="{said[f"products-0-{field}"]}"' in page
    assert BusinessPlan.objects.get().figures == {}


def test_figures_of_another_device_are_not_overwritten(cast: Cast, plan: BusinessPlan) -> None:
    client = signed_in(cast.elina)
    client.post(at("figures_edit", plan), FIGURES)
    page = client.post(at("figures_edit", plan), {**FIGURES, "products-0-name": "Šķīvis"})
    assert page.status_code == 200
    assert 'value="Šķīvis"' in page.content.decode()
    client.post(at("figures_edit", plan), {**FIGURES, "products-0-name": "Šķīvis", "revision": "1"})
    assert BusinessPlan.objects.get().figures["products"][0]["name"] == "Šķīvis"


def test_the_mentor_asks_about_a_row_of_the_figures(cast: Cast, shared: BusinessPlan) -> None:
    mentee, mentor = signed_in(cast.elina), signed_in(cast.andris)
    mentee.post(at("figures_edit", shared), FIGURES)
    said = {"ref": new_ref(), "row": "running", "text": "Kur ir telpu īre?"}
    assert mentor.post(at("cell_remark", shared), {**said, "row": "dreams"}).status_code == 200
    assert mentor.post(at("cell_remark", shared), {**said, "text": ""}).status_code == 200
    assert not Remark.objects.exists()
    assert mentor.post(at("cell_remark", shared), said).status_code == 302
    assert "Kur ir telpu īre?" in mentee.get(at("figures", shared)).content.decode()
    assert mentee.post(at("cell_remark", shared), said).status_code == 403
    made = Remark.objects.get()
    address = reverse("businessplans:answer", args=[made.ref])
    answer = mentee.post(address, {"ref": new_ref(), "text": "Aizmirsu"})
    assert answer.headers["Location"] == at("figures", shared)
    assert (made.part, made.cell) == ("finance", "running")
    page = mentee.post(address, {"ref": new_ref(), "text": "a" * 10_001})
    assert "a" * 10_001 in page.content.decode()


def test_what_if_changes_nothing(cast: Cast, plan: BusinessPlan) -> None:
    client = signed_in(cast.elina)
    client.post(at("figures_edit", plan), FIGURES)
    asked = {"scenario": "careful", "price": "-10", "volume": "junk", "cost": "99999"}
    assert client.get(at("figures", plan), asked).status_code == 200
    assert BusinessPlan.objects.get().figures_revision == 1


def test_amounts_in_the_text_that_the_figures_do_not_know(cast: Cast, plan: BusinessPlan) -> None:
    client = signed_in(cast.elina)
    write(plan, cast, "Krūze maksās 12,50 €, bet reklāmai vajag 777 eiro.")
    client.post(at("figures_edit", plan), FIGURES)
    page = client.get(at("figures", plan)).content.decode()
    assert "777 eiro" in page
    assert "12,50 €," not in page


def test_the_workbook_opens_and_its_formulas_live(cast: Cast, plan: BusinessPlan) -> None:
    client = signed_in(cast.elina)
    client.post(at("figures_edit", plan), {**FIGURES, "products-0-name": "=1+1"})
    book = load_workbook(io.BytesIO(client.get(at("sheet", plan)).content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert any(cell.value == "=1+1" and cell.data_type == "s" for cell in cells)
    assert sum(cell.data_type == "f" for cell in cells) > 100


def test_the_paper_says_all(cast: Cast, shared: BusinessPlan) -> None:
    signed_in(cast.elina).post(at("figures_edit", shared), FIGURES)
    read = PdfReader(io.BytesIO(signed_in(cast.andris).get(at("document", shared)).content))
    text = " ".join(" ".join(page.extract_text() for page in read.pages).split())
    for words in (
        "Keramikas darbnīca",
        "Elīna Bērziņa",
        "Viena krūze maksās divpadsmit eiro, ieskaitot",
        "12 500",
    ):
        assert words in text
    assert read.metadata
    assert read.metadata.title == "Keramikas darbnīca"


def test_in_the_frame_of_another_language(cast: Cast, shared: BusinessPlan) -> None:
    content = signed_in(cast.elina).get(at("document", shared), {"frame": "lt"}).content
    assert "Idėja" in PdfReader(io.BytesIO(content)).pages[0].extract_text()


def test_a_submitted_version_on_paper(cast: Cast, shared: BusinessPlan) -> None:
    plans.submit_plan(plan=shared, by=cast.elina, now=NOW)
    client = signed_in(cast.elina)
    assert client.get(at("document", shared), {"version": "1"}).status_code == 200
    assert client.get(at("document", shared), {"version": "7"}).status_code == 404


def test_everything_in_one_file_and_the_same_bytes_again(cast: Cast, shared: BusinessPlan) -> None:
    first, second = (signed_in(cast.elina).get(at("archive", shared)).content for _time in range(2))
    assert first == second
    with zipfile.ZipFile(io.BytesIO(first)) as packed:
        assert packed.namelist() == ["plan.pdf", "plan.md", "plan.json"]
        assert WORDS in packed.read("plan.md").decode()


def test_home_leads_the_mentee_to_what_the_mentor_asks(cast: Cast, shared: BusinessPlan) -> None:
    address = at("part", shared, "idea")
    assert address not in signed_in(cast.elina).get("/").content.decode()
    made = remarks.remark(plan=shared, part="idea", quote="", text="Cik?", by=cast.andris, now=NOW)
    assert address in signed_in(cast.elina).get("/").content.decode()
    assert address not in signed_in(cast.andris).get("/").content.decode()
    remarks.answer_remark(remark=made, text="Trīs", by=cast.elina, now=NOW)
    assert address not in signed_in(cast.elina).get("/").content.decode()


def test_home_offers_the_plan_once_there_are_goals(cast: Cast) -> None:
    address = reverse("businessplans:of_pair", args=[cast.pair.ref])
    assert address not in signed_in(cast.elina).get("/").content.decode()
    set_goal(pair=cast.pair, text="Atvērt darbnīcu", by=cast.elina, now=NOW)
    assert address in signed_in(cast.elina).get("/").content.decode()
    plan = plans.begin_plan(membership=cast.mentee, title="Darbnīca", by=cast.elina, now=NOW)
    write(plan, cast, WORDS)
    plans.submit_plan(plan=plan, by=cast.elina, now=NOW)
    assert address not in signed_in(cast.elina).get("/").content.decode()


@pytest.mark.parametrize("name", ["elina", "andris"])
def test_a_part_says_quietly_which_competences_it_trains(cast: Cast, shared: BusinessPlan, name: str) -> None:
    page = signed_in(getattr(cast, name)).get(at("part", shared, "finance")).content.decode()
    assert "Šajā daļā var attīstīt: Finanses." in page
    assert "EntreComp" in page
