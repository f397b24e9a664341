"""For the schedule: the clocks of cases. Worries are taken up, what waits is reminded of, late is told on."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from varpa.history.actions import record
from varpa.support.actions.cases import begin_anew, take_up_worry
from varpa.support.letters import cases as letters
from varpa.support.models import OPEN, Case, CaseState
from varpa.support.queries.cases import handlers_of, lead_for, with_all, worries_without_case

AHEAD = timedelta(hours=8)
"""How long before the end of its clock the handlers are reminded of a case that nobody has read."""
JUST = timedelta(hours=1)
LIMIT = 200


def keep_cases(now: datetime) -> int:
    """Do all of it; answers how many cases were touched. Called twice, it does it once."""
    taken = [take_up_worry(worry=worry, now=now) for worry in worries_without_case()[:LIMIT]]
    return len(taken) + _left(now) + _remind(now) + _late(now)


def _left(now: datetime) -> int:
    """Cases whose handler manages no longer, and those that nobody is left to read: others are told."""
    # Those that the lead partner has anyway are left to nobody by a manager who goes.
    waiting = Q(state=CaseState.TOLD, handler=None, with_lead=True)
    found = with_all(Case.objects.filter(state__in=OPEN).exclude(waiting))
    return sum(_pass_on(case, now) for case in found if _is_left(case))


def _is_left(case: Case) -> bool:
    able = handlers_of(case)
    return case.handler not in able if case.handler or case.state == CaseState.READ else not able


@transaction.atomic
def _pass_on(case: Case, now: datetime) -> int:
    left = handlers_of(case)
    still = {"handler": case.handler, "state": case.state, "with_lead": case.with_lead}
    if not Case.objects.filter(pk=case.pk, **still).update(handler=None):
        return 0
    # Of what concerns the manager the others who manage read only where nobody else is left.
    managers = case.with_managers or (not left and case.about_id is not None)
    readers = {"with_lead": case.with_lead or not left, "with_managers": managers}
    begin_anew(case, None, now=now, **readers)
    _record("case.left", case, now)
    letters.tell_passed(case, left or handlers_of(case), None, now=now)
    return 1


def _remind(now: datetime) -> int:
    """Each letter goes once. Of what was told within the last hour the first letter has just gone."""
    waiting = Case.objects.filter(
        state=CaseState.TOLD, read_by__gt=now, read_by__lte=now + AHEAD, told_at__lte=now - JUST
    )
    found = list(with_all(waiting)[:LIMIT])
    for case in found:
        letters.remind(case, [case.handler] if case.handler else handlers_of(case), now=now)
    return len(found)


def _late(now: datetime) -> int:
    late = Case.objects.filter(state=CaseState.TOLD, read_by__lte=now, late_at=None)
    return sum(_tell_on(case, now) for case in with_all(late)[:LIMIT])


@transaction.atomic
def _tell_on(case: Case, now: datetime) -> int:
    if not Case.objects.filter(pk=case.pk, late_at=None, state=CaseState.TOLD).update(
        late_at=now, with_lead=True
    ):
        return 0
    had, case.late_at, case.with_lead = case.with_lead, now, True
    _record("case.late", case, now)
    letters.tell_late(case, lead_for(case), had=had, now=now)
    return 1


def _record(verb: str, case: Case, now: datetime) -> None:
    record(verb, case, now=now, by=None, programme_ref=case.programme.ref)
