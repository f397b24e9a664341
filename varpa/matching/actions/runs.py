"""A run: asked for on a page, worked by the worker, cancelled at any time, kept with what went into it."""

import logging
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from varpa.history.actions import record
from varpa.kernel.refusals import Refusal
from varpa.kernel.states import AlreadyMoved, move
from varpa.matching.cohort import Cohort, Mentee, Mentor, plain
from varpa.matching.fairness import Placed, fairness
from varpa.matching.genders import Told, by_gender
from varpa.matching.models import Counted, Entrant, Line, Measured, Run, RunState
from varpa.matching.parts import MOST_WEIGHT, PartKey
from varpa.matching.queries.cohorts import read_cohort, waiting
from varpa.pairs.actions.pairs import MAKING_PAIRS, ProgrammeIsOver
from varpa.people.models import Person
from varpa.programmes.models import Membership, Programme, Role
from varpa.programmes.queries import said_by

log = logging.getLogger("varpa.matching")

RULES = ("shared_language", "shared_means", "apart", "within_travel")
FURTHEST = 2000
LONGEST = timedelta(hours=1)
"""A run that is at work for longer has lost its worker."""
ROWS = 500


class AlreadyAtWork(Refusal):
    sentence = _("A matching is at work already. Its page shows how far it is.")


class NothingWeighs(Refusal):
    sentence = _(
        "All weights are nought: no mentor would suit better than another. Give at least one a weight."
    )


class NobodyWished(Refusal):
    sentence = _(
        "All the weight is on wishes, and nobody who waits has written one: every mentor would suit alike. "
        "Give something else a weight."
    )


class NoSuchWeight(Refusal):
    sentence = _("A weight is a whole number from 0 to 100.")


class NoSuchDistance(Refusal):
    sentence = _("Write the distance in whole kilometres, from 1 to 2000, or leave it empty.")


class NobodyToMatch(Refusal):
    sentence = _("There is nobody to match now: it needs a mentee without a mentor and a free place.")


class _Cancelled(Refusal):
    """Somebody has cancelled the run while it was at work: nobody is told, its page says so."""


@transaction.atomic
def ask_run(
    *,
    programme: Programme,
    rules: Mapping[str, Any],
    weights: Mapping[str, int],
    by: Person | None,
    now: datetime,
    ref: str = "",
) -> Run:
    """Ask for a matching of everybody who is free; the worker does it. One at a time in a programme.

    `rules`: RULES with yes or no, and `furthest` in kilometres or None. Raises AlreadyAtWork, NothingWeighs,
    NobodyWished, NoSuchWeight, NoSuchDistance, NobodyToMatch, ProgrammeIsOver.
    """
    known = Run.objects.filter(programme=programme, ref=ref).first() if ref else None
    if known:
        return known
    if programme.state not in MAKING_PAIRS:
        raise ProgrammeIsOver()
    run = Run(programme=programme, by=by, asked_at=now, **({"ref": ref} if ref else {}))
    run.rules, run.weights = _rules(rules), _weights(weights)
    found = waiting(programme)
    if not found.mentees or not found.places:
        raise NobodyToMatch()
    if not any(weight for key, weight in run.weights.items() if key != PartKey.WISHES) and not found.wishes:
        raise NobodyWished()
    try:
        with transaction.atomic():
            run.save(force_insert=True)
    except IntegrityError as error:
        again = Run.objects.filter(programme=programme, ref=run.ref).first()
        if again:
            return again
        raise AlreadyAtWork() from error
    _record("run.ask", run, now=now, by=by)
    return run


def _rules(asked: Mapping[str, Any]) -> dict[str, Any]:
    furthest = asked.get("furthest")
    if furthest is not None and not (type(furthest) is int and 1 <= furthest <= FURTHEST):
        raise NoSuchDistance()
    return {**{name: bool(asked.get(name)) for name in RULES}, "furthest": furthest}


def _weights(asked: Mapping[str, int]) -> dict[str, int]:
    found = {key.value: asked.get(key.value, 0) for key in PartKey}
    if not all(type(each) is int and 0 <= each <= MOST_WEIGHT for each in found.values()):
        raise NoSuchWeight()
    if not any(found.values()):
        raise NothingWeighs()
    return found


@transaction.atomic
def cancel_run(*, run: Run, by: Person, now: datetime) -> None:
    """End a run that waits or is at work: what it has found is thrown away. Raises AlreadyMoved."""
    move(run, "cancel", ended_at=now)
    _record("run.cancel", run, now=now, by=by)


def work_asked(now: datetime) -> int:
    """For the schedule: work every run that waits; answers how many are done."""
    lost = Run.objects.filter(state=RunState.WORKING, begun_at__lt=now - LONGEST)
    for run in lost.select_related("programme"):
        _fail(run, "stopped", now=now)
    asked = Run.objects.filter(state=RunState.ASKED).select_related("programme").order_by("pk")
    return sum(work(run=run, now=now) for run in asked)


def break_off(now: datetime) -> None:
    """The process that was at work has died: what it was doing is told as broken off."""
    for run in Run.objects.filter(state=RunState.WORKING).select_related("programme"):
        _fail(run, "stopped", now=now)


