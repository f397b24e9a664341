"""What the tests of privacy share: a programme in which everybody has something of everything."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db.models import BinaryField, CharField, JSONField, Model, TextField

from tests.cast import Cast, assemble
from tests.dossier.conftest import evaluated, rich

__all__ = ["rich"]


@pytest.fixture
def cast() -> Cast:
    return assemble()


@pytest.fixture
def full(files: None, rich: Cast) -> Cast:
    """One of everything; then a diary handed over, a defence closed, a survey, a report, guidelines."""
    return evaluated(rich)


@pytest.fixture
def files(settings: Any, tmp_path: Path) -> None:
    """Files lie in a folder of their own."""
    settings.MEDIA_ROOT = tmp_path / "files"


def worded() -> Iterator[tuple[type[Model], list[str]]]:
    """Every table with the columns that can hold words, also of libraries."""
    for model in apps.get_models(include_auto_created=True):
        names = [
            field.attname
            for field in model._meta.concrete_fields
            if isinstance(field, (CharField, TextField, JSONField, BinaryField)) and not field.is_relation
        ]
        if names:
            yield model, names


def standing(*words: str) -> set[str]:
    """Where one of the words stands, as `rooms.Model.column`."""
    found = set()
    for model, names in worded():
        for row in model._base_manager.values(*names):
            for name, value in row.items():
                text = (
                    bytes(value).decode("utf-8", "replace")
                    if isinstance(value, (bytes, memoryview))
                    else str(value)
                )
                if any(word in text for word in words):
                    found.add(f"{model._meta.label}.{name}")
    return found
