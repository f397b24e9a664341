"""The taxes with which a version was made stay with it: what was handed in is never reckoned anew."""

import io
import re
from collections.abc import Callable
from importlib import import_module

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.utils import translation
from openpyxl import load_workbook

from tests.businessplans.conftest import write
from tests.businessplans.test_pages import at, signed_in
from tests.businessplans.test_papers import paper, with_cakes
from tests.cast import Cast
from tests.make import NOW
from varpa.businessplans.actions.plans import keep_version, restore_version, submit_plan, take_back_plan
from varpa.businessplans.models import BusinessPlan, Version
from varpa.money.rates import rates_of, to_json

pytestmark = pytest.mark.django_db
OTHERS = """
[LV.2026]
vat = 2100
vat_limit = 50_000
employer = 9000
employee = 1050
profit = 5000
source = "vid.gov.lv, janvārī"
checked = 2027-01-04
"""
Write = Callable[[str], None]


@pytest.fixture
def cakes(cast: Cast, shared: BusinessPlan) -> BusinessPlan:
    with_cakes(cast, shared)
    return shared


def cells(cast: Cast, address: str, **asked: str) -> list[str]:
    """What a page says in its tables, and of the taxes with which it is reckoned."""
    page = signed_in(cast.andris).get(address, asked).content.decode()
    return re.findall(r'(?s)<td class="r">.*?</td>|<p class="hint">Likmes.*?</p>', page)


def sheet(cast: Cast, plan: BusinessPlan, **asked: str) -> list[object]:
    book = load_workbook(io.BytesIO(signed_in(cast.andris).get(at("sheet", plan), asked).content))
    return [cell.value for each in book.worksheets for row in each.iter_rows() for cell in row]


def everything(cast: Cast, plan: BusinessPlan, **asked: str) -> list[object]:
    told = [cells(cast, at("figures", plan)), cells(cast, at("version", plan, 1))]
    return [*told, paper(cast.andris, plan, **asked), sheet(cast, plan, **asked)]


def test_what_was_handed_in_stays_to_the_cent(cast: Cast, cakes: BusinessPlan, own_rates: Write) -> None:
    submit_plan(plan=cakes, by=cast.elina, now=NOW)
    before, asked = everything(cast, cakes), everything(cast, cakes, version="1")
    assert all(before)
    assert 0.2359 in sheet(cast, cakes)
    own_rates(OTHERS)
    assert everything(cast, cakes) == before
    assert everything(cast, cakes, version="1") == asked


def test_what_is_being_written_follows_the_rates_in_force(
    cast: Cast, cakes: BusinessPlan, own_rates: Write
) -> None:
    before = cells(cast, at("figures", cakes))
    own_rates(OTHERS)
    assert cells(cast, at("figures", cakes)) != before
    assert "vid.gov.lv, janvārī" in paper(cast.andris, cakes)
    assert 0.9 in sheet(cast, cakes)


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("lv", "Abos aprēķinos ir atšķirīgi nodokļi"),
        ("lt", "Apskaičiuota taikant skirtingus mokesčius"),
        ("en", "The two are reckoned with different taxes"),
    ],
)
def test_beside_what_stands_now_it_says_that_the_taxes_differ(
    cast: Cast, cakes: BusinessPlan, own_rates: Write, language: str, told: str
) -> None:
    keep_version(plan=cakes, by=cast.elina, now=NOW)
    cast.elina.language = language
    cast.elina.save()
    with translation.override(language):
        client = signed_in(cast.elina)
        assert told not in client.get(at("version", cakes, 1), {"with": "now"}).content.decode()
        own_rates(OTHERS)
        alone = client.get(at("version", cakes, 1)).content.decode()
        page = client.get(at("version", cakes, 1), {"with": "now"}).content.decode()
    assert told not in alone
    assert told in page
    assert [re.search(r"23[.,]59", each) is not None for each in (alone, page)] == [True, True]
    assert [re.search(r"90\s?%", each) is not None for each in (alone, page)] == [False, True]
    assert "vid.gov.lv, janvārī" in page


def test_a_version_says_with_which_taxes_it_is_reckoned(cast: Cast, cakes: BusinessPlan) -> None:
    keep_version(plan=cakes, by=cast.elina, now=NOW)
    page = signed_in(cast.elina).get(at("version", cakes, 1)).content.decode()
    for told in ("Darba devēja iemaksas no algas", "23,59", "vid.gov.lv"):
        assert told in page


def test_taken_back_it_is_reckoned_with_the_rates_in_force(
    cast: Cast, cakes: BusinessPlan, own_rates: Write
) -> None:
    submit_plan(plan=cakes, by=cast.elina, now=NOW)
    own_rates(OTHERS)
    take_back_plan(plan=cakes, by=cast.elina, now=NOW)
    assert 0.9 in sheet(cast, cakes)
    assert 0.9 not in sheet(cast, cakes, version="1")
    submit_plan(plan=cakes, by=cast.elina, now=NOW)
    assert [each.rates["employer"] for each in cakes.versions.all()] == [9_000, 2_359]


def test_the_same_words_with_other_taxes_are_another_version(
    cast: Cast, cakes: BusinessPlan, own_rates: Write
) -> None:
    keep_version(plan=cakes, by=cast.elina, now=NOW)
    assert keep_version(plan=cakes, by=cast.elina, now=NOW).number == 1
    own_rates(OTHERS)
    assert keep_version(plan=cakes, by=cast.elina, now=NOW).number == 2


def test_brought_back_it_is_reckoned_with_the_rates_in_force(
    cast: Cast, cakes: BusinessPlan, own_rates: Write
) -> None:
    keep_version(plan=cakes, by=cast.elina, now=NOW)
    write(cakes, cast, "Cits", revision=1)
    own_rates(OTHERS)
    assert restore_version(plan=cakes, number=1, by=cast.elina, now=NOW).rates["employer"] == 9_000


def test_a_plan_without_figures_keeps_no_rates(cast: Cast, shared: BusinessPlan) -> None:
    assert submit_plan(plan=shared, by=cast.elina, now=NOW).rates == {}
    shared.refresh_from_db()
    assert shared.rates == {}


def test_the_database_keeps_no_figures_of_a_version_without_its_rates(
    cast: Cast, cakes: BusinessPlan
) -> None:
    keep_version(plan=cakes, by=cast.elina, now=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Version.objects.update(rates={})


def test_of_a_country_that_is_not_known_it_is_kept_that_nothing_was(
    cast: Cast, cakes: BusinessPlan, own_rates: Write
) -> None:
    cakes.refresh_from_db()
    with_cakes(cast, cakes, country="EE")
    submit_plan(plan=cakes, by=cast.elina, now=NOW)
    before = everything(cast, cakes)
    own_rates(OTHERS.replace("LV", "EE"))
    assert everything(cast, cakes) == before


def test_versions_from_before_get_the_rates_in_force(cast: Cast, cakes: BusinessPlan) -> None:
    """What the migration does with rows that were kept without rates."""
    submit_plan(plan=cakes, by=cast.elina, now=NOW)
    kept = Version.objects.get()
    kept.rates = {}
    fill = import_module("varpa.businessplans.migrations.0007_rates").with_rates
    assert fill(kept)
    assert kept.rates == to_json(rates_of("LV", 2026))
    BusinessPlan.objects.update(rates={})
    import_module("varpa.businessplans.migrations.0007_rates").keep_rates(apps, None)
    assert BusinessPlan.objects.get().rates == to_json(rates_of("LV", 2026))
