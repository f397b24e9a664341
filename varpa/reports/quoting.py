"""Words of people in the report: which may stand in it now, which were taken back, where those still stand.

A draft holds marks, so that what is taken back is gone from it at once. What somebody copied into the text by
hand is found by its sentences, and read as if its mark stood there.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Final, NamedTuple

from django.db.models import Q, QuerySet

from varpa.guidelines.passages import Passage, passages_among, passages_of, without_consent
from varpa.history.remembering import until_changed
from varpa.kernel.text import LANGUAGES, TranslatedText
from varpa.programmes.models import Programme
from varpa.programmes.queries import LIVE
from varpa.reports.marks import quote, quotes_in, without_quotes
from varpa.reports.models import Comment, CommentState, Edition, Report
from varpa.reports.queries import spoken_by
from varpa.surveys.models import Theme

COPIED: Final = 25
"""From so many letters on, a sentence that was taken back is looked for in the text."""
_END = re.compile(r"(?<=[.!?…])\s+|\n+")


class Quote(NamedTuple):
    """Words that may stand in the report; `told` says in the active language whose they are.

    A theme of answers is nobody's: nothing is told of it, and it stands within its sentence.
    """

    ref: str
    text: str | TranslatedText
    told: Callable[[], str]


@dataclass(frozen=True)
class Spoken:
    """`quotes`: what may be read now, by reference.

    `gone`: (reference, sentence) of what was taken back, `back` all the references of that.
    """

    quotes: Mapping[str, Quote]
    gone: list[tuple[str, str]]
    back: frozenset[str]

    def tied(self, text: str) -> str:
        """The text with the mark of what was taken back in the place of words that were copied from it."""
        there = _flat(text)
        for ref, words in self.gone:
            if words in there:
                text = re.sub(r"\s+(?:>\s*)?".join(map(re.escape, words.split())), quote(ref), text)
        return text

    def lost_in(self, texts: Iterable[str]) -> list[str]:
        """References of words in the texts that may not stand there any more, or were never said."""
        return [ref for ref in quotes_in(map(self.tied, texts)) if ref not in self.quotes]

    def without_lost(self, text: str) -> str:
        """The text without what was taken back."""
        lost = self.lost_in([text])
        return without_quotes(self.tied(text), lost) if lost else text


class TakenBack(NamedTuple):
    """Everything in a programme that was taken back: (reference, sentence), and all the references."""

    gone: list[tuple[str, str]]
    back: frozenset[str]


def taken_back(programme: Programme) -> TakenBack:
    """What people have taken back of their comments, recommendations and answers: three questions."""
    comments = Comment.objects.filter(report__programme=programme, state=CommentState.WITHDRAWN)
    back = list(comments.exclude(text="").values_list("ref", "text"))
    back += without_consent(programme).values_list("ref", "text")
    themes = _themes(programme).filter(withdrawn_at__isnull=False)
    back += [(each.ref, each.text.within(code)) for each in themes for code in LANGUAGES]
    gone = [(ref, words) for ref, text in back for words in _sentences(text) if len(words) >= COPIED]
    return TakenBack(gone, frozenset(ref for ref, _text in back))


@until_changed
def known_taken_back(programme: Programme, _minute: datetime) -> TakenBack:
    """The same for pages: read again after a change. The words are looked for, and never shown."""
    return taken_back(programme)


def spoken(report: Report, texts: Iterable[str], back: TakenBack | None = None) -> Spoken:
    """What people have said that is marked in these texts, and everything that they have taken back.

    Whoever looks at other texts reads for those: what is not marked in them is not read. `back`: what was
    `taken_back`, where it is known already.
    """
    marked, (gone, refs) = quotes_in(texts), back or taken_back(report.programme)
    if not marked:
        return Spoken({}, gone, refs)
    passages = passages_among(report.programme, marked)
    themes = _themes(report.programme).filter(withdrawn_at=None, ref__in=marked)
    told = _quotable(report, _comments(report, Q(ref__in=marked)), passages) + [
        _as_quote(each) for each in themes
    ]
    return Spoken({each.ref: each for each in told}, gone, refs)


def quotable(report: Report) -> list[Quote]:
    """Words of people who are in the programme: comments that may be quoted, passages of diaries (R6)."""
    return _quotable(report, _comments(report, Q()), passages_of(report.programme))


def _quotable(report: Report, comments: Iterable[Comment], passages: Iterable[Passage]) -> list[Quote]:
    found = [Quote(each.ref, each.text, partial(spoken_by, report.programme, each)) for each in comments]
    return found + [_passage(each) for each in passages]


def themes_of(programme: Programme) -> list[Quote]:
    """The themes of open answers, survey by survey; whose words they are nobody knows."""
    return [_as_quote(each) for each in _themes(programme).filter(withdrawn_at=None)]


def _themes(programme: Programme) -> QuerySet[Theme]:
    rows = Theme.objects.filter(question__survey__programme=programme)
    return rows.order_by("question__survey_id", "question__place", "pk")


def _as_quote(theme: Theme) -> Quote:
    return Quote(theme.ref, theme.text, str)


def taken_back_since(edition: Edition, now: datetime) -> int:
    """How many of the words that stand in an edition were taken back after it was published."""
    quoted = set(edition.quoted)
    return len(known_taken_back(edition.report.programme, now).back & quoted) if quoted else 0


def _comments(report: Report, asked: Q) -> list[Comment]:
    """What may be quoted of those asked for, of members who are in."""
    mine = report.comments.filter(asked, may_quote=True, membership__state__in=LIVE)
    found = mine.exclude(Q(state=CommentState.WITHDRAWN) | Q(text=""))
    told = ("ref", "report", "text", "state", "membership__role", "membership__country")
    return list(found.select_related("membership").only(*told))


def _passage(passage: Passage) -> Quote:
    said = passage.recommendation
    return Quote(said.ref, said.text, lambda: passage.told)


def _sentences(text: str) -> list[str]:
    return [_flat(each) for each in _END.split(text)]


def _flat(text: str) -> str:
    return " ".join(text.replace(">", " ").split())
