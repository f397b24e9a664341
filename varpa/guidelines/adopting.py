"""Changes for the next methodology, in words: those that are adopted, and those the programme made itself."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from textwrap import shorten
from typing import Any, Final

from django.utils.translation import gettext as _

from varpa.drafts.labels import TEXTS, called
from varpa.drafts.queries import item_or_none
from varpa.guidelines.models import Change
from varpa.kernel.text import TranslatedText
from varpa.methodology import Methodology, overrides
from varpa.programmes.models import Programme
from varpa.programmes.parts import PARTS
from varpa.programmes.queries import own_methodology_of

LONGEST: Final = 90


@dataclass(frozen=True)
class Adopted:
    """A change that is adopted: what stood there, what will."""

    change: Change
    before: str
    after: str


@dataclass(frozen=True)
class OwnChange:
    """A change that the programme made for itself and that may be adopted."""

    path: str
    before: str
    after: str


def adopted(programme: Programme) -> list[Adopted]:
    """The changes that stand."""
    methodology = own_methodology_of(programme)
    standing = programme.changes.filter(withdrawn_at=None)
    return [Adopted(each, *_words(methodology, each.path, each.value)) for each in standing]


def own_changes(programme: Programme, without: Collection[str]) -> list[OwnChange]:
    """What the programme changed in wording, hours and questions; dates are its own affair."""
    methodology = own_methodology_of(programme)
    found = [(path, value) for path, value in _own(programme) if path not in without]
    return [OwnChange(path, *_words(methodology, path, value)) for path, value in found]


def own_value(programme: Programme, path: str) -> Any:
    """What the programme changed at a path; None where it did not."""
    return dict(_own(programme)).get(path)


def named(before: Methodology, after: Methodology, path: str) -> str:
    """What a person calls a text or figure of the methodology: its part, the items around it, what it is."""
    own = {"version": _("Version"), "hours_minutes": _("Hours of a pair together")}
    if path in own:
        return own[path]
    first, *steps, field = path.split(".") if "." in path else (path, path)
    places = [".".join([first, *steps[:end]]) for end in range(1, len(steps) + 1)]
    found = [_item(before, after, place) for place in places]
    items = [each for each in found if each is not None and not isinstance(each, tuple)]
    # A text that is all there is of an item cannot be its heading: it stands below.
    bare = field == "text" and not (_title(items[-1]) if items else "")
    names = [shorten(called(each), LONGEST, placeholder="…") for each in items[: -1 if bare else None]]
    label = [] if bare or "." not in path else [str(TEXTS[field])]
    return " · ".join([str(PARTS.get(first, first)), *names, *label])


def _item(before: Methodology, after: Methodology, place: str) -> Any:
    found = item_or_none(after, place)
    return item_or_none(before, place) if found is None else found


def _title(item: Any) -> Any:
    return getattr(item, "title", None) or getattr(item, "name", None)


def _own(programme: Programme) -> Iterator[tuple[str, Any]]:
    changes = programme.overrides
    if changes.get("hours_minutes") is not None:
        yield "hours_minutes", changes["hours_minutes"]
    yield from sorted(changes.get("texts", {}).items())
    for among, questions in sorted(changes.get("questions", {}).items()):
        # What applicants are asked is each programme's own.
        for question in questions if among != overrides.APPLICATION else ():
            yield f"questions.{among}.{question['key']}", question


def _words(methodology: Methodology, path: str, value: Any) -> tuple[str, str]:
    if path == "hours_minutes":
        hours = _("%(hours)s hours")
        told = (methodology.hours_minutes, value)
        return (hours % {"hours": f"{told[0] / 60:g}"}, hours % {"hours": f"{told[1] / 60:g}"})
    if path.startswith("questions."):
        return "", str(TranslatedText.from_dict(value["text"]))
    return str(overrides.text_at(methodology, path)), str(TranslatedText.from_dict(value))


def as_overrides(changes: dict[str, Any]) -> dict[str, Any]:
    """Changes by path as a programme's own changes are written (methodology/overrides.py)."""
    found: dict[str, Any] = {"texts": {}, "questions": {}}
    for path, value in changes.items():
        if path == "hours_minutes":
            found[path] = value
        elif path.startswith("questions."):
            found["questions"].setdefault(path.split(".")[1], []).append(value)
        else:
            found["texts"][path] = value
    return found
