"""A draft as its pages show it: its parts, the items of a list, what the check finds, what changed."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from varpa.drafts import sentences
from varpa.drafts.labels import GROUPS, LISTS, SETTINGS, TEXTS, called, value_words
from varpa.drafts.models import Draft
from varpa.drafts.queries import Checked, base_of, is_touched, item_or_none, written
from varpa.kernel.text import LANGUAGES, TranslatedText
from varpa.methodology import Methodology
from varpa.methodology.builder import hints_of
from varpa.methodology.differing import Difference, differences
from varpa.methodology.guides import METHODOLOGY
from varpa.methodology.items import (
    WHOLE,
    is_item,
    item_at,
    items_in,
    kind_of_list,
    lists_of,
    settings_of,
    texts_of,
)
from varpa.methodology.marks import Origin
from varpa.methodology.snapshot import built
from varpa.people.models import Language
from varpa.programmes.parts import PARTS

FRAME: Final = "frame"
"""The place of the whole, as an address names it."""
LONGEST_NAME: Final = 90


@dataclass(frozen=True)
class Row:
    """One item of a list, or one part of a draft. `wrong`: how much the check finds in it.

    `whose`: for which role it is, where two items of a list may be called alike.
    """

    place: str
    words: str
    count: int = 0
    whose: str = ""
    touched: bool = False
    ours: bool = False
    wrong: int = 0


@dataclass(frozen=True)
class Listed:
    """A list as its page shows it: its items in their order, and what was taken out of it."""

    place: str
    name: str
    rows: list[Row]
    gone: list[Row]


@dataclass(frozen=True)
class Told:
    """What the check finds in one item, told by the name of the item."""

    place: str
    part: str
    item: str
    problems: list[str]


@dataclass(frozen=True)
class Changed:
    """One text or setting that differs from the version before; `label` says which of the item's."""

    place: str
    part: str
    item: str
    label: str
    before: str
    after: str
    is_there: bool = True


def groups_of(draft: Draft, methodology: Methodology, found: Checked) -> list[tuple[str, list[Row]]]:
    """The parts of a draft under what they are for."""
    rows = {row.place: row for row in _parts(draft, methodology, found)}
    return [(str(name), [rows[place] for place in places]) for name, places in GROUPS]


def _parts(draft: Draft, methodology: Methodology, found: Checked) -> list[Row]:
    there = [name for name in PARTS if is_item(hints_of(Methodology).get(name))]
    rows = [
        Row(FRAME, _("Name, hours and length"), wrong=_wrong(found, FRAME), touched=WHOLE in draft.touched)
    ]
    for name in there:
        part = getattr(methodology, name)
        count = len(part if isinstance(part, tuple) else part.questions)
        touched = is_touched(draft.touched, name)
        rows.append(Row(name, str(PARTS[name]), count, touched=touched, wrong=_wrong(found, name)))
    return rows


def lists_at(draft: Draft, methodology: Methodology, place: str, found: Checked) -> list[Listed]:
    """The lists that stand on the page of a place: itself, or those of the item."""
    thing = item_at(methodology, place)
    if isinstance(thing, tuple):
        return [_listed(draft, methodology, place, found)]
    if place == WHOLE:
        return []
    return [_listed(draft, methodology, f"{place}.{name}", found) for name in lists_of(thing)]


def _listed(draft: Draft, methodology: Methodology, place: str, found: Checked) -> Listed:
    rows = [
        Row(
            f"{place}.{each.key}",
            _short(called(each)),
            whose=value_words(methodology, each, "role") if hasattr(each, "role") else "",
            touched=is_touched(draft.touched, f"{place}.{each.key}"),
            ours=getattr(each, "source", "") == Origin.OURS,
            wrong=_wrong(found, f"{place}.{each.key}"),
        )
        for each in item_at(methodology, place)
    ]
    kind = kind_of_list(methodology, place)
    gone = [
        Row(at, _short(called(built(kind, data))))
        for at, data in draft.taken_out.items()
        if at.rpartition(".")[0] == place
    ]
    return Listed(place, list_name(place), rows, gone)


def list_name(place: str) -> str:
    """What a list is called."""
    return str(LISTS[place.rpartition(".")[2]])


def part_of(place: str) -> str:
    """In which part of the methodology an item stands, in words."""
    first = place.partition(".")[0]
    return str(PARTS[first]) if first else _("Name, hours and length")


