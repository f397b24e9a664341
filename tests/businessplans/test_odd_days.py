"""Odd days of a business plan: two tabs, second clicks, odd letters, words of others in the way."""

import io
import re
import time
import unicodedata
import zipfile

import pytest
from openpyxl import load_workbook

from tests.businessplans.conftest import write
from tests.businessplans.test_pages import FIGURES, at, signed_in
from tests.cast import Cast
from tests.make import NOW
from varpa.businessplans.actions import plans, remarks
from varpa.businessplans.anchors import Found, find
from varpa.businessplans.models import Answer, BusinessPlan, Part, Remark, Version
from varpa.businessplans.queries import Placed, remarks_of, standing_remarks
from varpa.businessplans.reading import shown
from varpa.history.models import Line
from varpa.kernel.refs import new_ref
from varpa.post.models import Letter, LetterState

pytestmark = pytest.mark.django_db


def asked(plan: BusinessPlan, cast: Cast, quote: str = "", text: str = "Kāpēc?") -> Remark:
    return remarks.remark(plan=plan, part="idea", quote=quote, text=text, by=cast.andris, now=NOW)


def marks(text: str, *quotes: str) -> list[str]:
    placed = [Placed(n, Remark(quote=q, place=q), _marked(text, q)) for n, q in enumerate(quotes, 1)]
    return shown(text, placed)


def _marked(text: str, quote: str) -> Found | None:
    """The words themselves, half a word too: the marks of two may cross within one."""
    start = text.find(quote)
    return Found(start, start + len(quote), quote) if start >= 0 else find(text, quote)


def test_a_second_click_keeps_the_first_figures(cast: Cast, plan: BusinessPlan) -> None:
    client = signed_in(cast.elina)
    assert client.post(at("figures_edit", plan), FIGURES).status_code == 302
    again = client.post(at("figures_edit", plan), FIGURES)
    assert again.status_code == 302, "a second click is told that the figures were changed elsewhere"


def test_saving_once_more_as_asked_keeps_the_rows(cast: Cast, plan: BusinessPlan) -> None:
    client = signed_in(cast.elina)
    client.post(at("figures_edit", plan), FIGURES)
    client.post(at("figures_edit", plan), FIGURES)
    client.post(at("figures_edit", plan), {**FIGURES, "revision": "1"})
    plan.refresh_from_db()
    assert [row["name"] for row in plan.figures["products"]] == ["Krūze"]


def test_two_devices_add_rows_to_figures(cast: Cast, plan: BusinessPlan) -> None:
    """The other device saved the same product; this one adds a cost and saves once more, as it is told."""
    client = signed_in(cast.elina)
    client.post(at("figures_edit", plan), FIGURES)
    mine = {**FIGURES, "running-0-name": "Telpas", "running-0-cents": "100", "running-0-month": "1"}
    client.post(at("figures_edit", plan), mine)
    client.post(at("figures_edit", plan), {**mine, "revision": "1"})
    plan.refresh_from_db()
    assert [row["name"] for row in plan.figures["products"]] == ["Krūze"]
    assert [row["name"] for row in plan.figures["running"]] == ["Telpas"]


def test_the_conflict_of_figures_shows_both(cast: Cast, plan: BusinessPlan) -> None:
    client = signed_in(cast.elina)
    mine = {**FIGURES, "running-0-name": "Telpas", "running-0-cents": "321", "running-0-month": "1"}
    client.post(at("figures_edit", plan), mine)
    page = client.post(at("figures_edit", plan), {**FIGURES, "products-0-price": "99"}).content.decode()
    assert "Telpas" in page


def test_overlapping_remarks_mark_their_own_words() -> None:
    html = marks(
        "Viena krūze maksās divpadsmit eiro, jo māls ir dārgs.",
        "Viena krūze maksās divpadsmit eiro",
        "krūze maksās",
    )
    text = re.sub(r'<a class="anchor".*?</a>', lambda m: "|" + re.sub("<.*?>", "", m[0]), html)
    assert "divpadsmit eiro</mark>" in text, text


def test_remarks_on_the_same_words_leave_no_stray_letters() -> None:
    html = marks("Cena ir augsta.", "Cena", "Ce")
    assert not re.search("[\ue000-\uf8ff]", html), ascii(html)
    html2 = marks("Cena ir augsta.", "Cena", "ena ir")
    assert not re.search("[\ue000-\uf8ff]", html2), ascii(html2)
    for number in (1, 2):
        assert f'href="#remark-{number}"' in html2


