"""Letting a funder or an auditor read one dossier by a link that ends (product §2, observer)."""

import secrets
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from varpa.dossier import letters
from varpa.dossier.actions.asking import NotThere
from varpa.dossier.models import Dossier, ObserverLink, Opening
from varpa.history.actions import record
from varpa.history.models import Channel
from varpa.kernel.once import require_same
from varpa.kernel.pace import DAY, require_pace
from varpa.kernel.refs import new_ref
from varpa.kernel.refusals import Refusal
from varpa.kernel.tokens import digest_of
from varpa.people.models import Person
from varpa.programmes.queries import today_of
from varpa.ui import words

A_DAY = 40
"""Links that are mailed for one programme within a day."""
LONGEST = timedelta(days=366)
"""No link opens for longer; another one can be sent."""


class NoName(Refusal):
    sentence = _("Write who it is: whoever looks at the list of links later wants to know.")


class DayNotAhead(Refusal):
    sentence = _("Choose a last day from today on, within a year: {latest} at the latest.")


@transaction.atomic
def invite_observer(
    *,
    dossier: Dossier,
    name: str,
    address: str,
    language: str,
    expires_on: date,
    by: Person,
    now: datetime,
    ref: str = "",
) -> ObserverLink:
    """Write an observer down and mail the link. With one `ref` it is sent once.

    Raises NoName, DayNotAhead, NotThere, TooMuchAtOnce.
    """
    said = {"name": " ".join(name.split()), "address": address.strip(), "language": language}
    known = ObserverLink.objects.filter(ref=ref, dossier=dossier).first() if ref else None
    if known:
        require_same(known, {**said, "expires_on": expires_on})
        return known
    if not Dossier.objects.select_for_update().get(pk=dossier.pk).is_there:
        raise NotThere()
    today = today_of(dossier.programme, now)
    if not said["name"]:
        raise NoName()
    if not today <= expires_on <= today + LONGEST:
        raise DayNotAhead(latest=words.dated(today + LONGEST))
    asked = ObserverLink.objects.filter(dossier__programme=dossier.programme)
    require_pace(asked, most=A_DAY, within=DAY, now=now)
    token = secrets.token_urlsafe(32)
    link = ObserverLink.objects.create(
        ref=ref or new_ref(),
        dossier=dossier,
        digest=digest_of(token),
        expires_on=expires_on,
        by=by,
        at=now,
        **said,
    )
    record("observer.invite", link, now=now, by=by, programme_ref=dossier.programme.ref)
    letters.send_link(link, token, now=now)
    return link


@transaction.atomic
def close_link(*, link: ObserverLink, by: Person, now: datetime) -> None:
    """The link opens no more; a second time changes nothing."""
    letters.end_link(link, now=now)
    if ObserverLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=now):
        record("observer.close", link, now=now, by=by, programme_ref=link.dossier.programme.ref)


@transaction.atomic
def note_opening(*, link: ObserverLink, what: str, now: datetime) -> None:
    """An observer has opened the link: each time is written down (R11)."""
    Opening.objects.create(link=link, what=what, at=now)
    ref, details = link.dossier.programme.ref, {"what": what}
    record("observer.open", link, now=now, by=None, channel=Channel.WEB, programme_ref=ref, details=details)
