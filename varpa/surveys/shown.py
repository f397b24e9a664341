"""Results as their page shows them: a question, its bars, its table by groups, the same asked before."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from varpa.kernel.text import TranslatedText
from varpa.methodology.surveys import AskKind
from varpa.programmes.models import Programme
from varpa.surveys import words
from varpa.surveys.models import Survey
from varpa.surveys.queries.figures import Change, Figure, Said, Shares, figures_of
from varpa.surveys.wording import NUMBERED, Wording

WIDTH, HIGH, GAP, SIDE, SHORT = 320, 14, 6, 24, 2


@dataclass(frozen=True)
class Column:
    """One group of a question: how many answered of how many, and what; hidden where they are too few."""

    name: str
    rate: str
    hidden: bool
    n: int | None
    mean: str
    shares: list[str]
    left: int = 0


@dataclass
class Shown:
    """One question with its groups, the whole first; `words` name the rows of the table, `shares` bars."""

    key: str
    text: TranslatedText
    kind: str
    columns: list[Column] = field(default_factory=list)
    words: list[TranslatedText] = field(default_factory=list)
    shares: Shares = ()
    picture: str = ""
    themes: list[TranslatedText] = field(default_factory=list)

    @property
    def whole(self) -> Column:
        return self.columns[0]

    @property
    def is_text(self) -> bool:
        return self.kind == AskKind.TEXT

    @property
    def rows(self) -> list[tuple[TranslatedText, list[str]]]:
        """The table: each word with its share in every group."""
        shares = [column.shares or ["–"] * len(self.words) for column in self.columns]
        return [(word, [each[at] for each in shares]) for at, word in enumerate(self.words)]


@dataclass(frozen=True)
class Then:
    """The same question in two surveys, the earlier first; a difference is none where either is hidden."""

    text: TranslatedText
    earlier: str
    earlier_n: int | None
    later: str
    later_n: int | None
    difference: str


def shown(survey: Survey, themes: Iterable[Said]) -> list[Shown]:
    """Every question of a survey that has figures."""
    found: dict[str, Shown] = {}
    for figure in figures_of(survey):
        one = found.setdefault(figure.question, Shown(figure.question, figure.text, figure.kind))
        one.columns.append(_column(survey.programme, figure))
        if not figure.role and not figure.country and figure.shares:
            one.words = [word for word, _percent in figure.shares]
            one.shares, one.picture = figure.shares, bars(figure.shares)
    for said in themes:
        if said.question in found:
            found[said.question].themes.append(said.theme)
    return list(found.values())


def then_and_now(earlier: Survey, later: Survey) -> list[Then]:
    """The questions that two surveys share on one scale, by their means."""
    return [_then(before, after) for before, after, same in _both(earlier, later) if same]


def reworded(earlier: Survey, later: Survey) -> list[str]:
    """What two surveys ask under one name, but in other words: it is not compared."""
    return [str(after.text) for _before, after, same in _both(earlier, later) if not same]


def _both(earlier: Survey, later: Survey) -> Iterator[tuple[Figure, Figure, bool]]:
    """The means of what both ask on one scale, and whether it means the same."""
    before, after = _means(earlier), _means(later)
    scales = _scales(earlier).items() & _scales(later).items()
    alike = {key for key, _scale in scales}
    asked = {each.key: each for each in later.questions.all()}
    wording = Wording(earlier, later, later.programme)
    for name, figure in after.items():
        key, _dot, row = name.partition(".")
        if name in before and key in alike:
            yield before[name], figure, wording.is_same(asked[key], row)


def _scales(survey: Survey) -> dict[str, tuple[str, int, int]]:
    return {each.key: (each.kind, each.least, each.most) for each in survey.questions.all()}


def _means(survey: Survey) -> dict[str, Figure]:
    return {
        figure.question: figure
        for figure in figures_of(survey)
        if figure.kind in NUMBERED and not figure.role and not figure.country
    }


def _then(before: Figure, after: Figure) -> Then:
    difference = None
    if before.mean is not None and after.mean is not None:
        difference = after.mean - before.mean
    return Then(
        after.text,
        words.number(before.mean),
        before.n,
        words.number(after.mean),
        after.n,
        words.difference(difference),
    )


def _column(programme: Programme, figure: Figure) -> Column:
    return Column(
        name=words.group_name(programme, figure.role, figure.country),
        rate=words.group_rate(figure.sent, figure.answered, figure.left),
        left=figure.left,
        hidden=figure.n is None,
        n=figure.n,
        mean=words.number(figure.mean),
        shares=[words.share(percent) for _word, percent in figure.shares],
    )


def bars(shares: Shares) -> SafeString:
    """The shares as bars below each other, each with its words; the table says the same in figures."""
    short = all(len(str(word)) <= SHORT for word, _percent in shares)
    # A step of a scale stands beside its bar, a word above it.
    left, line = (SIDE, HIGH) if short else (0, HIGH * 2)
    drawn = format_html_join(
        "",
        '<rect class="rest" x="{0}" y="{1}" width="{2}" height="{3}"/>'
        '<rect class="share" x="{0}" y="{1}" width="{4}" height="{3}"/><text x="0" y="{5}">{6}</text>',
        (
            (
                left,
                at * (line + GAP) + line - HIGH,
                WIDTH - left,
                HIGH,
                round((WIDTH - left) * (percent or 0) / 100, 1),
                at * (line + GAP) + HIGH - 4,
                str(word) if short else f"{word}: {words.share(percent)}",
            )
            for at, (word, percent) in enumerate(shares)
        ),
    )
    return format_html(
        '<svg class="shares" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>',
        WIDTH,
        len(shares) * (line + GAP) - GAP,
        ", ".join(f"{word}: {words.share(percent)}" for word, percent in shares),
        drawn,
    )


@dataclass(frozen=True)
class ShownChange:
    """One competence in one group, in words; `picture` is the interval on the line from less to more."""

    change: Change
    group: str
    before: str
    after: str
    by: str
    interval: str
    g: str
    counts: list[str]
    picture: str

    @property
    def cells(self) -> SafeString:
        """What is told of a group that is not hidden, a cell each: a page has forty rows of ten."""
        figures = (self.change.n, self.change.missing, self.before, self.after)
        told = format_html_join("", '<td class="r">{}</td>', ((each,) for each in figures))
        counts = format_html_join("", "<td>{}</td>", ((each,) for each in self.counts))
        rest = '{}<td class="r"><strong>{}</strong></td><td>{}{}</td><td class="r">{}</td>{}'
        return format_html(rest, told, self.by, self.interval, self.picture, self.g, counts)


def shown_changes(programme: Programme, changes: Iterable[Change]) -> list[ShownChange]:
    """The changes as rows of a table; of a hidden group there is nothing to say but of the whole."""
    groups = [change for change in changes if change.n is not None or not (change.role or change.country)]
    return [_shown(programme, change) for change in groups]


def _shown(programme: Programme, change: Change) -> ShownChange:
    interval = _("none: all have changed alike") if change.n else ""
    if change.low is not None and change.high is not None:
        interval = _("from %(low)s to %(high)s") % {
            "low": words.number(change.low, 2),
            "high": words.number(change.high, 2),
        }
    counted = zip((change.improved, change.same, change.worse), change.intervals, strict=False)
    return ShownChange(
        change=change,
        group=words.group_name(programme, change.role, change.country),
        before=words.number(change.before),
        after=words.number(change.after),
        by=words.difference(change.change, 2),
        interval=interval,
        g=words.number(change.g, 2),
        counts=[f"{count} ({low}–{high}\N{NO-BREAK SPACE}%)" for count, (low, high) in counted],
        picture=_line(change),
    )


def _line(change: Change, most: float = 4.0) -> str:
    """The change with its interval between `-most` and `most`."""
    if change.change is None or change.low is None or change.high is None:
        return ""

    def at(value: float) -> float:
        return round(WIDTH / 2 + WIDTH / 2 * max(-most, min(most, value)) / most, 1)

    return format_html(
        '<svg class="interval" viewBox="0 0 {} 20" aria-hidden="true">'
        '<line class="nought" x1="{}" x2="{}" y1="0" y2="20"/>'
        '<line class="span" x1="{}" x2="{}" y1="10" y2="10"/><circle cx="{}" cy="10" r="5"/></svg>',
        WIDTH,
        WIDTH / 2,
        WIDTH / 2,
        at(change.low),
        at(change.high),
        at(change.change),
    )
