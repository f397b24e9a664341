"""The report as one reads it whole, in one language: texts, tables and charts. An edition keeps just this."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final, TypedDict

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from varpa.evaluation.indicators import Achieved, achieved, indicators_of
from varpa.evaluation.measures import counted, countries_of
from varpa.evaluation.queries import SHOWN, Cell, Row, board, last_recorded
from varpa.evaluation.words import counts, without
from varpa.events.words import country_name
from varpa.kernel.text import LANGUAGES
from varpa.methodology import Counted
from varpa.methodology.reports import ReportAct, ReportPart
from varpa.programmes.models import Programme
from varpa.programmes.queries import methodology_of, today_of
from varpa.reports.asked import Asked, asked_of, chosen_of, decimal
from varpa.reports.figures import PERCENT, said
from varpa.reports.models import Cited, Report, Section
from varpa.reports.queries import outline_of
from varpa.reports.quoting import Spoken, spoken
from varpa.reports.reading import plain
from varpa.reports.results import PromisedResult, promised_results
from varpa.ui import words


class Table(TypedDict):
    """A table with its heading."""

    name: str
    head: list[str]
    rows: list[list[str]]


class Chart(TypedDict):
    """Bars: (label, done, of); `name` says what they show."""

    name: str
    bars: list[list[Any]]


class Part(TypedDict):
    """One part: Markdown without marks, in the language in which it is written (`absent`: in another one)."""

    key: str
    name: str
    text: str
    language: str
    absent: bool
    tables: list[Table]
    charts: list[Chart]


class Paper(TypedDict):
    """The whole report in one language."""

    title: str
    programme: str
    organisation: str
    period: str
    as_of: str
    early: str
    parts: list[Part]


@dataclass(frozen=True)
class Sources:
    """What tables and charts are made of, read once for the three languages."""

    programme: Programme
    now: datetime
    results: list[PromisedResult]
    rows: list[Row]
    recorded: dict[str, date]
    indicators: list[Achieved]
    people: dict[tuple[str, str], int]
    countries: list[str]
    asked: Asked


def sources_of(programme: Programme, now: datetime) -> Sources:
    """Everything that tables and charts of the report show now."""
    countries = countries_of(programme)
    asked = [(key, code) for code in ("", *countries) for key in ("mentors", "mentees", "persons")]
    return Sources(
        programme,
        now,
        promised_results(programme, now),
        board(programme, now),
        last_recorded(programme),
        achieved(programme, indicators_of(programme), now),
        counted(programme, asked),
        countries,
        asked_of(programme, now),
    )


def papers(
    report: Report,
    sections: Mapping[tuple[str, str], Section],
    now: datetime,
    languages: Iterable[str] = LANGUAGES,
    early: Callable[[], str] = str,
) -> dict[str, Paper]:
    """The report in each language, as it is published or shown for comments.

    `early` says in the active language why it is published before people had their time; "" where it is not.
    """
    cited = {each.key: each for each in report.cited.all()}
    said = spoken(report, [each.text for each in sections.values()])
    sources, found = sources_of(report.programme, now), {}
    for language in languages:
        with words.on_paper(language, report.programme.zone):
            # Evidence is told in sentences: it is read in each language anew.
            told = replace(sources, results=promised_results(report.programme, now))
            found[language] = _paper(report, sections, told, language, cited, said)
            found[language]["early"] = early()
    return found


def _paper(
    report: Report,
    sections: Mapping[tuple[str, str], Section],
    sources: Sources,
    language: str,
    cited: Mapping[str, Cited],
    said: Spoken,
) -> Paper:
    programme = report.programme
    parts = []
    for part in outline_of(programme):
        written = _written(sections, part, language)
        text = plain(said.tied(written.text), cited, said.quotes) if written else ""
        told = tables_of(part, sources)
        parts.append(
            Part(
                key=part.key,
                name=str(part.name),
                text=text,
                language=written.language if written else language,
                absent=written is None or written.language != language,
                tables=told,
                charts=charts_of(part, sources),
            )
        )
    return {
        "title": _("Evaluation report"),
        "programme": str(programme.name),
        "organisation": programme.organisation.name,
        "period": words.period(programme.starts, programme.ends),
        "as_of": words.dated(today_of(programme, sources.now)),
        "early": "",
        "parts": parts,
    }


def _written(sections: Mapping[tuple[str, str], Section], part: ReportPart, language: str) -> Section | None:
    """The part in a language; where it is empty there, in the first that has it."""
    for each in (language, "en", *LANGUAGES):
        found = sections.get((part.key, each))
        if found and found.text.strip():
            return found
    return None


def tables_of(part: ReportPart, sources: Sources) -> list[Table]:
    """The tables of a part; those without rows are left out."""
    teller = _TABLES.get(part.acts)
    return [table for table in (teller(sources) if teller else []) if table["rows"]]


def charts_of(part: ReportPart, sources: Sources) -> list[Chart]:
    """The charts of a part: each shows what one of its tables says."""
    if part.acts == ReportAct.RESULTS:
        return results_chart(sources.results)
    if part.acts == ReportAct.COMPETENCES:
        higher: list[list[Any]] = [[str(each.name), each.improved, each.n] for each in sources.asked.changes]
        name = _("Mentees who rate themselves higher at the end than at the start")
        return [{"name": name, "bars": higher}] if higher else []
    if part.acts != ReportAct.INDICATORS:
        return []
    found = [(each.indicator, each.value or 0) for each in sources.indicators if each.value is not None]
    rows = [[str(told.name), value, told.target] for told, value in found if told.target]
    return [{"name": _("Indicators against their targets"), "bars": rows}] if rows else []


def results_chart(results: Iterable[PromisedResult]) -> list[Chart]:
    """How far each promised result is; those that nothing counts are left to the words."""
    rows: list[list[Any]] = [[str(each.name), each.done, each.of] for each in results if each.of]
    return [{"name": _("How far each promised result is"), "bars": rows}] if rows else []


def _results(sources: Sources) -> list[Table]:
    rows = [
        [str(each.name), each.word, _of(each.done, each.of) if each.of else "–", each.evidence]
        for each in sources.results
    ]
    head = [_("Result"), _("State"), _("How far"), _("What says so")]
    return [{"name": _("Promised results"), "head": head, "rows": rows}]


def _activities(sources: Sources) -> list[Table]:
    roles = {role.key: str(role.name) for role in methodology_of(sources.programme).roles}
    rows = []
    for row in sources.rows:
        when = words.period(row.window.starts, row.window.ends)
        for cells in row.cells:
            for cell in cells:
                far = "" if cell.activity.of == Counted.PROGRAMME else _of(cell.done, cell.of)
                far = f"{far}, {without(cell.excused)}" if cell.excused else far
                who = roles[cell.activity.role]
                told = [when, who, str(cell.activity.name), _state(cell.state), far]
                rows.append([*told, _evidence(cell, sources)])
    head = [_("When"), _("Role"), _("Activity"), _("State"), _("How far"), _("What says so")]
    return [{"name": _("Activities of the calendar with their evidence"), "head": head, "rows": rows}]


def _evidence(cell: Cell, sources: Sources) -> str:
    """What counts and from where, how many are missing, as of when. Who they are the manager's page says."""
    evidence = cell.activity.evidence
    told = [counts(methodology_of(sources.programme), evidence)]
    if cell.activity.of != Counted.PROGRAMME:
        told.append(_("Missing: {count}.").format(count=cell.missing))
    by_hand = sources.recorded.get(cell.activity.key) if evidence in SHOWN else None
    if by_hand:
        told.append(_("Last recorded: {day}").format(day=words.dated(by_hand)))
    else:
        told.append(_("Counted: {day}").format(day=words.dated(today_of(sources.programme, sources.now))))
    return " ".join(told)


