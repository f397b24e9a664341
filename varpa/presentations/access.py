"""Who may see a presentation, write in it and recommend. The mentor never writes in it."""

from enum import StrEnum
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from varpa.kernel.access import grant
from varpa.pairs.access import mentees_of
from varpa.people.models import Person
from varpa.presentations.models import Presentation, PresentationState


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


def _mentored(person: Person, *, afterwards: bool) -> Any:
    """Keys of what a mentor's mentees share."""
    shared = Presentation.objects.exclude(state=PresentationState.DRAFTING)
    return shared.filter(membership__in=mentees_of(person, afterwards=afterwards)).order_by().values("pk")


@grant(PresentationAction.READ, _("makes the presentation"))
@grant(PresentationAction.WRITE, _("makes the presentation"))
def _maker(person: Person) -> Q:
    return Q(pk__in=_own(person))


@grant(PresentationAction.READ, _("is the mentor, and the presentation is shared"))
def _mentor_reads(person: Person) -> Q:
    return Q(pk__in=_mentored(person, afterwards=True))


@grant(PresentationAction.RECOMMEND, _("is the mentor, and the presentation is shared"))
def _mentor_recommends(person: Person) -> Q:
    return Q(pk__in=_mentored(person, afterwards=False))


@grant(RecommendationAction.READ, _("makes the presentation"))
@grant(RecommendationAction.MARK, _("makes the presentation"))
def _asked(person: Person) -> Q:
    return Q(presentation__in=_own(person))


@grant(RecommendationAction.READ, _("said it"))
@grant(RecommendationAction.WITHDRAW, _("said it"))
def _said_it(person: Person) -> Q:
    return Q(by=person, presentation__in=_mentored(person, afterwards=False))
