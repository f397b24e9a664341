"""The pairs of a mentee: what the mentee works out belongs to the mentee, and goes on with another mentor."""

from collections.abc import Iterable

from django.db.models import QuerySet

from varpa.kernel.compiled import compiled
from varpa.pairs.models import Pair, PairState
from varpa.pairs.queries import with_people
from varpa.pairs.quiet import with_stops
from varpa.people.models import Person
from varpa.programmes.models import Membership


def going_pairs_of(mentee: Membership) -> QuerySet[Pair]:
    """The pairs in which a mentee works, also one that rests: then an action says so."""
    return with_people(Pair.objects.filter(mentee=mentee, state__in=[PairState.ACTIVE, PairState.PAUSED]))


@compiled()
def all_pairs_of(mentee: Membership) -> QuerySet[Pair]:
    """The pairs of a mentee, also those that have ended, the oldest first, with who wants no words."""
    return with_stops(with_people(Pair.objects.filter(mentee=mentee)).order_by("pk"))


def active_pairs_of(mentee: Membership) -> QuerySet[Pair]:
    """The pairs in which a mentee works today."""
    return going_pairs_of(mentee).filter(state=PairState.ACTIVE)


def working_pair(mentee: Membership, mentor: Person) -> Pair | None:
    """The pair of a mentee with this mentor, while they work together."""
    return _working.first(mentee=mentee, mentor=mentor)


@compiled()
def _working(mentee: Membership, mentor: Person) -> QuerySet[Pair]:
    return active_pairs_of(mentee).filter(mentor__person=mentor).order_by("pk")[:1]


def mentors_named(pairs: Iterable[Pair], but: Person | None = None) -> str:
    """The first names of the mentors of several pairs, the first mentor first; "" where there is one pair.

    `but`: one of them who reads it is not told of oneself.
    """
    mentors = [pair.mentor.person for pair in sorted(pairs, key=lambda pair: pair.seat)]
    return ", ".join(each.first_name for each in mentors if each != but) if len(mentors) > 1 else ""
