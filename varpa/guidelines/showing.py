"""What stands in a section, as it is read: each quotation in its place, or gone with its consent."""

import re
from collections.abc import Container, Iterable, Mapping
from typing import Final, NotRequired, TypedDict

from django.utils.translation import gettext as _
from django.utils.translation import override

from varpa.guidelines.models import Recommendation, ShownAs, Source
from varpa.kernel.text import LANGUAGES
from varpa.programmes.models import Programme
from varpa.programmes.roles import role_name

PLACE: Final = re.compile(r"^\[\[([a-zA-Z0-9_-]{1,20})\]\][ \t]*$", re.MULTILINE)
GAP: Final = re.compile(r"\*\[[^\]\n]+\]\*")
Texts = Mapping[str, str]


class Quoted(TypedDict):
    """A recommendation as others read it; `name` is empty where the author is shown by role only."""

    ref: str
    text: str
    language: str
    name: str
    role: str
    topic: str
    source: NotRequired[str]


def quoted(recommendation: Recommendation) -> Quoted:
    """How a recommendation is shown; it was read by `queries.read`."""
    named = getattr(recommendation, "shown_as", ShownAs.ROLE) == ShownAs.NAME
    named = named and recommendation.source != Source.SURVEY
    return {
        "ref": recommendation.ref,
        "text": recommendation.text,
        "language": recommendation.language,
        "name": recommendation.by.name if named else "",
        "role": recommendation.role,
        "topic": recommendation.topic,
        "source": recommendation.source,
    }


def refs_in(texts: Iterable[str]) -> list[str]:
    """The references that stand in texts, each once, in their order."""
    return list(dict.fromkeys(ref for text in texts for ref in PLACE.findall(text)))


def shown(
    programme: Programme, text: str, quotes: Mapping[str, Quoted], language: str, lost: Container[str] = ()
) -> str:
    """The text as Markdown, each quotation in its place; what nobody may read any more leaves nothing.

    In a draft a gap says at the place of each of `lost` that its words were taken back.
    """

    def place(found: re.Match[str]) -> str:
        if found[1] in lost:
            return f"*[{_('Words stood here that were taken back. Take out what leads to them.')}]*"
        return quotation(programme, quotes.get(found[1]), language)

    with override(language):
        placed = PLACE.sub(place, text)
    return re.sub(r"\n{3,}", "\n\n", placed).strip()


def quotation(programme: Programme, quote: Quoted | None, language: str) -> str:
    """Somebody's words and whose they are, in the active language; nothing of what is not there."""
    if quote is None:
        return ""
    lines = [
        *quote["text"].splitlines(),
        "",
        f"— {who(programme, quote)}{_spoken(quote['language'], language)}",
    ]
    return "\n" + "\n".join(f"> {line}".rstrip() for line in lines) + "\n"


def who(programme: Programme, quote: Quoted) -> str:
    """By name and role, or by role alone, in the active language; what is from a survey is of nobody."""
    if quote.get("source") == Source.SURVEY:
        return str(Source.SURVEY.label)
    role = role_name(programme, quote["role"])
    return f"{quote['name']}, {role[:1].lower()}{role[1:]}" if quote["name"] else role


def _spoken(spoken: str, language: str) -> str:
    if spoken in ("", language):
        return ""
    said = {"lv": _("in Latvian"), "lt": _("in Lithuanian"), "en": _("in English")}
    return f" ({said[spoken]})"


def gaps_in(text: str) -> int:
    """How many marked gaps a text has."""
    return len(GAP.findall(text))


def without_gaps(text: str) -> str:
    """A text as it is published: no gap that nobody has filled, and no heading below which nothing stands."""
    blocks = [GAP.sub("", block).strip() for block in text.split("\n\n")]
    stands: list[str] = []
    for block in reversed([each for each in blocks if each.strip("-* \n")]):
        below = stands[-1] if stands else "#"
        if not (_is_heading(block) and _is_heading(below)):
            stands.append(block)
    return "\n\n".join(reversed(stands))


def _is_heading(block: str) -> bool:
    return block.startswith("#") and "\n" not in block


def missing_in(texts: Texts) -> list[str]:
    """The languages in which there is no text, where there is one in another."""
    return [language for language in LANGUAGES if not texts.get(language, "").strip()]