def around(place: str) -> str:
    """The page from which one comes to an item's own: its list, or the item in which the list stands."""
    steps = place.split(".")[:-1]
    # A list within an item stands on the item's page.
    return ".".join(steps[:-1] if len(steps) > 1 else steps)


def told(methodology: Methodology, found: Checked) -> list[Told]:
    """What the check finds, item by item; what belongs to no item stands with the frame."""
    gathered: dict[str, list[str]] = {}
    for each in found.findings:
        gathered.setdefault(each.place, []).append(sentences.told(each.problem))
    return [
        Told(place or FRAME, part_of(place), _name_at(methodology, place), words)
        for place, words in gathered.items()
    ]


def _name_at(methodology: Methodology, place: str) -> str:
    thing = item_or_none(methodology, place)
    return "" if thing is None or isinstance(thing, tuple) or not place else _short(called(thing))


def problems_at(found: Checked, place: str) -> list[str]:
    """What the check finds in the item itself, not in those within it."""
    return [sentences.told(each.problem) for each in found.findings if each.place == place]


def said_before(draft: Draft, methodology: Methodology, place: str) -> list[tuple[str, TranslatedText]]:
    """The texts of an item that the version before words otherwise, each with what it says."""
    was, item = item_or_none(base_of(draft), place), item_at(methodology, place)
    if was is None or getattr(item, "key", "") == METHODOLOGY:
        return []
    changed = [name for name in texts_of(item) if getattr(was, name) != getattr(item, name)]
    return [(str(TEXTS[name]), getattr(was, name)) for name in changed]


def _wrong(found: Checked, place: str) -> int:
    if place == FRAME:
        return len(problems_at(found, WHOLE))
    return sum(each.place == place or each.place.startswith(f"{place}.") for each in found.findings)


def changes_of(draft: Draft) -> list[Changed]:
    """Everything in which a draft differs from the version before: texts, settings, what came and went."""
    before, after = base_of(draft), written(draft)
    return [*_texts(before, after), *_settings(before, after), *_orders(before, after)]


def _texts(before: Methodology, after: Methodology) -> Iterator[Changed]:
    for each in differences(before, after):
        place, _dot, field = each.path.rpartition(".")
        if each.path in ("version", "hours_minutes"):
            continue
        is_there = item_or_none(after, place) is not None
        name = _name_at(after if is_there else before, place)
        for language, was, now in _differing(each):
            label = f"{TEXTS[field]}, {Language(language).label}"
            yield Changed(place or FRAME, part_of(place), name, label, was, now, is_there=is_there)


def _differing(each: Difference) -> list[tuple[str, str, str]]:
    """The languages in which a text differs, with both; of what came or went the reader's own alone."""
    if each.before and each.after:
        both = [(code, getattr(each.before, code), getattr(each.after, code)) for code in LANGUAGES]
        return [(code, was, now) for code, was, now in both if was != now]
    return [(get_language() or "en", str(each.before), str(each.after))]


def _settings(before: Methodology, after: Methodology) -> Iterator[Changed]:
    known = dict(items_in(before))
    for place, item in items_in(after):
        was = known.get(place)
        for part in settings_of(item) if was is not None else ():
            if part.name != "version" and getattr(was, part.name) != getattr(item, part.name):
                yield Changed(
                    place or FRAME,
                    part_of(place),
                    _name_at(after, place),
                    str(SETTINGS[part.name]),
                    before=value_words(before, was, part.name),
                    after=value_words(after, item, part.name),
                )


def _orders(before: Methodology, after: Methodology) -> Iterator[Changed]:
    """Lists in which what was there before stands in another order now."""
    known = dict(items_in(before))
    for place, item in items_in(after):
        was = known.get(place)
        for name in lists_of(item) if was is not None else ():
            then = [each.key for each in getattr(was, name)]
            now = [each.key for each in getattr(item, name)]
            if _common(then, now) != _common(now, then):
                at = f"{place}.{name}" if place else name
                yield Changed(
                    at,
                    part_of(at),
                    _name_at(after, place),
                    pgettext("methodology", "Order"),
                    before=_in_order(getattr(was, name)),
                    after=_in_order(getattr(item, name)),
                )


def _in_order(listed: tuple[Any, ...]) -> str:
    return "; ".join(_short(called(each), 40) for each in listed)


def _common(keys: list[str], others: Collection[str]) -> list[str]:
    return [key for key in keys if key in others]


def _short(words: str, most: int = LONGEST_NAME) -> str:
    return words if len(words) <= most else f"{words[: most - 1].rstrip()}…"
