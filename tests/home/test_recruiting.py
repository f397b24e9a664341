"""While a programme recruits, its page leads to what still lacks a mentor (S2)."""

import pytest
from django.urls import reverse

from tests import make
from tests.cast import Cast, assemble
from tests.make import NOW
from varpa.home.queries.week import week
from varpa.programmes.models import Programme, ProgrammeState, Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return assemble()


def leads_to_lacks(programme: Programme) -> bool:
    return reverse("calls:lacks", args=[programme.ref]) in [need.url for need in week(programme, NOW)]


@pytest.mark.parametrize("state", ProgrammeState.values)
def test_what_lacks_a_mentor_is_asked_while_it_recruits(cast: Cast, state: str) -> None:
    Programme.objects.filter(pk=cast.programme.pk).update(state=state)
    cast.programme.refresh_from_db()
    assert leads_to_lacks(cast.programme) == (state == ProgrammeState.RECRUITING)


def test_before_anybody_has_come_one_seeks_them_first(cast: Cast) -> None:
    empty = make.programme(cast.organisation)
    Programme.objects.filter(pk=empty.pk).update(state=ProgrammeState.RECRUITING)
    empty.refresh_from_db()
    assert not leads_to_lacks(empty)
    make.member(empty, cast.zane, Role.MENTEE, ready=False)
    assert leads_to_lacks(empty)
