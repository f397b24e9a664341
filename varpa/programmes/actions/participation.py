"""How a member takes part: said in the application, changed at any time."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from varpa.history.actions import line, record_all
from varpa.history.models import Channel
from varpa.kernel.refusals import Refusal
from varpa.people.models import Person
from varpa.programmes.actions.memberships import HasLeft, record_member
from varpa.programmes.models import Membership, MembershipState, Participation

MOST_MENTEES = 20


class NoSuchCapacity(Refusal):
    sentence = _("A mentor takes 1 to 20 mentees. Nothing was changed.")


@transaction.atomic
def say_participation(
    *,
    membership: Membership,
    said: Mapping[str, Any],
    by: Person | None,
    now: datetime,
    channel: str = Channel.WEB,
) -> Participation:
    """Write down how a member takes part, {field of Participation: value}; what is not named stays.

    Nothing new said is no line of history. Raises HasLeft, NoSuchCapacity.
    """
    if membership.state in (MembershipState.DECLINED, MembershipState.WITHDRAWN):
        raise HasLeft()
    if not 1 <= said.get("capacity", 1) <= MOST_MENTEES:
        raise NoSuchCapacity()
    Membership.objects.select_for_update().get(pk=membership.pk)
    known, made = Participation.objects.get_or_create(membership=membership)
    differing = [name for name, value in said.items() if getattr(known, name) != value]
    for name in differing:
        setattr(known, name, said[name])
    if differing:
        known.save(update_fields=differing)
    if made or differing:
        fields = ", ".join(sorted(differing))
        record_member("membership.participation", membership, now=now, by=by, channel=channel, fields=fields)
    return known


def say_first(
    *, said: Sequence[tuple[Membership, Mapping[str, Any]]], by: Person | None, now: datetime, channel: str
) -> None:
    """Write down how many new members take part, for a list that is taken in: nobody has said it before."""
    rows = [Participation(membership=membership, **words) for membership, words in said]
    Participation.objects.bulk_create(rows, batch_size=500)
    record_all(
        line(
            "membership.participation",
            membership,
            now=now,
            by=by,
            behalf=membership.person,
            channel=channel,
            programme_ref=membership.programme.ref,
            details={"fields": ", ".join(sorted(words))},
        )
        for membership, words in said
    )
