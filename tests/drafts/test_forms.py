"""The form of an item: everything that a folder says of it, sent back as it was shown, says the same."""

from dataclasses import replace
from typing import Any

from django import forms
from django.http import QueryDict

from tests.drafts.conftest import FOLDER
from varpa.drafts.forms import ItemForm
from varpa.drafts.labels import GROUPS, LISTS, SETTINGS, TEXTS
from varpa.kernel.text import LANGUAGES, TranslatedText
from varpa.methodology import load
from varpa.methodology.items import is_item, items_in, lists_of, settings_of, texts_of
from varpa.methodology.model import Methodology
from varpa.programmes.parts import PARTS

METHODOLOGY = load(FOLDER)


def as_sent(form: ItemForm) -> QueryDict:
    """What a browser sends where nobody has changed anything."""
    sent = QueryDict(mutable=True)
    for name, field in form.fields.items():
        value = form.get_initial_for_field(field, name)
        if isinstance(value, TranslatedText):
            for language in LANGUAGES:
                sent[f"{name}_{language}"] = getattr(value, language).replace("\n", "\r\n")
        elif isinstance(value, bool):
            sent.setlist(name, ["on"] if value else [])
        elif isinstance(value, list):
            sent.setlist(name, value)
        else:
            sent[name] = str(value)
    return sent


def test_what_is_sent_as_it_was_shown_changes_nothing() -> None:
    changed = []
    for place, item in items_in(METHODOLOGY):
        given: dict[str, Any] = {"methodology": METHODOLOGY, "place": place, "item": item, "revision": 0}
        form = ItemForm(as_sent(ItemForm(None, **given)), **given)
        assert form.is_valid(), (place, form.errors)
        if replace(item, **form.said) != item:
            changed.append(place)
    assert changed == []


def test_every_text_setting_and_list_has_its_name() -> None:
    for _place, item in items_in(METHODOLOGY):
        assert set(texts_of(item)) <= set(TEXTS)
        assert {part.name for part in settings_of(item)} <= set(SETTINGS)
        assert set(lists_of(item)) <= set(LISTS)


def test_every_part_stands_once_among_the_parts() -> None:
    listed = [place for _name, places in GROUPS for place in places]
    there = [name for name, hint in Methodology.__annotations__.items() if is_item(hint)]
    assert sorted(listed) == sorted(["frame", *there])
    assert set(there) <= set(PARTS)


def test_hours_are_asked_as_hours() -> None:
    given: dict[str, Any] = {"methodology": METHODOLOGY, "place": "", "item": METHODOLOGY, "revision": 0}
    form = ItemForm(None, **given)
    assert form.initial["hours_minutes"] == METHODOLOGY.hours_minutes // 60
    sent = as_sent(form)
    sent["hours_minutes"] = "0"
    assert list(ItemForm(sent, **given).errors) == ["hours_minutes"]
    assert isinstance(form.fields["version"], forms.CharField)
