"""How two versions of a methodology differ, for a person to read."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from difflib import unified_diff
from typing import Final

from varpa.kernel.text import LANGUAGES, TranslatedText
from varpa.methodology import Methodology
from varpa.methodology.guides import METHODOLOGY
from varpa.methodology.overrides import paths, text_at

_HEAD: Final = TranslatedText(
    "Kas mainījies no {before} līdz {after} redakcijai",
    "Kas pasikeitė nuo {before} iki {after} redakcijos",
    "What changed from version {before} to {after}",
)


@dataclass(frozen=True)
class Difference:
    """One text or figure that is another one now; `before` or `after` is empty where it is not there."""

    path: str
    before: TranslatedText
    after: TranslatedText

    @property
    def is_new(self) -> bool:
        return not self.before

    @property
    def added(self) -> str:
        """What stands below a text that stays as it is: in the language of the reader; else nothing."""
        before, after = str(self.before), str(self.after)
        return after[len(before) :].strip() if before and after.startswith(before) else ""


def differences(before: Methodology, after: Methodology) -> list[Difference]:
    """Settings first, then texts in the order of the new methodology, then what is gone."""
    settings = [("version", before.version, after.version)]
    settings.append(("hours_minutes", _hours(before), _hours(after)))
    found = [
        Difference(name, TranslatedText.same(old), TranslatedText.same(new))
        for name, old, new in settings
        if old != new
    ]
    old_texts, new_texts = _texts(before), _texts(after)
    nothing = TranslatedText()
    for path in [*new_texts, *(path for path in old_texts if path not in new_texts)]:
        was, now = old_texts.get(path, nothing), new_texts.get(path, nothing)
        if was != now:
            found.append(Difference(path, was, now))
    return found


def _hours(methodology: Methodology) -> str:
    return f"{methodology.hours_minutes / 60:g} h"


def told(
    before: Methodology,
    after: Methodology,
    found: list[Difference],
    language: str,
    called: Callable[[str], str],
) -> str:
    """The same as a text beside the folder: lines that are gone begin with -, new ones with +.

    `called` says in that language what a person calls the text at a path.
    """
    return "\n".join(_told(before, after, found, language, called)) + "\n"


def _told(
    before: Methodology,
    after: Methodology,
    found: list[Difference],
    language: str,
    called: Callable[[str], str],
) -> Iterator[str]:
    head = _HEAD.within(language).format(before=before.version, after=after.version)
    yield f"# {head}"
    yield ""
    yield after.title.within(language)
    for each in found:
        yield ""
        yield f"## {called(each.path)} ({each.path})"
        yield ""
        yield from _lines(each.before.within(language), each.after.within(language))


def _lines(before: str, after: str) -> Iterator[str]:
    compared = unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=1)
    for line in compared:
        if line.startswith(("---", "+++")):
            continue
        yield "…" if line.startswith("@@") else f"{line[0]} {line[1:]}".rstrip()


def _texts(methodology: Methodology) -> dict[str, TranslatedText]:
    written = [path for path in paths(methodology) if not path.startswith(f"documents.{METHODOLOGY}.")]
    found = {path: text_at(methodology, path) for path in written}
    return {path: text for path, text in found.items() if any(getattr(text, code) for code in LANGUAGES)}
