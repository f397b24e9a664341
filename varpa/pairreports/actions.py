"""Drafting, writing and handing over what a pair has done (methodology §10: reports at the joint meeting)."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from varpa.events.models import Event, EventState
from varpa.history.actions import record
from varpa.kernel.merging import save_text
from varpa.kernel.refusals import Refusal
from varpa.kernel.states import AlreadyMoved, move
from varpa.pairreports import letters
from varpa.pairreports.models import PairReport, ReportState, Showing
from varpa.pairreports.queries import coming_events, frozen, gather, lacking
from varpa.pairs.actions.pairs import require_active, require_side
from varpa.pairs.actions.resting import end_reminders_at_rest
from varpa.people.models import Person

LONGEST: Final = 3_000
AT_ONCE: Final = 500


class TooLong(Refusal):
    sentence = _("Write it in at most {most} signs: at the meeting there are a few minutes.")


class NotHeld(Refusal):
    sentence = _("This event does not take place, so no report is handed over. What you wrote is kept.")


class HandedOver(Refusal):
    sentence = _("The report is handed over. Take it back first, then change it.")


class ChangedSince(Refusal):
    """Nobody hands over words that they have not seen (R13)."""

    sentence = _(
        "The report was changed meanwhile, so it is not handed over yet. Read what stands here now, then "
        "hand it over."
    )


class HasBegun(Refusal):
    sentence = _("The event has begun, so the report stays with it as it is.")


def begin_reports(now: datetime) -> int:
    """For the schedule: a draft for each pair that has none, two weeks before; answers how many."""
    end_reminders_at_rest([letters.ASKED], PairReport.objects.all(), state="pair__state", now=now)
    return sum(_begin(event, now) for event in coming_events(now))


def _begin(event: Event, now: datetime) -> int:
    begun = 0
    for pair in list(lacking(event).select_related(*_PEOPLE)[:AT_ONCE]):
        with transaction.atomic():
            said = {"begun_at": now}
            report, made = PairReport.objects.get_or_create(pair=pair, event=event, defaults=said)
            if made:
                _record("pair_report.begin", report, now=now, by=None)
                letters.ask_both(report, now=now)
            begun += made
    return begun


_PEOPLE: Final = ("mentor__person", "mentee__person", "programme")


@transaction.atomic
def write_report(
    *,
    report: PairReport,
    texts: Mapping[str, str],
    left_out: Collection[str],
    revision: int,
    by: Person,
    now: datetime,
) -> bool:
    """Either of the two edits the draft; answers whether anything changed. Raises merging.Conflict (R13)."""
    _require_going(report, by, now)
    if report.state == ReportState.HANDED:
        raise HandedOver()
    said = {name: texts.get(name, "").strip() for name in PairReport.TEXTS}
    if max(map(len, said.values())) > LONGEST:
        raise TooLong(most=LONGEST)
    chosen = sorted(left_out)
    more = {} if chosen == report.left_out else {"left_out": chosen}
    changed = save_text(report, revision=revision, texts=said, **more)
    if changed:
        _record("pair_report.write", report, now=now, by=by)
    return changed


@transaction.atomic
def hand_over(*, report: PairReport, revision: int, by: Person, now: datetime) -> None:
    """Either of the two hands it over; what is counted stays as it is now. The other gets a letter.

    `revision` is the one that the two have read: raises ChangedSince where one of them has written since.
    """
    _require_going(report, by, now)
    if report.state == ReportState.DRAFT and report.revision != revision:
        raise ChangedSince()
    move(report, "hand", handed_at=now, facts=frozen(gather(report.pair)))
    _record("pair_report.hand", report, now=now, by=by)
    letters.tell_other(report, require_side(report.pair, by), now=now)


@transaction.atomic
def take_back(*, report: PairReport, by: Person, now: datetime) -> None:
    """Until the event begins either of the two takes it back; nobody else reads it then."""
    require_side(report.pair, by)
    if report.event.starts_at <= now:
        raise HasBegun()
    move(report, "take_back", handed_at=None, facts=[])
    Showing.objects.filter(report=report).delete()
    _record("pair_report.take_back", report, now=now, by=by)
    letters.forget_unsent(report, now=now)


@transaction.atomic
def let_show(*, report: PairReport, shows: bool, by: Person, now: datetime) -> bool:
    """One of the two lets those at the event read it, or no longer; answers whether that is new."""
    side = require_side(report.pair, by)
    if shows:
        require_active(report.pair, now)
    _hold(report)
    if report.state != ReportState.HANDED:
        raise AlreadyMoved()
    own = Showing.objects.filter(report=report, side=side)
    if not shows:
        changed = bool(own.delete()[0])
    else:
        _row, changed = Showing.objects.get_or_create(report=report, side=side, defaults={"at": now})
    if changed:
        _record("pair_report.show" if shows else "pair_report.hide", report, now=now, by=by)
    return changed


def _require_going(report: PairReport, by: Person, now: datetime) -> None:
    require_side(report.pair, by)
    require_active(report.pair, now)
    _hold(report)
    if report.event.state == EventState.CANCELLED:
        raise NotHeld()


def _hold(report: PairReport) -> None:
    """Let nobody change it meanwhile, and read anew how it stands."""
    held = PairReport.objects.select_for_update().get(pk=report.pk)
    report.state, report.left_out, report.handed_at = held.state, held.left_out, held.handed_at
    report.revision = held.revision


def _record(verb: str, report: PairReport, *, now: datetime, by: Person | None) -> None:
    ref = report.pair.programme.ref
    record(verb, report, now=now, by=by, programme_ref=ref, details={"event": report.event.ref})
