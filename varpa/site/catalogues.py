"""The catalogues of the interface's texts: one a room and language, beside what it translates.

Texts are found without the gettext programs, which a plain machine lacks: in templates by Django's own
reader, in Python by the syntax tree. See docs/decisions/0001-catalogue-per-room.md.
"""

import ast
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polib
from django.utils.translation.template import templatize

CODE = Path(__file__).resolve().parent.parent
LANGUAGES = ("lv", "lt")
WIDTH = 100

# Django's own rules, so that the rooms' catalogues and Django's are one.
PLURALS = {
    "lv": "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n != 0 ? 1 : 2);",
    "lt": (
        "nplurals=4; plural=(n % 10 == 1 && (n % 100 > 19 || n % 100 < 11) ? 0 : "
        "(n % 10 >= 2 && n % 10 <=9) && (n % 100 > 19 || n % 100 < 11) ? 1 : n % 1 != 0 ? 2: 3);"
    ),
}

# How many texts each function takes, and whether the first of them is a context.
FUNCTIONS = {
    "_": (1, False),
    "gettext": (1, False),
    "gettext_lazy": (1, False),
    "gettext_noop": (1, False),
    "ngettext": (2, False),
    "ngettext_lazy": (2, False),
    "pgettext": (2, True),
    "pgettext_lazy": (2, True),
    "npgettext": (3, True),
    "npgettext_lazy": (3, True),
}
STRING = r"""u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
CALL = re.compile(rf"\b(_|n?p?gettext)\(\s*({STRING}(?:,\s*{STRING}){{0,2}})")


@dataclass(frozen=True, order=True)
class Text:
    """One text to translate; `plural` and `context` are empty where it has none."""

    words: str
    context: str = ""
    plural: str = ""

    @property
    def key(self) -> tuple[str, str]:
        return self.context, self.words


def rooms() -> list[str]:
    """The rooms that have texts, in the order of their names."""
    return sorted(path.parent.name for path in CODE.glob("*/__init__.py") if collect(path.parent.name))


def collect(room: str) -> list[Text]:
    """The texts of a room, each once, in the order of its files."""
    found: dict[tuple[str, str], Text] = {}
    for text in _texts(CODE / room):
        if text.key not in found or text.plural:
            found[text.key] = text
    return list(found.values())


def path_of(room: str, language: str) -> Path:
    """Where the catalogue of a room lies."""
    return CODE / room / "locale" / language / "LC_MESSAGES" / "django.po"


def update() -> None:
    """Add each room's new texts without a translation, take out those that are no longer used."""
    for room in rooms():
        for language in LANGUAGES:
            _update(room, language)


def compile_all() -> None:
    """Write the compiled form of each catalogue that has changed since."""
    for source in CODE.glob("*/locale/*/LC_MESSAGES/*.po"):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime_ns >= source.stat().st_mtime_ns:
            continue
        # Two processes may compile at once: each writes a file of its own and puts it in place whole.
        part = target.with_suffix(f".{os.getpid()}.part")
        polib.pofile(str(source)).save_as_mofile(str(part))
        part.replace(target)


def missing() -> dict[tuple[str, str], list[str]]:
    """The texts that lack a translation, by room and language; fuzzy ones count as missing."""
    found: dict[tuple[str, str], list[str]] = {}
    for room in rooms():
        for language in LANGUAGES:
            known = {(entry.msgctxt or "", entry.msgid): entry for entry in catalogue(room, language)}
            lacking = [
                text.words
                for text in collect(room)
                if text.key not in known or not known[text.key].translated()
            ]
            if lacking:
                found[room, language] = lacking
    return found


def catalogue(room: str, language: str) -> polib.POFile:
    """The catalogue of a room as it stands; an empty one where there is none."""
    path = path_of(room, language)
    if path.exists():
        return polib.pofile(str(path), wrapwidth=WIDTH)
    made = polib.POFile(wrapwidth=WIDTH)
    made.metadata = {
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": PLURALS[language],
    }
    return made


def _update(room: str, language: str) -> None:
    book = catalogue(room, language)
    used = {text.key: text for text in collect(room)}
    before = str(book)
    for entry in list(book):
        text = used.get((entry.msgctxt or "", entry.msgid))
        if entry.obsolete or text is None or text.plural != entry.msgid_plural:
            book.remove(entry)
    known = {(entry.msgctxt or "", entry.msgid) for entry in book}
    book.extend(_entry(text, language) for text in used.values() if text.key not in known)
    path = path_of(room, language)
    if str(book) != before or not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        book.save(str(path))


def _entry(text: Text, language: str) -> polib.POEntry:
    python_format = ["python-format"] if re.search(r"%\(\w+\)[sd]", text.words + text.plural) else []
    entry = polib.POEntry(msgid=text.words, msgctxt=text.context or None, flags=python_format)
    if text.plural:
        entry.msgid_plural = text.plural
        forms = int(re.findall(r"nplurals=(\d)", PLURALS[language])[0])
        entry.msgstr_plural = dict.fromkeys(range(forms), "")
    return entry


def _texts(folder: Path) -> Iterator[Text]:
    for path in sorted(folder.rglob("*")):
        if path.suffix == ".py" and "migrations" not in path.parts:
            yield from _in_python(path.read_text())
        elif path.suffix in {".html", ".txt"} and "templates" in path.parts:
            yield from _in_template(path.read_text())


def _in_python(source: str) -> Iterator[Text]:
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    for call in sorted(calls, key=lambda node: (node.lineno, node.col_offset)):
        name = getattr(call.func, "id", getattr(call.func, "attr", ""))
        if name in FUNCTIONS:
            given = [arg.value for arg in call.args if isinstance(arg, ast.Constant)]
            yield from _text(name, [value for value in given if isinstance(value, str)])


def _in_template(source: str) -> Iterator[Text]:
    for name, literals in CALL.findall(templatize(source)):
        yield from _text(name, list(ast.literal_eval(f"({literals},)")))


def _text(name: str, words: list[str]) -> Iterator[Text]:
    """A text of the words that a function was given; none where they come from a variable."""
    count, has_context = FUNCTIONS[name]
    if len(words) < count:
        return
    context = words[0] if has_context else ""
    rest = words[has_context:count]
    if rest[0]:
        yield Text(rest[0], context, rest[1] if len(rest) > 1 else "")
