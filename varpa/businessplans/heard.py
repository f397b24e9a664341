"""Which words beside a plan a reader hears now: those of somebody whose messages the reader stopped wait.

The plan, its figures and who settled what stay: they are the mentee's work. What was said before the stop
stays as well, so that nothing is lost that somebody works by.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from varpa.businessplans.models import Answer, BusinessPlan, Remark
from varpa.kernel.clock import zone_of
from varpa.pairs.models import Pair, Side
from varpa.pairs.queries import other_side
from varpa.pairs.quiet import Waited, stopped
from varpa.pairs.working import Worked
from varpa.people.models import Person
from varpa.programmes.queries import methodology_of


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


def waited(pair: Pair, side: str, since: datetime, until: datetime) -> Iterator[Waited]:
    """The parts of the mentee's plan of which the other said or answered something between two moments."""
    said = {"by": pair.member(other_side(side)).person_id, "at__range": (since, until)}
    answered = Answer.objects.filter(remark=OuterRef("pk"), **said)
    remarks = Remark.objects.filter(
        Q(**said) | Exists(answered),
        plan__membership=pair.mentee_id,
        plan__set_aside_at=None,
        withdrawn_at=None,
    )
    found = set(remarks.order_by().values_list("plan__ref", "part"))
    for part in methodology_of(pair.programme).business_plan:
        for plan in (ref for ref, key in sorted(found) if key == part.key):
            told = f"{_('Business plan')}: {part.name}"
            yield Waited(told, reverse("businessplans:part", args=[plan, part.key]))


def worked(pair: Pair, side: str, since: datetime) -> Iterator[Worked]:
    """The days on which a side remarked on the mentee's plan or answered there: e-mentoring work (R2)."""
    own = {"by": pair.member(side).person_id, "at__gte": since}
    day = TruncDate("at", tzinfo=zone_of(pair.programme.zone))
    remarks = Remark.objects.filter(plan__membership=pair.mentee_id, withdrawn_at=None, **own)
    answers = Answer.objects.filter(remark__plan__membership=pair.mentee_id, **own)
    days = remarks.order_by().values_list(day).union(answers.order_by().values_list(day))
    for (each,) in days:
        yield Worked(each, pgettext("work", "comments on the business plan"))
