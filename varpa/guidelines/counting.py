"""The figures of a section: as they were when it was drafted, and as they are now.

A line that nobody has reworded is counted anew when the guidelines are published; of one that somebody has,
the page of the section says what it would be now.
"""

import json
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import override

from varpa.evaluation.queries import Cell
from varpa.guidelines.models import Section
from varpa.guidelines.outline import WHOLE, step_of, steps_of
from varpa.guidelines.queries import Figures, figures_of
from varpa.history.remembering import until_changed
from varpa.kernel.text import LANGUAGES
from varpa.methodology import Counted, EvidenceKind
from varpa.programmes.models import Programme
from varpa.programmes.queries import methodology_of, today_of
from varpa.programmes.roles import role_name
from varpa.ui import words

DAY: Final = "day"
Lines = dict[str, dict[str, str]]
"""In each language the lines of a section, by what they count; the first says on which day."""


@until_changed
def counted_now(programme: Programme, now: datetime) -> dict[str, Lines]:
    """The figures of each step as they are now."""
    return lines_by_step(programme, figures_of(programme, now), today_of(programme, now))


def lines_by_step(programme: Programme, figures: Figures, today: date) -> dict[str, Lines]:
    """The same of figures that are known."""
    methodology = methodology_of(programme)
    # Whose evidence the guidelines themselves are is not told in them.
    told = [each for each in figures.cells if each.activity.evidence != EvidenceKind.GUIDELINES_PUBLISHED]
    twice = Counter(map(_same, told))
    found: dict[str, Lines] = {step.key: {} for step in steps_of(methodology)}
    for language in LANGUAGES:
        with override(language):
            for key, lines in found.items():
                rows = dict(_whole(figures)) if key == WHOLE else {}
                cells = [each for each in told if step_of(methodology, each.activity) == key]
                rows |= {each.activity.key: _of_cell(programme, each, twice) for each in cells}
                day = {DAY: _("Counted: %(day)s") % {"day": words.dated(today)}}
                lines[language] = {**day, **rows} if rows else {}
    return found


def changed(section: Section, now: Lines, language: str) -> list[str]:
    """The lines whose figures have changed since they were counted, as they would read now."""
    before, text = section.counted.get(language, {}), getattr(section, language)
    later = {key: line for key, line in now.get(language, {}).items() if key != DAY and line not in text}
    return [line for key, line in later.items() if before.get(key, line) != line]


def recount(section: Section, now: Lines) -> bool:
    """Write the figures of today into the lines that nobody has reworded; whether any has changed."""
    any_new = False
    for language in LANGUAGES:
        before, later = section.counted.get(language, {}), now.get(language, {})
        text = getattr(section, language)
        there = {line.strip(" -") for line in text.split("\n")}
        same = [key for key, line in before.items() if key in later and line in there]
        if all(before[key] == later[key] for key in same if key != DAY):
            continue
        told = {before[key]: later[key] for key in same}
        setattr(section, language, "\n".join(_instead(line, told) for line in text.split("\n")))
        section.counted = {**section.counted, language: {**before, **{key: later[key] for key in same}}}
        any_new = True
    return any_new


def _instead(line: str, told: dict[str, str]) -> str:
    said = line.strip(" -")
    return line.replace(said, told[said]) if said in told else line


def _whole(figures: Figures) -> Iterator[tuple[str, str]]:
    yield "pairs", _("Pairs that began: %(count)s") % {"count": figures.pairs}
    yield "meetings", _("Meetings held: %(count)s") % {"count": figures.meetings}
    yield "hours", _("Confirmed hours: %(hours)s") % {"hours": words.minutes(figures.minutes) or "0"}


def _same(cell: Cell) -> tuple[str, str]:
    """What a line says before its count."""
    return str(cell.activity.role), json.dumps(cell.activity.name.as_dict())


def _of_cell(programme: Programme, cell: Cell, twice: Counter[tuple[str, str]]) -> str:
    """Who did it, how many; one that the calendar has in several periods with the days of this one."""
    role, activity = role_name(programme, cell.activity.role), str(cell.activity.name)
    if twice[_same(cell)] > 1:
        activity = f"{activity} ({words.period(cell.window.starts, cell.window.ends)})"
    said = {"role": role, "activity": activity}
    if cell.activity.of != Counted.PROGRAMME:
        return _("%(role)s. %(activity)s: %(done)s of %(of)s") % {**said, "done": cell.done, "of": cell.of}
    done = _("%(role)s. %(activity)s: done") if cell.done else _("%(role)s. %(activity)s: not done")
    return done % said
