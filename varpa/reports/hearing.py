"""How people were heard about the report since it was last published: days it was open, who has answered."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Max, Q, QuerySet
from django.utils.translation import gettext as _

from varpa.programmes.queries import today_of
from varpa.reports.models import Agreement, Comment, CommentState, Report, ReportState, Section
from varpa.reports.queries import commenters, since_last


@dataclass(frozen=True)
class Hearing:
    """The draft was open on `open` of `days` days, and `heard` of `asked` people have said something.

    `from_day`: the first day on which it has been open long enough, if it is open from today on.
    `earlier` people have said yes to a text that was changed since, the last of them on `earlier_on`.
    """

    open: int
    days: int
    heard: int
    asked: int
    from_day: date
    earlier: int = 0
    earlier_on: date | None = None

    @property
    def enough(self) -> bool:
        """Whether it may be published without a reason (product S17)."""
        return self.open >= self.days or self.heard >= self.asked


def hearing(report: Report, now: datetime) -> Hearing:
    """How people were heard so far: one question."""
    said = Comment.objects.filter(since_last(), report=report).exclude(state=CommentState.WITHDRAWN)
    agreed = Agreement.objects.filter(report=report, withdrawn_at=None)
    # Who has answered is read once, not looked for at each of thousands.
    answered = [Q(person__in=each.order_by().values("membership__person")) for each in (said, agreed)]
    outdated = Q(report_agreements__in=to_an_earlier_text(report).order_by().values("pk"))
    told = (
        commenters(report.programme)
        .order_by()
        .aggregate(
            asked=Count("person", distinct=True),
            heard=Count("person", distinct=True, filter=answered[0] | answered[1]),
            earlier=Count("person", distinct=True, filter=outdated),
            earlier_at=Max("report_agreements__at", filter=outdated),
        )
    )
    opened, days = open_days(report, now), report.programme.comment_days
    from_day = today_of(report.programme, now) + timedelta(days=max(days - opened, 0))
    earlier_on = today_of(report.programme, told["earlier_at"]) if told["earlier_at"] else None
    return Hearing(opened, days, told["heard"], told["asked"], from_day, told["earlier"], earlier_on)


def to_an_earlier_text(report: Report) -> QuerySet[Agreement]:
    """Each yes that was said before the text was last changed."""
    changed = Section.objects.filter(report=report, saved_at__isnull=False).order_by("-saved_at")
    standing = Agreement.objects.filter(report=report, withdrawn_at=None)
    return standing.filter(at__lt=changed.values("saved_at")[:1])


def open_days(report: Report, now: datetime) -> int:
    """On how many days the draft was open since it was last published; an opening of a moment counts none."""
    if report.state != ReportState.COMMENTING or not report.opened_at or not report.comments_until:
        return report.open_days
    first = today_of(report.programme, report.opened_at)
    last = min(today_of(report.programme, now), report.comments_until + timedelta(days=1))
    return report.open_days + max((last - first).days, 0)


def told_early(heard: Hearing, reason: str) -> str:
    """What an edition says that was published before people had their time, in the active language."""
    sentence = _(
        "Published before the time for comments was over: open on {open} of {days} days; answered: {heard} "
        "of {asked}. The reason: {reason}"
    )
    return sentence.format(
        open=heard.open, days=heard.days, heard=heard.heard, asked=heard.asked, reason=reason
    )
