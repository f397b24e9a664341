"""Plans that are being written follow the programme's rates; what was handed in and kept stays as it was."""

import re

import pytest
from django.urls import reverse

from tests.businessplans.test_rates import sheet
from tests.cast import Cast
from tests.make import NOW
from tests.taxes.conftest import given, put
from tests.visits import Visitor, ask, queries, words
from varpa.businessplans.actions.plans import keep_version, share_plan, submit_plan, take_back_plan
from varpa.businessplans.figures import rates_now
from varpa.businessplans.models import BusinessPlan
from varpa.money.rates import rates_of, to_json
from varpa.presentations.figures import plan_figures
from varpa.programmes.models import Programme
from varpa.taxes.actions import set_rate, take_back
from varpa.taxes.touched import Beginning, beginnings

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12


def page(plan: BusinessPlan, name: str = "figures", *more: object) -> str:
    return reverse(f"businessplans:{name}", args=[plan.ref, *more])


def share(cast: Cast, plan: BusinessPlan) -> None:
    share_plan(plan=plan, shared=True, by=cast.elina, now=NOW)


def employer(cast: Cast, value: int = 9_000) -> None:
    put(cast, name="employer", value=value)


def fresh(plan: BusinessPlan) -> BusinessPlan:
    return BusinessPlan.objects.select_related("membership__programme").get(pk=plan.pk)


def test_a_plan_that_is_being_written_follows_a_rate_that_is_set(cast: Cast, plan: BusinessPlan) -> None:
    share(cast, plan)
    before = words(ask(cast.elina, page(plan)))
    employer(cast)
    after = words(ask(cast.elina, page(plan)))
    assert "vid.gov.lv, " in after
    assert re.findall(r'<td class="r">.*?</td>', after) != re.findall(r'<td class="r">.*?</td>', before)
    assert 0.9 in sheet(cast, plan)
    assert plan_figures(fresh(plan).membership)[1]["employer"] == 9_000


def test_what_was_handed_in_and_what_was_kept_stays_as_it_was(cast: Cast, plan: BusinessPlan) -> None:
    share(cast, plan)
    keep_version(plan=plan, by=cast.elina, now=NOW)
    submit_plan(plan=plan, by=cast.elina, now=NOW)
    before = [words(ask(cast.andris, page(plan, *name))) for name in (["figures"], ["version", 1], ["taxes"])]
    employer(cast)
    after = [words(ask(cast.andris, page(plan, *name))) for name in (["figures"], ["version", 1], ["taxes"])]
    assert [_plain(each) for each in after] == [_plain(each) for each in before]
    assert 0.9 not in sheet(cast, plan)
    assert [each.rates for each in plan.versions.all()] == [to_json(rates_of("LV", 2026))] * 2
    take_back_plan(plan=plan, by=cast.elina, now=NOW)
    assert rates_now(fresh(plan))["employer"] == 9_000


def _plain(told: str) -> str:
    """Without what differs at each opening."""
    return re.sub(r'(name="csrfmiddlewaretoken" value|nonce|name="ref" value|value)="[^"]*"', "", told)


def test_handed_in_with_the_programmes_rates_it_stays_with_them(cast: Cast, plan: BusinessPlan) -> None:
    employer(cast)
    version = submit_plan(plan=fresh(plan), by=cast.elina, now=NOW)
    take_back(**{key: given(cast)[key] for key in ("programme", "country", "year", "by", "now")})
    assert version.rates["own"] == [["employer", "likums, vid.gov.lv", "2025-10-13"]]
    assert rates_now(fresh(plan)) == version.rates
    told = words(ask(cast.elina, page(plan, "taxes")))
    assert "likums, vid.gov.lv" in told


def test_the_same_words_with_a_rate_that_was_set_are_another_version(cast: Cast, plan: BusinessPlan) -> None:
    assert keep_version(plan=fresh(plan), by=cast.elina, now=NOW).number == 1
    employer(cast)
    assert [keep_version(plan=fresh(plan), by=cast.elina, now=NOW).number for _click in range(2)] == [2, 2]


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("lv", ("Nodokļi un iemaksas", "90\u00a0%", "13.10.2025.")),
        ("lt", ("Mokesčiai ir įmokos", "90\u00a0%", "2025-10-13")),
        ("en", ("Taxes and contributions", "90%", "13 Oct 2025")),
    ],
)
def test_the_mentee_reads_where_each_rate_stands(
    cast: Cast, plan: BusinessPlan, language: str, told: tuple[str, ...]
) -> None:
    employer(cast)
    elina = Visitor(cast.elina, language=language)
    assert page(plan, "taxes") in words(elina.get(page(plan)))
    read = words(elina.get(page(plan, "taxes")))
    for each in (*told, "likums, vid.gov.lv", "PVN likums"):
        assert each in read


def test_who_reads_the_taxes_of_a_plan(cast: Cast, plan: BusinessPlan) -> None:
    asked = (cast.elina, cast.andris, cast.inga, cast.gabija, cast.tomas)
    assert [ask(who, page(plan, "taxes")).status_code for who in asked] == [200, 404, 404, 404, 404]
    share(cast, plan)
    assert ask(cast.andris, page(plan, "taxes")).status_code == 200


def test_the_programmes_rates_cost_no_page_of_a_plan_a_question(cast: Cast, plan: BusinessPlan) -> None:
    share(cast, plan)
    keep_version(plan=plan, by=cast.elina, now=NOW)
    pages = [page(plan), page(plan, "figures_edit"), page(plan, "taxes"), page(plan, "plan")]
    pages.append(f"{page(plan, 'version', 1)}?with=now")
    before = [queries(cast.elina, each) for each in pages]
    employer(cast)
    assert [queries(cast.elina, each) for each in pages] == before
    assert max(before) <= MOST_QUERIES


def test_only_what_is_being_written_is_touched(cast: Cast, plan: BusinessPlan) -> None:
    assert beginnings(cast.programme) == [Beginning("LV", 2026, 1)]
    assert beginnings(cast.elsewhere.programme) == []
    submit_plan(plan=plan, by=cast.elina, now=NOW)
    assert beginnings(cast.programme) == []


def test_a_rate_of_another_programme_changes_nothing(cast: Cast, plan: BusinessPlan) -> None:
    other = Programme.objects.get(pk=cast.elsewhere.programme.pk)
    set_rate(**given(cast, programme=other, name="employer", value=9_000, by=cast.tomas))
    assert rates_now(fresh(plan)) == to_json(rates_of("LV", 2026))