def test_a_remark_does_not_break_a_link() -> None:
    html = marks("Skat. [veikals](https://veikals.lv) šeit.", "veikals.lv")
    assert 'href="https://veikals.lv"' in html, ascii(html)


def test_a_remark_does_not_break_a_list() -> None:
    html = marks("- Māli\n- Krāsns", "- Māli - Krāsns")
    assert html.count("<li>") == 2, ascii(html)


def test_words_that_are_gone_are_not_guessed() -> None:
    assert find("Šķīvis maksās 15 eiro.", "Krūze maksās 12 eiro") is None


def test_an_anchor_does_not_drift(cast: Cast, shared: BusinessPlan) -> None:
    texts = [
        "Krūze maksās 12 eiro",
        "Krūze maksās 15 eiro",
        "Šķīvis maksās 15 eiro",
        "Šķīvis izmaksās 15 centus",
    ]
    write(shared, cast, texts[0], revision=1)
    said = asked(shared, cast, texts[0])
    for revision, text in enumerate(texts[1:], 2):
        write(shared, cast, text, revision=revision)
    said.refresh_from_db()
    assert said.place == "", said.place


def test_forty_gone_remarks_do_not_hold_up_saving(cast: Cast, shared: BusinessPlan) -> None:
    import random

    rng = random.Random(1)
    words = [
        "un",
        "ar",
        "krūze",
        "māls",
        "cena",
        "es",
        "mēs",
        "klients",
        "pārdot",
        "gads",
        "skola",
        "eiro",
        "darbnīca",
        "laiks",
        "tirgus",
        "ir",
        "nav",
        "ka",
        "kas",
        "to",
    ]

    def made(n):
        return " ".join(rng.choice(words) for _ in range(n * 2))[:n]

    write(shared, cast, made(19_000), revision=1)
    Remark.objects.bulk_create(
        Remark(plan=shared, part="idea", quote=made(900), place="", text="?", by=cast.andris, at=NOW)
        for _ in range(40)
    )
    begun = time.perf_counter()
    write(shared, cast, made(19_000), revision=2)
    assert time.perf_counter() - begun < 1


def test_words_brought_back_are_found_again(cast: Cast, shared: BusinessPlan) -> None:
    asked(shared, cast, "divpadsmit eiro")
    plans.keep_version(plan=shared, by=cast.elina, now=NOW)
    write(shared, cast, "Pavisam cits teksts.", revision=1)
    plans.restore_version(plan=shared, number=1, by=cast.elina, now=NOW)
    assert not remarks_of(standing_remarks(shared), Part.objects.get().text)[0].is_gone


def test_restoring_twice_is_restoring_once(cast: Cast, shared: BusinessPlan) -> None:
    plans.keep_version(plan=shared, by=cast.elina, now=NOW)
    write(shared, cast, "Cits.", revision=1)
    client = signed_in(cast.elina)
    client.post(at("restore", shared, 1))
    count = Version.objects.count(), Line.objects.filter(verb="business_plan.restore").count()
    client.post(at("restore", shared, 1))
    assert (Version.objects.count(), Line.objects.filter(verb="business_plan.restore").count()) == count


def test_a_merge_keeps_ready(cast: Cast, plan: BusinessPlan) -> None:
    client = signed_in(cast.elina)
    client.post(at("part", plan, "idea"), {"text": "A", "ready": "on", "revision": 0})
    page = client.post(at("part", plan, "idea"), {"text": "B", "ready": "on", "revision": 0}).content.decode()
    form = page[page.index('id="part"') :]
    form = form[: form.index("</form>")]
    fields = dict(re.findall(r'name="(\w+)"(?: value="(\w*)")?', form))
    said = {"text": "A\nB", "revision": fields["revision"]}
    if "ready" in fields:
        said["ready"] = "on"
    client.post(at("part", plan, "idea"), said)
    assert Part.objects.get().ready


def test_ticking_ready_on_an_old_page_is_no_empty_merge(cast: Cast, plan: BusinessPlan) -> None:
    client = signed_in(cast.elina)
    client.post(at("part", plan, "idea"), {"text": "A", "revision": 0})
    answer = client.post(at("part", plan, "idea"), {"text": "A", "ready": "on", "revision": 0})
    assert answer.status_code == 302 or "<textarea" in answer.content.decode()


