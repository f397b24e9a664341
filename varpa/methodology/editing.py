"""Changing the files of a methodology folder in place: comments and order of whoever wrote them stay."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import tomlkit
from tomlkit.items import AoT

from varpa.kernel.text import LANGUAGES, TranslatedText
from varpa.methodology.folders import Files
from varpa.methodology.layout import FILES, QUESTION_FILES
from varpa.methodology.model import Document, Question
from varpa.methodology.writing import guide, guide_files, put, readable, table_of

_FILE_OF: Final = {part: file for file, parts in FILES.items() for part in parts}


@dataclass
class Folder:
    """The files of a folder while they are changed; `files()` gives them as they stand now."""

    texts: Files
    _parsed: dict[str, Any] = field(default_factory=dict)

    def files(self) -> Files:
        """Every file, by its name; a file that nobody changed is the same to the letter."""
        written = {name: tomlkit.dumps(parsed) for name, parsed in self._parsed.items()}
        return dict(sorted({**self.texts, **written}.items()))

    def put_value(self, name: str, value: Any) -> None:
        """A setting of the methodology itself: `version`, `hours_minutes`."""
        put(self._toml(_FILE_OF[name]), name, value)

    def put_text(self, path: str, text: TranslatedText) -> None:
        """Another wording of a text; `path` as `overrides.paths` names it."""
        first, *steps = path.split(".")
        if first == "documents":
            self._put_in_guide(steps[0], steps[1], text)
        elif not steps:
            put(self._toml(_FILE_OF[first]), first, text)
        else:
            put(self._place(first, steps[:-1]), steps[-1], text)

    def add_question(self, among: str, question: Question) -> None:
        """A question after those of a set."""
        self._append(f"{among}.toml", "questions", question)

    def put_document(self, document: Document) -> None:
        """A guide of the folder, new or written anew: its languages, and its line among the documents."""
        self.texts |= guide_files(document)
        listed = self._toml("methodology.toml").get("documents", ())
        if all(str(each.get("key")) != document.key for each in listed):
            self._append("methodology.toml", "documents", document)

    def _put_in_guide(self, key: str, name: str, text: TranslatedText) -> None:
        for language in LANGUAGES:
            at = f"{language}/{key}.md"
            heading, _newline, body = self.texts[at].strip().partition("\n")
            said = readable(text.within(language))
            title = said if name == "title" else heading.removeprefix("# ").strip()
            self.texts[at] = guide(title, said if name == "body" else body.strip())

    def _append(self, file: str, name: str, thing: Any) -> None:
        document = self._toml(file)
        if name not in document:
            document.append(name, tomlkit.aot())
        tables = document[name]
        assert isinstance(tables, AoT)
        tables.append(table_of(thing))

    def _place(self, first: str, steps: list[str]) -> Any:
        """The table that holds a text: down a list by key, into a table by name."""
        place = self._toml(f"{first}.toml") if first in QUESTION_FILES else self._toml(_FILE_OF[first])[first]
        for step in steps:
            if isinstance(place, AoT | list):
                place = next(each for each in place if str(each["key"]) == step)
            else:
                place = place[step]
        return place

    def _toml(self, file: str) -> Any:
        if file not in self._parsed:
            self._parsed[file] = tomlkit.parse(self.texts.get(file, ""))
        return self._parsed[file]


def folder_at(path: Path) -> Folder:
    """The folder as it lies on a disk: only what the loader reads."""
    names = [*FILES, *(f"{key}.toml" for key in QUESTION_FILES)]
    found = [path / name for name in names if (path / name).is_file()]
    for language in LANGUAGES:
        found += sorted((path / language).glob("[!.]*.md"))
    return Folder({str(each.relative_to(path)): each.read_text(encoding="utf-8-sig") for each in found})
