"""What the worker does: put together what was asked for, and begin anew where it was broken off."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef

from varpa.dossier.archive import sum_of
from varpa.dossier.building import Built, build, kept_at, sweep
from varpa.dossier.counting import in_every_language
from varpa.dossier.models import GOING, KEPT, Dossier, DossierState, ObserverLink
from varpa.dossier.queries import waiting
from varpa.dossier.reach import Reach
from varpa.history.actions import record
from varpa.kernel.states import AlreadyMoved, move

log = logging.getLogger("varpa.worker")

MOST_TRIES = 5
"""After so many that were broken off, somebody has to look why."""


def anything_waits() -> bool:
    """Whether a dossier was asked for and is not there yet."""
    return Dossier.objects.filter(state__in=GOING).exists()


def build_waiting(clock: Callable[[], datetime]) -> int:
    """Put everything together that waits; answers how many became ready."""
    sweep(kept_at("").parent)
    done = 0
    while dossier := waiting().first():
        done += build_one(dossier=dossier, clock=clock)
    return done


def expire_old(now: datetime) -> int:
    """Remove the archives that are older than KEPT and that no observer may still open; answers how many."""
    looked_at = ObserverLink.objects.filter(
        dossier=OuterRef("pk"), revoked_at=None, expires_on__gte=now.date() - timedelta(days=1)
    )
    old = Dossier.objects.filter(
        ~Exists(looked_at), state=DossierState.READY, withdrawn_at=None, settled_at__lte=now - KEPT
    )
    return sum(_expire(dossier, now) for dossier in old.select_related("programme").order_by("pk"))


@transaction.atomic
def _expire(dossier: Dossier, now: datetime) -> bool:
    """As if it were withdrawn: its sums stay. Of two workers one does it."""
    if not Dossier.objects.filter(pk=dossier.pk, withdrawn_at=None).update(withdrawn_at=now):
        return False
    ObserverLink.objects.filter(dossier=dossier, revoked_at=None).update(revoked_at=now)
    _record("dossier.expire", dossier, now)
    transaction.on_commit(lambda: kept_at(dossier.ref).unlink(missing_ok=True))
    return True


def build_one(*, dossier: Dossier, clock: Callable[[], datetime]) -> bool:
    """Put one together: whether it became ready. What was broken off before begins anew, a few times."""
    if dossier.tries >= MOST_TRIES:
        _fail(dossier, clock())
        return False
    move(dossier, "begin", tries=dossier.tries + 1)
    try:
        built = build(Reach.of(dossier), kept_at(dossier.ref))
    except Exception:
        log.exception("dossier %s was broken off", dossier.ref)
        return False
    return _finish(dossier, built, clock())


@transaction.atomic
def _finish(dossier: Dossier, built: Built, now: datetime) -> bool:
    path = kept_at(dossier.ref)
    told = {"as_of": built.as_of, "figures": in_every_language(built.figures), "settled_at": now}
    sized = {"files": len(built.packed), "size": path.stat().st_size, "sha256": sum_of(path)}
    try:
        move(dossier, "finish", **told, **sized)
    except AlreadyMoved:
        # Another process was first: it has written the same bytes.
        return False
    _record("dossier.build", dossier, now)
    return True


@transaction.atomic
def _fail(dossier: Dossier, now: datetime) -> None:
    move(dossier, "fail", settled_at=now)
    _record("dossier.fail", dossier, now)


def _record(verb: str, dossier: Dossier, now: datetime) -> None:
    record(verb, dossier, now=now, by=None, programme_ref=dossier.programme.ref)
