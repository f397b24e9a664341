"""What can be counted of a programme by itself, each under a name: for indicators and for the report.

Persons are counted once, whatever they are in the programme, by their own country: a pair may span both.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Count, F, IntegerField, Q, QuerySet, Subquery, Sum, Value
from django.db.models import OuterRef as Outer
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from varpa.businessplans.models import HANDED_IN, BusinessPlan
from varpa.diary.models import Entry, EntryState
from varpa.events.queries.events import each_once, standing
from varpa.meetings.models import HourLine, LineState, Meeting, MeetingState, Move
from varpa.methodology import Fact, Methodology
from varpa.methodology.marks import KindAct
from varpa.pairs.models import Happening, Outcome, Pair
from varpa.profiles.models import Profile, ProfileState
from varpa.programmes.models import Membership, MembershipState, Programme, Role
from varpa.programmes.queries import LIVE, methodology_of

MEMBERS, PAIRS, MEETINGS, OF_PAIRS, ATTENDANCES = "members", "pairs", "meetings", "of_pairs", "attendances"
PERSONS: Final = Count("person", distinct=True)
ROWS: Final = Count("pk")
Rows = Callable[[Programme], "QuerySet[Any]"]


@dataclass(frozen=True)
class Measure:
    """One thing that is counted. `lists`: of what kind the rows behind the figure are.

    `count`: what of the rows is the figure; `hours`: it is in minutes and told in hours.
    `given_by`: whether a methodology lets it happen at all.
    """

    key: str
    name: str | Promise
    lists: str
    rows: Rows
    count: Any = ROWS
    hours: bool = False
    given_by: Callable[[Methodology], bool] = lambda _methodology: True

    @property
    def by_country(self) -> bool:
        """Whether it counts persons, who have a country each."""
        return self.lists == MEMBERS


def _everybody(programme: Programme, *roles: str) -> QuerySet[Membership]:
    """Members with `own`: the country of the person, the first that was told in this programme."""
    everybody = Membership.objects.filter(programme=programme)
    told = everybody.filter(person=Outer("person")).exclude(country="").order_by("pk")
    own = Coalesce(Subquery(told.values("country")[:1]), Value(""))
    return everybody.filter(role__in=roles or (Role.MENTOR, Role.MENTEE)).annotate(own=own)


def _members(*roles: str) -> Rows:
    return lambda programme: _everybody(programme, *roles).filter(state__in=LIVE)


_taking_part: Final = _members(Role.MENTOR, Role.MENTEE)


def _left(programme: Programme) -> QuerySet[Any]:
    """Who was in a pair that began, or at an event, and has left since."""
    left = _everybody(programme).filter(state=MembershipState.WITHDRAWN)
    began, there = _pairs()(programme).order_by(), standing(programme).order_by()
    in_a_pair = Q(pk__in=began.values("mentor")) | Q(pk__in=began.values("mentee"))
    took_part = left.filter(in_a_pair | Q(pk__in=there.values("membership")))
    return took_part.exclude(person__in=_taking_part(programme).order_by().values("person"))


def _pairs(**more: Any) -> Rows:
    return lambda programme: Pair.objects.filter(programme=programme, active_at__isnull=False, **more)


def _both_countries(programme: Programme) -> QuerySet[Pair]:
    told = _pairs()(programme).exclude(mentor__country="").exclude(mentee__country="")
    return told.exclude(mentor__country=F("mentee__country"))


def _fact(fact: Fact) -> Rows:
    return lambda programme: Happening.objects.filter(pair__programme=programme, fact=fact.value)


def _meetings(state: str) -> Rows:
    return lambda programme: Meeting.objects.filter(pair__programme=programme, state=state)


def _trainings(programme: Programme) -> set[str]:
    return {training.period for training in methodology_of(programme).training}


def _began_training(programme: Programme) -> QuerySet[Any]:
    there = standing(programme).filter(event__period__in=_trainings(programme))
    return _taking_part(programme).filter(pk__in=there.order_by().values("membership"))


def _completed_training(programme: Programme) -> QuerySet[Any]:
    """Who was at every training of the methodology; nobody where it has none."""
    asked = _trainings(programme)
    there = standing(programme).filter(event__period__in=asked).order_by().values("membership")
    whole = there.annotate(periods=Count("event__period", distinct=True)).filter(periods=len(asked))
    return _taking_part(programme).filter(pk__in=whole.values("membership") if asked else [])


def _plans(programme: Programme) -> QuerySet[BusinessPlan]:
    own = BusinessPlan.objects.filter(membership__programme=programme, set_aside_at=None)
    return own.filter(state__in=HANDED_IN)


def _writers(programme: Programme) -> QuerySet[Any]:
    """Mentees who have submitted a business plan, also who has left since: so the dossier counts them."""
    return _everybody(programme, Role.MENTEE).filter(pk__in=_plans(programme).order_by().values("membership"))


def _trains(methodology: Methodology) -> bool:
    return bool(methodology.training)


def _holds(act: str) -> Callable[[Methodology], bool]:
    return lambda methodology: methodology.has_kind(act)


MEASURES: Final = (
    Measure("persons", _("Persons"), MEMBERS, _taking_part, PERSONS),
    Measure("mentors", _("Mentors"), MEMBERS, _members(Role.MENTOR), PERSONS),
    Measure("mentees", _("Mentees"), MEMBERS, _members(Role.MENTEE), PERSONS),
    Measure(
        "completed_persons",
        _("Persons who have completed the programme"),
        MEMBERS,
        lambda programme: _taking_part(programme).filter(state=MembershipState.COMPLETED),
        PERSONS,
    ),
    Measure("left_early", _("Persons who took part and left before the end"), MEMBERS, _left, PERSONS),
    Measure(
        "training_begun",
        _("Persons who were at a training"),
        MEMBERS,
        _began_training,
        PERSONS,
        given_by=_trains,
    ),
    Measure(
        "training_completed",
        _("Persons who were at every training"),
        MEMBERS,
        _completed_training,
        PERSONS,
        given_by=_trains,
    ),
    Measure(
        "companies",
        _("Companies of mentors"),
        MEMBERS,
        lambda programme: _members(Role.MENTOR)(programme).exclude(place=""),
        Count("place", distinct=True),
        given_by=Methodology.is_of_business,
    ),
    Measure("pairs", _("Pairs that began"), PAIRS, _pairs()),
    Measure("completed_pairs", _("Pairs that went the whole way"), PAIRS, _pairs(outcome=Outcome.COMPLETED)),
    Measure(
        "ended_early",
        _("Pairs that ended earlier"),
        PAIRS,
        _pairs(outcome__in=[Outcome.DISSOLVED, Outcome.REMATCHED]),
    ),
    Measure("both_countries", _("Pairs across the border"), PAIRS, _both_countries),
    Measure(
        "visits", _("Visits to companies"), OF_PAIRS, _fact(Fact.VISIT_HELD), given_by=_holds(KindAct.VISIT)
    ),
    Measure(
        "role_swaps",
        _("Role swaps"),
        OF_PAIRS,
        _fact(Fact.ROLE_SWAP_HELD),
        given_by=_holds(KindAct.ROLE_SWAP),
    ),
    Measure("plans_agreed", _("Cooperation plans agreed"), OF_PAIRS, _fact(Fact.PLAN_AGREED)),
    Measure("meetings", _("Meetings held"), MEETINGS, _meetings(MeetingState.HELD)),
    Measure(
        "meetings_missed", _("Meetings that did not take place"), MEETINGS, _meetings(MeetingState.MISSED)
    ),
    Measure(
        "meetings_moved",
        _("Meetings that were moved"),
        MEETINGS,
        lambda programme: Meeting.objects.filter(
            pk__in=Move.objects.filter(meeting__pair__programme=programme).order_by().values("meeting")
        ),
    ),
    Measure(
        "hours",
        _("Hours together"),
        OF_PAIRS,
        lambda programme: HourLine.objects.filter(pair__programme=programme, state=LineState.CONFIRMED),
        Sum("minutes"),
        hours=True,
    ),
    Measure(
        "entries",
        _("Entries in diaries"),
        OF_PAIRS,
        lambda programme: Entry.objects.filter(diary__pair__programme=programme, state=EntryState.KEPT),
    ),
    Measure("diaries_handed_over", _("Diaries handed over"), OF_PAIRS, _fact(Fact.DIARY_HANDED_OVER)),
    Measure(
        "plans_submitted",
        _("Business plans submitted"),
        MEMBERS,
        _writers,
        PERSONS,
        given_by=lambda methodology: bool(methodology.business_plan),
    ),
    Measure(
        "profiles",
        _("Company profiles approved"),
        OF_PAIRS,
        lambda programme: Profile.objects.filter(pair__programme=programme, state=ProfileState.APPROVED),
        given_by=lambda methodology: bool(methodology.company_profile),
    ),
    Measure(
        "participations",
        pgettext_lazy("indicator", "Participations in joint events"),
        ATTENDANCES,
        lambda programme: each_once(standing(programme)),
    ),
    Measure(
        "other_participations",
        _("Participations in joint events without training"),
        ATTENDANCES,
        lambda programme: each_once(standing(programme)).exclude(event__period__in=_trainings(programme)),
        given_by=_trains,
    ),
)
BY_KEY: Final = {measure.key: measure for measure in MEASURES}


def measures_of(programme: Programme) -> list[Measure]:
    """What can be counted in a programme: as far as its methodology lets it happen."""
    methodology = methodology_of(programme)
    return [measure for measure in MEASURES if measure.given_by(methodology)]


def rows_of(programme: Programme, key: str, country: str = "") -> QuerySet[Any]:
    """What stands behind a figure; `country` keeps those whose own it is. KeyError for an unknown measure."""
    measure = BY_KEY[key]
    rows = measure.rows(programme)
    return rows.filter(own=country) if country and measure.by_country else rows


def counted(programme: Programme, asked: Iterable[tuple[str, str]]) -> dict[tuple[str, str], int]:
    """The figures of (measure, country or ""), minutes for hours: one question, however many are asked."""
    wanted = [each for each in dict.fromkeys(asked) if each[0] in BY_KEY]
    figures = [(rows_of(programme, *each), BY_KEY[each[0]].count) for each in wanted]
    return dict(zip(wanted, at_once(programme, figures), strict=True))


def at_once(programme: Programme, figures: Iterable[tuple["QuerySet[Any]", Any]]) -> list[int]:
    """Of each (rows, what of them is counted) the figure, 0 without rows: one question for all of them."""
    names = {f"figure_{at}": _figure(*each) for at, each in enumerate(figures)}
    if not names:
        return []
    found: Any = Programme.objects.filter(pk=programme.pk).order_by().values(**names).get()
    return [found[name] for name in names]


def countries_of(programme: Programme) -> list[str]:
    """The countries of its people, those that it names first."""
    told = _taking_part(programme).order_by().exclude(country="").values_list("country", flat=True)
    return list(dict.fromkeys([*map(str, programme.countries), *sorted(told.distinct())]))


def _figure(rows: "QuerySet[Any]", count: Any) -> Combinable:
    grouped = rows.order_by().annotate(one=Value(1)).values("one").annotate(figure=count)
    return Coalesce(Subquery(grouped.values("figure"), output_field=IntegerField()), 0)
