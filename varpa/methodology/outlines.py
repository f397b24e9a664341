"""Outlines: what a mentee's work is made of, part by part, with questions that never tell what to write."""

from dataclasses import dataclass, field
from typing import Final

from varpa.kernel.text import TranslatedText
from varpa.methodology.marks import Origin, PartAct

# The outlines of a methodology, by their names in it (methodology §3.3); a methodology may lack each.
OUTLINES: Final = ("business_plan", "company_profile", "presentation")


@dataclass(frozen=True)
class Guiding:
    """A question that helps to begin a part; nobody has to answer it."""

    key: str
    text: TranslatedText
    source: str = field(metadata={"words": Origin})


@dataclass(frozen=True)
class Part:
    """One part of an outline. `text`: what it is for. `acts`: what the system adds, such as figures.

    `competences`: keys of the methodology's competences that working on the part touches.
    """

    key: str
    name: TranslatedText
    text: TranslatedText
    source: str = field(metadata={"words": Origin})
    questions: tuple[Guiding, ...] = ()
    acts: str = field(metadata={"words": PartAct}, default="")
    competences: tuple[str, ...] = ()
