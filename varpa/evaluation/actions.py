"""Recording evidence that no room can know: who, when, a note (S3)."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from varpa.evaluation.models import Evidence
from varpa.history.actions import record
from varpa.kernel.refusals import Refusal
from varpa.methodology import Counted, EvidenceKind
from varpa.methodology.model import Activity
from varpa.pairs.models import Pair
from varpa.people.models import Person
from varpa.programmes.models import Membership, Programme
from varpa.programmes.queries import methodology_of, today_of


class NotRecorded(Refusal):
    """What a room knows is never recorded by hand."""

    sentence = _("Varpa knows this by itself: it follows from what people do, and is not recorded by hand.")


class WrongSubject(Refusal):
    sentence = _("Choose whom this is about from the list.")


class NotHappenedYet(Refusal):
    sentence = _("This day has not come yet. Choose today or an earlier day.")


@transaction.atomic
def record_evidence(
    *,
    programme: Programme,
    activity: str,
    day: date,
    by: Person,
    now: datetime,
    note: str = "",
    membership: Membership | None = None,
    pair: Pair | None = None,
) -> Evidence:
    """The manager records that an activity was done: by the programme, a member or a pair. Twice is once."""
    found = _activity(programme, activity)
    if day > today_of(programme, now):
        raise NotHappenedYet()
    _check_subject(programme, found, membership, pair)
    evidence = Evidence(
        programme=programme,
        activity=activity,
        membership=membership,
        pair=pair,
        day=day,
        note=note.strip(),
        by=by,
        at=now,
    )
    try:
        with transaction.atomic():
            evidence.save(force_insert=True)
    except IntegrityError:
        return Evidence.objects.get(
            programme=programme, activity=activity, membership=membership, pair=pair, withdrawn_at=None
        )
    record(
        "evidence.record",
        evidence,
        now=now,
        by=by,
        programme_ref=programme.ref,
        details={"activity": activity},
    )
    return evidence


@transaction.atomic
def show_evidence(*, programme: Programme, kind: EvidenceKind, day: date, by: Person, now: datetime) -> None:
    """A room above shows what the programme has done, for each activity of the calendar that asks for it.

    For kinds that no room below evaluation can know (SHOWN). The first day stands; twice is once.
    """
    for activity in methodology_of(programme).activities():
        if activity.evidence == kind:
            _shown(programme, activity.key, day=day, by=by, now=now)


def _shown(programme: Programme, activity: str, *, day: date, by: Person, now: datetime) -> None:
    given = {"day": day, "by": by, "at": now}
    about = {"programme": programme, "activity": activity, "membership": None, "pair": None}
    evidence, made = Evidence.objects.get_or_create(**about, withdrawn_at=None, defaults=given)
    if made:
        details = {"activity": activity}
        record("evidence.show", evidence, now=now, by=by, programme_ref=programme.ref, details=details)


@transaction.atomic
def withdraw_evidence(*, evidence: Evidence, by: Person, now: datetime) -> None:
    """Take a record back; it stays in the history."""
    standing = Evidence.objects.filter(pk=evidence.pk, withdrawn_at__isnull=True)
    if standing.update(withdrawn_at=now):
        ref = evidence.programme.ref
        record("evidence.withdraw", evidence, now=now, by=by, programme_ref=ref)


def _activity(programme: Programme, key: str) -> Activity:
    found = [each for each in methodology_of(programme).activities() if each.key == key]
    if not found or found[0].evidence != EvidenceKind.RECORDED:
        raise NotRecorded()
    return found[0]


def _check_subject(
    programme: Programme, activity: Activity, membership: Membership | None, pair: Pair | None
) -> None:
    wanted = {
        Counted.PROGRAMME: membership is None and pair is None,
        Counted.PEOPLE: membership is not None and membership.role == activity.role,
        Counted.PAIRS: pair is not None,
    }
    subject = membership or pair
    if not wanted[Counted(activity.of)] or (subject and subject.programme_id != programme.pk):
        raise WrongSubject()
