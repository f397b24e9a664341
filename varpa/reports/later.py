"""What has come since the draft was made: a survey that has closed, a result that can be counted now.

A draft made now cites figures that the text has never cited. Their lines come into the part, in place of the
gap that said that there is nothing to count yet. What a person took out of the text does not come back: its
figures are known.
"""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from varpa.reports.asked import NO_ANSWERS, NO_CHANGES
from varpa.reports.marks import figures_in, gap, gaps_in


def with_later(text: str, fresh: str, known: set[str]) -> str:
    """The text of a part with what `fresh`, a draft of it made now, says beside figures that are `known`.

    In the language that is active, for gaps are known by their words.
    """
    lines = [_in_place(line, fresh, known) for line in text.split("\n")]
    here = "\n".join(line for line in lines if line is not None)
    blocks = list(_blocks(fresh, known, here, whole=None in lines))
    return "\n\n".join(filter(None, [here.strip(), *blocks])) if blocks else here


def lines_since(text: str, fresh: str, known: set[str]) -> int:
    """How many lines of figures have come since."""
    return sum(_is_new(line, known) and line not in text for line in fresh.split("\n"))


def _in_place(line: str, fresh: str, known: set[str]) -> str | None:
    """A line of the text as it stands then: with its figures where these have come, None where it goes."""
    open_gaps = [each for each in gaps_in(line) if each in _own_gaps() and each not in gaps_in(fresh)]
    if not open_gaps:
        return line
    begins = line.partition(gap(open_gaps[0]))[0]
    named = begins.strip(" -*")
    same = (each for each in fresh.split("\n") if named and each.startswith(begins) and _is_new(each, known))
    return next(same, line if named else None)


def _blocks(fresh: str, known: set[str], here: str, *, whole: bool) -> Iterator[str]:
    """What is new and stands nowhere in the text yet; where it was empty, with what is said before it."""
    for block in fresh.split("\n\n"):
        lines = [line for line in block.split("\n") if _is_new(line, known) and line not in here]
        if lines:
            yield "\n".join(lines)
        elif whole and not figures_in([block]) and not gaps_in(block) and block not in here:
            yield block


def _is_new(line: str, known: set[str]) -> bool:
    cited = figures_in([line])
    return bool(cited) and not known.intersection(cited)


def _own_gaps() -> set[str]:
    """The gaps that the draft itself leaves while there is nothing to tell."""
    return {str(NO_ANSWERS), str(NO_CHANGES), _("There is nothing to count it from yet.")}
