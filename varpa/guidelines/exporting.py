"""The methodology of the next programme: that of this one, with what was learnt and what was adopted.

The same version of the guidelines gives the same folder, and the same archive to the byte.
"""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from pathlib import Path
from typing import Final
from zipfile import ZIP_STORED

from django.utils.translation import override

from varpa.documents.archives import packed
from varpa.guidelines.adopting import as_overrides, named
from varpa.guidelines.models import Version
from varpa.guidelines.outline import LEARNT, steps_of
from varpa.guidelines.queries import versions_read
from varpa.guidelines.showing import Quoted, quotation
from varpa.guidelines.words import LEARNT_TITLE, in_every_language
from varpa.kernel.text import LANGUAGES, TranslatedText
from varpa.methodology import Broken, Methodology, Problem, digest, load, load_files, overrides
from varpa.methodology.differing import Difference, differences, told
from varpa.methodology.editing import Folder, folder_at
from varpa.methodology.folders import Files
from varpa.methodology.marks import Origin, RoleKey
from varpa.methodology.model import Document
from varpa.methodology.numbering import next_version
from varpa.methodology.writing import files_of
from varpa.programmes.models import Programme
from varpa.programmes.queries import own_methodology_of

_UNSAFE: Final = re.compile(r"[^A-Za-z0-9.]+")
_READERS: Final = tuple(str(role) for role in (RoleKey.MENTOR, RoleKey.MENTEE, RoleKey.MANAGER))


@dataclass(frozen=True)
class Exported:
    """The folder of the next version: its files, what it says, and how it differs from the one before."""

    files: Files
    before: Methodology
    after: Methodology
    differences: list[Difference]

    @property
    def name(self) -> str:
        """How the folder is called: a version may be any text, the name of a folder may not."""
        return f"{self.after.key}-{_UNSAFE.sub('-', self.after.version)}"


def exported(version: Version, folders: Path) -> Exported:
    """The next methodology; `folders` are where the comments of the present one may stand.

    Raises methodology.Broken where it would not be one: nothing is handed out that does not pass the check.
    """
    before = own_methodology_of(version.programme)
    files = _written(_present(before, folders), before, version)
    after = load_files(files)
    found = differences(before, after)
    changes = {f"CHANGES.{language}.txt": _changes(before, after, found, language) for language in LANGUAGES}
    return Exported(dict(sorted({**files, **changes}.items())), before, after, found)


def require_whole(version: Version) -> None:
    """Raises methodology.Broken where no methodology comes of a version, also of one that is not saved."""
    before = own_methodology_of(version.programme)
    load_files(_written(Folder(files_of(before)), before, version))


def _changes(before: Methodology, after: Methodology, found: list[Difference], language: str) -> str:
    with override(language):
        return told(before, after, found, language, partial(named, before, after))


@dataclass(frozen=True)
class Next:
    """What the next version of the methodology says, and how it differs from the one before."""

    before: Methodology
    after: Methodology
    differences: list[Difference]


def next_of(version: Version) -> Next:
    """The same as `exported` says, without the files: what a page shows, shared and never to be changed.

    It is made once in a process of all that it comes of; of anything else it is made anew.
    Raises methodology.Broken as `exported` does, each time.
    """
    programme = version.programme
    learnt = (version.number, version.becomes, version.texts, version.quoted, version.changes)
    made_of = json.dumps([*learnt, programme.name.as_dict()], sort_keys=True)
    return _next(version, programme.methodology_version.digest, made_of)


@lru_cache(maxsize=8)
def _next(version: Version, _digest: str, _made_of: str) -> Next:
    before = own_methodology_of(version.programme)
    after = load_files(_written(Folder(files_of(before)), before, version))
    return Next(before, after, differences(before, after))


def archive(files: Files, name: str) -> bytes:
    """The folder in a ZIP archive: no time, no machine and no compressor shows in it."""
    inside = {f"{name}/{path}": text.encode() for path, text in sorted(files.items())}
    return packed(inside, method=ZIP_STORED)


