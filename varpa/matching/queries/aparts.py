"""Whom members have asked in confidence not to be with: by the person it binds, or by the name so far."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.db.models import QuerySet

from varpa.kernel.compiled import compiled
from varpa.matching.models import Apart
from varpa.matching.sayings import plain_words
from varpa.pairs.models import GOING as ON_THE_WAY
from varpa.pairs.models import Pair
from varpa.programmes.models import Membership, MembershipState, Programme, Role

GOING, ENDED = "going", "ended"
NOT_HERE = (MembershipState.DECLINED, MembershipState.WITHDRAWN)


@dataclass(frozen=True)
class Wish:
    """A wish that stands, and whom it keeps apart from the asker: keys of memberships of the other side."""

    key: int
    asker: int
    role: str
    name: str
    binds: frozenset[int]
    settled: bool

    @property
    def pairs(self) -> set[tuple[int, int]]:
        """Mentee and mentor of each pair that it forbids."""
        mine = self.role == Role.MENTEE
        return {(self.asker, other) if mine else (other, self.asker) for other in self.binds}

    @property
    def waits(self) -> bool:
        """Whether it is not known who is meant: nobody fits the name so far, or several do."""
        return not self.settled and len(self.binds) != 1


def wishes(programme: Programme) -> list[Wish]:
    """The wishes of a programme's members: one query, two where there are any."""
    rows = list(_standing(programme=programme))
    people = _people(programme) if rows else []
    found = []
    for key, asker, role, name, other, understood in rows:
        binds = {other} if other else set()
        if not understood:
            binds |= set(_fitting(name, [(pk, called) for pk, side, called in people if side != role]))
        found.append(Wish(key, asker, role, name, frozenset(binds), bool(understood)))
    return found


def asked_apart(programme: Programme) -> set[tuple[int, int]]:
    """Mentee and mentor of whom one has asked not to be with the other."""
    return {two for wish in wishes(programme) for two in wish.pairs}


@dataclass(frozen=True)
class Unclear:
    """A wish of which it is not known who is meant: the name as it was written, whoever fits it, the side."""

    ref: str
    name: str
    fits: list[str]
    other: str


def unclear(programme: Programme) -> list[Unclear]:
    """The wishes that wait to be understood, never whose they are: three queries, one where there is none."""
    waiting = {wish.key: wish for wish in wishes(programme) if wish.waits}
    if not waiting:
        return []
    apart = Apart.objects.filter(pk__in=waiting).exclude(membership__state__in=NOT_HERE)
    fitting = {pk for wish in waiting.values() for pk in wish.binds}
    names = dict(Membership.objects.filter(pk__in=fitting).values_list("pk", "person__name"))
    return [
        Unclear(each.ref, each.name, sorted(names[pk] for pk in waiting[each.pk].binds), other)
        for each in apart.order_by("name", "ref")
        for other in (Role.MENTOR if waiting[each.pk].role == Role.MENTEE else Role.MENTEE,)
    ]


def wish_of(apart: Apart) -> Wish:
    """One wish as it stands now."""
    return next(wish for wish in wishes(apart.membership.programme) if wish.key == apart.pk)


def stands_between(two: Collection[tuple[int, int]], now: datetime) -> str:
    """What a wish that was kept `now` has met, by mentee and mentor: a pair that goes on, or a proposal.

    GOING, ENDED (the proposal ended with it), or "" where the two had nothing with each other.
    """
    mentees, mentors = {mentee for mentee, _mentor in two}, {mentor for _mentee, mentor in two}
    rows = Pair.objects.filter(mentee__in=mentees, mentor__in=mentors)
    met = [pair for pair in rows if (pair.mentee_id, pair.mentor_id) in two]
    if any(pair.state in ON_THE_WAY for pair in met):
        return GOING
    return ENDED if any(pair.ended_at == now and not pair.active_at for pair in met) else ""


def _people(programme: Programme) -> list[tuple[int, str, str]]:
    members = Membership.objects.filter(programme=programme, role__in=[Role.MENTEE, Role.MENTOR])
    return list(members.exclude(state__in=NOT_HERE).values_list("pk", "role", "person__name"))


@compiled()
def _standing(
    programme: Programme,
) -> QuerySet[Apart, tuple[int, int, str, str, int | None, datetime | None]]:
    found = Apart.objects.filter(membership__programme=programme, withdrawn_at=None)
    return found.values_list("pk", "membership", "membership__role", "name", "other", "understood_at")


def _fitting(name: str, people: Collection[tuple[int, str]]) -> list[int]:
    """Whom a name may mean: each word of the shorter name stands in the longer one.

    A person may be registered with more names than others know, or with fewer; where nobody fits so, words
    are held beside each other without their endings: names are declined.
    """
    alike = [pk for pk, called in people if _within(plain_words(name), plain_words(called))]
    return alike or [pk for pk, called in people if _within(_bare(name), _bare(called))]


def _within(one: frozenset[str], other: frozenset[str]) -> bool:
    """A first name alone may be several people's."""
    return min(len(one), len(other)) > 1 and (one <= other or other <= one)


@lru_cache(maxsize=20_000)
def _bare(name: str) -> frozenset[str]:
    """The words of a name without the endings of Latvian and Lithuanian cases."""
    return frozenset(_without_ending(word) for word in plain_words(name))


def _without_ending(word: str) -> str:
    # "-am", "-im", "-em" of a Latvian dative, "-ą" and the like are folded already.
    bare = word.removesuffix("m").rstrip("aeiouys")
    return bare if len(bare) > 1 else word
