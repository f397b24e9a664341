"""A programme's own rates lie over the site's: set with a source, taken back, begun for a year."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tests.cast import Cast
from tests.make import NOW
from tests.taxes.conftest import LAW, put
from tests.together import at_once
from tests.visits import counted
from varpa.history.models import Line
from varpa.kernel.refusals import Refusal
from varpa.money.rates import NAMES, Own, rates_of
from varpa.programmes.actions.countries import NotOurCountry
from varpa.programmes.actions.overriding import ProgrammeIsOver
from varpa.programmes.models import Programme, ProgrammeState
from varpa.taxes import actions
from varpa.taxes.models import Rate
from varpa.taxes.queries import rates_in, standing, year_that_holds, year_told

pytestmark = pytest.mark.django_db


def back(cast: Cast, name: str = "", year: int = 2026) -> None:
    said = {"programme": cast.programme, "country": "LV", "year": year, "name": name}
    actions.take_back(**said, by=cast.inga, now=NOW)


def begin(cast: Cast, year: int = 2027, **changes: Any) -> None:
    said = {"programme": cast.programme, "country": "LV", "year": year, "by": cast.inga, "now": NOW}
    actions.begin_year(**{**said, **changes})


def rates(cast: Cast, year: int = 2026, country: str = "LV") -> Any:
    return rates_in(Programme.objects.get(pk=cast.programme.pk), country, year)


def told(what: str) -> list[Any]:
    lines = Line.objects.filter(verb="programme.taxes").order_by("pk")
    return [line.details.get(what) for line in lines]


def test_what_a_programme_sets_holds_in_it_and_nowhere_else(cast: Cast) -> None:
    put(cast)
    assert rates(cast).vat == 2_200
    assert rates(cast).own == (Own("vat", LAW, "2025-10-13"),)
    assert rates(cast).employer == rates_of("LV", 2026).employer
    assert rates(cast, country="LT") == rates_of("LT", 2026)
    assert rates_in(cast.elsewhere.programme, "LV", 2026) == rates_of("LV", 2026)


def test_a_programme_that_has_set_nothing_has_the_sites(cast: Cast) -> None:
    with counted() as asked:
        assert rates_in(cast.programme, "LV", 2026) == rates_of("LV", 2026)
    assert len(asked) == 0


def test_the_rates_are_asked_for_once_until_one_changes(cast: Cast) -> None:
    put(cast)
    programme = Programme.objects.get(pk=cast.programme.pk)
    rates_in(programme, "LV", 2026)
    with counted() as asked:
        assert rates_in(programme, "LV", 2026).vat == 2_200
        assert rates_in(programme, "LT", 2025) == rates_of("LT", 2025)
    assert len(asked) == 0
    put(cast, value=2_300, stands=Rate.objects.get().ref)
    assert rates(cast).vat == 2_300


def test_what_was_set_in_an_action_that_failed_is_remembered_by_nobody(cast: Cast) -> None:
    with transaction.atomic():
        put(cast)
        assert rates(cast).vat == 2_200
        transaction.set_rollback(True)
    assert rates(cast) == rates_of("LV", 2026)
    put(cast, value=2_300)
    assert rates(cast).vat == 2_300


def test_set_twice_it_is_set_once(cast: Cast) -> None:
    first = put(cast)
    assert put(cast) == first
    assert told("name") == ["vat"]


def test_another_value_is_another_row_and_the_former_is_kept(cast: Cast) -> None:
    first = put(cast)
    second = put(cast, value=2_300, stands=first.ref)
    first.refresh_from_db()
    assert (first.value, first.withdrawn_at) == (2_200, NOW)
    assert list(standing(cast.programme)) == [second]


def test_whoever_saw_another_rate_is_told_and_changes_nothing(cast: Cast) -> None:
    put(cast)
    with pytest.raises(actions.RateChanged):
        put(cast, value=2_300, by=cast.dace)
    assert rates(cast).vat == 2_200


def test_taken_back_the_sites_holds_again(cast: Cast) -> None:
    put(cast)
    put(cast, name="employer", value=2_400)
    for _click in range(2):
        back(cast, "vat")
    assert (rates(cast).vat, rates(cast).employer) == (2_100, 2_400)
    back(cast)
    assert rates(cast) == rates_of("LV", 2026)
    assert told("what") == ["set", "set", "take_back", "take_back"]
    assert Rate.objects.filter(withdrawn_at=NOW).count() == 2


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"country": "EE"}, NotOurCountry),
        ({"year": 2013}, actions.NotOurYear),
        ({"year": 2027}, actions.YearNotBegun),
        ({"name": "currency"}, actions.UnknownRate),
        ({"value": 10_001}, actions.ValueOutside),
        ({"value": -1}, actions.ValueOutside),
        ({"name": "vat_limit", "value": 10**11 + 1}, actions.ValueOutside),
        ({"source": "  "}, actions.NoSource),
        ({"checked": date(2025, 10, 15)}, actions.SeenLater),
    ],
)
def test_what_cannot_be_set(cast: Cast, changes: dict[str, Any], why: type[Refusal]) -> None:
    with pytest.raises(why):
        put(cast, **changes)
    assert not Rate.objects.exists()


def test_of_a_programme_that_is_over_nothing_is_set(cast: Cast) -> None:
    put(cast)
    Programme.objects.filter(pk=cast.programme.pk).update(state=ProgrammeState.CLOSED)
    for act in (lambda: put(cast, name="employer"), lambda: back(cast), lambda: begin(cast)):
        with pytest.raises(ProgrammeIsOver):
            act()


def test_a_year_is_begun_with_what_holds_in_it_and_keeps_sources_and_days(cast: Cast) -> None:
    put(cast)
    for _click in range(2):
        begin(cast)
    mine, known = rates(cast, 2027), rates_of("LV", 2026)
    assert (mine.year, mine.vat, mine.employer) == (2027, 2_200, known.employer)
    assert {each.name: each.source for each in mine.own} == {
        name: LAW if name == "vat" else known.source for name in NAMES if getattr(known, name)
    }
    assert told("what") == ["set", "begin"]
    put(cast, year=2027, name="employer", value=2_500, stands=_ref("employer", 2027))
    assert (rates(cast, 2027).employer, rates(cast, 2026).employer) == (2_500, known.employer)


def _ref(name: str, year: int) -> str:
    return Rate.objects.get(name=name, year=year, withdrawn_at=None).ref


def test_a_year_that_the_site_knows_is_begun_already(cast: Cast) -> None:
    begin(cast, 2026)
    assert not Rate.objects.exists()
    with pytest.raises(actions.NotOurYear):
        begin(cast, 2030)


def test_a_year_taken_back_has_those_of_the_year_before(cast: Cast) -> None:
    begin(cast)
    back(cast, year=2027)
    assert rates(cast, 2027) == rates_of("LV", 2026)
    assert year_told(Programme.objects.get(pk=cast.programme.pk), "LV", 2027).holds == 2026


def test_of_a_begun_year_one_rate_is_the_sites_again(cast: Cast) -> None:
    begin(cast)
    back(cast, "employer", year=2027)
    mine = rates(cast, 2027)
    assert (mine.employer, mine.has_known, mine.year) == (rates_of("LV", 2026).employer, True, 2026)


def test_of_a_country_that_the_site_does_not_know_everything_is_set_here(cast: Cast) -> None:
    Programme.objects.filter(pk=cast.programme.pk).update(countries=["LV", "EE"])
    put(cast, country="EE", value=2_400)
    assert (rates(cast, 2026, "EE").vat, rates(cast, 2027, "EE").vat) == (2_400, 2_400)
    with pytest.raises(actions.YearNotBegun):
        put(cast, country="EE", year=2027)
    begin(cast, country="EE")
    assert rates(cast, 2027, "EE").year == 2027


@pytest.mark.parametrize(
    ("years", "year", "holds"),
    [((2024, 2026), 2025, 2024), ((2024, 2026), 2026, 2026), ((2024, 2026), 2020, 2024), ((), 2026, 0)],
)
def test_which_year_holds(years: tuple[int, ...], year: int, holds: int) -> None:
    assert year_that_holds(years, year) == holds


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": "tax"},
        {"value": 10_001},
        {"value": -1},
        {"name": "vat_limit", "value": 10**11 + 1},
        {"year": 1066},
        {"source": ""},
        {"country": ""},
    ],
)
def test_the_database_holds_no_rate_that_cannot_be(cast: Cast, wrong: dict[str, Any]) -> None:
    kept = put(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        Rate.objects.filter(pk=kept.pk).update(**wrong)


def test_the_database_holds_one_of_a_name(cast: Cast) -> None:
    kept = put(cast)
    kept.pk, kept.ref = None, "another"
    with pytest.raises(IntegrityError), transaction.atomic():
        kept.save(force_insert=True)


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_of_two_who_set_a_rate_at_one_moment_the_second_is_told(cast: Cast) -> None:
    found = at_once(lambda: put(cast), lambda: put(cast, value=2_300, by=cast.dace))
    assert sum(isinstance(each, Rate) for each in found) == 1
    assert sum(isinstance(each, actions.RateChanged) for each in found) == 1
    assert standing(cast.programme).count() == 1


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_two_who_begin_a_year_at_one_moment_begin_it_once(cast: Cast) -> None:
    found = at_once(lambda: begin(cast), lambda: begin(cast, by=cast.dace))
    assert found == [None, None]
    assert told("what") == ["begin"]


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_taken_back_and_set_at_one_moment_one_row_stands_or_none(cast: Cast) -> None:
    first = put(cast)
    at_once(
        lambda: back(cast, "vat"),
        lambda: put(cast, value=2_300, stands=first.ref, now=NOW + timedelta(minutes=1)),
    )
    assert standing(cast.programme).count() <= 1
    assert Programme.objects.get(pk=cast.programme.pk).taxes