def _written(folder: Folder, before: Methodology, version: Version) -> Files:
    folder.put_value("version", version.becomes or next_version(before.version, version.number))
    try:
        _adopt(folder, version)
        _learn(folder, before, version)
    except overrides.BadOverrides as bad:
        raise Broken([Problem("", 0, words) for words in bad.problems]) from bad
    return folder.files()


def _present(methodology: Methodology, folders: Path) -> Folder:
    """The folder that the programme was made from, with its comments and its order, where it is at hand.

    It lies among the folders, or came of guidelines of this site: then it is written once more as it was.
    """
    wanted = digest(methodology)
    for folder in sorted([folders, *folders.iterdir()]) if folders.is_dir() else []:
        if not (folder / "methodology.toml").is_file():
            continue
        try:
            if digest(load(folder)) == wanted:
                return folder_at(folder)
        except Broken:
            continue
    return _came_of(methodology, wanted, folders) or Folder(files_of(methodology))


def _came_of(methodology: Methodology, wanted: str, folders: Path) -> Folder | None:
    """The folder as the guidelines wrote it of which it came; None where that is another one."""
    versions = Version.objects.filter(methodology_key=methodology.key, becomes=methodology.version)
    version = versions_read(versions).exclude(becomes="").first()
    if version is None:
        return None
    try:
        before = own_methodology_of(version.programme)
        # What came of guidelines has a later version than what it came of: this ends.
        folder = Folder(_written(_present(before, folders), before, version))
        return folder if digest(load_files(folder.texts)) == wanted else None
    except Broken:
        return None


def _adopt(folder: Folder, version: Version) -> None:
    changes = overrides.parse(as_overrides(version.changes))
    if changes.hours_minutes is not None:
        folder.put_value("hours_minutes", changes.hours_minutes)
    for path, text in sorted(changes.texts.items()):
        folder.put_text(path, text)
    for among, questions in sorted(changes.questions.items()):
        for each in questions if among != overrides.APPLICATION else ():
            folder.add_question(among, each.question())


def _learn(folder: Folder, before: Methodology, version: Version) -> None:
    adopted = overrides.apply(before, as_overrides(version.changes))
    folder.put_document(_learnt(adopted, version))
    for document in adopted.documents:
        mine = [each for each in version.quoted if each["topic"] == document.key]
        if mine and document.key != LEARNT:
            folder.put_document(_enriched(document, version.programme, mine))


def _learnt(methodology: Methodology, version: Version) -> Document:
    """The guide of what was learnt, the newest programme first; what was there before stays below."""
    known = next((each for each in methodology.documents if each.key == LEARNT), None)
    bodies = {}
    sections = [
        (step.name, in_every_language(version.texts[step.key]))
        for step in steps_of(methodology)
        if step.key in version.texts
    ]
    for language in LANGUAGES:
        parts = [f"## {_one_line(version.programme.name.within(language))}"]
        for name, texts in sections:
            parts += [f"### {name.within(language)}", plain(texts[language])]
        if known:
            parts.append(known.body.within(language))
        bodies[language] = "\n\n".join(parts)
    made = known or Document(LEARNT, _READERS, str(Origin.OURS))
    return replace(made, title=LEARNT_TITLE, body=TranslatedText(**bodies))


def _enriched(document: Document, programme: Programme, quotes: Iterable[Quoted]) -> Document:
    """A guide with the recommendations on what it is about, below what it says."""
    bodies = {}
    for language in LANGUAGES:
        body, heading = document.body.within(language), f"## {LEARNT_TITLE.within(language)}"
        with override(language):
            said = [quotation(programme, each, language).strip() for each in quotes]
        more = "\n\n".join([f"**{_one_line(programme.name.within(language))}**", *map(plain, said)])
        first = heading not in body.splitlines()
        bodies[language] = "\n\n".join([body, heading, more] if first else [body, more])
    return replace(document, body=TranslatedText(**bodies))


def plain(text: str) -> str:
    """A text without headings of its own: a guide has as many in each language."""
    lines = [
        f"**{line.strip('# ')}**" if line.startswith("#") and line.strip("# ") else line.lstrip("#")
        for line in text.splitlines()
    ]
    return "\n".join(lines)


def _one_line(text: str) -> str:
    return " ".join(text.split())
