"""Marks in the text of the report, which tie it to where it is from.

{{measure.pairs}}      a figure; the text shows the value that a person has accepted
{{quote:abcdefghjkmn}} words of somebody who allowed to quote them, by the reference of the comment
{{theme:abcdefghjkmn}} a theme of open answers, by its reference
[[What helped?]]       a gap, to be filled by a person
"""

import re
from collections.abc import Callable, Iterable
from typing import Final

QUOTE: Final = r"\{\{[ \t]*(?:quote|theme):(?P<quote>[0-9a-z]{12})[ \t]*\}\}"
# Whatever stands in such brackets is taken for a figure: what is written wrong is then told, not printed.
FIGURE: Final = r"\{\{[ \t]*(?P<figure>[^{}\s](?:[^{}\n]*[^{}\s])?)[ \t]*\}\}"
# A gap may run over lines of one paragraph, and have single brackets in it.
GAP: Final = r"\[\[(?P<gap>(?:(?!\[\[|\]\]|\n[ \t]*\n).)+)\]\]"
_THEME = re.compile(r"\{\{[ \t]*theme:([0-9a-z]{12})[ \t]*\}\}")
_ANY = re.compile(f"{QUOTE}|{FIGURE}|{GAP}", re.DOTALL)
# Letters of the private area carry marks through Markdown; nobody can type them in.
_PRIVATE = re.compile("[\ue000-\uf8ff]")


def figure(key: str) -> str:
    """The mark of a figure."""
    return f"{{{{{key}}}}}"


def quote(ref: str) -> str:
    """The mark of somebody's words."""
    return f"{{{{quote:{ref}}}}}"


def theme(ref: str) -> str:
    """The mark of a theme of open answers."""
    return f"{{{{theme:{ref}}}}}"


def without_quotes(text: str, refs: Iterable[str]) -> str:
    """The text without the marks of these words, and without what only stood between two of them."""
    named = "|".join(map(re.escape, refs))
    mark = rf"\{{\{{[ \t]*(?:quote|theme):(?:{named})[ \t]*\}}\}}"
    out = re.sub(rf"{mark}; |; {mark}|{mark}", "", text)
    return re.sub(r"\n{3,}", "\n\n", out).strip()


def gap(question: str) -> str:
    """The mark of a gap; brackets in the question would end it."""
    return f"[[{question.replace('[', '(').replace(']', ')')}]]"


def figures_in(texts: Iterable[str]) -> list[str]:
    """The keys of the figures that the texts cite, each once, in their order."""
    return _found(texts, "figure")


def quotes_in(texts: Iterable[str]) -> list[str]:
    """The references of the words that the texts quote, each once."""
    return _found(texts, "quote")


def themes_in(texts: Iterable[str]) -> list[str]:
    """The references of the themes that the texts tell, each once."""
    return list(dict.fromkeys(ref for text in texts for ref in _THEME.findall(text)))


def gaps_in(text: str) -> list[str]:
    """The gaps that are still open in a text."""
    return [_gap(found) for found in _ANY.finditer(text) if found["gap"]]


def without_private(text: str) -> str:
    """The text without letters that could be taken for marks."""
    return _PRIVATE.sub("", text)


def filled(
    text: str, *, figure: Callable[[str], str], quote: Callable[[str], str], gap: Callable[[str], str]
) -> str:
    """The text with every mark replaced, in one go: what is put in is not looked through again."""

    def put(found: re.Match[str]) -> str:
        if found["figure"]:
            return figure(found["figure"])
        return quote(found["quote"]) if found["quote"] else gap(_gap(found))

    return _ANY.sub(put, without_private(text))


def _gap(found: re.Match[str]) -> str:
    return " ".join(found["gap"].split())


def _found(texts: Iterable[str], name: str) -> list[str]:
    return list(dict.fromkeys(found[name] for text in texts for found in _ANY.finditer(text) if found[name]))
