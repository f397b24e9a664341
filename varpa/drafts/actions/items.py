"""Writing the items of a draft: their words and settings, and what stands in its lists, in which order."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from varpa.drafts.models import Draft, DraftState
from varpa.drafts.queries import base_of, item_or_none, written
from varpa.history.actions import record
from varpa.kernel.merging import Conflict
from varpa.kernel.refusals import Refusal
from varpa.kernel.text import TranslatedText
from varpa.methodology import Methodology, to_json
from varpa.methodology.items import blank, item_at, kind_of_list, marked, with_item
from varpa.methodology.snapshot import built, plain
from varpa.people.models import Person

FIXED: Final = ("roles",)
"""Lists in which nothing is added, taken out or moved: every methodology has the same four roles."""
MOST_IN_A_LIST: Final = 200


class NotBeingWritten(Refusal):
    sentence = _("This draft is not being written any more: nothing of it was changed.")


class ItemGone(Refusal):
    sentence = _(
        "This was taken out of the draft meanwhile. What was taken out can be put back from its list."
    )


class SettingsChanged(Refusal):
    sentence = _(
        "This was changed elsewhere while you were writing. What stands now is shown: look, and save again."
    )


class ListIsFixed(Refusal):
    sentence = _("Every methodology has these, in this order: their words can be changed, nothing else.")


class ListIsFull(Refusal):
    sentence = _("There is no more room in this list.")


class StandsAlready(Refusal):
    sentence = _("There is such a one in this list already, so this one was not put back.")


@transaction.atomic
def write_item(
    *, draft: Draft, place: str, said: Mapping[str, Any], revision: int, by: Person, now: datetime
) -> bool:
    """Write texts and settings of one item; `said` by the names of its fields. False where all stands there.

    `revision` is that of the draft when the form was opened; others may have written other items since.
    Raises merging.Conflict with each text by language where this one was written (R13), SettingsChanged
    where only its settings were, ItemGone, NotBeingWritten.
    """
    held = _held(draft)
    methodology = written(held)
    item = item_or_none(methodology, place)
    if item is None:
        raise ItemGone()
    changed = replace(item, **said)
    if changed == item:
        return False
    if held.touched.get(place, 0) > revision:
        _tell(held, item, changed)
    methodology = marked(with_item(methodology, place, changed), place, base_of(held))
    _keep(draft, held, methodology, place, now)
    record("methodology_draft.write", draft, now=now, by=by, details={"place": place})
    return True


@transaction.atomic
def add_item(*, draft: Draft, place: str, ref: str, by: Person, now: datetime) -> str:
    """Put a new item, which says nothing yet, at the end of a list; answers its place. Two clicks are one."""
    held = _held(draft)
    methodology, listed, key = written(held), _list(held, place), f"own-{ref}"
    if f"{place}.{key}" in held.taken_out:
        raise ItemGone()
    if all(each.key != key for each in listed):
        if len(listed) >= MOST_IN_A_LIST:
            raise ListIsFull()
        around = item_at(methodology, place.rpartition(".")[0])
        made = blank(kind_of_list(methodology, place), key, around)
        _keep(draft, held, with_item(methodology, place, (*listed, made)), place, now)
        record("methodology_draft.add", draft, now=now, by=by, details={"place": place})
    return f"{place}.{key}"


@transaction.atomic
def take_out(*, draft: Draft, place: str, by: Person, now: datetime) -> None:
    """Take an item out of its list; its words are kept, to be put back. A second click changes nothing."""
    held, (around, _dot, key) = _held(draft), place.rpartition(".")
    listed = _list(held, around)
    gone = next((each for each in listed if each.key == key), None)
    if gone is None:
        return
    held.taken_out[place] = plain(gone)
    left = tuple(each for each in listed if each.key != key)
    _keep(draft, held, with_item(written(held), around, left), around, now)
    record("methodology_draft.take_out", draft, now=now, by=by, details={"place": place})


@transaction.atomic
def put_back(*, draft: Draft, place: str, by: Person, now: datetime) -> None:
    """Put an item that was taken out at the end of its list. A second click changes nothing.

    Raises StandsAlready, ListIsFull.
    """
    held, (around, _dot, key) = _held(draft), place.rpartition(".")
    listed, data = _list(held, around), held.taken_out.pop(place, None)
    if data is None:
        return
    if any(each.key == key for each in listed):
        raise StandsAlready()
    if len(listed) >= MOST_IN_A_LIST:
        raise ListIsFull()
    methodology = written(held)
    back = built(kind_of_list(methodology, around), data)
    _keep(draft, held, with_item(methodology, around, (*listed, back)), around, now)
    record("methodology_draft.put_back", draft, now=now, by=by, details={"place": place})


@transaction.atomic
def move_up(*, draft: Draft, place: str, by: Person, now: datetime) -> None:
    """Let an item change places with the one before it; the first one stays."""
    held, (around, _dot, key) = _held(draft), place.rpartition(".")
    listed = list(_list(held, around))
    at = next((number for number, each in enumerate(listed) if each.key == key), 0)
    if not at:
        return
    listed[at - 1], listed[at] = listed[at], listed[at - 1]
    _keep(draft, held, with_item(written(held), around, tuple(listed)), around, now)
    record("methodology_draft.move", draft, now=now, by=by, details={"place": place})


def texts_by_language(item: Any, names: list[str]) -> dict[str, str]:
    """Texts of an item as a form has them: {"text_lv": …}."""
    said: dict[str, TranslatedText] = {name: getattr(item, name) for name in names}
    return {f"{name}_{code}": words for name, text in said.items() for code, words in text.as_dict().items()}


def _tell(held: Draft, item: Any, changed: Any) -> None:
    names = [name for name, value in vars(changed).items() if isinstance(value, TranslatedText)]
    conflict = Conflict(
        stored=texts_by_language(item, names),
        given=texts_by_language(changed, names),
        revision=held.revision,
    )
    if conflict.differing:
        raise conflict
    raise SettingsChanged()


def _held(draft: Draft) -> Draft:
    """The draft as it stands now, held until it is written."""
    held = Draft.objects.select_for_update(of=("self",)).select_related("based_on").get(pk=draft.pk)
    if held.state != DraftState.WRITING:
        raise NotBeingWritten()
    return held


def _list(held: Draft, place: str) -> tuple[Any, ...]:
    if place in FIXED:
        raise ListIsFixed()
    listed = item_or_none(written(held), place)
    if not isinstance(listed, tuple):
        raise ItemGone()
    return listed


def _keep(draft: Draft, held: Draft, methodology: Methodology, place: str, now: datetime) -> None:
    held.data, held.version = to_json(methodology), methodology.version
    held.revision, held.changed_at = held.revision + 1, now
    held.touched[place] = held.revision
    names = ("data", "revision", "changed_at", "touched", "taken_out", "version")
    held.save(update_fields=names)
    for name in names:
        setattr(draft, name, getattr(held, name))
