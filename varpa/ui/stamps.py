"""What a form with several texts showed when it was opened, so that each is saved upon its own revision."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.forms import BaseForm

from varpa.kernel.merging import Conflict
from varpa.ui.merging import Merge, MergePart

NOTHING = (0, "")
HIGHEST = 2**31 - 1


@dataclass(frozen=True)
class Stamp:
    """Of each text its revision and a mark of its words; `version` is that of the plan, else 0.

    A form that is sent whole so writes only what its writer has changed: the other's newer words in the
    rest are no conflict, and no old copy of them overwrites them. As text it is the form's field `revision`.
    """

    version: int = 0
    shown: Mapping[str, tuple[int, str]] = field(default_factory=dict)

    def __str__(self) -> str:
        return json.dumps({"version": self.version, "shown": self.shown}, separators=(",", ":"))

    def changed(self, name: str, value: object) -> bool:
        """Whether a value is another one than was shown."""
        return self.shown.get(name, NOTHING)[1] != _mark(value)

    def revision(self, name: str) -> int:
        return self.shown.get(name, NOTHING)[0]

    def upon(self, values: Mapping[str, tuple[int, object]]) -> "Stamp":
        """The stamp of the same form after some of its texts were shown anew: {name: (revision, value)}."""
        anew = {name: (revision, _mark(value)) for name, (revision, value) in values.items()}
        return Stamp(self.version, {**self.shown, **anew})


def read(text: str) -> Stamp:
    """The stamp that came back with a form; where it is none, one that has shown nothing."""
    try:
        said = json.loads(text)
        shown = {str(name): _entry(entry) for name, entry in said["shown"].items()}
        return Stamp(_number(said["version"]), shown)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return Stamp()


def merge(form: BaseForm, conflict: Conflict, stamp: Stamp, hidden: Iterable[str]) -> Merge:
    """Both texts of a conflict; `stamp` is upon what is stored now, `hidden` names all texts of the form."""
    parts = [
        MergePart(name, name, str(form.fields[name].label), conflict.stored[name], conflict.given[name])
        for name in conflict.differing
    ]
    given = form.cleaned_data
    same = [(name, str(given[name])) for name in hidden if name not in conflict.differing]
    return Merge(str(stamp), parts, same)


def _entry(entry: Any) -> tuple[int, str]:
    revision, mark = entry
    return _number(revision), str(mark)


def _number(value: Any) -> int:
    return value if type(value) is int and 0 <= value <= HIGHEST else 0


def _mark(value: object) -> str:
    if value in ("", ["", None]):
        return NOTHING[1]
    return hashlib.sha256(json.dumps(value).encode()).hexdigest()[:12]
