"""Lists are paged, also those whose question is compiled once."""

import pytest
from django.db.models import QuerySet
from django.test import RequestFactory

from tests.cast import Cast, assemble
from varpa.kernel.paging import page, paged
from varpa.programmes.models import Membership, Programme, Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return assemble()


def members_of(programme: Programme, role: str) -> QuerySet[Membership]:
    return Membership.objects.filter(programme=programme, role=role).order_by("pk")


def test_a_compiled_list_shows_the_same_pages(cast: Cast) -> None:
    mentors = list(members_of(cast.programme, Role.MENTOR))
    assert len(mentors) > 1
    for asked in ("", "1", "2", str(len(mentors)), str(len(mentors) + 1), "0", "-1", "x", "9" * 8):
        request = RequestFactory().get("/", {"page": asked})
        plain = page(request, members_of(cast.programme, Role.MENTOR), 1)
        assert paged(request, members_of, size=1, programme=cast.programme, role=Role.MENTOR) == plain


def test_a_compiled_list_says_that_more_follows(cast: Cast) -> None:
    request = RequestFactory().get("/")
    first = paged(request, members_of, size=1, programme=cast.programme, role=Role.MENTOR)
    assert (len(first.rows), first.number, first.has_next) == (1, 1, True)
    all_ = paged(request, members_of, programme=cast.programme, role=Role.MENTOR)
    assert not all_.has_next
