"""A member asks in confidence not to be with somebody: kept, obeyed by matching, shown to nobody."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from varpa.history.actions import record
from varpa.history.models import Channel
from varpa.kernel.refusals import Refusal
from varpa.kernel.text import folded
from varpa.matching.models import Apart
from varpa.programmes.models import Membership

MOST = 20


class WholeName(Refusal):
    sentence = _("Write the first name and the surname: a first name alone may be several people's.")


class TooMany(Refusal):
    sentence = _("These are twenty names already. Write to the project manager if there are more.")


@transaction.atomic
def ask_apart(*, membership: Membership, name: str, now: datetime) -> Apart:
    """Never propose the member to whoever is called so. The same name again is the same wish.

    What is answered never tells whether somebody of that name takes part. Raises WholeName, TooMany.
    """
    words = " ".join(name.split())
    if len(folded(words).split()) < 2:
        raise WholeName()
    Membership.objects.select_for_update(no_key=True).get(pk=membership.pk)
    stands = list(Apart.objects.filter(membership=membership, withdrawn_at=None))
    known = next((each for each in stands if folded(each.name) == folded(words)), None)
    if known:
        return known
    if len(stands) >= MOST:
        raise TooMany()
    apart = Apart.objects.create(membership=membership, name=words, at=now)
    _record("apart.ask", apart, now)
    return apart


@transaction.atomic
def withdraw_apart(*, apart: Apart, now: datetime) -> None:
    """The member takes the wish back. Twice is once."""
    if Apart.objects.filter(pk=apart.pk, withdrawn_at=None).update(withdrawn_at=now):
        _record("apart.withdraw", apart, now)


def _record(verb: str, apart: Apart, now: datetime) -> None:
    # Without the doer: staff read the history of a programme, and the wish is in confidence. The row knows.
    ref = apart.membership.programme.ref
    record(verb, apart, now=now, by=None, channel=Channel.WEB, programme_ref=ref)
