"""What has come since the draft: a survey that has closed, its themes, a result that can be counted now.

A draft made now cites figures and themes that the text has never had. Their lines come into the part below
what they belong to, in place of the gap that said that there is nothing to tell yet. What a person took out
of the text does not come back: it is known.
"""

import re
from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext as _

from varpa.reports.asked import NO_ANSWERS, NO_CHANGES
from varpa.reports.drafting import NO_INDICATORS
from varpa.reports.marks import figures_in, gap, gaps_in, themes_in, without_quotes

NOTHING: Final[Mapping[str, str]] = {}
_ITEM: Final = re.compile(r"[ \t]*[-*] ")


def with_later(text: str, fresh: str, known: set[str], instead: Mapping[str, str] = NOTHING) -> str:
    """The text of a part with what `fresh`, a draft of it made now, says beside what is `known`.

    `known` are keys of figures and references of themes; `instead` the line that a gap stood for, by the gap.
    In the language that is active, for gaps are known by their words.
    """
    lines = [_in_place(line, fresh, known, instead) for line in text.split("\n")]
    here = [line for line in lines if line is not None]
    before = list(here)
    for block in fresh.split("\n\n"):
        new = [line for line in block.split("\n") if _is_new(line, known) and line not in "\n".join(here)]
        for line in new:
            _put(here, _only_new(line, known), fresh)
        said = not figures_in([block]) and not themes_in([block]) and not gaps_in(block)
        # Where a part was empty, with what is said before its figures.
        if not new and None in lines and said and block not in "\n".join(here):
            here += ["", block]
    found = "\n".join(here)
    return found if here == before else re.sub(r"\n{3,}", "\n\n", found).strip()


def lines_since(text: str, fresh: str, known: set[str]) -> int:
    """How many lines have come since."""
    return sum(_is_new(line, known) and line not in text for line in fresh.split("\n"))


def _in_place(line: str, fresh: str, known: set[str], instead: Mapping[str, str]) -> str | None:
    """A line of the text as it stands then: with its figures where these have come, None where it goes."""
    for each in gaps_in(line):
        if each in instead and _is_new(instead[each], known):
            return line.replace(gap(each), instead[each].removeprefix("- "))
    own = _own_gaps(fresh, known)
    open_gaps = [each for each in gaps_in(line) if each in own and each not in gaps_in(fresh)]
    if not open_gaps:
        return line
    begins = line.partition(gap(open_gaps[0]))[0]
    named = begins.strip(" -*")
    same = (each for each in fresh.split("\n") if named and each.startswith(begins) and _is_new(each, known))
    return next(same, line if named else None)


def _put(here: list[str], line: str, fresh: str) -> None:
    """Put a line below the last one of what it belongs to; at the end, where nothing of that stands there,
    with what heads it: it would be read as what belongs to the heading above.
    """
    groups = _groups(line)
    below = [at for at, each in enumerate(here) if groups & _groups(each)]
    head = next((each for each in fresh.split("\n") if groups & _groups(each)), line)
    if not below and head != line and not _is_item(head):
        here += ["", head]
        below = [len(here) - 1]
    if not below:
        at, beside = len(here), _is_item(line) and bool(here) and _is_item(here[-1])
    else:
        at = below[-1] + 1
        # The rest of a paragraph, or of an item, that runs over lines.
        while at < len(here) and here[at].strip() and not _is_item(here[at]):
            at += 1
        beside = _is_item(line) and _is_item(here[below[-1]])
    here[at:at] = [line] if beside else ["", line]
    following = here[at + 1 if beside else at + 2 :][:1]
    if following and following[0].strip() and not (_is_item(line) and _is_item(following[0])):
        here.insert(at + 1 if beside else at + 2, "")


def _groups(line: str) -> set[str]:
    """To what a line belongs, by what it cites: a survey, the indicators, the themes."""
    keys = [key.split(".") for key in figures_in([line])]
    named = {key[0] if key[0] == "indicator" else ".".join(key[:2]) for key in keys}
    return {*named, *(["themes"] if themes_in([line]) else [])}


def _is_item(line: str) -> bool:
    return bool(_ITEM.match(line))


def _is_new(line: str, known: set[str]) -> bool:
    cited, themes = figures_in([line]), themes_in([line])
    return bool(cited or set(themes) - known) and not known.intersection(cited)


def _only_new(line: str, known: set[str]) -> str:
    """A sentence of themes with those alone that are new."""
    old = [each for each in themes_in([line]) if each in known]
    return without_quotes(line, old) if old else line


def _own_gaps(fresh: str, known: set[str]) -> set[str]:
    """The gaps that the draft itself leaves while there is nothing to tell."""
    found = {str(NO_ANSWERS), str(NO_CHANGES), _("There is nothing to count it from yet.")}
    if any(_is_new(line, known) for line in fresh.split("\n")):
        found.add(str(NO_INDICATORS))
    return found
