"""The page on which a manager sets the taxes of a programme."""

from datetime import timedelta
from typing import Any

import pytest

from tests.cast import Cast
from tests.make import NOW
from tests.taxes.conftest import LAW, given, put
from tests.visits import Form, Visitor, ask, forms, queries, words
from varpa.businessplans.actions.plans import submit_plan
from varpa.businessplans.models import BusinessPlan
from varpa.programmes.models import Programme, ProgrammeState
from varpa.taxes.actions import begin_year
from varpa.taxes.models import Rate
from varpa.taxes.queries import standing

pytestmark = pytest.mark.django_db
SAID = {"value": "22", "source": LAW, "checked": "2025-10-13"}


def address(cast: Cast, *more: object) -> str:
    return "/".join([f"/programmes/{cast.programme.ref}/taxes", *map(str, more), ""])


def of(cast: Cast, name: str = "vat", year: int = 2026) -> str:
    return address(cast, "LV", year, name)


def form(page: Any) -> Form:
    return forms(page)[0]


def sent(cast: Cast, name: str, **said: str) -> Any:
    inga = Visitor(cast.inga)
    return inga.send(form(inga.get(of(cast, name))), **{**SAID, **said})


@pytest.mark.parametrize("language", ["lv", "lt", "en"])
def test_a_manager_sets_a_rate_and_takes_it_back(cast: Cast, language: str) -> None:
    inga = Visitor(cast.inga, language=language)
    assert address(cast) in words(inga.get(f"/programmes/{cast.programme.ref}/settings/"))
    assert of(cast) in words(inga.get(address(cast)))
    assert inga.send(form(inga.get(of(cast))), **SAID).status_code == 302
    page = inga.get(address(cast))
    for told in (LAW, "Inga Liepa", "22"):
        assert told in words(page)
    back = next(each for each in forms(page) if each.action.endswith("/vat/back/"))
    assert inga.send(back).status_code == 302
    assert LAW not in words(inga.get(address(cast)))
    assert not standing(cast.programme).exists()


@pytest.mark.parametrize(
    ("name", "typed", "kept"),
    [
        ("vat", "21,5", 2_150),
        ("vat", "21.5 %", 2_150),
        ("employer", "0", 0),
        ("vat_limit", "50 000", 5_000_000),
        ("vat_limit", "50000,50 €", 5_000_050),
        ("small_staff", "10", 10),
    ],
)
def test_a_value_is_typed_as_people_write_it(cast: Cast, name: str, typed: str, kept: int) -> None:
    assert sent(cast, name, value=typed).status_code == 302
    assert Rate.objects.get().value == kept


@pytest.mark.parametrize(
    ("name", "field", "typed", "told"),
    [
        ("vat", "value", "", "Write a number of per cent, for example"),
        ("vat", "value", "divdesmit", "from 0 to 100"),
        ("vat", "value", "101", "from 0 to 100"),
        ("vat_limit", "value", "50.000", "two ways: write 50 or 50"),
        ("small_staff", "value", "10,5", "Write a whole number"),
        ("vat", "source", " ", "Write something here."),
        ("vat", "checked", "", "Choose a day."),
        ("vat", "checked", "2025-10-20", "Šī diena vēl ir priekšā."),
    ],
)
def test_what_is_missing_or_wrong_is_told_at_its_field(
    cast: Cast, name: str, field: str, typed: str, told: str
) -> None:
    page = sent(cast, name, **{field: typed})
    assert page.status_code == 200
    (wrong,) = page.context["form"].errors[field]
    assert f'id="id_{field}' in words(page)
    assert told in wrong
    assert not Rate.objects.exists()


def test_the_page_says_how_many_plans_it_touches(cast: Cast, plan: BusinessPlan) -> None:
    en = Visitor(cast.inga, language="en")
    assert "1 plan that is being written is reckoned anew" in words(en.get(of(cast)))
    assert "Plans being written: 1" in words(en.get(address(cast)))
    assert "No plan that is being written has it now." in words(en.get(of(cast, year=2025)))
    submit_plan(plan=plan, by=cast.elina, now=NOW)
    assert "No plan that is being written has it now." in words(en.get(of(cast)))


