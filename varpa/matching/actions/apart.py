"""A member asks in confidence not to be with somebody: kept, obeyed by matching, shown to nobody."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from varpa.history.actions import record
from varpa.history.models import Channel
from varpa.kernel.refusals import Refusal
from varpa.kernel.text import folded
from varpa.matching.actions.parting import end_proposals_apart
from varpa.matching.models import Apart
from varpa.matching.queries.aparts import wishes
from varpa.people.models import Person
from varpa.programmes.models import Membership, Programme

MOST = 20


class WholeName(Refusal):
    sentence = _("Write the first name and the surname: a first name alone may be several people's.")


class TooMany(Refusal):
    sentence = _("These are twenty names already. Write to the project manager if there are more.")


class OfOneSide(Refusal):
    sentence = _("A mentee asks about a mentor, and a mentor about a mentee. Choose somebody of that role.")


@transaction.atomic
def ask_apart(*, membership: Membership, name: str, now: datetime) -> Apart:
    """Never propose the member to whoever is called so; an open proposal of the two ends.

    The same name again is the same wish. What is answered never tells whether somebody of that name takes
    part. Raises WholeName, TooMany.
    """
    words = " ".join(name.split())
    if len(folded(words).split()) < 2:
        raise WholeName()
    # Held, as whoever proposes holds it: a proposal comes before, and ends here, or after, and is refused.
    programme = Programme.objects.select_for_update(no_key=True).get(pk=membership.programme_id)
    stands = list(Apart.objects.filter(membership=membership, withdrawn_at=None))
    known = next((each for each in stands if folded(each.name) == folded(words)), None)
    if known:
        return known
    if len(stands) >= MOST:
        raise TooMany()
    apart = Apart.objects.create(membership=membership, name=words, at=now)
    _record("apart.ask", apart, now)
    _bind(programme)
    end_proposals_apart(programme=programme, now=now)
    apart.refresh_from_db(fields=["other"])
    return apart


@transaction.atomic
def withdraw_apart(*, apart: Apart, now: datetime) -> None:
    """The member takes the wish back. Twice is once."""
    if Apart.objects.filter(pk=apart.pk, withdrawn_at=None).update(withdrawn_at=now):
        _record("apart.withdraw", apart, now)


@transaction.atomic
def understand_apart(*, apart: Apart, other: Membership, by: Person, now: datetime) -> None:
    """The staff say who is meant by a name that fits nobody, or several; it binds that one alone.

    Raises OfOneSide.
    """
    programme = Programme.objects.select_for_update(no_key=True).get(pk=apart.membership.programme_id)
    if other.programme_id != programme.pk or other.role == apart.membership.role:
        raise OfOneSide()
    if not Apart.objects.filter(pk=apart.pk, withdrawn_at=None).update(other=other, understood_at=now):
        return
    record("apart.understand", apart, now=now, by=by, programme_ref=programme.ref)
    end_proposals_apart(programme=programme, now=now)


def bind_wishes(now: datetime) -> int:
    """For the schedule: a wish keeps to the one who fits its name, whatever the name becomes; how many."""
    open_wishes = Apart.objects.filter(withdrawn_at=None, other=None)
    programmes = Programme.objects.filter(pk__in=open_wishes.values("membership__programme"))
    return sum(_bind_in(programme, now) for programme in programmes)


@transaction.atomic
def _bind_in(programme: Programme, now: datetime) -> int:
    Programme.objects.select_for_update(no_key=True).get(pk=programme.pk)
    bound = _bind(programme)
    if bound:
        end_proposals_apart(programme=programme, now=now)
    return bound


def _bind(programme: Programme) -> int:
    # No line of history: nobody did anything, and the wish is in confidence.
    found = [(wish.key, *wish.binds) for wish in wishes(programme) if len(wish.binds) == 1]
    return sum(Apart.objects.filter(pk=key, other=None).update(other=other) for key, other in found)


def _record(verb: str, apart: Apart, now: datetime) -> None:
    # Without the doer: staff read the history of a programme, and the wish is in confidence. The row knows.
    ref = apart.membership.programme.ref
    record(verb, apart, now=now, by=None, channel=Channel.WEB, programme_ref=ref)
