"""Answers as data: coded rows in any order, with a codebook; they tell no more than the tables do (R10).

A column stands there only where the table shows the same answers. Role or country stands beside a row only
where no table of the survey hides a group. A row leaves only if five at least have answered and left blank
the same (`patterns`). Own words are a list of their own, from ten on.
"""

import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from varpa.documents.archives import packed
from varpa.documents.tables import Value, csv_of
from varpa.kernel.refusals import Refusal
from varpa.kernel.text import TranslatedText
from varpa.methodology.surveys import AskKind
from varpa.surveys.hiding import LEAST_WORDS, of_group, sums_tell_of_few
from varpa.surveys.models import Question, Sheet, Survey
from varpa.surveys.patterns import leaving
from varpa.surveys.queries.figures import result_of
from varpa.surveys.values import numbers

_PLAIN: Final = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
GROUPS: Final = ("role", "country")
HEADS: Final = ("variable", "text", "value", "means")
LONGEST_NAME: Final = 31
"""Letters of a name that Stata takes, one of them for the labels of its values; SPSS takes more."""
_NO_NAME: Final = re.compile(r"[^a-z0-9_]+")
_CODED: Final = (AskKind.CHOICE, AskKind.MANY)


@dataclass(frozen=True)
class Program:
    """What writes the file of a program for statistics, and how many bytes of a label it keeps."""

    writer: str
    label: int
    value_label: int


SPSS: Final = Program("write_sav", 256, 120)
STATA: Final = Program("write_dta", 80, 320)


class NothingToExport(Refusal):
    sentence = _(
        "Nothing of this survey may leave as single answers: what it asks is shown as a change only, or "
        "too few have answered the same questions. The results can be taken along as PDF."
    )


@dataclass(frozen=True)
class Variable:
    """A column: its name, what it asks, and what its values mean."""

    name: str
    label: str
    values: tuple[tuple[int, str], ...]
    question: Question
    part: str = ""


@dataclass(frozen=True)
class Data:
    """What leaves: variables and rows; `groups` are the names of the columns before them; open answers."""

    variables: list[Variable]
    groups: list[str]
    rows: list[list[Value]]
    words: list[tuple[str, str]]


def data_of(survey: Survey) -> Data:
    """What may leave of a survey that has closed. Raises NothingToExport."""
    held = result_of(survey).get("figures", [])
    whole = {(each["question"], each["row"]): each["n"] for each in held if not each["by"]}
    sheets = list(Sheet.objects.filter(survey=survey).order_by("pk"))
    asked = list(_variables(survey.questions.all()))
    named = [replace(each, name=name) for each, name in zip(asked, names_of(_keys(asked)), strict=True)]
    variables = [each for each in named if _same(each, whole, sheets)]
    groups, rows, places = _rows(survey, _groups(held), variables, sheets)
    told = [at for at, each in enumerate(variables) if not _tells(each, held, sheets, places, groups)]
    first = len(groups)
    kept = [[*rows[place][:first], *(rows[place][first + at] for at in told)] for place in places]
    words = sorted(_words(survey, whole, sheets))
    if not words and not (told and kept):
        raise NothingToExport()
    return Data([variables[at] for at in told], groups, kept if told else [], words)


def _rows(
    survey: Survey, groups: list[str], variables: list[Variable], sheets: list[Sheet]
) -> tuple[list[str], list[list[Value]], list[int]]:
    """What stands beside each row, the row of each sheet, and the places of those that leave.

    Where with role or country beside them fewer than half could leave, they leave without.
    """
    for beside in (groups, []):
        rows: list[list[Value]] = [
            [
                *(getattr(sheet, group) for group in beside),
                *(_coded(each, sheet.values) for each in variables),
            ]
            for sheet in sheets
        ]
        places = leaving(rows, len(beside), survey.ref)
        if 2 * len(places) >= len(rows):
            break
    return beside, rows, places


def _tells(
    variable: Variable,
    figures: list[dict[str, Any]],
    sheets: list[Sheet],
    places: list[int],
    groups: list[str],
) -> bool:
    """Whether the rows that leave, taken from what the table of a column shows, speak of fewer than five."""
    if len(places) == len(sheets):
        return False
    leaves = set(places)
    cells: Counter[tuple[str, str, bool]] = Counter(
        (sheet.role, sheet.country, at in leaves)
        for at, sheet in enumerate(sheets)
        if _coded(variable, sheet.values) is not None
    )
    name = (variable.question.key, variable.part if variable.question.kind == AskKind.MATRIX else "")
    own = [each for each in figures if (each["question"], each["row"]) == name and each["n"] is not None]
    named = sorted(cells)
    shown = [(each["by"], each["group"]) for each in own]
    sums = [[int(of_group(group, (cell[0], cell[1]))) for cell in named] for group in shown]
    by = groups[0] if groups else ""
    beside = {(cell[0], cell[1])[GROUPS.index(by)] if by else "" for cell in named}
    for value in sorted(beside):
        group = (by, value)
        sums.append([int(cell[2] and of_group(group, (cell[0], cell[1]))) for cell in named])
    return sums_tell_of_few([cells[cell] for cell in named], sums)


def names_of(keys: Iterable[str]) -> list[str]:
    """A name for each key that SPSS and Stata take: short enough, of plain letters, no two alike."""
    found = list(GROUPS)
    for key in keys:
        plain = _NO_NAME.sub("_", key.lower())
        name = (plain if plain[:1].isalpha() else f"v_{plain}")[:LONGEST_NAME].rstrip("_")
        number, tried = 1, name
        while tried in found:
            number += 1
            end = f"_{number}"
            tried = f"{name[: LONGEST_NAME - len(end)]}{end}"
        found.append(tried)
    return found[len(GROUPS) :]


