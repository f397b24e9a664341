"""A school is one school, however its pupils write it; and never another one."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection

from tests.cast import Cast
from tests.guardians.test_schools import applied, contact, say
from tests.make import NOW
from varpa.guardians.models import SchoolContact
from varpa.guardians.queries.schools import pupils_of, schools_of

pytestmark = pytest.mark.django_db

SCHOOL = "Jelgavas Amatu vidusskola"


@pytest.mark.parametrize(
    "place",
    [
        "Jelgavas amatu vidusskola.",
        "JELGAVAS  AMATU VIDUSSKOLA",
        '"Jelgavas Amatu vidusskola"',
        "„Jelgavas Amatu vidusskola”",
        "Jelgavas Amatu vidusskola, 2. kurss",
        '"Jelgavas Amatu vidusskola", 2. kurss',
        "Jelgavas Amatu-vidusskola,2.kurss, grupa 3",
    ],
)
def test_a_pupil_belongs_to_the_school_however_it_is_written(cast: Cast, place: str) -> None:
    member = applied(cast, school=place)
    aija = contact(cast, school=SCHOOL)
    assert list(pupils_of(aija)) == [member]
    assert [each.pupils for each in schools_of(cast.programme, NOW) if each.contact == aija] == [1]
    assert say(cast, member)
    assert [each.confirmed for each in schools_of(cast.programme, NOW) if each.contact == aija] == [1]


@pytest.mark.parametrize(
    ("school", "place"),
    [
        (SCHOOL, "Jelgavas Amatu skola"),
        ("Rīga, 5. vidusskola", "Rīga, 13. vidusskola"),
        ("Rīga, 5. vidusskola", "Rīga"),
        ("Rīga", "Rīga, 5. vidusskola"),
        ("Elejas novads", "Elejas novads, Elejas vidusskola"),
        ("Rīgas 1. vidusskola", "Rīgas 11. vidusskola"),
    ],
)
def test_and_never_to_another_school(cast: Cast, school: str, place: str) -> None:
    applied(cast, school=place)
    assert not pupils_of(contact(cast, school=school)).exists()


def test_a_school_is_offered_by_its_name_without_the_class(cast: Cast) -> None:
    for at, place in enumerate((f"{SCHOOL}, 2. kurss", f"{SCHOOL}, 3. kurss", "Jelgavas amatu vidusskola.")):
        applied(cast, f"Anna Ozola {at}", school=place)
    assert [(each.name, each.pupils) for each in schools_of(cast.programme, NOW) if "matu" in each.name] == [
        (SCHOOL, 3)
    ]


def test_contacts_of_before_keep_their_pupils(cast: Cast) -> None:
    member = applied(cast, school="SIA „Skola”")
    aija = contact(cast, school="SIA „Skola”")
    SchoolContact.objects.filter(pk=aija.pk).update(key="sia „skola”")
    migration = import_module("varpa.guardians.migrations.0008_schools_without_signs")
    with connection.cursor() as editor:
        migration.compare(apps, editor)
    aija.refresh_from_db()
    assert list(pupils_of(aija)) == [member]
