"""A merge of two people knows everything that names a person or a membership."""

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import models

from varpa.merges.references import ALONE, DROP, KEYS, KEYS_ALONE, MEMBERSHIP, PERSON, Reference
from varpa.people.models import Person
from varpa.programmes.models import Membership
from varpa.site import drawings


def _naming(target: type[models.Model]) -> Iterator[str]:
    """Every relation to a model, of our rooms and of libraries, hidden ones and those of many to many too."""
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.local_fields:
            if field.is_relation and field.related_model is target:
                yield f"{model._meta.label}.{field.name}"


def test_every_reference_to_a_person_is_known() -> None:
    known = [each.name for each in PERSON]
    assert sorted([*known, *_of(ALONE, Person)]) == sorted(_naming(Person))


def test_every_reference_to_a_membership_is_known() -> None:
    known = [each.name for each in MEMBERSHIP]
    assert sorted([*known, *_of(ALONE, Membership)]) == sorted(_naming(Membership))


def test_every_key_that_may_be_a_persons_is_known() -> None:
    # Counts and sizes are positive ones.
    keys = {
        f"{model._meta.label}.{field.name}"
        for model in drawings.models()
        for field in model._meta.local_fields
        if type(field) is models.BigIntegerField
    }
    assert keys == {each.name for each in KEYS} | KEYS_ALONE


@pytest.mark.parametrize("reference", [*PERSON, *MEMBERSHIP, *KEYS], ids=lambda each: each.name)
def test_what_may_stand_once_says_what_becomes_of_the_second(reference: Reference) -> None:
    if reference.clash and reference.clash != DROP:
        ends = reference.of._meta.get_field(reference.clash)
        assert isinstance(ends, models.DateTimeField)
        assert ends.null
    single = [
        each
        for each in reference.of._meta.constraints
        if isinstance(each, models.UniqueConstraint) and reference.field in str(each)
    ]
    # The pairs of two are refused or get another place, an appointment makes staff, who is never merged.
    assert bool(single) == bool(reference.clash) or reference.model in ("pairs.Pair", "people.Appointment")


def _of(names: set[str], target: type[models.Model]) -> list[str]:
    found = []
    for name in names:
        label, _dot, field = name.rpartition(".")
        if apps.get_model(label)._meta.get_field(field).related_model is target:
            found.append(name)
    return found
