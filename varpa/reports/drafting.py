"""The draft of the report. Nothing is invented: a sentence is a figure, a quotation, or a marked gap.

A figure may change after it was written: sentences are built so that any number fits into them.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from varpa.evaluation import measures
from varpa.evaluation.indicators import Achieved, achieved, indicators_of
from varpa.kernel.text import LANGUAGES
from varpa.methodology import Methodology
from varpa.methodology.reports import ReportAct, ReportPart
from varpa.programmes.models import Programme
from varpa.programmes.queries import methodology_of
from varpa.reports.asked import Asked, asked_of, competence_draft, survey_draft
from varpa.reports.figures import Figure
from varpa.reports.marks import figure, gap, gaps_in, quote, theme
from varpa.reports.models import Report
from varpa.reports.quoting import Quote, quotable, themes_of
from varpa.reports.results import PromisedResult, promised_results
from varpa.reports.sources import HERSELF
from varpa.ui import words

PEOPLE: Final = ("persons", "mentors", "mentees", "companies", "training_begun", "completed_persons")
PAIRS: Final = ("pairs", "completed_pairs", "both_countries")
NO_INDICATORS: Final = gettext_lazy("The programme has set no indicators.")
WORK: Final = ("meetings", "hours", "visits", "role_swaps", "plans_agreed", "entries", "participations")
PROBLEMS: Final = ("meetings_missed", "meetings_moved", "ended_early", "left_early")


@dataclass(frozen=True)
class Material:
    """All that a draft is made of, read once for the three languages."""

    programme: Programme
    figures: dict[str, Figure]
    results: list[PromisedResult]
    indicators: list[Achieved]
    asked: Asked
    quotes: list[str] = field(default_factory=list)
    themes: list[str] = field(default_factory=list)

    @property
    def methodology(self) -> Methodology:
        return methodology_of(self.programme)


def gather(report: Report, figures: dict[str, Figure], now: datetime) -> Material:
    """Everything for the draft of a report."""
    programme = report.programme
    return Material(
        programme,
        figures,
        promised_results(programme, now),
        achieved(programme, indicators_of(programme), now),
        asked_of(programme, now),
        [each.ref for each in quotable(report)],
        _once(themes_of(programme)),
    )


def _once(themes: Iterable[Quote]) -> list[str]:
    """The marks of themes, each wording once."""
    told: dict[str, str] = {}
    for each in themes:
        told.setdefault(str(each.text), theme(each.ref))
    return list(told.values())


def drafts(material: Material, languages: Iterable[str] = LANGUAGES) -> dict[tuple[str, str], str]:
    """The text of each part in each language: {(part, language): Markdown with marks}."""
    found = {}
    for language in languages:
        with words.on_paper(language, material.programme.zone):
            for part in material.methodology.report:
                found[part.key, language] = "\n\n".join(_part(material, part, language))
    return found


def _part(material: Material, part: ReportPart, language: str) -> Iterator[str]:
    writer = _WRITERS.get(part.acts)
    if writer:
        yield from writer(material)
    for question in part.questions:
        yield gap(question.text.within(language))


def _lines(material: Material, keys: tuple[str, ...]) -> str:
    """A list of figures, each with what it counts, as far as the methodology lets it happen."""
    language = translation.get_language() or "en"
    given = [key for key in keys if measures.BY_KEY[key].given_by(material.methodology)]
    told = [material.figures[f"measure.{key}"] for key in given]
    return "\n".join(f"- {each.name.within(language)}: {figure(each.key)}" for each in told)


def _introduction(_material: Material) -> Iterator[str]:
    # Of no day: a figure that is accepted anew later would make it untrue.
    sentence = _(
        "This report tells of the programme “%(programme)s” (%(period)s). Lead partner: %(organisation)s. "
        "Methodology: %(methodology)s, version %(version)s. The figures come from what people did in the "
        "programme; their day stands at the head of each edition."
    )
    yield sentence % {
        "programme": figure("programme.name"),
        "period": figure("programme.period"),
        "organisation": figure("programme.partner"),
        "methodology": figure("programme.methodology"),
        "version": figure("programme.version"),
    }


def _programme(material: Material) -> Iterator[str]:
    aims = (aim for aim in material.methodology.aims if aim.of == "programme")
    yield "\n\n".join(figure(f"aim.{aim.key}") for aim in aims)
    hours = figure("programme.hours")
    yield _("Time that the methodology gives each pair: %(hours)s.") % {"hours": hours}
    if material.figures["programme.countries"].value:
        yield _("Countries: %(countries)s.") % {"countries": figure("programme.countries")}


def _people(material: Material) -> Iterator[str]:
    yield _lines(material, PEOPLE)
    yield _lines(material, PAIRS)


def _activities(material: Material) -> Iterator[str]:
    sentence = _("Activities of the calendar that are done: %(done)s of %(of)s.")
    yield sentence % {"done": figure("activities.done"), "of": figure("activities.of")}
    yield _lines(material, WORK)


def _results(material: Material) -> Iterator[str]:
    yield "\n".join(f"- **{each.name}.** {_of_result(each)}" for each in material.results)


def _of_result(result: PromisedResult) -> str:
    if result.kind in HERSELF:
        return _("This report.")
    if not result.of:
        return gap(_("There is nothing to count it from yet."))
    done, of = figure(f"result.{result.key}.done"), figure(f"result.{result.key}.of")
    return _("%(done)s of %(of)s.") % {"done": done, "of": of}


def _surveys(material: Material) -> Iterator[str]:
    yield from survey_draft(material.asked, translation.get_language() or "en", material.themes)


def _competences(material: Material) -> Iterator[str]:
    yield from competence_draft(material.asked, translation.get_language() or "en")


def _words(material: Material) -> Iterator[str]:
    for ref in material.quotes:
        yield quote(ref)
    if not material.quotes:
        yield no_words_yet()


def no_words_yet() -> str:
    """The gap of a part that waits for words, in the language that is active; it goes when they come."""
    return gap(
        _("Words of mentors and mentees: they come with the comments, where people allow to quote them.")
    )


def _problems(material: Material) -> Iterator[str]:
    yield _lines(material, PROBLEMS)


def _indicators(material: Material) -> Iterator[str]:
    if not material.indicators:
        yield gap(str(NO_INDICATORS))
    yield "\n".join(_of_indicator(each) for each in material.indicators)


def _of_indicator(each: Achieved) -> str:
    if each.value is None:
        return "- " + gap(_no_value(each))
    key = f"indicator.{each.indicator.ref}"
    told = {part: figure(f"{key}.{part}") for part in ("name", "unit", "achieved", "target")}
    return "- " + _("%(name)s (%(unit)s): %(achieved)s; target: %(target)s.") % told


def _no_value(each: Achieved) -> str:
    name = f"{each.indicator.code} {each.indicator.name}".strip()
    return _("%(name)s: nothing is written down yet.") % {"name": name}


def lines_of_gaps(material: Material) -> dict[str, str]:
    """The line of each indicator that has a value now, by the gap that stood there before."""
    told = [each for each in material.indicators if each.value is not None]
    return {found: _of_indicator(each) for each in told for found in gaps_in(gap(_no_value(each)))}


_WRITERS: Final[dict[str, Callable[[Material], Iterator[str]]]] = {
    ReportAct.INTRODUCTION: _introduction,
    ReportAct.PROGRAMME: _programme,
    ReportAct.PEOPLE: _people,
    ReportAct.ACTIVITIES: _activities,
    ReportAct.RESULTS: _results,
    ReportAct.SURVEYS: _surveys,
    ReportAct.COMPETENCES: _competences,
    ReportAct.WORDS: _words,
    ReportAct.PROBLEMS: _problems,
    ReportAct.INDICATORS: _indicators,
}
