"""Mentors and mentees take part in working the report out (methodology §3.1, 10; §3.3, 9)."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from varpa.history.actions import record
from varpa.kernel.once import make_once
from varpa.kernel.refusals import Refusal
from varpa.kernel.states import move
from varpa.people.models import Person
from varpa.post import actions as post
from varpa.programmes.models import Membership
from varpa.programmes.queries import today_of
from varpa.reports import letters
from varpa.reports.actions.drafts import NoSuchPart, note
from varpa.reports.hearing import open_days, to_an_earlier_text
from varpa.reports.models import Agreement, Comment, Report, ReportState
from varpa.reports.queries import commenter, outline_of, takes_comments, untold

AT_ONCE = 200
"""How many letters are written in one go; the worker goes on with the rest."""


class NoTimeForComments(Refusal):
    sentence = _("Give people at least one day: choose a day from tomorrow on.")


class NotOpenForComments(Refusal):
    sentence = _("The report is not open for comments now. What you wrote still stands here.")


class NotACommenter(Refusal):
    sentence = _("Mentors and mentees of the programme comment on the report.")


class EmptyComment(Refusal):
    sentence = _("Write what you think of it in a few words. Or say yes to the whole report.")


class EmptyAnswer(Refusal):
    sentence = _("Write an answer, or say that the comment is taken up.")


@transaction.atomic
def open_for_comments(*, report: Report, until: date, by: Person, now: datetime) -> None:
    """Show the draft to mentors and mentees until a day, that day included; each gets a letter.

    Whoever said yes to a text that was changed since is asked anew.
    """
    if until <= today_of(report.programme, now):
        raise NoTimeForComments()
    move(report, "open", opened_at=now, comments_until=until, told_up_to=0)
    to_an_earlier_text(report).update(withdrawn_at=now)
    note("report.open", report, by=by, now=now)
    tell_opened(now)


@transaction.atomic
def close_comments(*, report: Report, by: Person, now: datetime) -> None:
    """End the time for comments; letters that wait are withdrawn, comments stay."""
    move(report, "close", open_days=open_days(report, now))
    post.withdraw(about=letters.about(report), now=now)
    note("report.close", report, by=by, now=now)


def tell_opened(now: datetime) -> int:
    """The worker's duty too: write to the members whom nobody has written to yet; answers to how many."""
    told = 0
    for report, members in untold(AT_ONCE):
        with transaction.atomic():
            last = members[-1].pk
            mine = Report.objects.filter(pk=report.pk, told_up_to=report.told_up_to)
            if not mine.filter(state=ReportState.COMMENTING).update(told_up_to=last):
                continue
            for member in members:
                letters.tell_opened(report, member, now=now)
            told += len(members)
    return told


@transaction.atomic
def comment_on_section(
    *, report: Report, part: str, text: str, by: Person, now: datetime, may_quote: bool = False, ref: str = ""
) -> Comment:
    """A mentor or a mentee says something of a part of the draft, or of the whole (`part` empty).

    `may_quote`: the words may stand in the report without the name. Sent twice it is one comment.
    """
    member = _require_commenter(report, by, now)
    if part and all(each.key != part for each in outline_of(report.programme)):
        raise NoSuchPart()
    if not text.strip():
        raise EmptyComment()
    fields = {"part": part, "text": text.strip(), "may_quote": may_quote, "at": now}
    made, is_new = make_once(Comment, ref=ref, report=report, membership=member, fields=fields)
    if is_new:
        _record("report.comment", made, by=by, now=now)
    return made


@transaction.atomic
def agree(*, report: Report, by: Person, now: datetime) -> Agreement:
    """A mentor or a mentee says yes to the draft; said twice it is said once."""
    member = _require_commenter(report, by, now)
    about = {"report": report, "membership": member, "withdrawn_at": None}
    try:
        with transaction.atomic():
            made, is_new = Agreement.objects.get_or_create(**about, defaults={"at": now})
    except IntegrityError:
        return Agreement.objects.get(**about)
    if is_new:
        note("report.agree", report, by=by, now=now)
    return made


@transaction.atomic
def withdraw_comment(*, comment: Comment, by: Person, now: datetime) -> None:
    """Take one's own words back, at any time; they are not quoted any more. An edition stays as it was."""
    if comment.membership.person_id != by.pk:
        raise NotACommenter()
    move(comment, "withdraw")
    _record("report.withdraw_comment", comment, by=by, now=now)


@transaction.atomic
def answer_comment(
    *, comment: Comment, by: Person, now: datetime, taken_up: bool = False, answer: str = ""
) -> None:
    """The manager says what became of a comment: taken up in the text, or answered in words. Told once."""
    if not taken_up and not answer.strip():
        raise EmptyAnswer()
    changes = {"answer": answer.strip(), "answered_by": by, "answered_at": now}
    move(comment, "take_up" if taken_up else "answer", **changes)
    letters.tell_answered(comment, now=now)
    _record("report.take_up" if taken_up else "report.answer", comment, by=by, now=now)


def _require_commenter(report: Report, by: Person, now: datetime) -> Membership:
    # An update holds the row: whoever closes the report meanwhile waits, and so is seen.
    Report.objects.filter(pk=report.pk).update(ref=report.ref)
    report.refresh_from_db(fields=["state", "comments_until"])
    if not takes_comments(report, now):
        raise NotOpenForComments()
    member = commenter(report, by)
    if member is None:
        raise NotACommenter()
    return member


def _record(verb: str, comment: Comment, *, by: Person, now: datetime) -> None:
    record(verb, comment, now=now, by=by, programme_ref=comment.report.programme.ref)
