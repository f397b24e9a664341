"""What came of a survey on paper: the same figures as on its page, the same groups hidden (R10, PDF/UA)."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from varpa.documents.glyphs import showable
from varpa.documents.render import pdf
from varpa.documents.report_shapes import Results, ResultsPart, TextTable
from varpa.kernel.text import TranslatedText
from varpa.methodology.surveys import AskKind
from varpa.programmes.letterheads import letterhead
from varpa.surveys import words as words_of
from varpa.surveys.hiding import LEAST
from varpa.surveys.models import Survey
from varpa.surveys.queries.figures import Said, Shares, answered_of, changes_of, reworded_of
from varpa.surveys.shown import Shown, ShownChange, Then, bars, reworded, shown, shown_changes, then_and_now
from varpa.ui import words

CHOSEN: Final = (AskKind.CHOICE, AskKind.MANY)
STYLE: Final = (
    "<style>text{font-family:'Atkinson Hyperlegible Next',sans-serif;font-size:11px;fill:#25221b}"
    ".rest{fill:#ddd5c4}.share{fill:#3b469e}</style>"
)


def results_paper(
    survey: Survey,
    *,
    earlier: Iterable[Survey],
    themes: Iterable[Said],
    asked: tuple[int, int],
    as_of: date | None,
    language: str,
    outside: bool = False,
) -> bytes:
    """The results in a language; `asked`: how many were, and how many of them have answered.

    `outside`: for whoever does not manage the programme. Of hidden groups nothing stands in it, not even
    how many have answered.
    """
    with words.on_paper(language, survey.programme.zone):
        parts = [_question(each, outside=outside) for each in shown(survey, themes)]
        parts += _changed(shown_changes(survey.programme, changes_of(survey)))
        apart = [str(each.name) for each in reworded_of(survey)]
        if apart:
            parts.append(_part(_("At the end against the start"), _otherwise(apart), []))
        for each in earlier:
            rows, others = then_and_now(each, survey), reworded(each, survey)
            if rows or others:
                parts.append(_compared(each, survey, rows, others, outside=outside))
        shape: Results = {
            "letterhead": letterhead(survey.programme),
            "facts": [
                (_("Answered"), words_of.rate(*asked)),
                (_("Worked out"), words.dated(as_of) if as_of else ""),
            ],
            "notes": [
                _(
                    "Groups under five are hidden, and so is whatever they could be reckoned from. Open "
                    "answers under ten are shown as themes."
                )
            ],
            "parts": parts,
        }
        return pdf("results", shape, language=language, title=f"{_('Results')}: {survey.name}")


def _part(name: str, said: str, tables: list[TextTable], left: int = 1) -> ResultsPart:
    return ResultsPart(name=name, said=said, svg=None, alt="", themes=[], tables=tables, left=left)


def _question(each: Shown, *, outside: bool) -> ResultsPart:
    name, n = str(each.text), each.whole.n
    if n is None and each.is_text:
        return _part(name, _("Fewer than five have answered in own words: nothing is shown."), [])
    if n is None:
        return _part(name, _("Fewer than five have answered: nothing is shown."), [])
    counted = ngettext("%(n)s answer, from %(rate)s asked", "%(n)s answers, from %(rate)s asked", n)
    said = counted % {"n": n, "rate": each.whole.rate}
    if each.is_text:
        return {**_part(name, said, []), "themes": [str(theme) for theme in each.themes]}
    if each.kind not in CHOSEN:
        said = f"{said}. {_('Mean')}: {each.whole.mean}"
    part = _part(name, said, [_by_groups(each, outside=outside)])
    if each.shares:
        part["svg"], part["alt"] = _drawn(each.shares), name
    return part


def _by_groups(each: Shown, *, outside: bool) -> TextTable:
    """The table of one question: a column for each group, with its rate of response."""
    if outside:
        each.columns = [column for column in each.columns if not column.hidden]
    rows = [[str(word), *shares] for word, shares in each.rows]
    if each.kind not in CHOSEN:
        rows.append([_("Mean"), *(column.mean for column in each.columns)])
    counts = [_("hidden") if column.hidden else str(column.n) for column in each.columns]
    head = ["", *(f"{column.name}\n{column.rate}" for column in each.columns)]
    return {"name": "", "head": head, "rows": [*rows, [_("Answers"), *counts]]}


def _drawn(shares: Shares) -> bytes:
    """The bars of the page as a picture of its own: a page's stylesheet does not reach it."""
    drawn = bars(tuple((TranslatedText.same(showable(str(word))), percent) for word, percent in shares))
    alone = drawn.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    return alone.replace(">", f">{STYLE}", 1).encode()