def test_an_answer_under_a_withdrawn_remark_is_refused(cast: Cast, shared: BusinessPlan) -> None:
    said = asked(shared, cast)
    remarks.withdraw_remark(remark=said, by=cast.andris, now=NOW)
    signed_in(cast.elina).post(
        f"/remarks/{said.ref}/answer/", {"ref": new_ref(), "text": "Mana garā atbilde"}
    )
    assert not Answer.objects.exists(), "kept where nobody ever sees it"


def test_the_mentor_gets_no_words_of_a_plan_unshared(cast: Cast, shared: BusinessPlan) -> None:
    said = asked(shared, cast)
    plans.share_plan(plan=shared, shared=False, by=cast.elina, now=NOW)
    signed_in(cast.elina).post(f"/remarks/{said.ref}/answer/", {"ref": new_ref(), "text": "Tikai man"})
    assert not Letter.objects.filter(kind="businessplans.answered").exists()


def test_shared_again_the_same_day_the_mentor_is_told(cast: Cast, plan: BusinessPlan, part: Part) -> None:
    for shared in (True, False, True):
        plans.share_plan(plan=plan, shared=shared, by=cast.elina, now=NOW)
    states = list(Letter.objects.filter(kind="businessplans.shared").values_list("state", flat=True))
    assert LetterState.QUEUED in states, states


def test_a_withdrawn_remark_is_not_sent(cast: Cast, shared: BusinessPlan) -> None:
    said = asked(shared, cast, text="Slikta doma")
    remarks.withdraw_remark(remark=said, by=cast.andris, now=NOW)
    states = list(Letter.objects.filter(kind="businessplans.remarked").values_list("state", flat=True))
    assert states == [LetterState.WITHDRAWN], states


def test_the_manager_reads_the_plan_not_what_the_two_say(cast: Cast, shared: BusinessPlan) -> None:
    asked(shared, cast, text="Starp mums abiem")
    plans.let_manager_read(plan=shared, reads=True, by=cast.elina, now=NOW)
    assert "Starp mums abiem" not in signed_in(cast.inga).get(at("part", shared, "idea")).content.decode()


def test_the_mentor_reads_no_version_from_before_sharing(cast: Cast, plan: BusinessPlan) -> None:
    write(plan, cast, "Slepeni: mamma slima")
    plans.keep_version(plan=plan, by=cast.elina, now=NOW)
    write(plan, cast, "Krūzes", revision=1)
    plans.share_plan(plan=plan, shared=True, by=cast.elina, now=NOW)
    assert "mamma" not in signed_in(cast.andris).get(at("version", plan, 1)).content.decode()


def test_the_archive_of_a_version_has_its_own_figures(cast: Cast, shared: BusinessPlan) -> None:
    plans.keep_version(plan=shared, by=cast.elina, now=NOW)
    signed_in(cast.elina).post(at("figures_edit", shared), FIGURES)
    packed = signed_in(cast.elina).get(at("archive", shared) + "?version=1").content
    assert zipfile.ZipFile(io.BytesIO(packed)).namelist() == ["plan.pdf", "plan.md", "plan.json"]


def test_two_versions_show_how_their_figures_differ(cast: Cast, shared: BusinessPlan) -> None:
    plans.keep_version(plan=shared, by=cast.elina, now=NOW)
    signed_in(cast.elina).post(at("figures_edit", shared), FIGURES)
    page = signed_in(cast.elina).get(at("version", shared, 1) + "?with=now").content.decode()
    assert "12,50" in page or "Skaitļi" in page.replace(at("figures", shared), "")


@pytest.mark.parametrize("text", ["*" * 4000 + "a" + "*" * 4000, "**a " * 1500 + "a** " * 1500])
def test_many_stars_cost_nobody_the_pdf(cast: Cast, plan: BusinessPlan, text: str) -> None:
    write(plan, cast, text)
    assert signed_in(cast.elina).get(at("document", plan)).status_code == 200


@pytest.mark.parametrize("title", ["\u2060", "\ufe0f", "\u0301", "\u202e"])
def test_a_title_without_letters_costs_nobody_the_pdf(cast: Cast, plan: BusinessPlan, title: str) -> None:
    client = signed_in(cast.elina)
    client.post(at("name", plan), {"title": title, "revision": 0})
    write(plan, cast, "x")
    assert client.get(at("document", plan)).status_code == 200


@pytest.mark.parametrize("title", ["Pl\ufffe", "Pl\uffff"])
def test_a_title_that_is_no_xml(cast: Cast, plan: BusinessPlan, title: str) -> None:
    client = signed_in(cast.elina)
    client.post(at("figures_edit", plan), FIGURES)
    client.post(at("name", plan), {"title": title, "revision": 0})
    load_workbook(io.BytesIO(client.get(at("sheet", plan)).content))


