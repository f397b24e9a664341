"""Who reads a report of a pair: the two; the staff once it is handed over; the invited once both agree."""

from enum import StrEnum

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from varpa.events.access import EventAction
from varpa.events.models import Event
from varpa.kernel.access import allowed, grant
from varpa.pairreports.models import ReportState, Showing
from varpa.pairs.access import own_pairs
from varpa.pairs.models import Side
from varpa.people.models import Person
from varpa.programmes.access import managed_ids


class PairReportAction(StrEnum):
    """READ it; WRITE: edit it, hand it over, take it back, let it be shown."""

    READ = "pair_report.read"
    WRITE = "pair_report.write"


@grant(PairReportAction.READ, _("is one of the two"))
@grant(PairReportAction.WRITE, _("is one of the two"))
def _one_of_the_two(person: Person) -> Q:
    return Q(pair__in=own_pairs(person))


@grant(PairReportAction.READ, _("manages the programme, and the report is handed over"))
def _manages(person: Person) -> Q:
    return Q(event__programme__in=managed_ids(person), state=ReportState.HANDED)


@grant(PairReportAction.READ, _("is invited to the event, and both let the report be shown there"))
def _invited(person: Person) -> Q:
    mentors, mentees = (Showing.objects.filter(report=OuterRef("pk"), side=side) for side in Side.values)
    events = allowed(EventAction.ANSWER, person, Event.objects.all())
    both = Q(Exists(mentors)) & Q(Exists(mentees))
    return both & Q(state=ReportState.HANDED, event__in=events.order_by().values("pk"))
