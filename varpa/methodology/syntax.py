"""Says in plain words what makes a line no TOML, and where what is never closed was opened."""

import re
import unicodedata
from typing import Final

KEY: Final = r"""(?:[A-Za-z0-9_-]+|"[^"\n]*"|'[^'\n]*')"""
_AT_LINE: Final = re.compile(r"\s*\(at (?:line (\d+), column \d+|end of document)\)$")
_TOKEN: Final = re.compile(r'''"""|\'\'\'|"(?:\\.|[^"\\\n])*"|'[^'\n]*'|\#.*|[\[\]{}]''')
_BEFORE_VALUE: Final = re.compile(r"[^=]*=\s*")
_COLON: Final = re.compile(rf"\s*{KEY}\s*:")
_AFTER_KEY: Final = re.compile(r"[=\]#\"']")

_BRACKET: Final = "a bracket that opens here is not closed, or a comma is missing in it"
# What tomllib says, from the beginning, and what is said here.
_SAID: Final = (
    ("invalid date", "there is no such day or time"),
    ("unterminated string", "quotation marks that open here are never closed"),
    ("unclosed", _BRACKET),
    ("illegal character '\\n'", "the quotation mark is not closed on its line"),
    ("unescaped '\\'", "a backslash in a text is written twice: \\\\"),
    ("expected ']'", "a heading ends with as many brackets as it begins with"),
    ("expected ']]'", "a heading ends with as many brackets as it begins with"),
    ("expected newline", "something stands after the value; each key has a line of its own"),
    ("expected '='", "between a key and its value stands an equals sign: key = value"),
    ("invalid statement", "a line is key = value, or a heading in brackets"),
    ("invalid initial character", "a line is key = value, or a heading in brackets"),
)
_DOUBLED: Final = ("cannot overwrite", "cannot declare", "cannot mutate", "cannot redefine", "duplicate")


def told(error: str, lines: list[str]) -> tuple[int, str]:
    """Line and words of an error of tomllib, which writes the line into its sentence."""
    found = _AT_LINE.search(error)
    number = int(found[1]) if found and found[1] else len(lines)
    number = min(max(number, 1), len(lines))
    said = error[: found.start()] if found else error
    said = said[:1].lower() + said[1:]
    if said.startswith(("unterminated string", "unclosed", "expected newline")):
        number = _opened(lines[:number]) or number
    return number, _words(said, lines[number - 1])


def _words(said: str, line: str) -> str:
    key = _AFTER_KEY.split(line, maxsplit=1)[0]
    strange = [letter for letter in key if letter.isalpha() and not letter.isascii()]
    if strange and said.startswith(("expected '='", "invalid", "expected ']")):
        letter = strange[0]
        return (
            f"a key has the letters a to z only; “{letter}” is {unicodedata.name(letter, 'another letter')}"
        )
    if said.startswith("expected '='") and _COLON.match(line):
        return "between a key and its value stands an equals sign, not a colon"
    if said.startswith(_DOUBLED):
        return _doubled(line)
    if said.startswith("invalid value"):
        return _value(line)
    return next((words for beginning, words in _SAID if said.startswith(beginning)), said)


def _doubled(line: str) -> str:
    name = line.partition("=")[0].strip().strip("[] ")
    if line.lstrip().startswith("["):
        return f"“{name}” was begun in another way above; write [[{name}]] each time"
    return f"“{name}” is written a second time"


def _value(line: str) -> str:
    found = _BEFORE_VALUE.match(line)
    value = line[found.end() :] if found else line
    if value[:1] in tuple("“”„«»‘’‚"):
        return 'a text stands in straight quotation marks: "…"'
    return 'a text stands in quotation marks: "…"; only numbers, true and false go without'


def _opened(lines: list[str]) -> int:
    """The line on which what is still open at the end was opened; 0 where nothing is open."""
    quote, depth, opened = "", 0, 0
    for number, line in enumerate(lines, start=1):
        if not quote and not depth:
            opened = number
        quote, depth = after(line, quote, depth)
    return opened if quote or depth else 0


def after(line: str, quote: str, depth: int) -> tuple[str, int]:
    """Whether the text after a line is inside a long string (its quote) and inside how many brackets."""
    position = 0
    while position < len(line):
        if quote:
            end = _closing(line, quote, position)
            if end < 0:
                return quote, depth
            position, quote = end, ""
            continue
        token = _TOKEN.search(line, position)
        if not token:
            break
        position = token.end()
        if token[0] in ('"""', "'''"):
            quote = token[0]
        elif token[0] in "[{":
            depth += 1
        elif token[0] in "]}":
            depth -= 1
    return quote, max(depth, 0)


def _closing(line: str, quote: str, position: int) -> int:
    pattern = r'(?:\\.|[^\\])*?"""+' if quote == '"""' else r".*?'''+"
    found = re.compile(pattern).match(line, position)
    return found.end() if found else -1