def work(*, run: Run, now: datetime) -> bool:
    """Match what a run asks for, and keep it; answers whether it is done. Not in one transaction: a page
    shows how far it is, and a cancelled run ends at its next step."""
    try:
        move(run, "begin", begun_at=now, progress=5)
        _solve(run, now)
    except (AlreadyMoved, _Cancelled):
        return False
    except Refusal:
        _fail(run, "too_large", now=now)
        return False
    except Exception:
        log.exception("a matching was broken off")
        _fail(run, "stopped", now=now)
        return False
    return True


def _solve(run: Run, now: datetime) -> None:
    # The solver costs a hundred megabytes: only the process that works loads it.
    from varpa.matching import results
    from varpa.matching.matching import match

    cohort, known = read_cohort(run.programme, run.rules)
    weights = {PartKey(key): weight for key, weight in run.weights.items()}
    solved = match(cohort, weights, with_losses=True, tell=lambda percent: _tell(run, percent))
    found = list(results.found(solved))
    figures = results.figures(solved)
    points = [None if each.mentor is None else each.points for each in found]
    figures["apart"] = _apart(cohort)
    figures["fairness"] = fairness(_placed(cohort, points, known))
    figures["by_gender"], counted = _by_gender(run, cohort, points, known)
    _tell(run, 90)
    _keep(run, cohort, known, found, figures, results.measured(solved), counted, now=now)


def _apart(cohort: Cohort) -> list[list[Any]]:
    """Who was not possible with whom, by their numbers, and why: told later, when that may stand no more."""
    mentees = {each.key: number for number, each in enumerate(cohort.mentees)}
    mentors = {each.key: number for number, each in enumerate(cohort.mentors)}
    named = [(*two, why) for why, pairs in cohort.rules.named.items() for two in pairs]
    return sorted([mentees[mentee], mentors[mentor], why] for mentee, mentor, why in named)


def _placed(cohort: Cohort, points: list[int | None], known: Mapping[str, Membership]) -> list[Placed]:
    return [
        Placed(
            {
                "country": (known[mentee.key].country,),
                "school": (mentee.school,),
                "language": tuple(sorted(mentee.languages)) or ("",),
            },
            got,
        )
        for mentee, got in zip(cohort.mentees, points, strict=True)
    ]


def _by_gender(
    run: Run, cohort: Cohort, points: list[int | None], known: Mapping[str, Membership]
) -> tuple[list[list[Any]], list[Counted]]:
    """The report by gender, and who is counted in which lot by then; both empty where it is not told."""
    keys = [each.key for each in cohort.mentees]
    before = Counted.objects.filter(membership__programme=run.programme).select_related("membership")
    by_key = {each.membership.ref: each for each in before}
    rows, told = by_gender(
        {key: said_by(known[key]).gender for key in keys},
        dict(zip(keys, points, strict=True)),
        {key: Told(each.gender, each.lot) for key, each in by_key.items()},
    )
    of = {key: each.membership for key, each in by_key.items()} | dict(known)
    return rows, [Counted(membership=of[key], gender=each.gender, lot=each.lot) for key, each in told.items()]


def _tell(run: Run, percent: int) -> None:
    """Say how far it is; raise _Cancelled where nobody waits for it any more."""
    if not Run.objects.filter(pk=run.pk, state=RunState.WORKING).update(progress=percent):
        raise _Cancelled()


@transaction.atomic
def _keep(
    run: Run,
    cohort: Cohort,
    known: Mapping[str, Membership],
    found: list[Any],
    figures: dict[str, Any],
    measured: tuple[bytes, list[int]] | None,
    counted: list[Counted],
    *,
    now: datetime,
) -> None:
    move(run, "finish", figures=figures, progress=100, ended_at=now)
    mentees = _enter(run, Role.MENTEE, cohort.mentees, known)
    mentors = _enter(run, Role.MENTOR, cohort.mentors, known)
    lines = [
        Line(
            run=run,
            mentee=mentee,
            mentor=None if each.mentor is None else mentors[each.mentor],
            points=each.points,
            locked=each.locked,
            facts=each.facts,
            without=each.without,
            others=each.others,
            mentor_next=each.mentor_next,
        )
        for mentee, each in zip(mentees, found, strict=True)
    ]
    Line.objects.bulk_create(lines, batch_size=ROWS)
    if measured:
        Measured.objects.create(run=run, points=measured[0], places=measured[1])
    Counted.objects.bulk_create(
        counted,
        batch_size=ROWS,
        update_conflicts=True,
        unique_fields=["membership"],
        update_fields=["lot"],
    )
    _record("run.finish", run, now=now, by=None, placed=figures["placed"], mentees=figures["mentees"])


def _enter(
    run: Run, role: Role, side: Sequence[Mentee | Mentor], known: Mapping[str, Membership]
) -> list[Entrant]:
    rows = [
        Entrant(run=run, membership=known[who.key], role=role, number=number, values=plain(who))
        for number, who in enumerate(side)
    ]
    return Entrant.objects.bulk_create(rows, batch_size=ROWS)


@transaction.atomic
def _fail(run: Run, failure: str, *, now: datetime) -> None:
    try:
        move(run, "fail", failure=failure, ended_at=now)
    except AlreadyMoved:
        return
    _record("run.fail", run, now=now, by=None, failure=failure)


def _record(verb: str, run: Run, *, now: datetime, by: Person | None, **details: str | int) -> None:
    record(verb, run, now=now, by=by, programme_ref=run.programme.ref, details=details)
