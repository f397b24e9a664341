"""Where a figure of the board comes from is said on the page of its activity."""

import pytest
from django.test import Client

from tests.cast import assemble
from varpa.evaluation.words import COUNTS
from varpa.methodology import EvidenceKind

pytestmark = pytest.mark.django_db


def test_every_kind_of_evidence_says_what_it_counts() -> None:
    assert set(COUNTS) == set(EvidenceKind)


@pytest.mark.parametrize(
    ("language", "said"), [("lv", "Ko skaita:"), ("lt", "Kas skaičiuojama:"), ("en", "What counts:")]
)
def test_an_activity_says_what_counts_and_as_of_when(client: Client, language: str, said: str) -> None:
    cast = assemble()
    cast.inga.language = language
    cast.inga.save()
    client.force_login(cast.inga)
    page = client.get(f"/programmes/{cast.programme.ref}/activities/organises_visit/").content.decode()
    assert said in page
    # Lithuanian hours bring their own stop.
    assert "val.." not in page
