"""Guidelines as a page reads them: the draft with its gaps, a version in one language."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language

from varpa.guidelines.models import Guidelines, Recommendation, Version
from varpa.guidelines.outline import Step, steps_of
from varpa.guidelines.queries import read, sections_of, with_consent
from varpa.guidelines.showing import gaps_in, missing_in, quoted, refs_in, shown
from varpa.guidelines.words import not_yet
from varpa.kernel.text import LANGUAGES
from varpa.people.models import Language
from varpa.programmes.models import Programme
from varpa.programmes.queries import methodology_of


@dataclass(frozen=True)
class Draft:
    """A section of the draft; `gaps` counts its marked gaps, `missing` names languages without a text."""

    step: Step
    text: str
    spoken: str
    gaps: int
    missing: list[str]
    edited: bool


def drafts_of(programme: Programme, guidelines: Guidelines, today: date) -> list[Draft]:
    """The draft in the reader's language, each quotation only as long as everybody lets it be read."""
    sections = sections_of(guidelines)
    named = refs_in(getattr(each, code) for each in sections.values() for code in LANGUAGES)
    mine = Recommendation.objects.filter(with_consent(), programme=programme, ref__in=named)
    there = list(read(mine.select_related("by"), today))
    quotes = {each.ref: quoted(each) for each in there if not each.set_aside_at}
    lost = set(named) - {each.ref for each in there}
    found = []
    for step in steps_of(methodology_of(programme)):
        section = sections.get(step.key)
        if section is None:
            continue
        texts = {code: shown(programme, getattr(section, code), quotes, code, lost) for code in LANGUAGES}
        spoken, text = _read(texts)
        missing = [str(Language(code).label) for code in missing_in(texts)]
        edited = section.edited_at is not None
        found.append(Draft(step, text, spoken, gaps_in(text), missing, edited))
    return found


@dataclass(frozen=True)
class ReadSection:
    """A section of a published version in one language; `spoken` is that in which it could be shown."""

    step: Step
    text: str
    spoken: str


def sections_read(version: Version, language: str = "") -> list[ReadSection]:
    """What stands in a version, in the language of the reader or in a given one."""
    found = []
    for step in steps_of(methodology_of(version.programme)):
        if step.key in version.texts:
            spoken, text = _read(version.texts[step.key], language)
            found.append(ReadSection(step, text, spoken))
    return found


def _read(texts: dict[str, str], language: str = "") -> tuple[str, str]:
    """(language, text): where one is missing it says so, and another one stands there."""
    asked = language or get_language() or "en"
    there = next((code for code in (asked, "en", *LANGUAGES) if texts.get(code, "").strip()), asked)
    text = texts.get(there, "")
    return there, text if there == asked else f"{not_yet(asked, there)}\n\n{text}"
