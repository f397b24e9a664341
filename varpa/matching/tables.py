"""Matching two plain files without a database: `varpa match MENTEES.csv MENTORS.csv --out DIR`."""

import csv
import json
import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from varpa.applications.rosters.headings import plain
from varpa.applications.rosters.lines import SPOKEN
from varpa.applications.rosters.means import means_by_word
from varpa.applications.rosters.tables import read_table
from varpa.applications.rosters.times import times_by_word
from varpa.documents.tables import tame
from varpa.kernel.refusals import Refusal
from varpa.kernel.text import folded
from varpa.matching.cohort import Cohort, Mentee, Mentor, Names, cohort
from varpa.matching.matching import Run, match
from varpa.matching.reasons import reasons, why_unplaced
from varpa.matching.sayings import wishes_of
from varpa.methodology import check, load
from varpa.methodology.model import Means
from varpa.sectors.sectors import codes_of

# Beside these a column "wishes" may stand in both.
MENTEES = ("id", "name", "school", "languages", "interests", "means", "region", "availability", "topic")
MENTORS = (
    *("id", "name", "company", "languages", "sectors", "means", "region", "availability", "experience"),
    "capacity",
)
LISTS = ("languages", "interests", "sectors", "means", "availability")
"""Columns in which a word that is known by no code stands for itself."""
IDS = ("mentee", "mentor")
MOST_PLACES = 9999
"""The largest capacity that somebody can mean."""
_WHOLE = re.compile(r"0*(\d+)(?:[.,]0{1,2})?")
"""A whole number, also as a spreadsheet writes it: 2.0; three noughts would be a thousand."""


class BadTable(Refusal):
    """What is wrong with the files, a line each."""

    sentence = "{problems}"


class NotWritable(Refusal):
    sentence = gettext_lazy("Nothing could be written to {out}: {why}. Choose another folder.")


def read_cohort(mentees: Path, mentors: Path) -> Cohort:
    """Both files as a cohort; raises BadTable with every line that cannot be read."""
    problems: list[str] = []
    mentee_rows = _rows(mentees, MENTEES, problems)
    mentor_rows = _rows(mentors, MENTORS, problems)
    words = _spellings([row for _number, row in [*mentee_rows, *mentor_rows]])
    found = [_mentee(row, words) for _number, row in mentee_rows]
    others = [_mentor(row, words, _where(mentors, line), problems) for line, row in mentor_rows]
    if problems:
        raise BadTable(problems="\n".join(problems))
    return cohort(found, others)


def write(run: Run, out: Path) -> dict[str, Any]:
    """pairs.csv, unplaced.csv and summary.json in a folder; answers the summary."""
    means = {each.key: each.name for each in _known_means()}
    pairs, unplaced = [], []
    for row, mentee in enumerate(run.cohort.mentees):
        column = int(run.solved.mentor_of[row])
        if column < 0:
            left = why_unplaced(run, row)
            unplaced.append((mentee.key, left.why, left.would_help))
            continue
        points = int(run.points[row])
        words = "; ".join(reasons(run, row, column, means).speaks_for)
        pairs.append((mentee.key, run.cohort.mentors[column].key, points, words))
    summary = summarise(run)
    try:
        out.mkdir(parents=True, exist_ok=True)
        _write_all(out, pairs, unplaced, summary)
    except OSError as error:
        raise NotWritable(out=out, why=error.strerror or error) from error
    return summary


def _write_all(
    out: Path,
    pairs: Iterable[tuple[str | int, ...]],
    unplaced: Iterable[tuple[str | int, ...]],
    summary: dict[str, Any],
) -> None:
    _write(out / "pairs.csv", ("mentee", "mentor", "suitability", "reasons"), pairs)
    _write(out / "unplaced.csv", ("mentee", "why", "what_would_help"), unplaced)
    (out / "summary.json").write_text(json.dumps(summary, indent=1) + "\n", encoding="utf-8")


def summarise(run: Run) -> dict[str, Any]:
    """The figures of a run."""
    return {
        "mentees": len(run.cohort.mentees),
        "mentors": len(run.cohort.mentors),
        "places": run.cohort.places,
        "placed": run.solved.placed,
        "total_suitability": run.solved.total,
        "lowest_suitability": run.solved.lowest,
        "proven_optimal": run.solved.proven,
        "solver": run.solver,
        "seconds": round(run.seconds, 3),
    }


def match_files(mentees: Path, mentors: Path, out: Path) -> dict[str, Any]:
    """The whole way from two files to three."""
    return write(match(read_cohort(mentees, mentors)), out)


def _write(path: Path, head: tuple[str, ...], rows: Iterable[tuple[str | int, ...]]) -> None:
    """Words are made safe for a spreadsheet.

    An id is as it came, but for blanks around it: by it the files are put together again, and whatever a
    spreadsheet takes it for, it is that in the file that came in.
    """
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(head)
        for row in rows:
            cells = zip(head, row, strict=True)
            writer.writerow([value if name in IDS else tame(value) for name, value in cells])


