"""What a part of the business plan comes to on a slide: its own headings, else how its paragraphs begin."""

from textwrap import shorten
from typing import Final

from varpa.businessplans.queries import outline_of, plan_of
from varpa.documents.blocks import Runs, blocks
from varpa.kernel.sentences import sentences_of
from varpa.kernel.text import TranslatedText
from varpa.programmes.models import Membership

MOST_LINES: Final = 6
LONGEST_LINE: Final = 140


def written_parts(membership: Membership) -> list[tuple[str, TranslatedText]]:
    """(key, name) of each part of a mentee's plan in which something is written."""
    plan = plan_of(membership)
    written = set(plan.parts.exclude(text="").values_list("key", flat=True)) if plan else set()
    return [(part.key, part.name) for part in outline_of(membership.programme) if part.key in written]


def gist_of(membership: Membership, part: str) -> list[str]:
    """The lines for a slide; [] where nothing is written in that part."""
    plan = plan_of(membership)
    written = plan.parts.filter(key=part).first() if plan else None
    return gist(written.text) if written else []


def gist(text: str) -> list[str]:
    """The headings of a text; where it has none, the first sentence of each paragraph and what lists hold."""
    found = blocks(text)
    lines = [_said(each["runs"]) for each in found if each["kind"] == "heading"]
    if not lines:
        for each in found:
            if each["kind"] in ("paragraph", "quotation"):
                lines += sentences_of(_said(each["runs"]))[:1]
            lines += [_said(item) for item in each["items"]]
    return [shorten(line, LONGEST_LINE, placeholder="…") for line in lines if line][:MOST_LINES]


def _said(runs: Runs) -> str:
    words = "".join(f"{' ' if run['gap'] else ''}{run['text']}{' ' if run['end'] else ''}" for run in runs)
    return " ".join(words.split())
