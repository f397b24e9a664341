"""Every figure that a report may cite, each under a key, as it stands now."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy

from varpa.evaluation.indicators import achieved, indicators_of
from varpa.evaluation.measures import MEASURES, counted, countries_of
from varpa.evaluation.queries import board
from varpa.events.words import country_name
from varpa.history.remembering import until_changed
from varpa.kernel.text import LANGUAGES, TranslatedText
from varpa.methodology import EvidenceKind
from varpa.methodology.reports import ResultKind
from varpa.programmes.models import Programme
from varpa.reports.asked import figures_of_surveys
from varpa.reports.figures import COUNT, HOURS, PERCENT, Figure, in_all, named
from varpa.reports.results import promised_results

BY_COUNTRY: Final = ("persons", "mentors", "mentees")
HERSELF: Final = (ResultKind.REPORT_PUBLISHED,)
"""Results that the report itself is: a figure of them would change by being published."""


@until_changed
def figures_of(programme: Programme, now: datetime) -> dict[str, Figure]:
    """Every figure that the report may cite now, by key; remembered until the programme changes."""
    sources = (_measures(programme), _results(programme, now), _board(programme, now))
    found = [each for source in (*sources, _indicators(programme, now)) for each in source]
    found += figures_of_surveys(programme, now)
    return {each.key: each for each in found}


def _measures(programme: Programme) -> Iterator[Figure]:
    countries = countries_of(programme)
    asked = [(each.key, "") for each in MEASURES]
    asked += [(key, country) for key in BY_COUNTRY for country in countries]
    figures = counted(programme, asked)
    names = {each.key: each.name for each in MEASURES}
    hours = {each.key for each in MEASURES if each.hours}
    for (key, country), value in figures.items():
        name = in_all(names[key])
        if country:
            places = {code: _country(country, code) for code in LANGUAGES}
            name = TranslatedText(**{code: f"{name.within(code)}, {places[code]}" for code in LANGUAGES})
        whole = f"measure.{key}.{country}" if country else f"measure.{key}"
        url = reverse("evaluation:measure", args=[programme.ref, key])
        yield Figure(
            whole,
            name,
            value,
            HOURS if key in hours else COUNT,
            f"{url}?country={country}" if country else url,
        )


def _country(code: str, language: str) -> str:
    with translation.override(language):
        return country_name(code)


def _results(programme: Programme, now: datetime) -> Iterator[Figure]:
    for each in promised_results(programme, now):
        if each.kind in HERSELF:
            continue
        url = reverse("reports:result", args=[programme.ref, each.key])
        parts = (("done", gettext_lazy("%(name)s: done"), each.done),)
        for part, name, value in (*parts, ("of", gettext_lazy("%(name)s: of how many"), each.of)):
            yield Figure(f"result.{each.key}.{part}", named(name, each.name), value, url=url)


def _board(programme: Programme, now: datetime) -> Iterator[Figure]:
    cells = [
        cell
        for row in board(programme, now)
        for cells in row.cells
        for cell in cells
        if cell.activity.evidence != EvidenceKind.REPORT_PUBLISHED
    ]
    url = reverse("home:board", args=[programme.ref])
    done = sum(cell.state == "done" for cell in cells)
    yield Figure("activities.done", in_all(gettext_lazy("Activities that are done")), done, url=url)
    yield Figure("activities.of", in_all(gettext_lazy("Activities of the calendar")), len(cells), url=url)
    for cell in cells:
        url = reverse("evaluation:activity", args=[programme.ref, cell.activity.key])
        parts = (("done", gettext_lazy("%(name)s: done"), cell.done),)
        for part, name, value in (*parts, ("of", gettext_lazy("%(name)s: of how many"), cell.of)):
            key = f"activity.{cell.activity.key}.{part}"
            yield Figure(key, named(name, cell.activity.name), value, url=url)


def _indicators(programme: Programme, now: datetime) -> Iterator[Figure]:
    for each in achieved(programme, indicators_of(programme), now):
        url = reverse("evaluation:indicator", args=[each.indicator.ref])
        told = (
            ("achieved", gettext_lazy("%(name)s: achieved"), each.value, COUNT),
            ("target", gettext_lazy("%(name)s: target"), each.indicator.target, COUNT),
            ("percent", gettext_lazy("%(name)s: part of the target"), each.percent, PERCENT),
        )
        for part, name, value, kind in told:
            key = f"indicator.{each.indicator.ref}.{part}"
            yield Figure(key, named(name, each.indicator.name), value, kind, url)
