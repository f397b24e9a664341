"""Every model says what is personal, takes its time from the clock, and shows its steps."""

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import models
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from django.db.models import NOT_PROVIDED, Model

from varpa.kernel.personal import CHOICES
from varpa.site import drawings

WORDED = (models.CharField, models.TextField, models.JSONField)
MODELS = drawings.models()
STATEFUL = [model for model in MODELS if any(field.name == "state" for field in model._meta.fields)]


def _fields() -> Iterator[tuple[type[Model], "models.Field[object, object]"]]:
    for model in MODELS:
        for field in model._meta.local_fields:
            yield model, field


def test_each_field_with_words_says_what_an_erasure_does() -> None:
    silent = [
        f"{model.__name__}.{field.name}"
        for model, field in _fields()
        if isinstance(field, WORDED) and field.name not in getattr(model, "PERSONAL", {})
    ]
    assert silent == []


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_personal_names_fields_and_known_words(model: type[Model]) -> None:
    personal: dict[str, str] = getattr(model, "PERSONAL", {})
    names = {field.name for field in model._meta.fields}
    assert set(personal) <= names
    assert set(personal.values()) <= set(CHOICES)


def test_time_comes_from_the_clock() -> None:
    own_time = [
        f"{model.__name__}.{field.name}"
        for model, field in _fields()
        if getattr(field, "auto_now", False)
        or getattr(field, "auto_now_add", False)
        or field.db_default is not NOT_PROVIDED
        or (isinstance(field, models.DateField) and field.default is not NOT_PROVIDED)
    ]
    assert own_time == []


@pytest.mark.parametrize("model", STATEFUL, ids=lambda model: model.__name__)
def test_states_have_their_table_of_steps(model: type[Model]) -> None:
    assert hasattr(model, "STEPS"), "a model with a state declares STEPS"
    known = {value for value, _label in model._meta.get_field("state").flatchoices}
    named = {state for step in model.STEPS.values() for state in (*step.sources, step.target)}
    assert named <= known


def test_the_migrations_make_what_the_models_say() -> None:
    """Most tests make their tables from the models; those of a school are made by the migrations."""
    loader = MigrationLoader(None)
    found = MigrationAutodetector(loader.project_state(), ProjectState.from_apps(apps))
    changes = found.changes(graph=loader.graph)
    assert {room: [str(each) for each in made] for room, made in changes.items()} == {}
