"""Each activity in the report: what counts, from where, as of when, how many are missing."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from tests.make import NOW
from tests.surveys.conftest import crowd
from varpa.evaluation.actions import record_evidence
from varpa.kernel.text import LANGUAGES
from varpa.methodology import Counted, EvidenceKind
from varpa.methodology.reports import ReportAct
from varpa.programmes.models import Programme
from varpa.programmes.queries import methodology_of
from varpa.reports.papers import Table, sources_of, tables_of
from varpa.reports.results import promised_results
from varpa.ui import words

pytestmark = pytest.mark.django_db


def activities(programme: Programme, language: str = "en") -> Table:
    part = next(each for each in methodology_of(programme).report if each.acts == ReportAct.ACTIVITIES)
    with words.on_paper(language, programme.zone):
        return tables_of(part, sources_of(programme, NOW))[0]


def test_each_activity_says_what_counts_and_when_it_was_counted(cast: Cast, programme: Programme) -> None:
    for language in LANGUAGES:
        table = activities(programme, language)
        assert len(table["head"]) == 6
        assert all(len(row) == 6 and row[-1] and "2025" in row[-1] for row in table["rows"])
    assert len(activities(programme)["rows"]) == len(methodology_of(programme).activities())


def test_it_says_how_many_are_missing_and_names_nobody(cast: Cast, programme: Programme) -> None:
    table = activities(programme)
    row = next(each for each in table["rows"] if "visit" in each[-1])
    assert row[-1] == "Pairs whose visit to the company was held. Missing: 2. Counted: 14 Oct 2025"
    assert "Elīna" not in str(table)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_promised_result_says_as_of_when(cast: Cast, programme: Programme, language: str) -> None:
    """Also where there is nothing to count yet, and of the report and the guidelines."""
    with words.on_paper(language, programme.zone):
        found = promised_results(programme, NOW)
    assert len(found) == 6
    assert all("2025" in each.evidence for each in found), [each.evidence for each in found]


def test_of_more_than_the_first_few_who_are_missing_it_says_so(cast: Cast, client: Client) -> None:
    crowd(cast.programme, {("mentee", "LV"): 6})
    client.force_login(cast.inga)
    page = client.get(reverse("reports:results", args=[cast.programme.ref])).content.decode()
    assert page.count("…") == 1
    plans = next(each for each in promised_results(cast.programme, NOW) if each.key == "business_plans")
    assert (len(plans.missing), plans.more) == (5, 3)


def test_what_is_recorded_by_hand_is_as_of_its_last_day(cast: Cast, programme: Programme) -> None:
    by_hand = next(
        each
        for each in methodology_of(programme).activities()
        if each.evidence == EvidenceKind.RECORDED and each.of == Counted.PROGRAMME
    )
    day = date(2025, 9, 30)
    record_evidence(programme=programme, activity=by_hand.key, day=day, note="Rīgā.", by=cast.inga, now=NOW)
    row = next(each for each in activities(programme)["rows"] if each[2] == str(by_hand.name))
    assert row[-1].endswith("Last recorded: 30 Sep 2025")
