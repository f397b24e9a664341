"""Who may read a business plan, write in it and remark on it. The mentor never writes in it (principle 3)."""

from enum import StrEnum
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from varpa.businessplans.models import BusinessPlan, PlanState
from varpa.kernel.access import grant
from varpa.pairs.models import Outcome, Pair, PairState
from varpa.people.models import Person
from varpa.programmes.access import managed_ids

OPEN = (PairState.ACTIVE,)
APART = (Outcome.DISSOLVED, Outcome.REMATCHED)


class BusinessPlanAction(StrEnum):
    """READ: parts, figures, versions. WRITE: the mentee's own. REMARK: speak of it, without writing in it."""

    READ = "business_plan.read"
    WRITE = "business_plan.write"
    REMARK = "business_plan.remark"


class RemarkAction(StrEnum):
    """READ: a remark. ANSWER and settle it. WITHDRAW: one's own."""

    READ = "remark.read"
    ANSWER = "remark.answer"
    WITHDRAW = "remark.withdraw"


def _own(person: Person) -> Any:
    return BusinessPlan.objects.filter(membership__person=person).order_by().values("pk")


def _mentored(person: Person, states: tuple[str, ...]) -> Any:
    """Keys of the shared plans of a mentor's mentees, also of whoever went the whole way together."""
    pairs = Pair.objects.filter(mentor__person=person, state__in=states).exclude(outcome__in=APART)
    shared = BusinessPlan.objects.exclude(state=PlanState.DRAFTING)
    return shared.filter(membership__in=pairs.order_by().values("mentee")).order_by().values("pk")


@grant(BusinessPlanAction.READ, _("writes the plan"))
@grant(BusinessPlanAction.WRITE, _("writes the plan"))
def _writer(person: Person) -> Q:
    return Q(pk__in=_own(person))


@grant(BusinessPlanAction.READ, _("is the mentor, and the plan is shared"))
def _mentor_reads(person: Person) -> Q:
    return Q(pk__in=_mentored(person, (*OPEN, PairState.ENDED)))


@grant(BusinessPlanAction.REMARK, _("is the mentor, and the plan is shared"))
def _mentor_remarks(person: Person) -> Q:
    return Q(pk__in=_mentored(person, OPEN))


@grant(BusinessPlanAction.READ, _("manages the programme, and the mentee shares the plan"))
def _manager_reads(person: Person) -> Q:
    return Q(membership__programme__in=managed_ids(person), manager_reads=True)


@grant(RemarkAction.READ, _("writes the plan"))
@grant(RemarkAction.ANSWER, _("writes the plan"))
def _asked(person: Person) -> Q:
    return Q(plan__in=_own(person))


@grant(RemarkAction.READ, _("is the mentor, and the plan is shared"))
def _mentor_reads_remarks(person: Person) -> Q:
    return Q(plan__in=_mentored(person, (*OPEN, PairState.ENDED)))


@grant(RemarkAction.ANSWER, _("is the mentor, and the plan is shared"))
def _mentor_answers(person: Person) -> Q:
    return Q(plan__in=_mentored(person, OPEN))


@grant(RemarkAction.WITHDRAW, _("said it"))
def _said_it(person: Person) -> Q:
    return Q(by=person, plan__in=_mentored(person, OPEN))
