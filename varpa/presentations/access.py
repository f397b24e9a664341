"""Who may see a presentation, write in it and recommend. The mentor never writes in it."""

from enum import StrEnum
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from varpa.kernel.access import grant
from varpa.pairs.models import Outcome, Pair, PairState
from varpa.people.models import Person
from varpa.presentations.models import Presentation, PresentationState

OPEN = (PairState.ACTIVE,)
APART = (Outcome.DISSOLVED, Outcome.REMATCHED)


class PresentationAction(StrEnum):
    """READ: the slides. WRITE: the mentee's own, with the notes. RECOMMEND: the mentor's."""

    READ = "presentation.read"
    WRITE = "presentation.write"
    RECOMMEND = "presentation.recommend"


class RecommendationAction(StrEnum):
    """READ: a recommendation. MARK: done or not. WITHDRAW: one's own."""

    READ = "recommendation.read"
    MARK = "recommendation.mark"
    WITHDRAW = "recommendation.withdraw"


def _own(person: Person) -> Any:
    return Presentation.objects.filter(membership__person=person).order_by().values("pk")


def _mentored(person: Person, states: tuple[str, ...]) -> Any:
    """Keys of the shared presentations of a mentor's mentees, also of whoever went the whole way together."""
    pairs = Pair.objects.filter(mentor__person=person, state__in=states).exclude(outcome__in=APART)
    shared = Presentation.objects.filter(state=PresentationState.SHARED)
    return shared.filter(membership__in=pairs.order_by().values("mentee")).order_by().values("pk")


@grant(PresentationAction.READ, _("makes the presentation"))
@grant(PresentationAction.WRITE, _("makes the presentation"))
def _maker(person: Person) -> Q:
    return Q(pk__in=_own(person))


@grant(PresentationAction.READ, _("is the mentor, and the presentation is shared"))
def _mentor_reads(person: Person) -> Q:
    return Q(pk__in=_mentored(person, (*OPEN, PairState.ENDED)))


@grant(PresentationAction.RECOMMEND, _("is the mentor, and the presentation is shared"))
def _mentor_recommends(person: Person) -> Q:
    return Q(pk__in=_mentored(person, OPEN))


@grant(RecommendationAction.READ, _("makes the presentation"))
@grant(RecommendationAction.MARK, _("makes the presentation"))
def _asked(person: Person) -> Q:
    return Q(presentation__in=_own(person))


@grant(RecommendationAction.READ, _("said it"))
@grant(RecommendationAction.WITHDRAW, _("said it"))
def _said_it(person: Person) -> Q:
    return Q(by=person, presentation__in=_mentored(person, OPEN))
