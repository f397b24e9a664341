"""The pair's room: what one of the two sees, and what a manager sees, who sees no content (product §2)."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from varpa.checkins.models import Checkin
from varpa.checkins.queries import shared_looks
from varpa.closing.queries import Ahead, certificates_of, still_ahead
from varpa.diary.models import Diary
from varpa.diary.revoking import has_link
from varpa.home.queries.known import Made, Met, made_of, met_lately
from varpa.home.queries.lacks import NOT_GOING, lacks_of
from varpa.home.queries.things import Thing, things_of
from varpa.home.queries.together import Together, facts_of_pairs, together
from varpa.kernel.compiled import compiled
from varpa.meetings.models import HourLine, LineState, Promise
from varpa.meetings.queries import Beat, Hours, beats, hours_of_pairs, promises_of
from varpa.methodology.model import Phase
from varpa.pairs.models import Goal, GoalState, Outcome, Pair, PairState, Side
from varpa.pairs.parting import is_written
from varpa.pairs.phones import Phone, phone_of_other
from varpa.pairs.places import open_pairs_of
from varpa.pairs.queries import facts_of, phase_of, side_of
from varpa.people.models import Person
from varpa.programmes.models import Programme
from varpa.programmes.queries import hours_target, methodology_of
from varpa.support.queries.silence import silent

PROMISES_SHOWN = 20


@dataclass(frozen=True)
class Room:
    """The room as its reader sees it; `at` is None for a manager.

    `silent_days`: for how many days the two have not met, 0 where it is no silence. `promises`, `looks`:
    those that the pair shares with the manager. `beside`: the mentee's other pairs that are open, where a
    programme allows more than one mentor. `left_diary`: one that the mentor of an ended pair may still hand
    over by the link of a letter.
    """

    pair: Pair
    side: str
    phases: tuple[Phase, ...]
    phase: Phase | None
    hours: Hours
    ahead: list[Ahead]
    goals: list[Goal]
    beat: Beat | None = None
    at: Together | None = None
    things: tuple[Thing, ...] = ()
    phone: Phone | None = None
    silent_days: int = 0
    made: tuple[Made, ...] = ()
    met: tuple[Met, ...] = ()
    promises: tuple[Promise, ...] = ()
    looks: tuple[Checkin, ...] = ()
    beside: tuple[Pair, ...] = ()
    left_diary: Diary | None = None
    takes_papers: bool = True

    @cached_property
    def certified(self) -> bool:
        """Whether there are certificates: asked only where the pair has gone the whole way."""
        return self.pair.outcome == Outcome.COMPLETED and certificates_of(self.pair) != []


@dataclass(frozen=True)
class Line:
    """A pair in the manager's list: that it meets, when, how long; never what about.

    `lacks`: who of the two is not prepared, and what lacks, on the lists of pairs that do not go on.
    """

    pair: Pair
    phase: Phase | None
    hours: Hours
    beat: Beat
    is_silent: bool
    lacks: list[str]


def room_of(pair: Pair, person: Person, now: datetime) -> Room:
    """Gather the room for a reader; `pair` was read with its people."""
    side = side_of(pair, person)
    return _own(pair, side, now) if side else _managers(pair, now)


def _own(pair: Pair, side: str, now: datetime) -> Room:
    at = together(pair, side, now)
    return Room(
        pair=pair,
        side=side,
        phases=at.methodology.phases,
        phase=at.phase,
        hours=at.hours,
        ahead=at.ahead,
        goals=_goals(pair=pair),
        at=at,
        phone=phone_of_other(pair, side, now),
        things=tuple(things_of(at)) if at.is_active else (),
        beside=_beside(pair, side),
    )


def _managers(pair: Pair, now: datetime) -> Room:
    methodology, facts = methodology_of(pair.programme), facts_of(pair)
    beat, diary = beats([pair], now)[pair.pk], getattr(pair, "diary", None)
    since = beat.last or pair.active_at
    return Room(
        pair=pair,
        side="",
        phases=methodology.phases,
        phase=phase_of(methodology, facts),
        hours=hours_of_pairs([pair], methodology.hours_minutes)[pair.pk],
        ahead=still_ahead(pair, facts),
        goals=_goals(pair=pair) if pair.shares_goals else [],
        beat=beat,
        silent_days=(now - since).days if since and _silent_among([pair], now) else 0,
        made=tuple(made_of(pair, methodology)),
        met=tuple(met_lately(pair, methodology)),
        promises=tuple(promises_of(pair)[:PROMISES_SHOWN]) if pair.shares_promises else (),
        looks=tuple(shared_looks(pair)),
        beside=_beside(pair, ""),
        left_diary=diary if has_link(diary, now) else None,
        takes_papers=is_written(pair, now),
    )


def _beside(pair: Pair, side: str) -> tuple[Pair, ...]:
    """A question only where the answer can be somebody. To a mentor nobody is named who is only asked yet."""
    if pair.programme.mentors_at_once == 1:
        return ()
    found = open_pairs_of(pair.mentee).exclude(pk=pair.pk)
    return tuple(found.exclude(active_at=None) if side == Side.MENTOR else found)


@compiled()
def _goals(pair: Pair) -> QuerySet[Goal]:
    stands = Q(steps__withdrawn_at__isnull=True)
    done = Count("steps", filter=stands & Q(steps__done_at__isnull=False))
    standing = Goal.objects.filter(pair=pair).exclude(state=GoalState.WITHDRAWN)
    return standing.annotate(steps_done=done, steps_all=Count("steps", filter=stands))


def pairs_shown(programme: Programme, show: str, now: datetime) -> QuerySet[Pair]:
    """The manager's list: all pairs, or those that `show` asks for (silent, objected, or a state)."""
    pairs = (
        Pair.objects.filter(programme=programme)
        .select_related("mentor__person", "mentee__person")
        .only("ref", "state", "active_at", "programme", "mentor__person__name", "mentee__person__name")
        .order_by("mentor__person__name", "pk")
    )
    if show == "silent":
        return pairs.filter(silent(now))
    if show == "objected":
        objected = HourLine.objects.filter(pair=OuterRef("pk"), state=LineState.OBJECTED)
        return pairs.filter(Exists(objected))
    return pairs.filter(state=show) if show in PairState.values else pairs


def lines(pairs: list[Pair], programme: Programme, show: str, now: datetime) -> list[Line]:
    """One page of the manager's list, in a few queries; with who lacks what, if only those are shown."""
    methodology, target = methodology_of(programme), hours_target(programme)
    hours, meets, facts = hours_of_pairs(pairs, target), beats(pairs, now), facts_of_pairs(pairs)
    quiet = _silent_among(pairs, now)
    lacks = lacks_of(pairs, programme, now) if show in NOT_GOING else {}
    return [
        Line(
            pair=pair,
            phase=phase_of(methodology, facts.get(pair.pk, {})),
            hours=hours[pair.pk],
            beat=meets[pair.pk],
            is_silent=pair.pk in quiet,
            lacks=lacks.get(pair.pk, []),
        )
        for pair in pairs
    ]


def _silent_among(pairs: list[Pair], now: datetime) -> set[int]:
    """The keys of those of the pairs that are silent."""
    quiet = Pair.objects.filter(silent(now), pk__in=[pair.pk for pair in pairs])
    return set(quiet.order_by().values_list("pk", flat=True))
