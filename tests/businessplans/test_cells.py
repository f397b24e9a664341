"""Remarks on a cell of the figures: any table, and what becomes of them when the figures change."""

from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.businessplans.conftest import WORDS, write
from tests.cast import Cast
from tests.make import NOW
from tests.money.plans import CAKES, rates
from varpa.businessplans.actions import remarks
from varpa.businessplans.actions.parts import write_figures
from varpa.businessplans.actions.plans import keep_version, restore_version
from varpa.businessplans.cells import remarks_on_figures, rows
from varpa.businessplans.figures import Shown, shown
from varpa.businessplans.models import BusinessPlan, Remark
from varpa.businessplans.queries import Cell, standing_remarks
from varpa.kernel.refs import new_ref
from varpa.money.figures import Amount, Figures, Monthly, from_json, to_json
from varpa.ui import words

pytestmark = pytest.mark.django_db


@pytest.fixture
def reckoned(cast: Cast, shared: BusinessPlan) -> BusinessPlan:
    type_in(cast, shared, CAKES)
    return shared


def type_in(cast: Cast, plan: BusinessPlan, figures: Figures) -> None:
    plan.refresh_from_db()
    revision = plan.figures_revision
    write_figures(plan=plan, figures=to_json(figures), revision=revision, by=cast.elina, now=NOW)


def ask(cast: Cast, plan: BusinessPlan, cell: str, named: str = "", **more: Any) -> Remark:
    said = {"part": "finance", "quote": named, "cell": cell, "text": "Kāpēc tik daudz?", "by": cast.andris}
    return remarks.remark(plan=plan, now=NOW, **{**said, **more})


def reckoned_from(figures: Figures) -> Shown:
    return shown(figures, rates(figures))


def told(plan: BusinessPlan) -> Cell:
    plan.refresh_from_db()
    with words.on_paper("en", "Europe/Riga"):
        (placed,) = remarks_on_figures(standing_remarks(plan), reckoned_from(from_json(plan.figures)))
    assert placed.cell
    return placed.cell


@pytest.mark.parametrize(
    ("cell", "named", "said", "value"),
    [
        ("typed.startup.cents", "Krāsns", "What you need to begin: Krāsns, Amount", "1,800.00"),
        ("typed.sources.cents", "Pašu nauda", "Where the money to begin comes from: Pašu nauda", "1,500.00"),
        ("typed.products.price", "Torte", "What you sell: Torte, Price of one", "25.00"),
        ("typed.products.m12", "Torte", "What you sell: Torte, Month 12", "70"),
        ("typed.running.cents", "Telpas", "What is paid every month: Telpas, A month", "200.00"),
        ("typed.staff.month", "Palīgs", "Who is paid wages: Palīgs, From which month", "6"),
        ("typed.loan.rate", "", "Time, taxes and loan: Loan, Interest a year, %", "9%"),
        ("closing.3", "", "The till month by month: Closing balance, Month 3 (2026-03)", ""),
        ("years.result.1", "", "Year by year: Result after tax, Year 1", ""),
        ("running", "", "The till month by month: Running costs", ""),
    ],
)
def test_a_cell_of_any_table_is_remarked_on(
    cast: Cast, reckoned: BusinessPlan, cell: str, named: str, said: str, value: str
) -> None:
    with words.on_paper("en", "Europe/Riga"):
        figures = CAKES if cell != "typed.loan.rate" else _at_nine_per_cent()
        type_in(cast, reckoned, figures)
        ask(cast, reckoned, cell, named)
    found = told(reckoned)
    assert found.words.startswith(said)
    assert found.now.startswith(value)
    assert not found.is_gone
    assert found.then == found.now


def _at_nine_per_cent() -> Figures:
    assert CAKES.loan
    return replace(CAKES, loan=replace(CAKES.loan, rate=900))