def _keys(variables: Iterable[Variable]) -> list[str]:
    return [each.name for each in variables]


def workbook(data: Data) -> bytes:
    """One workbook: answers, codebook, own words."""
    from xlsxwriter import Workbook

    out = io.BytesIO()
    book = Workbook(out, _PLAIN)
    sheets = (("answers", _heads(data), data.rows), ("codebook", HEADS, _codebook(data)))
    for name, heads, rows in (*sheets, ("words", ("variable", "words"), data.words)):
        page = book.add_worksheet(name)
        for line, row in enumerate((heads, *rows)):
            for at, value in enumerate(row):
                if isinstance(value, int):
                    page.write_number(line, at, value)
                elif value:
                    page.write_string(line, at, str(value)[:32_000])
        page.freeze_panes(1, 0)
    book.close()
    return out.getvalue()


def archive(data: Data) -> bytes:
    """The same as CSV, and the coded answers as SPSS and Stata keep them, with their labels."""
    files = {
        "answers.csv": csv_of(_heads(data), data.rows),
        "codebook.csv": csv_of(HEADS, _codebook(data)),
        "words.csv": csv_of(("variable", "words"), data.words),
        "answers.sav": labelled(data, SPSS),
        "answers.dta": labelled(data, STATA),
    }
    return packed(files)


def labelled(data: Data, program: Program) -> bytes:
    """The rows as a file of a program for statistics: names, what is asked, what the values mean."""
    # Half a second and 50 MB, for a file that few ask for.
    import pandas
    import pyreadstat

    frame = pandas.DataFrame(data.rows, columns=_heads(data))
    # A number may be as large as a thousand million, a value may be missing.
    frame = frame.astype({each.name: "Int32" for each in data.variables})
    labels = {each.name: _cut(each.label, program.label) for each in data.variables}
    values = {each.name: _meanings(each, program) for each in data.variables if _meanings(each, program)}
    with TemporaryDirectory() as folder:
        place = Path(folder) / "answers"
        write = getattr(pyreadstat, program.writer)
        write(frame, place, column_labels=labels, variable_value_labels=values)
        return place.read_bytes()


def _meanings(variable: Variable, program: Program) -> dict[int, str]:
    return {value: _cut(word, program.value_label) for value, word in variable.values if word}


def _cut(text: str, most: int) -> str:
    """A label on one line, of at most so many bytes and never of half a letter."""
    return " ".join(text.split()).encode()[:most].decode(errors="ignore")


def _groups(figures: list[dict[str, Any]]) -> list[str]:
    """Role or country, where no table hides a group of them; both only where one of them is the whole."""
    found = []
    for by in GROUPS:
        own = [each for each in figures if each["by"] == by]
        if own and all(each["n"] is not None for each in own):
            found.append(by)
    return found[:1]


def _variables(questions: Iterable[Question]) -> Iterator[Variable]:
    for question in questions:
        text = str(question.text)
        words = [(each["key"], str(TranslatedText.from_dict(each["text"]))) for each in question.options]
        coded = tuple((at + 1, word) for at, (_key, word) in enumerate(words))
        steps = ((question.least, str(question.low)), (question.most, str(question.high)))
        if question.kind == AskKind.MANY:
            for key, word in words:
                name = f"{question.key}_{key}"
                yield Variable(name, f"{text} {word}", ((0, "–"), (1, word)), question, key)
        elif question.kind == AskKind.MATRIX:
            for row in question.rows:
                said = str(TranslatedText.from_dict(row["text"]))
                yield Variable(f"{question.key}_{row['key']}", f"{text} {said}", steps, question, row["key"])
        elif question.kind != AskKind.TEXT:
            values = coded if question.kind == AskKind.CHOICE else steps
            yield Variable(question.key, text, () if question.kind == AskKind.NUMBER else values, question)


def _same(variable: Variable, whole: dict[Any, Any], sheets: Sequence[Sheet]) -> bool:
    """Whether the table shows exactly the answers that the column would hold."""
    row = variable.part if variable.question.kind == AskKind.MATRIX else ""
    shown = whole.get((variable.question.key, row))
    held = sum(_coded(variable, sheet.values) is not None for sheet in sheets)
    return shown is not None and shown == held


def _coded(variable: Variable, values: dict[str, Any]) -> int | None:
    question = variable.question
    given = values.get(question.key)
    if question.kind in _CODED:
        keys = [each["key"] for each in question.options]
        if given is None:
            return None
        return int(variable.part in given) if question.kind == AskKind.MANY else keys.index(given) + 1
    return dict(numbers(question, values)).get(variable.part)


def _words(survey: Survey, whole: dict[Any, Any], sheets: Sequence[Sheet]) -> Iterator[tuple[str, str]]:
    for question in survey.questions.all():
        told = whole.get((question.key, ""))
        texts = [sheet.values[question.key] for sheet in sheets if question.key in sheet.values]
        if question.kind == AskKind.TEXT and told is not None and LEAST_WORDS <= told == len(texts):
            yield from ((question.key, text) for text in texts)


def _heads(data: Data) -> list[str]:
    return [*data.groups, *(each.name for each in data.variables)]


def _codebook(data: Data) -> list[list[Value]]:
    rows: list[list[Value]] = []
    for each in data.variables:
        rows += [[each.name, each.label, value, word] for value, word in each.values or ((0, ""),)]
    return rows
