"""A methodology written as the files of its folder: what the loader reads, the other way round."""

from dataclasses import fields, is_dataclass
from enum import StrEnum
from typing import Any

import tomlkit
from tomlkit.items import AoT, InlineTable, Item, Table

from varpa.kernel.text import LANGUAGES, TranslatedText
from varpa.methodology.builder import CONTROL, written
from varpa.methodology.dates import Offset
from varpa.methodology.folders import Files
from varpa.methodology.guides import METHODOLOGY
from varpa.methodology.layout import FILES, QUESTION_FILES
from varpa.methodology.model import Document, Methodology


def files_of(methodology: Methodology) -> Files:
    """The whole folder. Loaded again it gives an equal methodology; comments there are none.

    A text that is not there in a language is written as an empty one: the loader says that it is missing.
    """
    files = {name: _file(methodology, parts) for name, parts in FILES.items()}
    files = {name: text for name, text in files.items() if text}
    for key in QUESTION_FILES:
        files[f"{key}.toml"] = _dumped(getattr(methodology, key), without=("key",))
    for document in methodology.documents:
        files |= guide_files(document)
    return files


def guide_files(document: Document) -> Files:
    """A guide in its three languages; the methodology's own document is written from the folder itself."""
    if document.key == METHODOLOGY:
        return {}
    return {
        f"{language}/{document.key}.md": guide(
            getattr(document.title, language), getattr(document.body, language)
        )
        for language in LANGUAGES
    }


def guide(title: str, body: str) -> str:
    """A guide as it stands in its file."""
    return readable(f"# {title}\n\n{body}\n")


def readable(text: str) -> str:
    """A text without letters that no reader should get: the loader refuses them."""
    return CONTROL.sub("", text)


def _file(methodology: Methodology, parts: tuple[str, ...]) -> str:
    filled = [name for name in parts if getattr(methodology, name) not in ((), TranslatedText())]
    return _dumped(methodology, only=filled) if filled else ""


def _dumped(thing: Any, *, only: list[str] | None = None, without: tuple[str, ...] = ()) -> str:
    document = tomlkit.document()
    _fill(document, thing, only=only, without=without)
    return tomlkit.dumps(document)


def table_of(thing: Any) -> Table:
    """A table for one thing of the model: a question, a document."""
    table = tomlkit.table()
    _fill(table, thing)
    return table


def _fill(into: Any, thing: Any, *, only: list[str] | None = None, without: tuple[str, ...] = ()) -> None:
    """First what stands on lines of its own, then the tables in tables: TOML wants it so."""
    tables: list[tuple[str, AoT]] = []
    for part in fields(thing):
        value = getattr(thing, part.name)
        asked = part.name not in without if only is None else part.name in only
        given = part.metadata.get("given", True)
        if not asked or not given or value == part.default:
            continue
        if isinstance(value, tuple) and value and is_dataclass(value[0]):
            tables.append((part.name, _tables(value)))
        else:
            put(into, part.name, value)
    for name, found in tables:
        into.append(name, found)


def put(into: Any, name: str, value: Any) -> None:
    """Write a value under a name, over what stands there; a text in three languages on three lines."""
    if isinstance(value, TranslatedText):
        for language in LANGUAGES:
            text = _string(readable(getattr(value, language)))
            if name in into:
                into[name][language] = text
            else:
                into.append(tomlkit.key([name, language]), text)
        return
    if name in into:
        into[name] = _item(value)
    else:
        into.append(name, _item(value))


def _tables(things: tuple[Any, ...]) -> AoT:
    found = tomlkit.aot()
    for thing in things:
        found.append(table_of(thing))
    return found


def _item(value: Any) -> Item:
    if isinstance(value, Offset):
        return _offset(value)
    if is_dataclass(value) and not isinstance(value, type):
        return _inline(value)
    if isinstance(value, tuple):
        return tomlkit.item([str(each) for each in value])
    return tomlkit.item(str(value) if isinstance(value, StrEnum) else value)


def _offset(value: Offset) -> InlineTable:
    table = tomlkit.inline_table()
    if value.months or not value.days:
        table.append("months", value.months)
    if value.days:
        table.append("days", value.days)
    return table


def _inline(thing: Any) -> InlineTable:
    """A thing of few words on one line, such as the condition of a question."""
    table = tomlkit.inline_table()
    for part in fields(thing):
        if getattr(thing, part.name) != part.default:
            table.append(written(part), _item(getattr(thing, part.name)))
    return table


def _string(text: str) -> Item:
    if "\n" not in text:
        return tomlkit.string(text)
    return tomlkit.string(f"\n{text}\n", multiline=True)
