"""The certificate of mentoring: for each of a pair that has gone the whole way."""

from django.urls import reverse
from django.utils.translation import gettext as _

from varpa.closing.models import Certificate
from varpa.closing.queries import held_of
from varpa.documents import shapes
from varpa.documents.render import pdf
from varpa.kernel.times import to_local
from varpa.meetings.queries import hours_of
from varpa.methodology.marks import KindAct
from varpa.pairs.models import Side
from varpa.post.envelope import absolute
from varpa.programmes.letterheads import letterhead
from varpa.programmes.queries import staff_of
from varpa.ui import words


def certificate(given: Certificate, language: str) -> bytes:
    """One certificate as PDF/UA, in the language that is active; `given` read with its pair and people."""
    return pdf("certificate", _shape(given), language=language, title=_("Certificate"))


def said_of(given: Certificate) -> str:
    """What it says that somebody has done; meetings are named that were held."""
    whole = {KindAct.FIRST, KindAct.CLOSING} <= held_of(given.pair)
    if given.side == Side.MENTOR and whole:
        return _("has accompanied a mentee as a mentor, from the first meeting to the closing one")
    if given.side == Side.MENTOR:
        return _("has accompanied a mentee as a mentor")
    if whole:
        return _("has taken part as a mentee, from the first meeting to the closing one")
    return _("has taken part as a mentee")


def period_of(given: Certificate) -> str:
    """From when to when the pair went together, by the clock of the programme."""
    pair, zone = given.pair, given.pair.programme.zone
    first, last = pair.active_at or given.at, pair.ended_at or given.at
    return words.period(to_local(first, zone).date(), to_local(last, zone).date())


def _shape(given: Certificate) -> shapes.Certificate:
    programme, confirmed = given.pair.programme, hours_of(given.pair).confirmed
    signer = staff_of(programme).first()
    return {
        "letterhead": letterhead(programme),
        "name": given.pair.member(given.side).person.name,
        "said": said_of(given),
        "plan": "",
        "day": period_of(given),
        "hours": words.minutes(confirmed) if confirmed else "",
        "number": given.number,
        "address": absolute(reverse("closing:verify", args=[given.number])),
        "signer": signer.person.name if signer else "",
    }
