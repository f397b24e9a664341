"""Which words beside a plan a reader hears now: those of somebody whose messages the reader stopped wait.

The plan, its figures and who settled what stay: they are the mentee's work. What was said before the stop
stays as well, so that nothing is lost that somebody works by.
"""

from collections.abc import Sequence

from django.db.models import Exists, OuterRef, Q

from varpa.businessplans.models import Answer, BusinessPlan
from varpa.pairs.models import Pair, Side
from varpa.pairs.quiet import stopped
from varpa.people.models import Person


def heard(plan: BusinessPlan, pairs: Sequence[Pair], reader: Person) -> Q:
    """The remarks, and just so the answers, that a reader hears; `pairs` are all the mentee's."""
    words = Q()
    for pair in pairs:
        mentee, mentor = plan.membership.person_id, pair.mentor.person_id
        side, writer = (Side.MENTEE, mentor) if reader.pk == mentee else (Side.MENTOR, mentee)
        since = stopped(pair, side) if reader.pk in (mentee, mentor) else None
        if since:
            words &= ~Q(by=writer, at__gte=since)
    return words


def some_wait(plan: BusinessPlan, hears: Q, about: Q) -> bool:
    """Whether of the remarks `about` something, or of their answers, any word waits for the reader."""
    if not hears:
        return False
    waiting = Answer.objects.filter(~hears, remark=OuterRef("pk"))
    return plan.remarks.filter(about, ~hears | Exists(waiting), withdrawn_at=None).exists()
