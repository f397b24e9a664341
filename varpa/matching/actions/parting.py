"""Two who are not to be together are not asked any more whether they want to be."""

from datetime import datetime

from varpa.matching.queries.cohorts import NEVER, kept_apart
from varpa.pairs.actions.waiting import call_off
from varpa.pairs.models import BEFORE_THE_START, Pair
from varpa.pairs.queries import with_people
from varpa.programmes.models import Programme


def end_proposals_apart(*, programme: Programme, now: datetime) -> int:
    """End the open proposals of two whom somebody keeps apart, without telling who; answers how many.

    Called in the transaction that keeps them apart, which holds the programme.
    """
    waiting = with_people(Pair.objects.filter(programme=programme, state__in=BEFORE_THE_START)).order_by("pk")
    apart = kept_apart(programme)
    return sum(
        call_off(pair=pair, now=now)
        for pair in waiting
        if apart.get((pair.mentee_id, pair.mentor_id)) in NEVER
    )