def test_each_row_of_the_figures_has_an_address_of_its_own() -> None:
    keys = [row.key for row in rows(reckoned_from(replace(CAKES, years=3, vat=True)))]
    assert len(keys) == len(set(keys))


def test_the_remark_follows_its_row_and_says_what_stood_there(cast: Cast, reckoned: BusinessPlan) -> None:
    ask(cast, reckoned, "typed.startup.cents", "Krāsns")
    startup = (Amount("Galds", 90_000, 1), CAKES.startup[1], Amount("Krāsns", 120_000, 1))
    type_in(cast, reckoned, replace(CAKES, startup=startup))
    found = told(reckoned)
    assert "1,200.00" in found.now
    assert found.then != found.now
    assert not found.is_gone


def test_what_stood_there_is_told_to_each_in_the_own_language(cast: Cast, reckoned: BusinessPlan) -> None:
    """The mentor remarks in Latvian, the mentee reads in English: nothing has changed by that."""
    with words.on_paper("lv", "Europe/Riga"):
        ask(cast, reckoned, "typed.startup.cents", "Krāsns")
    found = told(reckoned)
    assert found.then == found.now == "1,800.00\u00a0€"


@pytest.mark.parametrize(
    "renamed", [Amount("Lietota māla krāsns", 180_000, 1), Amount("Krāsnis", 150_000, 2)]
)
def test_a_row_with_another_name_is_found_again(cast: Cast, reckoned: BusinessPlan, renamed: Amount) -> None:
    ask(cast, reckoned, "typed.startup.cents", "Krāsns")
    type_in(cast, reckoned, replace(CAKES, startup=(CAKES.startup[1], renamed)))
    assert renamed.name in told(reckoned).words


def test_it_says_that_its_row_is_gone_and_finds_it_when_it_is_back(
    cast: Cast, reckoned: BusinessPlan
) -> None:
    ask(cast, reckoned, "typed.startup.cents", "Krāsns")
    type_in(cast, reckoned, replace(CAKES, startup=(CAKES.startup[1], Amount("Plaukti", 7_000, 3))))
    found = told(reckoned)
    assert (found.is_gone, found.now) == (True, "")
    assert found.words == "What you need to begin: Krāsns"
    type_in(cast, reckoned, CAKES)
    assert not told(reckoned).is_gone


def test_a_month_after_the_end_of_a_shorter_plan_is_gone(cast: Cast, reckoned: BusinessPlan) -> None:
    type_in(cast, reckoned, replace(CAKES, years=2))
    ask(cast, reckoned, "closing.20")
    type_in(cast, reckoned, CAKES)
    found = told(reckoned)
    assert found.is_gone
    assert found.words.endswith("Closing balance, Month 20")


def test_a_loan_that_is_not_taken_is_gone(cast: Cast, reckoned: BusinessPlan) -> None:
    ask(cast, reckoned, "typed.loan.cents")
    type_in(cast, reckoned, replace(CAKES, loan=None))
    assert told(reckoned).is_gone


def test_a_version_that_is_brought_back_takes_its_rows_along(cast: Cast, reckoned: BusinessPlan) -> None:
    keep_version(plan=reckoned, by=cast.elina, now=NOW)
    ask(cast, reckoned, "typed.startup.cents", "Krāsns")
    type_in(cast, reckoned, replace(CAKES, startup=()))
    assert told(reckoned).is_gone
    restore_version(plan=reckoned, number=1, by=cast.elina, now=NOW)
    assert not told(reckoned).is_gone


@pytest.mark.parametrize(
    ("cell", "named"),
    [
        ("typed.startup.cents", "Kuģis"),
        ("typed.startup.dreams", "Krāsns"),
        ("closing.13", ""),
        ("years.result.2", ""),
        ("dreams", ""),
        ("typed.", ""),
        ("..", ""),
    ],
)
def test_only_cells_that_stand_there(cast: Cast, reckoned: BusinessPlan, cell: str, named: str) -> None:
    with pytest.raises(remarks.CellNotFound):
        ask(cast, reckoned, cell, named)


