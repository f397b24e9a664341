"""The board counts plans that are begun and handed in, and names who has none yet (methodology §10)."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Cast, assemble
from tests.make import NOW
from varpa.businessplans.actions.parts import write_part
from varpa.businessplans.actions.plans import begin_plan, submit_plan
from varpa.evaluation.queries import cell_of, missing_members

pytestmark = pytest.mark.django_db
BEGUN, SUBMITTED = "first_half_business_plan", "second_half_business_plan"


@pytest.fixture
def cast() -> Cast:
    return assemble()


def done(cast: Cast, key: str) -> int:
    cell = cell_of(cast.programme, key, NOW)
    assert cell
    return cell.done


def test_a_plan_counts_once_something_is_written_and_once_it_is_handed_in(cast: Cast) -> None:
    plan = begin_plan(membership=cast.mentee, title="Darbnīca", by=cast.elina, now=NOW)
    assert [done(cast, BEGUN), done(cast, SUBMITTED)] == [0, 0]
    said = {"key": "idea", "text": "Krūzes", "ready": None, "revision": 0}
    write_part(plan=plan, **said, by=cast.elina, now=NOW)
    assert [done(cast, BEGUN), done(cast, SUBMITTED)] == [1, 0]
    submit_plan(plan=plan, by=cast.elina, now=NOW)
    assert [done(cast, BEGUN), done(cast, SUBMITTED)] == [1, 1]


def test_who_has_none_yet_is_named(cast: Cast) -> None:
    plan = begin_plan(membership=cast.mentee, title="Darbnīca", by=cast.elina, now=NOW)
    said = {"key": "idea", "text": "Krūzes", "ready": None, "revision": 0}
    write_part(plan=plan, **said, by=cast.elina, now=NOW)
    cell = cell_of(cast.programme, BEGUN, NOW)
    assert cell
    assert [member.person for member in missing_members(cast.programme, cell, NOW)] == [cast.gabija]
    client = Client()
    client.force_login(cast.inga)
    page = client.get(reverse("evaluation:activity", args=[cast.programme.ref, BEGUN])).content.decode()
    assert "Gabija" in page
    assert "Krūzes" not in page
