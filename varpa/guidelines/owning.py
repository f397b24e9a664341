"""Recommendations as those see them whose word they need."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet

from varpa.guidelines.models import Consent, Recommendation
from varpa.guidelines.passages import edited_out
from varpa.guidelines.queries import HANDED_OVER, concerning, with_consent, with_word
from varpa.kernel.compiled import compiled
from varpa.people.models import Person
from varpa.programmes.models import Membership, Programme
from varpa.programmes.queries import minors, today_of


def may_be_named(programme: Programme, person: Person, now: datetime) -> bool:
    """Whether others may be told somebody's name: guidelines are read by anybody, so never a minor's."""
    own = Membership.objects.filter(programme=programme, person=person)
    return not own.filter(minors(today_of(programme, now))).exists()


@dataclass(frozen=True)
class Own:
    """A recommendation for one whose word it needs. `mine`: this one's word stands; `ready`: everybody's.

    `gone`: it no longer stands in the diary that was handed over, so that its owner is not asked.
    """

    recommendation: Recommendation
    mine: bool
    ready: bool
    gone: bool


def own_of(programme: Programme, person: Person) -> list[Own]:
    """The newest two hundred of them; what was edited out of the diary is not shown to its owner."""
    rows = _of_person(programme=programme, person=person)
    gone = edited_out(each for each in rows if each.handed and not each.ready)
    # Taken back by the one who offered it, it is nobody else's business any more.
    told = [each for each in rows if each.by_id == person.pk or (each.given and each.pk not in gone)]
    return [Own(each, each.mine, each.ready, each.pk in gone) for each in told]


@compiled()
def _of_person(programme: Any, person: Any) -> QuerySet[Any]:
    standing = Consent.objects.filter(recommendation=OuterRef("pk"), withdrawn_at=None)
    found = concerning(programme, person).annotate(
        mine=Exists(standing.filter(by=person)),
        given=Exists(standing),
        ready=_whether(with_consent()),
        handed=_whether(HANDED_OVER),
    )
    return with_word(found)[:200]


def _whether(condition: Q) -> "ExpressionWrapper[Any]":
    return ExpressionWrapper(condition, output_field=BooleanField())