def _rows(path: Path, columns: tuple[str, ...], problems: list[str]) -> list[tuple[int, dict[str, str]]]:
    """(line, cells by column) of each row; in any encoding and with any separator. Told: what is wrong."""
    try:
        table = read_table(path.read_bytes())
        rows = [row for row in table.rows if any(cell.strip() for cell in row.cells)]
    except Refusal as refusal:
        problems.append(f"{path.name}: {refusal}")
        return []
    heads = [cell.strip().lower() for cell in rows[0].cells] if rows else []
    missing = [name for name in columns if name not in heads]
    if missing:
        problems.append(
            _("%(file)s: these columns are missing in the first line: %(names)s.")
            % {"file": path.name, "names": ", ".join(missing)}
        )
        return []
    found, seen = [], set()
    for row in rows[1:]:
        cells = dict.fromkeys(columns, "") | {
            head: cell.strip() for head, cell in zip(heads, row.cells, strict=False)
        }
        where = {"file": path.name, "line": row.number, "key": cells["id"]}
        if not cells["id"]:
            problems.append(_("%(file)s, line %(line)d: the id is empty.") % where)
        elif cells["id"] in seen:
            problems.append(_("%(file)s, line %(line)d: the id “%(key)s” stands there twice.") % where)
        if any(cell.strip() for cell in row.cells[len(heads) :]):
            words = _("%(where)s: %(cells)d cells, %(headings)d headings. Text with a comma needs quotes.")
            where |= {"where": _where(path, row.number), "cells": len(row.cells), "headings": len(heads)}
            problems.append(words % where)
        seen.add(cells["id"])
        found.append((row.number, cells))
    return found


def _where(path: Path, line: int) -> str:
    return _("%(file)s, line %(line)d") % {"file": path.name, "line": line}


Words = dict[str, str]
"""How a word is written, by how it is compared."""


def _spellings(rows: Iterable[dict[str, str]]) -> Words:
    """Of each word one spelling, whoever comes first: one with its marks, if anybody writes them."""
    found: Words = {}
    for part in (part for row in rows for column in LISTS for part in _parts(row.get(column, ""))):
        word = folded(part)
        found[word] = min(part, found.get(word, part), key=lambda each: (each.isascii(), each))
    return found


def _mentee(row: dict[str, str], words: Words) -> Mentee:
    return Mentee(
        key=row["id"],
        name=row["name"],
        school=row["school"],
        languages=_languages(row["languages"], words),
        interests=_codes(row["interests"], words),
        means=_means(row["means"], words),
        region=row["region"],
        availability=_times(row["availability"], words),
        topic=row["topic"],
        wishes=wishes_of(row.get("wishes", "")),
    )


def _capacity(text: str, where: str, problems: list[str]) -> int:
    """Places of a mentor, one where nothing is said."""
    whole = _WHOLE.fullmatch(text or "1")
    told = {"where": where, "capacity": text, "most": MOST_PLACES}
    if whole is None:
        problems.append(_("%(where)s: the capacity “%(capacity)s” is no whole number.") % told)
        return 0
    # Not read as a number before it is short: a number of thousands of digits takes long.
    if len(whole[1]) > len(str(MOST_PLACES)):
        problems.append(
            _("%(where)s: the capacity “%(capacity)s” is too large: at most %(most)d mentees.") % told
        )
        return 0
    return int(whole[1])


def _mentor(row: dict[str, str], words: Words, where: str, problems: list[str]) -> Mentor:
    return Mentor(
        key=row["id"],
        name=row["name"],
        company=row["company"],
        languages=_languages(row["languages"], words),
        sectors=_codes(row["sectors"], words),
        means=_means(row["means"], words),
        region=row["region"],
        availability=_times(row["availability"], words),
        experience=row["experience"],
        capacity=_capacity(row["capacity"].strip(), where, problems),
        wishes=wishes_of(row.get("wishes", "")),
    )


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(";") if part.strip()]


@cache
def _known_means() -> tuple[Means, ...]:
    """The means of communication of every methodology that is there."""
    folders = sorted(each for each in settings.METHODOLOGIES.iterdir() if each.is_dir())
    return tuple(means for folder in folders if not check(folder) for means in load(folder).means)


@cache
def _by_word() -> dict[str, str]:
    return means_by_word(_known_means())


def _means(text: str, words: Words) -> Names:
    """Keys of means, whatever they are called; a word that is none stands for itself."""
    return _named(text, _by_word(), words)


def _languages(text: str, words: Words) -> Names:
    """Codes of languages, whatever they are called; a word that is none stands for itself."""
    return _named(text, SPOKEN, words)


def _times(text: str, words: Words) -> Names:
    """Times of the week, whatever they are called; a word that is none stands for itself."""
    return _named(text, times_by_word(), words)


def _named(text: str, known: Mapping[str, str], words: Words) -> Names:
    return frozenset(known.get(plain(part), words[folded(part)]) for part in _parts(text))


def _codes(text: str, words: Words) -> tuple[str, ...]:
    """The sectors that words mean; a word that no sector knows stands for itself."""
    found: list[str] = []
    for part in _parts(text):
        found += codes_of(part) or [words[folded(part)]]
    return tuple(dict.fromkeys(found))
