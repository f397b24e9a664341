"""A methodology item by item, as somebody edits it: an item by its place, a list, a new one, whose it is.

A place is what `overrides.paths` names, without the text: `diary.questions.on_time`, `roles.mentor`, a list
such as `calendar`; the methodology as a whole is the place "".
"""

from collections.abc import Iterator
from dataclasses import MISSING, Field, fields, is_dataclass, replace
from typing import Any, Final, get_args, get_origin

from varpa.kernel.text import TranslatedText
from varpa.methodology.builder import Builder, hints_of
from varpa.methodology.marks import Origin
from varpa.methodology.model import Methodology, QuestionSet
from varpa.methodology.reader import Page

WHOLE: Final = ""


def item_at(methodology: Methodology, place: str) -> Any:
    """The item, or the list, at a place; KeyError where there is none."""
    thing: Any = methodology
    for step in _steps(place):
        if isinstance(thing, tuple):
            thing = {one.key: one for one in thing}[step]
        elif is_item(fields_of(thing).get(step)):
            thing = getattr(thing, step)
        else:
            raise KeyError(place)
    return thing


def with_item(methodology: Methodology, place: str, item: Any) -> Methodology:
    """The methodology with another item, or another list, at a place that it has."""
    changed = _with(methodology, _steps(place), item)
    assert isinstance(changed, Methodology)
    return changed


def kind_of_list(methodology: Methodology, place: str) -> Any:
    """Of which kind the items of a list are; KeyError where there is no list."""
    around, _dot, name = place.rpartition(".")
    hint = fields_of(item_at(methodology, around)).get(name)
    if not is_list(hint):
        raise KeyError(place)
    return get_args(hint)[0]


def fields_of(item: object) -> dict[str, Any]:
    """The types of the fields of an item, by their names."""
    kind: type = type(item)
    return hints_of(kind)


def is_list(hint: Any) -> bool:
    """Whether a field of this type is a list of items."""
    return get_origin(hint) is tuple and is_dataclass(get_args(hint)[0])


def is_item(hint: Any) -> bool:
    """Whether a field of this type holds items of its own: a list of them, or a set of questions."""
    return is_list(hint) or hint is QuestionSet


def lists_of(item: Any) -> list[str]:
    """The lists in an item, by the names of its fields."""
    return [name for name, hint in fields_of(item).items() if is_list(hint)]


def texts_of(item: Any) -> list[str]:
    """The texts of an item, by the names of its fields."""
    return [name for name, hint in fields_of(item).items() if hint is TranslatedText]


def settings_of(item: Any) -> "list[Field[Any]]":
    """What a folder says of an item beside its texts and lists: hours, days, roles, marks."""
    hints = fields_of(item)
    return [
        part
        for part in fields(item)
        if part.name not in ("key", "source")
        and part.metadata.get("given", True)
        and hints[part.name] is not TranslatedText
        and not is_item(hints[part.name])
    ]


def items_in(thing: Any, place: str = WHOLE) -> Iterator[tuple[str, Any]]:
    """Every item with its place, the whole first; of guides also that which writes itself."""
    if not isinstance(thing, tuple):
        yield place, thing
    before = f"{place}." if place else ""
    inside = [(each.key, each) for each in thing] if isinstance(thing, tuple) else _within(thing)
    for name, each in inside:
        yield from items_in(each, before + name)


def _within(item: Any) -> list[tuple[str, Any]]:
    return [(name, getattr(item, name)) for name, hint in fields_of(item).items() if is_item(hint)]


def blank(kind: Any, key: str, around: Any) -> Any:
    """A new item of ours that says nothing yet; `around` is the item in whose list it will stand."""
    builder = Builder(Page(""))
    values: dict[str, Any] = {}
    for part in fields(kind):
        inherited, words = part.metadata.get("inherits"), part.metadata.get("words")
        if inherited:
            values[part.name] = getattr(around, inherited)
        elif part.default is MISSING:
            hint = hints_of(kind)[part.name]
            values[part.name] = str(next(iter(words))) if words and hint is str else builder.fallback(hint)
    return kind(**{**values, "key": key, **({"source": str(Origin.OURS)} if "source" in values else {})})


def marked(methodology: Methodology, place: str, before: Methodology) -> Methodology:
    """The methodology in which the item at a place is marked as ours, or, said again as before, as it was.

    An item without a mark of its own, such as an option, belongs to the one around it.
    """
    while place:
        item = item_at(methodology, place)
        if hasattr(item, "source"):
            return with_item(methodology, place, replace(item, source=_source(item, place, before)))
        place = place.rpartition(".")[0]
    return methodology


def _source(item: Any, place: str, before: Methodology) -> str:
    try:
        was = item_at(before, place)
    except KeyError:
        return str(Origin.OURS)
    same = replace(item, source=was.source) == was
    return str(was.source if same else Origin.OURS)


def _steps(place: str) -> list[str]:
    return place.split(".") if place else []


def _with(thing: Any, steps: list[str], item: Any) -> Any:
    if not steps:
        return item
    first, *rest = steps
    if isinstance(thing, tuple):
        return tuple(_with(one, rest, item) if one.key == first else one for one in thing)
    return replace(thing, **{first: _with(getattr(thing, first), rest, item)})
