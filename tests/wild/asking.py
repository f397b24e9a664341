"""What a view asks for, learnt by listening: so that a new field is tried without a line here."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.forms import FileInput
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict


@dataclass
class Asked:
    """The names that were asked for: of fields (or of what stands behind the "?"), and of files."""

    fields: set[str] = field(default_factory=set)
    files: set[str] = field(default_factory=set)


@contextmanager
def listening(asked: Asked) -> Iterator[None]:
    """Note what is asked for in this block."""

    def noting(known: Any) -> Any:
        def ask(self: Any, name: Any, *more: Any, **how: Any) -> Any:
            if isinstance(self, QueryDict) and isinstance(name, str):
                asked.fields.add(name)
            return known(self, name, *more, **how)

        return ask

    def chosen(self: FileInput, data: Any, files: Any, name: str) -> Any:
        asked.files.add(name)
        return choose(self, data, files, name)

    choose = FileInput.value_from_datadict
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(FileInput, "value_from_datadict", chosen)
        for name in ("__getitem__", "_getlist", "__contains__"):
            patch.setattr(MultiValueDict, name, noting(getattr(MultiValueDict, name)))
        yield
