"""Every figure that a report may cite, each under a key, as it stands now."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from django.urls import reverse
from django.utils import translation
from django.utils.functional import Promise
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
from varpa.programmes.queries import methodology_of
from varpa.reports.asked import figures_of_surveys
from varpa.reports.figures import (
    AIM,
    COUNT,
    COUNTRIES,
    HOURS,
    LENGTH,
    PERCENT,
    PERIOD,
    WORDS,
    Figure,
    Value,
    in_all,
    named,
    of_countries,
    of_period,
    of_words,
)
from varpa.reports.results import promised_results

BY_COUNTRY: Final = ("persons", "mentors", "mentees")
HERSELF: Final = (ResultKind.REPORT_PUBLISHED,)
"""Results that the report itself is: a figure of them would change by being published."""


@until_changed
def figures_of(programme: Programme, now: datetime) -> dict[str, Figure]:
    """Every figure that the report may cite now, by key; remembered until the programme changes."""
    sources = (_frame(programme), _measures(programme), _results(programme, now), _board(programme, now))
    found = [each for source in (*sources, _indicators(programme, now)) for each in source]
    found += figures_of_surveys(programme, now)
    return {each.key: each for each in found}


def _frame(programme: Programme) -> Iterator[Figure]:
    """What stands above all counting: who, when, where, by which methodology."""
    methodology = methodology_of(programme)
    partner, version = map(TranslatedText.same, (programme.organisation.name, methodology.version))
    days, countries = of_period(programme.starts, programme.ends), of_countries(countries_of(programme))
    url = reverse("programmes:settings", args=[programme.ref])
    reading = reverse("programmes:library", args=[programme.ref])
    told: tuple[tuple[str, str | Promise, Value, str, str], ...] = (
        ("name", gettext_lazy("Name of the programme"), of_words(programme.name), WORDS, url),
        ("period", gettext_lazy("Days of the programme"), days, PERIOD, url),
        ("partner", gettext_lazy("Lead partner"), of_words(partner), WORDS, ""),
        ("countries", gettext_lazy("Countries of the programme"), countries, COUNTRIES, url),
        ("hours", gettext_lazy("Hours of a pair together"), methodology.hours_minutes, LENGTH, url),
        ("methodology", gettext_lazy("Methodology"), of_words(methodology.title), WORDS, reading),
        ("version", gettext_lazy("Version of the methodology"), of_words(version), WORDS, reading),
    )
    for key, name, value, kind, where in told:
        yield Figure(f"programme.{key}", in_all(name), value, kind, where)
    for each in methodology.aims:
        aim = in_all(gettext_lazy("Aim, in the words of the methodology"))
        yield Figure(f"aim.{each.key}", aim, of_words(each.text), WORDS, reading)


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
        code, title = each.indicator.code, each.indicator.name
        name = TranslatedText(**{of: f"{code} {title.within(of)}".strip() for of in LANGUAGES})
        told = (
            ("name", gettext_lazy("%(name)s: name"), of_words(name), WORDS),
            ("unit", gettext_lazy("%(name)s: unit"), of_words(each.indicator.unit), WORDS),
            ("achieved", gettext_lazy("%(name)s: achieved"), each.value, COUNT),
            ("target", gettext_lazy("%(name)s: target"), each.indicator.target, AIM),
            ("percent", gettext_lazy("%(name)s: part of the target"), each.percent, PERCENT),
        )
        for part, label, value, kind in told:
            key = f"indicator.{each.indicator.ref}.{part}"
            yield Figure(key, named(label, each.indicator.name), value, kind, url)
