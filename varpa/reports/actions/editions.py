"""The report published: frozen as it stands, read by members, by anybody where the manager says so."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from varpa.evaluation.actions import show_evidence
from varpa.history.actions import record
from varpa.kernel.refusals import Refusal
from varpa.kernel.states import move
from varpa.methodology import EvidenceKind
from varpa.people.models import Person
from varpa.post import actions as post
from varpa.programmes.queries import today_of
from varpa.reports import letters
from varpa.reports.actions.drafts import hold_for_writing, note
from varpa.reports.hearing import Hearing, hearing, told_early
from varpa.reports.marks import figures_in, gaps_in, quotes_in
from varpa.reports.models import Edition, Report, Section
from varpa.reports.papers import papers
from varpa.reports.queries import outline_of, standings, takes_comments, texts_of, waiting_of
from varpa.reports.quoting import Spoken, spoken
from varpa.reports.sources import figures_of
from varpa.ui.words import dated, from_day


class NobodyWasAsked(Refusal):
    sentence = _(
        "Mentors and mentees take part in working the report out: open the draft for comments first."
    )


class StillOpen(Refusal):
    sentence = _(
        "People may still comment. End the time for comments first, or wait until its last day is over."
    )


class TooFewWereHeard(Refusal):
    sentence = _(
        "The draft was open for comments on {open} of {days} days, and {heard} of {asked} people have "
        "answered. Kept open, it can be published {day}; before that once everybody has answered, or with a "
        "written reason that stands in the report."
    )


class CommentsWait(Refusal):
    sentence = _(
        "Comments that wait for an answer: {count}. Say of each whether it is taken up, or answer it."
    )


class FiguresWait(Refusal):
    sentence = _("Figures that ask for a decision: {count}. Look at the figures first.")


class WordsWereTakenBack(Refusal):
    sentence = _(
        "Words that were taken back by whoever said them still stand in the text: {count}. The parts show "
        "where; take them out, then publish."
    )


class GapsAreOpen(Refusal):
    sentence = _(
        "Gaps that are still open: {count}. Fill them, or say that they may stay open in this edition."
    )


class YesToAnEarlierText(Refusal):
    sentence = _(
        "Said yes to an earlier text, which was changed since: {count} (last: {day}). Open it for comments "
        "once more to ask anew, or say that it is published without asking."
    )


@dataclass(frozen=True)
class Readiness:
    """What stands between the report and its publishing, counted."""

    asked: bool
    open_now: bool
    comments: int
    undecided: int
    lost: int
    gaps: int
    hearing: Hearing


def readiness(
    report: Report,
    sections: Mapping[tuple[str, str], Section],
    now: datetime,
    said: Spoken,
    waiting: Mapping[str, int],
) -> Readiness:
    """What is still to be done before publishing; `said` are the words that may stand in it.

    `waiting`: how many comments of each part are open (`waiting_of`).
    """
    texts = [section.text for section in sections.values()]
    figures = standings(report, figures_in(texts), figures_of(report.programme, now))
    # A part without a word in any language is a gap as well.
    told = {key for (key, _language), section in sections.items() if section.text.strip()}
    bare = [part for part in outline_of(report.programme) if part.key not in told]
    return Readiness(
        asked=report.opened_at is not None,
        open_now=takes_comments(report, now),
        comments=sum(waiting.values()),
        undecided=sum(each.state != "same" for each in figures),
        lost=len(said.lost_in(texts)),
        gaps=sum(len(gaps_in(text)) for text in texts) + len(bare),
        hearing=hearing(report, now),
    )


@transaction.atomic
def publish_report(
    *,
    report: Report,
    by: Person,
    now: datetime,
    with_gaps: bool = False,
    without_asking: bool = False,
    early_reason: str = "",
) -> Edition:
    """Freeze the report as an edition in three languages. `with_gaps`: open gaps may stay, said plainly.

    `early_reason`: why it is published before people had their time; it stands in the edition.
    `without_asking`: those who said yes to a text that was changed since are not asked anew.
    The calendar's activity for the report is shown as done. Raises NotWritten on a second click.
    """
    hold_for_writing(report)
    sections = texts_of(report)
    texts = [section.text for section in sections.values()]
    stands = readiness(report, sections, now, spoken(report, texts), waiting_of(report))
    reason = "" if stands.hearing.enough else early_reason.strip()
    _require_ready(stands, with_gaps, reason)
    _require_asked_anew(stands.hearing, without_asking)
    number = (report.editions.aggregate(last=Max("number"))["last"] or 0) + 1
    move(report, "publish", published_at=now)
    show_evidence(
        programme=report.programme,
        kind=EvidenceKind.REPORT_PUBLISHED,
        day=today_of(report.programme, now),
        by=by,
        now=now,
    )
    edition = Edition.objects.create(
        report=report,
        number=number,
        at=now,
        by=by,
        figures=_figures(report, texts),
        quoted=quotes_in(texts),
        gaps=stands.gaps,
        early_reason=reason,
    )
    # The tables show this edition too: the report is among the promised results.
    edition.papers = papers(report, sections, now, early=_early(stands.hearing, reason))
    edition.save(update_fields=["papers"])
    post.withdraw(about=letters.about(report), now=now)
    _record(edition, stands.hearing, by=by, now=now)
    return edition


def _figures(report: Report, texts: list[str]) -> list[dict[str, Any]]:
    """Each figure as it stands in the texts, and since when."""
    cited = {each.key: each for each in report.cited.all()}
    return [
        {"key": key, "value": cited[key].stands, "at": cited[key].at.isoformat()}
        for key in figures_in(texts)
        if key in cited
    ]


def _early(heard: Hearing, reason: str) -> Callable[[], str]:
    return lambda: told_early(heard, reason) if reason else ""


def _record(edition: Edition, heard: Hearing, *, by: Person, now: datetime) -> None:
    details = {"number": edition.number, "gaps": edition.gaps}
    if heard.earlier:
        details["yes_to_earlier"] = heard.earlier
    if edition.early_reason:
        # The words of the reason stand in the edition; the history counts.
        details |= {
            "open_days": heard.open,
            "of_days": heard.days,
            "heard": heard.heard,
            "asked": heard.asked,
        }
    verb, report = "report.publish_early" if edition.early_reason else "report.publish", edition.report
    record(verb, report, now=now, by=by, programme_ref=report.programme.ref, details=details)


@transaction.atomic
def begin_edition(*, report: Report, by: Person, now: datetime) -> None:
    """Write on after publishing: what is published stays, the next edition is commented on again."""
    move(report, "rework", opened_at=None, comments_until=None, open_days=0)
    # A yes was said to what is published, not to what will be written.
    report.agreements.filter(withdrawn_at=None).update(withdrawn_at=now)
    note("report.rework", report, by=by, now=now)


@transaction.atomic
def make_public(*, report: Report, public: bool, by: Person, now: datetime) -> None:
    """Let anybody read what is published, or members alone. Said twice it is said once."""
    if Report.objects.filter(pk=report.pk, is_public=not public).update(is_public=public):
        note("report.make_public" if public else "report.make_private", report, by=by, now=now)
    report.is_public = public


def _require_ready(stands: Readiness, with_gaps: bool, reason: str) -> None:
    if not stands.asked:
        raise NobodyWasAsked()
    if not stands.hearing.enough and not reason:
        heard = stands.hearing
        told = {"open": heard.open, "days": heard.days, "heard": heard.heard, "asked": heard.asked}
        raise TooFewWereHeard(**told, day=from_day(heard.from_day))
    if stands.open_now:
        raise StillOpen()
    if stands.comments:
        raise CommentsWait(count=stands.comments)
    if stands.undecided:
        raise FiguresWait(count=stands.undecided)
    if stands.lost:
        raise WordsWereTakenBack(count=stands.lost)
    if stands.gaps and not with_gaps:
        raise GapsAreOpen(count=stands.gaps)


def _require_asked_anew(heard: Hearing, without_asking: bool) -> None:
    if heard.earlier and not without_asking:
        raise YesToAnEarlierText(count=heard.earlier, day=dated(heard.earlier_on))