def test_what_is_written_in_a_part_touches_no_cell(cast: Cast, reckoned: BusinessPlan) -> None:
    ask(cast, reckoned, "typed.startup.cents", "Krāsns")
    write(reckoned, cast, WORDS + " Krāsns", revision=1)
    assert not told(reckoned).is_gone


def test_the_mentor_chooses_a_row_and_then_a_cell(cast: Cast, reckoned: BusinessPlan) -> None:
    mentor, mentee = Client(), Client()
    mentor.force_login(cast.andris)
    mentee.force_login(cast.elina)
    address = reverse("businessplans:figures", args=[reckoned.ref])
    assert "typed.startup:Krāsns" in mentor.get(address).content.decode()
    assert "typed.startup:Krāsns" not in mentee.get(address).content.decode()
    page = mentor.get(address, {"row": "typed.startup:Krāsns"}).content.decode()
    assert '<option value="cents">' in page
    said = {"ref": new_ref(), "row": "typed.startup:Krāsns", "column": "cents", "text": "Vai lietota?"}
    post = reverse("businessplans:cell_remark", args=[reckoned.ref])
    refused = mentor.post(post, {**said, "column": "m3"})
    assert "Vai lietota?" in refused.content.decode()
    assert mentor.post(post, said).status_code == 302
    made = Remark.objects.get()
    assert (made.cell, made.quote) == ("typed.startup.cents", "Krāsns")
    type_in(cast, reckoned, replace(CAKES, startup=()))
    page = mentor.post(post, {**said, "ref": new_ref(), "text": "Un tagad?"}).content.decode()
    assert "Un tagad?" in page
    assert Remark.objects.count() == 1


@pytest.mark.parametrize("language", ["lv", "lt", "en"])
def test_a_remark_on_a_cell_reads_in_three_languages(
    cast: Cast, reckoned: BusinessPlan, language: str
) -> None:
    ask(cast, reckoned, "typed.startup.cents", "Krāsns")
    type_in(cast, reckoned, replace(CAKES, startup=()))
    cast.elina.language = language
    cast.elina.save()
    client = Client()
    client.force_login(cast.elina)
    page = client.get(reverse("businessplans:figures", args=[reckoned.ref])).content.decode()
    gone = {"lv": "vairs nav", "lt": "nebėra", "en": "no more"}[language]
    assert "Krāsns" in page
    assert gone in page


def monthly(*rows: tuple[str, int]) -> Figures:
    return replace(CAKES, running=tuple(Monthly(name, euros * 100, 1) for name, euros in rows))


CITI = "What is paid every month: Citi"


def test_of_two_rows_of_one_name_each_has_its_remarks(cast: Cast, reckoned: BusinessPlan) -> None:
    type_in(cast, reckoned, monthly(("Citi", 10), ("Citi", 20)))
    first = ask(cast, reckoned, "typed.running.cents", "Citi")
    found = told(reckoned)
    assert (found.words, found.then, found.now) == (f"{CITI}, A month", "10.00\u00a0€", "10.00\u00a0€")
    Remark.objects.filter(pk=first.pk).delete()
    ask(cast, reckoned, "typed.running#2.cents", "Citi")
    found = told(reckoned)
    assert (found.words, found.then, found.now) == (f"{CITI} (2), A month", "20.00\u00a0€", "20.00\u00a0€")