@pytest.mark.parametrize("wanted", ["²", "٣", "99999999", "0", "-1", "1e9", "9" * 50])
def test_odd_versions(cast: Cast, shared: BusinessPlan, wanted: str) -> None:
    client = signed_in(cast.elina)
    plans.keep_version(plan=shared, by=cast.elina, now=NOW)
    for name in ("document", "archive"):
        assert client.get(at(name, shared), {"version": wanted}).status_code == 404
    assert client.get(at("version", shared, 1), {"with": wanted}).status_code == 200
    assert client.get(at("versions", shared), {"page": wanted}).status_code in (200, 302, 404)
    for name in ("figures", "sheet"):
        for field in ("price", "volume", "cost", "scenario"):
            assert client.get(at(name, shared), {field: wanted}).status_code == 200
    assert client.get(f"/business-plans/{shared.ref}/versions/{'9' * 30}/").status_code == 404
    assert client.post(f"/business-plans/{shared.ref}/versions/{'9' * 30}/restore/").status_code == 302


@pytest.mark.parametrize(
    "value",
    ["", "²", "٣", "9" * 5000, "-1", "\x00", "1e400", "NaN", "\ufffe", "2147483648", "9223372036854775808"],
)
def test_odd_figures(cast: Cast, plan: BusinessPlan, value: str) -> None:
    client = signed_in(cast.elina)
    for name in [
        *FIGURES,
        "loan",
        "rate",
        "months",
        "from_month",
        "second",
        "third",
        "products-0-m1",
        "startup-0-cents",
        "startup-0-month",
        "startup-0-name",
    ]:
        assert client.post(at("figures_edit", plan), {**FIGURES, name: value}).status_code in (200, 302), name
        client.get(at("figures", plan))
        client.get(at("sheet", plan))
        client.get(at("document", plan))
    assert client.post(at("figures_edit", plan), {}).status_code == 200
    assert client.post(at("figures_edit", plan), {"revision": value}).status_code == 200
    for name in ("text", "revision", "ready"):
        assert client.post(
            at("part", plan, "idea"), {"text": "x", "revision": "0", name: value}
        ).status_code in (200, 302)
    assert client.post(at("name", plan), {"title": "x", "revision": value}).status_code in (200, 302)


def test_a_closed_programme_offers_no_writing(cast: Cast, plan: BusinessPlan) -> None:
    from varpa.programmes.models import Programme

    Programme.objects.filter(pk=cast.programme.pk).update(state="closed")
    assert "data-autosave" not in signed_in(cast.elina).get(at("part", plan, "idea")).content.decode()


def test_the_manager_is_not_told_to_ask(cast: Cast, shared: BusinessPlan) -> None:
    plans.let_manager_read(plan=shared, reads=True, by=cast.elina, now=NOW)
    page = signed_in(cast.inga).get(at("plan", shared)).content.decode()
    assert "tur var jautāt vai ieteikt" not in page
    assert "there you can ask" not in page


def test_composed_letters_are_the_same_letters(cast: Cast, shared: BusinessPlan) -> None:
    split = unicodedata.normalize("NFD", "Šūšana māla krūzēm")
    write(shared, cast, split, revision=1)
    assert asked(shared, cast, "Šūšana māla").place == "Šūšana māla"
    assert asked(shared, cast, unicodedata.normalize("NFD", "māla krūzēm")).place == "māla krūzēm"


def test_words_around_a_link_are_found() -> None:
    assert find(
        "Skati [mana lapa](https://keramikasdarbnica.example.lv/katalogs/2026) un raksti.",
        "mana lapa un raksti",
    )


@pytest.mark.parametrize("name", ["figures", "figures_edit", "sheet", "document", "archive"])
def test_more_than_fits_is_refused_and_not_kept(cast: Cast, plan: BusinessPlan, name: str) -> None:
    client = signed_in(cast.elina)
    client.raise_request_exception = False
    big = {**FIGURES, "products-0-price": "1000000", "products-0-each": "1000"}
    client.post(at("figures_edit", plan), big)
    assert client.get(at(name, plan)).status_code == 200


def test_a_quote_of_repeated_words_is_looked_for_quickly() -> None:
    begun = time.perf_counter()
    find("ha " * 3000, "ha ha ha ha hi " * 40)
    assert time.perf_counter() - begun < 1
