"""More of what must not be taken along."""

import pytest

from tests.cast import Cast
from tests.defence.conftest import DAY, SETTINGS, juror, plan_of, say, slot_of
from tests.make import NOW
from tests.privacy.test_taken_along import taken_by
from varpa.defence.actions import days, order, stage
from varpa.guardians.models import SchoolContact, SchoolWord
from varpa.pairs.actions.pairs import dissolve_pair

pytestmark = pytest.mark.django_db


def test_sealed_words_of_jurors_are_not_taken_along(cast: Cast, files: None) -> None:
    plan_of(cast.mentee, "Keramikas darbnīca")
    day = days.make_defence(programme=cast.programme, seed=7, by=cast.inga, now=NOW, **SETTINGS)
    order.draw_order(defence=day, seed=7, by=cast.inga, now=NOW)
    days.announce_defence(defence=day, by=cast.inga, now=NOW)
    days.begin_defence(defence=day, by=cast.inga, now=DAY)
    slot = slot_of(day, cast.elina)
    stage.start_slot(slot=slot, by=cast.inga, now=DAY)
    say(slot, juror(day, cast.inga), 5000, convinced="Cena pārliecina.")
    assert "Cena pārliecina." not in taken_by(cast.elina)


def test_the_reason_of_the_school_is_not_taken_along(cast: Cast, files: None) -> None:
    school = {"school": "Skola", "key": "skola", "name": "Ruta", "address": "ruta@skola.example"}
    given = {"programme": cast.programme, "language": "lv", "by": cast.inga, "at": NOW}
    contact = SchoolContact.objects.create(**school, **given)
    said = {"confirmed": False, "reason": "Bieži melo.", "at": NOW}
    SchoolWord.objects.create(contact=contact, membership=cast.mentee, **said)
    assert "Bieži melo." not in taken_by(cast.elina)


def test_the_managers_reason_for_an_end_is_not_taken_along(cast: Cast, files: None) -> None:
    dissolve_pair(pair=cast.pair, reason="Mentors sūdzas par viņu.", by=cast.inga, now=NOW)
    assert "sūdzas" not in taken_by(cast.elina)
