"""The guides of a methodology folder: Markdown files in lv/, lt/ and en/, one for each document."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Final, NamedTuple

from varpa.kernel.text import LANGUAGES, TranslatedText
from varpa.methodology.builder import LANGUAGE_NAMES, LONGEST_NAME, has_control, is_blank, suggestion
from varpa.methodology.reader import Problem, read_text

METHODOLOGY: Final = "methodology"
_FENCED: Final = re.compile(r"^ {0,3}(```+|~~~+).*?(?:^ {0,3}\1|\Z)", re.MULTILINE | re.DOTALL)
_HEADING: Final = re.compile(r"^ {0,3}#{1,6}(?:[ \t]|$)", re.MULTILINE)


class Guide(NamedTuple):
    """A guide in three languages: its first heading, and the Markdown after it."""

    title: TranslatedText
    body: TranslatedText


def read_guide(folder: Path, key: str) -> tuple[Guide, list[Problem]]:
    """The guide of a document's key, as far as it could be read, and what is wrong with it."""
    titles, bodies, problems = {}, {}, []
    for language in LANGUAGES:
        name = f"{language}/{key}.md"
        if not (folder / name).is_file():
            words = f"the guide “{key}” is missing in {LANGUAGE_NAMES[language]} ({language})"
            problems.append(Problem(name, 0, words))
            continue
        text, unread = read_text(folder, name)
        problems += unread
        if unread:
            continue
        if is_blank(text):
            problems.append(Problem(name, 1, "this guide is empty"))
            continue
        problems += _controls(name, text)
        titles[language], bodies[language], words = _split(text)
        if words:
            problems.append(Problem(name, _first_line(text), words))
    problems += _unequal(key, bodies)
    return Guide(TranslatedText(**titles), TranslatedText(**bodies)), problems


def strangers(folder: Path, keys: Iterable[str]) -> list[Problem]:
    """Files beside the guides that no document names: a name written wrongly would otherwise be missed."""
    known = list(keys)
    found = []
    for language in LANGUAGES:
        for path in sorted((folder / language).glob("[!.]*")):
            words = _strange(path.name, known) if path.is_file() else ""
            found += [Problem(f"{language}/{path.name}", 0, words)] if words else []
    return found


def _strange(name: str, known: list[str]) -> str:
    """What is wrong with the name of a file beside the guides; "" where nothing is, or it is no guide."""
    key = name.partition(".")[0]
    if not name.endswith(".md"):
        meant = f"{key.lower()}.md"
        text = name.lower().endswith((".md", ".txt", ".markdown")) or name == key
        is_guide = key.lower() in known and text
        return f"a guide has the name of its document and ends in .md: “{meant}”" if is_guide else ""
    key = name.removesuffix(".md")
    if key == METHODOLOGY:
        return "this one is written from the folder itself; remove the file"
    if key in known:
        return ""
    return f"no [[documents]] has the key “{key}”{suggestion(key, known)}"


def _controls(name: str, text: str) -> list[Problem]:
    """The lines of a guide that hold letters which no reader should get."""
    return [
        Problem(name, number, "this line contains a control character")
        for number, line in enumerate(text.split("\n"), start=1)
        if has_control(line)
    ]


def _first_line(text: str) -> int:
    lines = text.split("\n")
    return next(number for number, line in enumerate(lines, start=1) if line.strip())


def _split(text: str) -> tuple[str, str, str]:
    """Title, body, and what is wrong."""
    heading, _newline, body = text.strip().partition("\n")
    title = heading.removeprefix("# ").strip()
    if len(title) > LONGEST_NAME:
        return (
            title,
            body.strip(),
            f"the title of a guide has at most {LONGEST_NAME} letters, not {len(title)}",
        )
    if not heading.startswith("# ") or not title:
        return "", text.strip(), "a guide must begin with a heading: “# ” and its title"
    return title, body.strip(), "" if body.strip() else "this guide has a heading and nothing below it"


def _unequal(key: str, bodies: dict[str, str]) -> list[Problem]:
    """Languages whose headings are not as many as those of the first one."""
    if not bodies:
        return []
    (first, wanted), *others = ((language, _headings(body)) for language, body in bodies.items())
    return [
        Problem(
            f"{language}/{key}.md",
            0,
            f"headings below the title: {found}, but {wanted} in {LANGUAGE_NAMES[first]} ({first})",
        )
        for language, found in others
        if found != wanted
    ]


def _headings(body: str) -> int:
    """Headings as Markdown has them: not `#word`, nor what stands in a fence of code."""
    return len(_HEADING.findall(_FENCED.sub("", body)))