@pytest.mark.parametrize(
    ("stood", "cell", "stands", "then", "now"),
    [
        # The first of two is taken out: the second one keeps its remark, whichever it is now.
        ((("Citi", 10), ("Citi", 20)), "#2", (("Citi", 20),), "20", "20"),
        ((("Citi", 10), ("Citi", 20)), "", (("Citi", 20),), "10", ""),
        ((("Citi", 10), ("Citi", 20)), "#2", (("Citi", 30), ("Citi", 20)), "20", "20"),
        ((("Citi", 10), ("Citi", 20)), "", (("Citi", 30), ("Citi", 20)), "10", "30"),
        ((("Citi", 10), ("Citi", 20)), "", (("Citi", 20), ("Citi", 10)), "10", "10"),
        ((("Citi", 10), ("Citi", 10)), "#2", (("Citi", 30), ("Citi", 10)), "10", "10"),
        # Which of the two is left cannot be told.
        ((("Citi", 10), ("Citi", 20)), "", (("Citi", 30),), "10", ""),
        ((("Citi", 10),), "", (("Citi", 40), ("Citi", 10)), "10", "10"),
    ],
)
def test_a_remark_stays_with_its_row_of_several_equal_ones(
    cast: Cast,
    reckoned: BusinessPlan,
    stood: tuple[tuple[str, int], ...],
    cell: str,
    stands: tuple[tuple[str, int], ...],
    then: str,
    now: str,
) -> None:
    type_in(cast, reckoned, monthly(*stood))
    ask(cast, reckoned, f"typed.running{cell}.cents", "Citi")
    type_in(cast, reckoned, monthly(*stands))
    found = told(reckoned)
    assert found.then == f"{then}.00\u00a0€"
    assert found.now == (f"{now}.00\u00a0€" if now else "")
    assert found.is_gone is not bool(now)


@pytest.mark.parametrize(
    ("stands", "words"),
    [
        # What had the name of another row now has this one's: the remark goes with what it was about.
        ((("Noliktava", 10), ("Telpas", 20)), "Noliktava"),
        ((("Telpas", 10), ("Auto", 30)), "Telpas"),
        ((("Auto", 20), ("Telpas", 15)), "Telpas"),
        ((("Telpas", 15), ("Auto", 20), ("Noma", 10)), "Telpas"),
        ((("Auto", 10),), None),
        ((("Reklāma", 77),), None),
        ((("Auto", 20), ("Telpas", 99), ("Noma", 10)), None),
    ],
)
def test_a_remark_does_not_go_over_to_a_row_that_took_the_name(
    cast: Cast, reckoned: BusinessPlan, stands: tuple[tuple[str, int], ...], words: str | None
) -> None:
    type_in(cast, reckoned, monthly(("Telpas", 10), ("Auto", 20)))
    ask(cast, reckoned, "typed.running.cents", "Telpas")
    type_in(cast, reckoned, monthly(*stands))
    found = told(reckoned)
    assert found.is_gone is (words is None)
    assert (words or "Telpas") in found.words
    # A later change of something else brings nothing back that is gone.
    type_in(cast, reckoned, replace(monthly(*stands), vat=True))
    assert told(reckoned) == found


def test_a_mentor_chooses_the_second_of_two_rows(cast: Cast, reckoned: BusinessPlan) -> None:
    type_in(cast, reckoned, monthly(("Citi", 10), ("Citi", 20)))
    mentor = Client()
    mentor.force_login(cast.andris)
    page = mentor.get(reverse("businessplans:figures", args=[reckoned.ref])).content.decode()
    assert '<option value="typed.running:Citi">Citi</option>' in page
    assert '<option value="typed.running#2:Citi">Citi (2)</option>' in page
    said = {"ref": new_ref(), "row": "typed.running#2:Citi", "column": "cents", "text": "Kas tie?"}
    assert mentor.post(reverse("businessplans:cell_remark", args=[reckoned.ref]), said).status_code == 302
    made = Remark.objects.get()
    assert (made.cell, made.quote, made.before) == ("typed.running#2.cents", "Citi", "money:2000")


def test_a_row_of_a_name_like_a_number_is_not_taken_for_another(cast: Cast, reckoned: BusinessPlan) -> None:
    odd = monthly(("Citi (2)", 5), ("Citi", 10), ("Citi", 20))
    keys = [row.key for row in rows(reckoned_from(odd))]
    assert len(keys) == len(set(keys))
