"""Asking for a dossier, and withdrawing one."""

from datetime import date, datetime

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from varpa.dossier.building import kept_at
from varpa.dossier.models import Dossier, DossierState, Names, ObserverLink
from varpa.dossier.reach import partner_asked, period_asked, require_period
from varpa.history.actions import record
from varpa.kernel.once import make_once
from varpa.kernel.refusals import Refusal
from varpa.people.models import Person
from varpa.programmes.models import Programme


class NotThere(Refusal):
    sentence = _("This dossier is not ready, or was withdrawn. Ask for a new one.")


@transaction.atomic
def ask_dossier(
    *,
    programme: Programme,
    by: Person,
    now: datetime,
    language: str,
    first: date | None = None,
    last: date | None = None,
    partner: str = "",
    names: str = Names.SIGNED,
    period: str = "",
    ref: str = "",
) -> Dossier:
    """Ask for a dossier; the worker puts it together. One `ref` is asked once.

    `partner` is told as `partner_asked` reads it, `period` as `period_asked`. Raises EndsBeforeItBegins,
    NoSuchPeriod, PeriodAndDays, NoSuchPartner, SeveralPartners, SentAlready.
    """
    first, last = period_asked(programme, period, first, last)
    require_period(first, last)
    of = partner_asked(programme, partner)
    with translation.override(language):
        called = str(of) if of else ""
    fields = {
        "by": by,
        "at": now,
        "language": language,
        "first": first,
        "last": last,
        "of_partner": of,
        "partner": called,
        "names": names,
    }
    made, new = make_once(Dossier, ref=ref, fields=fields, programme=programme)
    if new:
        record("dossier.ask", made, now=now, by=by, programme_ref=programme.ref)
    return made


@transaction.atomic
def withdraw_dossier(*, dossier: Dossier, by: Person | None, now: datetime) -> None:
    """Nobody fetches it any more: the archive is removed, its sums stay; a second time changes nothing."""
    there = Dossier.objects.filter(pk=dossier.pk, withdrawn_at=None, state=DossierState.READY)
    if there.update(withdrawn_at=now):
        ObserverLink.objects.filter(dossier=dossier, revoked_at=None).update(revoked_at=now)
        record("dossier.withdraw", dossier, now=now, by=by, programme_ref=dossier.programme.ref)
        transaction.on_commit(lambda: kept_at(dossier.ref).unlink(missing_ok=True))
