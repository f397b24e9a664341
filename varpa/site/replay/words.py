"""What people write: texts by idea and language, and names. They lie as data in `words/`."""

import tomllib
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import Any

FOLDER = Path(__file__).parent / "words"


@lru_cache
def names() -> dict[str, Any]:
    """People's names, towns and schools, by language."""
    return _read("names.toml")


@lru_cache
def _read(path: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / path).read_text())


@lru_cache
def ideas(language: str) -> tuple[str, ...]:
    """The business ideas that are written about in a language, by key."""
    paths = sorted((FOLDER / "ideas").glob("*.toml"))
    return tuple(path.stem for path in paths if language in _read(f"ideas/{path.name}"))


def sectors_of(idea: str) -> tuple[str, ...]:
    """The codes of the sectors that an idea belongs to, the nearest first."""
    return tuple(_read(f"ideas/{idea}.toml")["sectors"])


class Words:
    """The words of one pair in its language: while there are others, nothing is said twice."""

    def __init__(self, language: str, idea: str, chance: Random) -> None:
        self.language = language
        self.chance = chance
        self._general: dict[str, Any] = _read("general.toml")[language]
        self._idea: dict[str, Any] = _read(f"ideas/{idea}.toml")[language]
        self._piles: dict[tuple[str, ...], list[Any]] = {}

    def one(self, *path: str) -> str:
        """One of the texts under a path, for example `one("missed", "mentor")`; "" where there is none."""
        texts = [*_at(self._idea, path), *_at(self._general, path)]
        return str(self._next(path, texts)) if texts else ""

    def text(self, name: str) -> str:
        """The one text that an idea has under a name; "" where it has none."""
        found = self._idea.get(name, "")
        return found if isinstance(found, str) else ""

    def answer(self, table: str, question: str, about: str = "") -> str:
        """An answer to a question of the methodology; one of another methodology gets a general answer."""
        texts = self._general[table].get(question, self._general[table]["other"])
        if isinstance(texts, dict):
            texts = texts.get(about) or next(iter(texts.values()))
        return str(self._next((table, question, about), texts))

    def exchange(self, side: str) -> tuple[str, str]:
        """What one side writes, and what the other answers."""
        asked, answered = self._next(("exchanges", side), self._general["exchanges"][side])
        return str(asked), str(answered)

    def counted(self, table: str, number: int) -> str:
        """The wording for a number, such as every how many days."""
        wordings = self._general[table]
        return str(wordings.get(str(number)) or wordings["other"]).format(days=number)

    def goals(self) -> list[dict[str, Any]]:
        """The goals of the idea, each with `text`, `steps` and `progress`."""
        return list(self._idea["goals"])

    def _next(self, path: tuple[str, ...], texts: list[Any]) -> Any:
        pile = self._piles.get(path)
        if not pile:
            pile = self._piles[path] = list(texts)
            self.chance.shuffle(pile)
        return pile.pop()


def _at(table: dict[str, Any], path: tuple[str, ...]) -> list[str]:
    found: Any = table
    for name in path:
        found = found.get(name, {}) if isinstance(found, dict) else {}
    if isinstance(found, str):
        return [found]
    return found if isinstance(found, list) else []
