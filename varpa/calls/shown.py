"""What was answered, in words: read before it is sent, afterwards, and by those who run the programme."""

from collections.abc import Iterable, Mapping
from typing import Any, Final, NamedTuple

from django.forms import Field
from django.utils.functional import Promise

from varpa.calls.forms.applying import FIELDS, shown
from varpa.calls.steps import Asked, head_of
from varpa.programmes.week import time_name
from varpa.sectors.sectors import sector
from varpa.ui import words

MATCHED: Final = {
    "place": ("region",),
    "interests": ("interests",),
    "topic": ("topic", "experience"),
    "reach": ("languages",),
    "means": ("means",),
    "week": ("availability",),
}
"""By step what matching looks at: one of these fields is enough."""

COUNTED: Final = ("gender",)
"""What was told to be counted in groups: nobody but its author is shown it."""


def for_others(told: Mapping[str, Any]) -> dict[str, Any]:
    """What was told, as far as anybody but its author may see it."""
    return {name: value for name, value in told.items() if name not in COUNTED}


class Answer(NamedTuple):
    """One question and its answer in words; `own` where a person wrote it."""

    label: str | Promise
    text: str
    own: bool


class Group(NamedTuple):
    """The answers of one step; empty ones are left out."""

    step: str
    head: str | Promise
    answers: list[Answer]


def answered(asked: Asked, told: Mapping[str, Any], steps: Iterable[str]) -> list[Group]:
    """Each step with its answers."""
    return [Group(step, head_of(asked, step), _answers(asked, told, step)) for step in steps]


def unsaid(asked: Asked, told: Mapping[str, Any], steps: Iterable[str]) -> list[tuple[str, str | Promise]]:
    """(step, its question) of what matching looks at and nobody has said; blanks keep nobody out."""
    empty = [step for step in steps if step in MATCHED and not any(told.get(name) for name in MATCHED[step])]
    return [(step, FIELDS[step](asked)[MATCHED[step][0]].label or step) for step in empty]


def _answers(asked: Asked, told: Mapping[str, Any], step: str) -> list[Answer]:
    found = []
    values = shown(told)
    for name, field in FIELDS[step](asked).items():
        text = in_words(name, values.get(name), field)
        if text:
            own = getattr(field.widget, "attrs", {}).get("rows") is not None
            found.append(Answer(field.label or name, text, own))
    return found


def in_words(name: str, value: Any, field: Field) -> str:
    """An answer, as its form has it, in words; "" where there is none."""
    names = dict(getattr(field, "choices", ()))
    if value in (None, "", []):
        return ""
    if name == "born":
        return words.dated(value)
    if name == "interests":
        return ", ".join(str(each.name) for each in map(sector, value) if each)
    if name == "availability":
        return ", ".join(time_name(each) for each in value)
    if isinstance(value, list):
        return ", ".join(str(names.get(each, each)) for each in value)
    return str(names.get(str(value), value))
