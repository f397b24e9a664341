"""Who may read the report, write it, speak of it."""

from enum import StrEnum
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from varpa.kernel.access import grant
from varpa.people.models import Person
from varpa.programmes.access import managed_ids
from varpa.programmes.models import Membership
from varpa.programmes.queries import LIVE
from varpa.reports.models import Report, ReportState
from varpa.reports.queries import COMMENTERS

SHOWN = (ReportState.COMMENTING, ReportState.PUBLISHED)


class ReportAction(StrEnum):
    """READ: the draft that is open, and what was published. WRITE: the manager's. COMMENT: say something."""

    READ = "report.read"
    WRITE = "report.write"
    COMMENT = "report.comment"


class CommentAction(StrEnum):
    """READ: one's own, or as manager. ANSWER: as manager. WITHDRAW: one's own."""

    READ = "report_comment.read"
    ANSWER = "report_comment.answer"
    WITHDRAW = "report_comment.withdraw"


class EditionAction(StrEnum):
    READ = "report_edition.read"


def _own_programmes(person: Person, **more: Any) -> Any:
    own = Membership.objects.filter(person=person, state__in=LIVE, **more)
    return own.order_by().values("programme")


@grant(ReportAction.READ, _("manages the programme"))
@grant(ReportAction.WRITE, _("manages the programme"))
def _manages(person: Person) -> Q:
    return Q(programme__in=managed_ids(person))


@grant(ReportAction.READ, _("takes part in the programme, and the report is shown"))
def _reads(person: Person) -> Q:
    return Q(pk__in=_shown_to(person).values("pk"))


@grant(ReportAction.COMMENT, _("is a mentor or a mentee of the programme, and the report is shown"))
def _comments(person: Person) -> Q:
    return Q(pk__in=_shown_to(person, role__in=COMMENTERS).values("pk"))


def _shown_to(person: Person, **more: Any) -> Any:
    return Report.objects.filter(programme__in=_own_programmes(person, **more), state__in=SHOWN).order_by()


@grant(CommentAction.READ, _("manages the programme"))
@grant(CommentAction.ANSWER, _("manages the programme"))
def _answers(person: Person) -> Q:
    return Q(report__in=Report.objects.filter(programme__in=managed_ids(person)).order_by().values("pk"))


@grant(CommentAction.READ, _("said it"))
@grant(CommentAction.WITHDRAW, _("said it"))
def _said_it(person: Person) -> Q:
    return Q(membership__in=Membership.objects.filter(person=person).order_by().values("pk"))


@grant(EditionAction.READ, _("takes part in the programme"))
def _reads_editions(person: Person) -> Q:
    return Q(report__in=Report.objects.filter(programme__in=_own_programmes(person)).order_by().values("pk"))


@grant(EditionAction.READ, _("manages the programme"))
def _manages_editions(person: Person) -> Q:
    return Q(report__in=Report.objects.filter(programme__in=managed_ids(person)).order_by().values("pk"))
