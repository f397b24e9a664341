"""Markdown that people write, as blocks that a document can set: never as source of the document."""

from functools import cache
from typing import TYPE_CHECKING, Final, Literal, TypedDict

from varpa.kernel.spoken import language_of

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token
    from markdown_it.tree import SyntaxTreeNode

SIGNED: Final = ("—", "–")
"""A line of a quotation that begins so says whose words they are, and is no part of them."""
_HEAVIER = frozenset({"strong_open", "strong_close", "em_open", "em_close"})


class Run(TypedDict):
    """Some words of one weight, without blanks around; `gap`: one stands before, `end`: a line ends after.

    `lang`: in which language they are, where that is known and may differ from the text around them.
    """

    text: str
    strong: bool
    gap: bool
    end: bool
    lang: str


Runs = list[Run]


class Block(TypedDict):
    """A paragraph, heading, quotation (`runs`), list (`items`) or table (`head`, `rows`)."""

    kind: Literal["paragraph", "heading", "quotation", "list", "table"]
    runs: Runs
    ordered: bool
    items: list[Runs]
    head: list[Runs]
    rows: list[list[Runs]]


def blocks(text: str) -> list[Block]:
    """The blocks of a text, in their order; what Markdown nests deeper is laid flat."""
    from markdown_it.tree import SyntaxTreeNode

    found: list[Block] = []
    for node in SyntaxTreeNode(_parsed(text)).children:
        found += _blocks(node)
    return found


@cache
def _reader() -> "MarkdownIt":
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": False, "typographer": False}).enable("table")


def _parsed(text: str) -> "list[Token]":
    """The tokens of a text; words inside a block stay in a row, however deep their emphasis is nested."""
    tokens = _reader().parse(text)
    for token in tokens:
        if token.type == "inline":
            token.meta, token.children = {"words": token.children or []}, None
    return tokens


def _blocks(node: "SyntaxTreeNode") -> list[Block]:
    if node.type in ("bullet_list", "ordered_list"):
        items = [_flat(item) for item in node.children]
        return [_block("list", items=items, ordered=node.type == "ordered_list")]
    if node.type == "table":
        lines = [[_runs(cell) for cell in line.children] for part in node.children for line in part.children]
        width = len(lines[0])
        return [_block("table", head=lines[0], rows=[line[:width] for line in lines[1:]])]
    if node.type == "blockquote":
        return [_block("quotation", runs=_spoken(_flat(node)))]
    if node.type in ("fence", "code_block"):
        return [_block("paragraph", runs=_lines(node.content))]
    runs = _runs(node)
    kind: Literal["heading", "paragraph"] = "heading" if node.type == "heading" else "paragraph"
    return [_block(kind, runs=runs)] if runs else []


def _block(
    kind: Literal["paragraph", "heading", "quotation", "list", "table"],
    *,
    runs: Runs | None = None,
    items: list[Runs] | None = None,
    ordered: bool = False,
    head: list[Runs] | None = None,
    rows: list[list[Runs]] | None = None,
) -> Block:
    return {
        "kind": kind,
        "runs": runs or [],
        "ordered": ordered,
        "items": items or [],
        "head": head or [],
        "rows": rows or [],
    }


def _flat(node: "SyntaxTreeNode") -> Runs:
    """All words below a node, each block of it on a line of its own."""
    runs: Runs = []
    for child in node.children:
        inner = _runs(child) if child.type in ("paragraph", "heading") else _flat(child)
        inner = inner or (_lines(child.content) if not child.children else [])
        if runs and inner:
            runs[-1]["end"] = True
        runs += inner
    return runs


def _spoken(runs: Runs) -> Runs:
    """A quotation with its language at every word of it; whose it is stands in the language around it."""
    begins = [at for at in range(len(runs)) if not at or runs[at - 1]["end"]]
    signed = next((at for at in begins if runs[at]["text"].startswith(SIGNED)), len(runs))
    lang = language_of(" ".join(run["text"] for run in runs[:signed]))
    for run in runs[:signed]:
        run["lang"] = lang
    return runs


def _runs(node: "SyntaxTreeNode") -> Runs:
    """The words of one block with their weight."""
    runs: Runs = []
    weight = 0
    for inline in node.children:
        for token in inline.meta.get("words", ()):
            if token.type in _HEAVIER:
                weight += token.nesting
            elif token.type == "hardbreak" and runs:
                runs[-1]["end"] = True
            elif token.type == "softbreak":
                runs.append(_run(" ", strong=weight > 0))
            elif token.content:
                runs.append(_run(token.content, strong=weight > 0))
    return _parted(runs)


def _parted(runs: Runs) -> Runs:
    """The same words with the blanks between them told apart."""
    parted: Runs = []
    gap = False
    for run in runs:
        words = run["text"].strip()
        gap = gap or run["text"][:1].isspace()
        if words:
            parted.append({**run, "text": words, "gap": gap and bool(parted)})
            gap = run["text"][-1:].isspace()
    return parted


def _run(text: str, *, strong: bool = False, end: bool = False) -> Run:
    return {"text": text, "strong": strong, "gap": False, "end": end, "lang": ""}


def _lines(text: str) -> Runs:
    return [_run(line, end=True) for line in text.splitlines()]