def _changed(rows: list[ShownChange]) -> list[ResultsPart]:
    """How competences stand at the end against the start; no word says why."""
    if not rows:
        return []
    why = _(
        "Own assessment of the same people at the start and at the end. What the change comes from, these "
        "figures do not say: people also grow, learn at school, and come to see themselves otherwise."
    )
    how = _(
        "Interval: paired t. g: Hedges’ g_av, the change by the spread of the answers. In brackets: Wilson’s "
        "95 % interval of the share. Groups under five are hidden."
    )
    head = [_("Competence"), _("Group"), _("Both times"), _("Missing"), _("Start"), _("End")]
    head += [pgettext("figure", "Change"), _("95 % interval"), "g"]
    counts = [_("Competence"), _("Group"), _("Both times"), _("Higher"), _("Same"), _("Lower")]
    tables: list[TextTable] = [
        {"name": "", "head": head, "rows": [_means(each) for each in rows]},
        {"name": "", "head": counts, "rows": [_counts(each) for each in rows if each.counts]},
    ]
    return [_part(_("At the end against the start"), f"{why}\n{how}", tables, left=2)]


def _named(each: ShownChange) -> list[str]:
    name = str(each.change.name)
    if each.change.looking_back:
        name += f" ({_('the start as it is remembered at the end')})"
    return [name, each.group]


def _means(each: ShownChange) -> list[str]:
    if each.change.n is None:
        return [*_named(each), _("hidden"), str(each.change.missing), *[""] * 5]
    told = [str(each.change.n), str(each.change.missing), each.before, each.after]
    return [*_named(each), *told, each.by, each.interval, each.g]


def _counts(each: ShownChange) -> list[str]:
    return [*_named(each), str(each.change.n), *each.counts]


def _otherwise(others: Iterable[str]) -> str:
    named = ", ".join(f"“{each}”" for each in others)
    return f"{_('Not compared, for it is asked in other words than before')}: {named}"


def _compared(
    earlier: Survey, later: Survey, rows: list[Then], others: list[str], *, outside: bool
) -> ResultsPart:
    """The same asked before: not always the same people, so n stands beside each mean."""
    named = [_with_rate(each, outside=outside) for each in (earlier, later)]
    head = [_("Question"), *named, _("Difference")]
    lines = [
        [str(row.text), _of(row.earlier, row.earlier_n), _of(row.later, row.later_n), row.difference]
        for row in rows
    ]
    name = _("Compared with: %(name)s") % {"name": earlier.name}
    same = _("Not always the same people have answered both times: n stands beside each mean.")
    said = "\n".join([*([same] if rows else []), *([_otherwise(others)] if others else [])])
    return _part(name, said, [{"name": "", "head": head, "rows": lines}] if rows else [])


def _with_rate(survey: Survey, *, outside: bool) -> str:
    """What a survey is called, with how many have answered; outside nobody is told of fewer than five."""
    sent, answered = answered_of(survey)
    told = answered >= LEAST or not outside
    return f"{survey.name}\n{words_of.rate(sent, answered)}" if told else str(survey.name)


def _of(mean: str, n: int | None) -> str:
    return f"{mean} (n = {n})" if n else mean
