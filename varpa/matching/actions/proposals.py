"""A run's pairs are proposed: both are asked for a yes, and answer within a set time."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from varpa.history.actions import record
from varpa.kernel.clock import zone_of
from varpa.kernel.refusals import Refusal
from varpa.kernel.times import to_utc
from varpa.matching.actions.choices import AskedApart, Forbidden
from varpa.matching.models import ChoiceKind, Line, Run
from varpa.matching.queries.cohorts import PARTED, REFUSED, kept_apart
from varpa.pairs.actions.pairs import (
    AlreadyPaired,
    NoPlaceLeft,
    NotTogether,
    ProgrammeIsOver,
    SamePerson,
    propose_pair,
)
from varpa.pairs.models import OPEN, Pair
from varpa.people.models import Person
from varpa.programmes.models import Membership, Programme

FEWEST_DAYS, MOST_DAYS = 1, 60
USUAL_DAYS = 7


class SaidNo(Refusal):
    sentence = _("One of the two has said “rather not” before. Decide that they are together, then propose.")


class WereAPair(Refusal):
    sentence = _("The two were a pair, and it was ended. Decide that they are together, then propose.")


_MEANWHILE = (AlreadyPaired, NoPlaceLeft, NotTogether, SamePerson, ProgrammeIsOver)
WHY = {each.__name__: each for each in (*_MEANWHILE, AskedApart, Forbidden, SaidNo, WereAPair)}
"""What keeps a pair from being proposed, by the name under which that is kept."""

APART: Mapping[str, type[Refusal]] = {
    ChoiceKind.VETO: AskedApart,
    ChoiceKind.FORBID: Forbidden,
    REFUSED: SaidNo,
    PARTED: WereAPair,
}


class NoSuchTime(Refusal):
    sentence = _("Both need at least a day to answer, and at most 60. Write the days as a number.")


class NobodyChosen(Refusal):
    sentence = _("No pair is ticked. Tick those that you want to propose.")


@dataclass
class Proposed:
    """How many were asked, and of each that could not be why: (line, sentence), (line, name in WHY)."""

    pairs: int = 0
    refused: list[tuple[Line, str]] = field(default_factory=list)
    kinds: list[tuple[Line, str]] = field(default_factory=list)


def propose_lines(
    *,
    run: Run,
    lines: Iterable[Line],
    days: int,
    by: Person,
    now: datetime,
    asked_at: datetime | None = None,
) -> Proposed:
    """Propose pairs of a run; answers are awaited until the end of a day, `days` from now or `asked_at`.

    Each pair is a step of its own: who has left meanwhile, or is in a pair, keeps nobody else back; what is
    proposed already counts as done. Raises NoSuchTime, NobodyChosen.
    """
    if not FEWEST_DAYS <= days <= MOST_DAYS:
        raise NoSuchTime()
    asked = [line for line in lines if line.mentor is not None]
    if not asked:
        raise NobodyChosen()
    until = _until(run.programme, asked_at or now, days)
    done = Proposed()
    for line in asked:
        try:
            _propose(line, until=until, by=by, now=now)
        except Refusal as refusal:
            done.refused.append((line, str(refusal)))
            done.kinds.append((line, type(refusal).__name__))
        else:
            done.pairs += 1
    if asked_at is None:
        record_proposed(run, done.pairs, days, by=by, now=now)
    return done


def record_proposed(run: Run, pairs: int, days: int, *, by: Person, now: datetime) -> None:
    """The line of history of a proposing, one for all its pairs."""
    details = {"pairs": pairs, "days": days}
    record("run.propose", run, now=now, by=by, programme_ref=run.programme.ref, details=details)


@transaction.atomic
def propose_by_hand(
    *, mentor: Membership, mentee: Membership, by: Person, now: datetime, ref: str = ""
) -> Pair:
    """Propose two whom the staff have chosen themselves; an earlier "rather not" is theirs to weigh.

    Answers are awaited as long as those to a run's pairs usually are.
    Twice with one `ref` is once. Raises AskedApart, Forbidden, and what `propose_pair` raises.
    """
    # Held, as a decision holds it: whoever keeps two apart does it before or after.
    Programme.objects.select_for_update(no_key=True).get(pk=mentor.programme_id)
    apart = kept_apart(mentor.programme).get((mentee.pk, mentor.pk))
    if apart in (ChoiceKind.VETO, ChoiceKind.FORBID):
        raise APART[apart]()
    until = _until(mentor.programme, now, USUAL_DAYS)
    return propose_pair(mentor=mentor, mentee=mentee, by=by, now=now, ref=ref, answer_by=until)


def _until(programme: Programme, since: datetime, days: int) -> datetime:
    """The end of a day of the programme."""
    last = since.astimezone(zone_of(programme.zone)).date() + timedelta(days=days)
    return to_utc(datetime.combine(last, time(23, 59)), programme.zone)


@transaction.atomic
def _propose(line: Line, *, until: datetime, by: Person, now: datetime) -> None:
    assert line.mentor is not None
    mentee, mentor = line.mentee.membership, line.mentor.membership
    # Held, as whoever proposes by hand holds it: a run looks for the mentor of who has none (decision 0032).
    Programme.objects.select_for_update(no_key=True).get(pk=mentor.programme_id)
    mentors = set(Pair.objects.filter(mentee=mentee, state__in=OPEN).values_list("mentor", flat=True))
    # What was asked or decided since the run still counts, up to this moment.
    kind = kept_apart(mentor.programme).get((mentee.pk, mentor.pk))
    if kind:
        raise APART[kind]()
    if mentor.pk in mentors:
        return
    if mentors:
        raise AlreadyPaired()
    propose_pair(mentor=mentor, mentee=mentee, by=by, now=now, answer_by=until)
