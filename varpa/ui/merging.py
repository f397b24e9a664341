"""A conflict of two texts (R13), as the page shows it."""

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from varpa.kernel.merging import Conflict


@dataclass(frozen=True)
class MergePart:
    """One differing field: both texts, and a proposal that holds the words of both."""

    name: str
    field_name: str
    label: str
    stored: str
    given: str

    @property
    def together(self) -> str:
        """Both texts, line by line: what is the same once, what differs one below the other."""
        stored, given = self.stored.splitlines(), self.given.splitlines()
        lines: list[str] = []
        for same, a, b, c, d in difflib.SequenceMatcher(None, stored, given, autojunk=False).get_opcodes():
            lines += stored[a:b] if same == "equal" else stored[a:b] + given[c:d]
        return "\n".join(lines)


class Chosen(NamedTuple):
    """One field in which one chooses: in words, what was chosen by both. The form itself stands below."""

    label: str
    stored: str
    given: str


@dataclass(frozen=True)
class Merge:
    """What `ui/merge.html` draws; `same` are the other texts, sent along again.

    `revision` is what the form sends back; a form of several texts has one for all of them, as a text.
    """

    revision: int | str
    parts: list[MergePart]
    same: list[tuple[str, str]]
    chosen: list[Chosen] = field(default_factory=list)


def merge(conflict: Conflict, labels: Mapping[str, object], *, prefix: str = "") -> Merge:
    """The two texts of a conflict; `labels` names the fields, `prefix` is that of the form."""
    sent = {name: f"{prefix}-{name}" if prefix else name for name in conflict.given}
    differing = conflict.differing
    parts = [
        MergePart(
            name, sent[name], str(labels.get(name, name)), conflict.stored.get(name, ""), conflict.given[name]
        )
        for name in differing
    ]
    same = [(sent[name], text) for name, text in conflict.given.items() if name not in differing]
    return Merge(conflict.revision, parts, same)
