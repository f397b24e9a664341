"""More of what must not be taken along."""

import pytest

from tests.cast import Cast
from tests.defence.conftest import DAY, defence, elinas, juror, plans, ready, running, say  # noqa: F401
from tests.make import NOW
from tests.privacy.test_taken_along import taken_by
from varpa.defence.models import Slot
from varpa.guardians.models import SchoolContact, SchoolWord
from varpa.pairs.actions.pairs import dissolve_pair

pytestmark = pytest.mark.django_db


def test_sealed_words_of_jurors_are_not_taken_along(cast: Cast, files: None, elinas: Slot) -> None:
    say(elinas, juror(elinas.defence, cast.inga), 5000, convinced="Cena pārliecina.")
    assert "Cena pārliecina." not in taken_by(cast.elina)


def test_the_reason_of_the_school_is_not_taken_along(cast: Cast, files: None) -> None:
    contact = SchoolContact.objects.create(
        programme=cast.programme,
        name="Ruta",
        address="ruta@skola.example",
        language="lv",
        by=cast.inga,
        at=NOW,
        key="skola",
        school="Skola",
    )
    SchoolWord.objects.create(
        contact=contact, membership=cast.mentee, confirmed=False, reason="Bieži melo.", at=NOW
    )
    assert "Bieži melo." not in taken_by(cast.elina)


def test_the_managers_reason_for_an_end_is_not_taken_along(cast: Cast, files: None) -> None:
    dissolve_pair(pair=cast.pair, reason="Mentors sūdzas par viņu.", by=cast.inga, now=NOW)
    assert "sūdzas" not in taken_by(cast.elina)