def _of(done: int, of: int) -> str:
    return f"{done}{words.JOIN}/{words.JOIN}{of}"


def _state(state: str) -> str:
    return {"done": _("Done"), "late": _("Late"), "open": _("In progress"), "not_yet": _("Not yet")}[state]


def _people(sources: Sources) -> list[Table]:
    def row(label: str, code: str) -> list[str]:
        return [label, *(str(sources.people[key, code]) for key in ("mentors", "mentees", "persons"))]

    rows = [row(country_name(code), code) for code in sources.countries]
    head = [_("Country"), _("Mentors"), _("Mentees"), _("Persons")]
    return [
        {"name": _("People by their own country"), "head": head, "rows": [*rows, row(_("Altogether"), "")]}
    ]


def _indicators(sources: Sources) -> list[Table]:
    rows = []
    for each in sources.indicators:
        told, target = each.indicator, each.indicator.target
        value = "–" if each.value is None else str(each.value)
        aim = "–" if target is None else str(target)
        as_of = words.dated(each.as_of) if each.as_of else "–"
        rows.append([told.code or "–", str(told.name), str(told.unit), value, aim, as_of])
    head = [_("Code"), _("Indicator"), _("Unit"), _("Achieved"), _("Target"), _("As of")]
    return [{"name": _("Indicators of the programme"), "head": head, "rows": rows}]


def _surveys(sources: Sources) -> list[Table]:
    responses = {each.key: _of(each.answered, each.sent) for each in sources.asked.responses}
    rows: list[list[str]] = []
    chosen: list[list[str]] = []
    for each in sources.asked.figures:
        start, end = [str(each.survey_name), str(each.text)], [str(each.n), responses.get(each.survey, "–")]
        if each.mean is not None:
            rows.append([*start, decimal(each.mean), *end])
        chosen += [[*start, str(word), said(part, PERCENT), *end] for _key, word, part in chosen_of(each)]
    first, last = [_("Survey"), _("Question")], [_("Answers"), _("Have answered")]
    head = [*first, pgettext("figures", "Answer"), _("Share"), *last]
    return [
        {"name": _("Answers to the surveys"), "head": [*first, _("Mean"), *last], "rows": rows},
        {"name": _("What was chosen in the surveys"), "head": head, "rows": chosen},
    ]


def _competences(sources: Sources) -> list[Table]:
    rows = [
        [
            str(each.name),
            decimal(each.before),
            decimal(each.after),
            decimal(each.change),
            "–" if each.low is None else f"{decimal(each.low)} … {decimal(each.high)}",
            f"{each.improved} / {each.same} / {each.worse}",
            f"{each.n} ({each.missing})",
        ]
        for each in sources.asked.changes
    ]
    head = [_("Competence"), _("Start"), _("End"), pgettext("figure", "Change"), _("95 % interval")]
    head += [_("Higher / same / lower"), _("Answered both times (not both)")]
    return [{"name": _("Competences, by own assessment"), "head": head, "rows": rows}]


_TABLES: Final[dict[str, Callable[[Sources], list[Table]]]] = {
    ReportAct.PEOPLE: _people,
    ReportAct.ACTIVITIES: _activities,
    ReportAct.RESULTS: _results,
    ReportAct.SURVEYS: _surveys,
    ReportAct.COMPETENCES: _competences,
    ReportAct.INDICATORS: _indicators,
}
