"""Who may read a business plan, write in it and remark on it. The mentor never writes in it (principle 3)."""

from enum import StrEnum
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from varpa.businessplans.models import BusinessPlan, PlanState
from varpa.kernel.access import grant
from varpa.pairs.access import mentees_of
from varpa.people.models import Person
from varpa.programmes.access import managed_ids


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


def _mentored(person: Person, *, afterwards: bool) -> Any:
    """Keys of what a mentor's mentees share."""
    shared = BusinessPlan.objects.exclude(state=PlanState.DRAFTING)
    return shared.filter(membership__in=mentees_of(person, afterwards=afterwards)).order_by().values("pk")


@grant(BusinessPlanAction.READ, _("writes the plan"))
@grant(BusinessPlanAction.WRITE, _("writes the plan"))
def _writer(person: Person) -> Q:
    return Q(pk__in=_own(person))


@grant(BusinessPlanAction.READ, _("is the mentor, and the plan is shared"))
def _mentor_reads(person: Person) -> Q:
    return Q(pk__in=_mentored(person, afterwards=True))


@grant(BusinessPlanAction.REMARK, _("is the mentor, and the plan is shared"))
def _mentor_remarks(person: Person) -> Q:
    return Q(pk__in=_mentored(person, afterwards=False))


@grant(BusinessPlanAction.READ, _("manages the programme, and the mentee shares the plan"))
def _manager_reads(person: Person) -> Q:
    return Q(membership__programme__in=managed_ids(person), manager_reads=True)


@grant(RemarkAction.READ, _("writes the plan"))
@grant(RemarkAction.ANSWER, _("writes the plan"))
def _asked(person: Person) -> Q:
    return Q(plan__in=_own(person))


@grant(RemarkAction.READ, _("is the mentor, and the plan is shared"))
def _mentor_reads_remarks(person: Person) -> Q:
    return Q(plan__in=_mentored(person, afterwards=True))


@grant(RemarkAction.ANSWER, _("is the mentor, and the plan is shared"))
def _mentor_answers(person: Person) -> Q:
    return Q(plan__in=_mentored(person, afterwards=False))


@grant(RemarkAction.WITHDRAW, _("said it"))
def _said_it(person: Person) -> Q:
    return Q(by=person, plan__in=_mentored(person, afterwards=False))
