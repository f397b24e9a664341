"""The evaluation report: drafted, commented on by those whom it is about, published (methodology §9)."""

from datetime import date, timedelta
from random import Random
from typing import Any

from varpa.kernel.text import LANGUAGES
from varpa.methodology import EvidenceKind
from varpa.reports.actions.comments import agree, answer_comment, close_comments, comment_on_section
from varpa.reports.actions.comments import open_for_comments as show
from varpa.reports.actions.drafts import add_quotes, draft_report, edit_section, take_out_lost
from varpa.reports.actions.editions import publish_report
from varpa.reports.actions.figures import accept_all
from varpa.reports.marks import figure, filled, gaps_in, quote
from varpa.reports.models import CommentState, Report
from varpa.reports.queries import commenters, outline_of, texts_of
from varpa.site.replay.house import House
from varpa.site.replay.stage import Course
from varpa.site.replay.words import Words

DRAFTED, OPEN_FOR = timedelta(days=9), timedelta(days=7)
READS, SPEAKS, QUOTED, TAKEN_UP = 0.5, 0.4, 0.6, 0.7
"""How many say something at all, with words, with a yes to quoting; what the manager takes up."""
MOST = 120
"""So many members are heard at most: of two thousand pairs nobody answers more."""


def report(house: House) -> None:
    """Begin the course of the report, where the methodology has an outline of one."""
    if house.methodology.report:
        house.stage.begin(_report(house, Random(f"{house.seed}/report")))


def _report(house: House, chance: Random) -> Course:
    day = _due(house)
    yield house.dates.at(day - DRAFTED, 11)
    manager, programme = house.manager, house.programme
    made: Report = house.stage.do(draft_report, programme=programme, by=manager)
    house.stage.do(show, report=made, until=house.today + OPEN_FOR, by=manager)
    yield house.dates.at(day - timedelta(days=4), 19)
    _hear(house, made, chance)
    yield house.dates.at(day - timedelta(days=1), 16)
    house.stage.do(close_comments, report=made, by=manager)
    for comment in made.comments.filter(state=CommentState.OPEN).order_by("pk"):
        answer = house.words(comment.membership.person.language).one("report_answers")
        said = {"taken_up": chance.random() < TAKEN_UP, "answer": answer}
        house.stage.do(answer_comment, comment=comment, **said, by=manager)
    house.stage.do(add_quotes, report=made, by=manager)
    _fill_gaps(house, made)
    yield house.dates.at(day, 9)
    publish(house, made)


def publish(house: House, made: Report) -> None:
    """As figures and consents stand on the day of publishing."""
    house.stage.do(accept_all, report=made, by=house.manager)
    # Since the draft a diary may have been handed over: its words are the mentee's to give, too.
    if house.stage.do(take_out_lost, report=made, by=house.manager):
        _fill_gaps(house, made)
    house.stage.do(publish_report, report=made, by=house.manager, without_asking=True)


def _due(house: House) -> date:
    """When the report is due by the calendar; else a little before the end."""
    window = house.window(EvidenceKind.REPORT_PUBLISHED)
    return window.due if window else house.dates.ends - timedelta(days=12)


def _hear(house: House, made: Report, chance: Random) -> None:
    """Some say yes to the draft, some say what is missing, most say nothing."""
    parts = [each.key for each in outline_of(house.programme)]
    for member in commenters(house.programme).select_related("person").order_by("pk")[:MOST]:
        if chance.random() > READS:
            continue
        if chance.random() > SPEAKS:
            house.stage.do(agree, report=made, by=member.person)
            continue
        said: dict[str, Any] = {
            "part": chance.choice(parts),
            "text": house.words(member.person.language).one("report_comments"),
            "may_quote": chance.random() < QUOTED,
        }
        house.stage.do(comment_on_section, report=made, **said, by=member.person)


def _fill_gaps(house: House, made: Report) -> None:
    """What only people can say the manager writes, in each language, also where nothing is left."""
    words = {language: house.words(language) for language in LANGUAGES}
    for (part, language), section in sorted(texts_of(made).items()):
        if gaps_in(section.text) or not section.text:
            text = _filled(section.text, words[language]) or words[language].one("report_fills")
            given = {"part": part, "language": language, "text": text, "revision": section.revision}
            house.stage.do(edit_section, report=made, **given, by=house.manager)


def _filled(text: str, words: Words) -> str:
    """The text with words for its gaps; figures and quotations stay marks."""
    return filled(text, figure=figure, quote=quote, gap=lambda _question: words.one("report_fills"))