def test_whoever_was_slower_sees_what_stands_now_and_may_save_again(cast: Cast) -> None:
    inga = Visitor(cast.inga, language="en")
    opened = form(inga.get(of(cast)))
    put(cast, value=2_300, by=cast.dace)
    refused = inga.send(opened, **SAID)
    assert refused.status_code == 200
    for told in ("Somebody else has changed this rate", "Now: 23%", "Dace Kalniņa"):
        assert told in words(refused)
    assert form(refused).fields["value"] == ["22"]
    assert inga.send(form(refused)).status_code == 302
    assert standing(cast.programme).get().value == 2_200


def test_a_second_click_saves_once(cast: Cast) -> None:
    inga = Visitor(cast.inga)
    opened = form(inga.get(of(cast)))
    assert [inga.send(opened, **SAID).status_code for _click in range(2)] == [302, 302]
    assert Rate.objects.count() == 1


@pytest.mark.parametrize(
    ("language", "told"),
    [("lv", "Sākt 2027. gadu"), ("lt", "Pradėti 2027 m."), ("en", "Begin 2027 with the rates of 2026")],
)
def test_a_year_is_begun_from_the_year_before_and_taken_back(cast: Cast, language: str, told: str) -> None:
    inga = Visitor(cast.inga, language=language)
    page = inga.get(address(cast))
    assert told in words(page)
    assert inga.get(of(cast, year=2027)).status_code == 302
    begun = next(each for each in forms(page) if each.action.endswith("/LV/2027/begin/"))
    assert inga.send(begun).status_code == 302
    assert inga.get(of(cast, year=2027)).status_code == 200
    back = next(each for each in forms(inga.get(address(cast))) if each.action.endswith("/LV/2027/back/"))
    assert inga.send(back).status_code == 302
    assert told in words(inga.get(address(cast)))


def test_once_the_programme_is_over_its_rates_are_only_read(cast: Cast) -> None:
    put(cast)
    Programme.objects.filter(pk=cast.programme.pk).update(state=ProgrammeState.CLOSED)
    inga = Visitor(cast.inga)
    page = inga.get(address(cast))
    assert LAW in words(page)
    assert forms(page) == []
    assert inga.send(form(inga.get(of(cast))), **SAID).status_code == 200


def test_what_is_no_address_of_a_rate(cast: Cast) -> None:
    inga = Visitor(cast.inga)
    for path in (of(cast, "currency"), address(cast, "EE", 2026, "vat")):
        assert inga.get(path).status_code == 404
    assert inga.post(address(cast, "LV", 2099, "begin")).status_code == 302
    assert not Rate.objects.exists()


def test_who_reaches_it(cast: Cast) -> None:
    for who, status in (
        *((cast.inga, 200), (cast.dace, 200), (cast.andris, 403), (cast.elina, 403)),
        *((cast.tomas, 404), (cast.zane, 404)),
    ):
        for path in (address(cast), of(cast)):
            assert ask(who, path).status_code == status
        if status != 200:
            assert ask(who, of(cast), post=SAID).status_code == status
            assert ask(who, address(cast, "LV", 2027, "begin"), post={}).status_code == status
            assert ask(who, f"{of(cast)}back/", post={}).status_code == status
    assert not Rate.objects.exists()


def test_what_the_pages_cost(cast: Cast, plan: BusinessPlan) -> None:
    put(cast)
    few = [queries(cast.inga, path) for path in (address(cast), of(cast))]
    for name in ("employer", "employee", "distributed", "vat_limit"):
        put(cast, name=name, value=1_000)
    for country in ("LV", "LT"):
        said = {key: given(cast)[key] for key in ("programme", "by", "now")}
        begin_year(**said, country=country, year=2027)
    assert [queries(cast.inga, path) for path in (address(cast), of(cast))] == few
    assert max(few) <= 12


def test_the_day_on_which_it_was_looked_up_may_be_today(cast: Cast) -> None:
    assert sent(cast, "vat", checked=f"{NOW.date()}").status_code == 302
    assert sent(cast, "employer", checked=f"{NOW.date() + timedelta(days=1)}").status_code == 200


def test_of_a_country_that_the_site_does_not_know_a_manager_begins_from_nothing(cast: Cast) -> None:
    Programme.objects.filter(pk=cast.programme.pk).update(countries=["EE"])
    inga = Visitor(cast.inga, language="en")
    assert "Nothing is known of this country here" in words(inga.get(address(cast)))
    opened = form(inga.get(address(cast, "EE", 2026, "vat")))
    assert inga.send(opened, **{**SAID, "value": "24"}).status_code == 302
    page = words(inga.get(address(cast)))
    assert "24%" in page
    assert "Begin 2027 with the rates of 2026" in page
