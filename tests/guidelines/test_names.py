"""Who is a minor when the next version is published stands in it by role, whatever was said before."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from tests.cast import Cast
from tests.guidelines.conftest import in_own_words
from tests.guidelines.test_pages import signed_in
from tests.make import NOW
from varpa.guidelines.actions import guidelines as work
from varpa.guidelines.models import Guidelines, Recommendation, ShownAs
from varpa.guidelines.queries import listed
from varpa.guidelines.reading import drafts_of
from varpa.guidelines.showing import quoted
from varpa.people.models import Person

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=1)


@pytest.fixture
def named(cast: Cast, guidelines: Guidelines) -> Recommendation:
    """Elīna's words with her name, in a published version; then her date of birth is put right."""
    made = in_own_words(cast, cast.elina, shown_as=ShownAs.NAME, words="Sākt ar īsu sarunu.")
    work.draft(programme=cast.programme, by=cast.inga, now=NOW)
    version = work.publish(guidelines=guidelines, by=cast.inga, now=NOW)
    assert "Elīna Bērziņa, mentee" in version.texts["learning"]["en"]
    young(cast)
    return made


def young(cast: Cast) -> None:
    Person.objects.filter(pk=cast.elina.pk).update(born=date(NOW.year - 15, 1, 1))


def test_the_next_version_names_no_minor(cast: Cast, guidelines: Guidelines, named: Recommendation) -> None:
    version = work.publish(guidelines=guidelines, by=cast.inga, now=LATER)
    assert version.number == 2
    assert named.ref in [each["ref"] for each in version.quoted]
    assert "Elīna" not in f"{version.texts}{version.quoted}"
    assert "> — Mentee" in version.texts["learning"]["en"]


def test_draft_and_list_name_no_minor(cast: Cast, guidelines: Guidelines, named: Recommendation) -> None:
    today = LATER.date()
    assert not any("Elīna" in each.text for each in drafts_of(cast.programme, guidelines, today))
    row = listed(cast.programme, {}, today).get(pk=named.pk)
    assert quoted(row)["name"] == ""


def test_the_minor_reads_how_it_is_shown(cast: Cast, named: Recommendation) -> None:
    path = reverse("guidelines:recommendations", args=[cast.programme.ref])
    words = signed_in(cast.elina).get(path).content.decode()
    assert "Rāda tikai autora lomu" in words
