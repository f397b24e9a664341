"""Whose home it is: the pair that goes, the way into one, the programmes one manages."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from django.db.models import Case, DateField, DateTimeField, Exists, OuterRef, Q, QuerySet, When

from varpa.defence.models import Defence, DefenceState
from varpa.defence.queries import with_days
from varpa.events.queries.answers import with_unanswered
from varpa.guardians.models import Guardian
from varpa.home.queries.left import left_of
from varpa.home.queries.things import (
    ASIDE,
    MOST,
    Thing,
    ranked,
    things_of,
    to_answer,
    to_answer_survey,
    to_comment,
    to_confirm,
    to_defend,
    to_hear,
    to_prepare,
    to_say,
    to_take_home,
)
from varpa.home.queries.together import Together, all_together, with_diary
from varpa.kernel.access import allowed
from varpa.kernel.compiled import compiled
from varpa.pairs.models import Answer, Pair, PairState
from varpa.pairs.queries import NEVER_BEGAN, both_prepared, side_of
from varpa.people.models import Person
from varpa.programmes.access import ProgrammeAction
from varpa.programmes.models import (
    Membership,
    MembershipState,
    Preparation,
    Programme,
    ProgrammeState,
    Role,
    StepKey,
)
from varpa.programmes.preparing import preparing
from varpa.programmes.queries import all_prepared, is_grown, memberships_of, today_of, with_methodology
from varpa.reports.queries import with_report
from varpa.surveys.queries.answers import with_survey

NEAR = timedelta(days=14)
"""How long before a defence the home leads to it, and how long after it to what was said."""
OVER = timedelta(days=1)
"""How long after its beginning it leads there at most: a day may be left open."""
OF_MENTEE = ("business", "presentation")
"""Things that a mentee of several mentors does for none of them alone."""
ORDER = (PairState.ACTIVE, PairState.PAUSED, PairState.PROPOSED, PairState.ACCEPTED, PairState.ENDED)


@dataclass(frozen=True)
class Home:
    """What the first page after sign-in shows.

    `stage`: active, grown, paused, proposed, answered, waits, begins, prepare, unpaired, applied, ended or
    none.
    `things`: what else waits, of all programmes, most urgent first; for "active" its first is the one thing.
    `others` and `programmes`: one's other pairs, and where one takes part without a pair.
    `step`: what is to be prepared next (Preparing.next); `asked_at_home`: a guardian has been written down.
    `until`: the last day on which nothing stops for who has come of age.
    `manages`: where one is appointed to manage. `together`: one's pairs that are active.
    """

    stage: str
    membership: Membership | None = None
    pair: Pair | None = None
    side: str = ""
    at: Together | None = None
    things: list[Thing] = field(default_factory=list)
    others: list[Pair] = field(default_factory=list)
    programmes: list[Membership] = field(default_factory=list)
    step: str = ""
    asked_at_home: bool = False
    until: date | None = None
    manages: list[Programme] = field(default_factory=list)
    together: list[Together] = field(default_factory=list)

    @property
    def is_mentee(self) -> bool:
        role = self.membership.role if self.membership else ""
        return self.side == "mentee" or (not self.side and role == Role.MENTEE)

    @property
    def after(self) -> list[Thing]:
        """What comes after the one thing: at most four."""
        return self.things[1:MOST] if self.stage == "active" else self.things[: MOST - 1]


@dataclass(frozen=True)
class Lead:
    """Something that waits, with how urgent it is, and the pair or membership whose it is."""

    rank: float
    thing: Thing
    at: Together | None = None
    pair: Pair | None = None
    membership: Membership | None = None


def home_of(person: Person, now: datetime) -> Home:
    """The home of a mentor or a mentee, over all programmes; stage "none" for anybody else."""
    pairs = _pairs(person=person)
    pairs.sort(key=lambda pair: (ORDER.index(PairState(pair.state)), -pair.pk))
    going = [pair for pair in pairs if pair.state != PairState.ENDED]
    own = _members(person=person, now=now, today=now.date(), since=now - OVER, told=now - NEAR)
    members = [each for each in own if each.role in (Role.MENTOR, Role.MENTEE)]
    alone = _without_pair_now(members, going)
    ats = _gathered([pair for pair in going if pair.state == PairState.ACTIVE], person, now)
    leads = _leads(ats, going, alone, members, person, now)
    left = [Lead(rank, thing, pair=pair) for rank, thing, pair in left_of(pairs, person, now)]
    leads = _once(sorted([*leads, *_days(members, now), *left], key=_urgency))
    home = _first(leads, ats, going, members, pairs, person, now)
    if len(going) + len(alone) > 1:
        leads = [replace(each, thing=replace(each.thing, whose=_whose(each))) for each in leads]
    rest = [each.thing for each in leads if home.stage == "active" or not _is(each, home)]
    things = rest or home.things
    others = [pair for pair in pairs if pair != home.pair]
    programmes = [each for each in alone if each != home.membership]
    appointed = [each for each in own if each.role == Role.MANAGER]
    manages = [each.programme for each in appointed if each.state == MembershipState.ACCEPTED]
    home = replace(home, things=things, others=others, together=ats)
    return replace(home, programmes=programmes, manages=manages)


def _without_pair_now(members: list[Membership], going: list[Pair]) -> list[Membership]:
    """Memberships that go, and are in no pair that goes."""
    paired = {key for pair in going for key in (pair.mentor_id, pair.mentee_id)}
    return [each for each in members if each.state != MembershipState.COMPLETED and each.pk not in paired]


def _gathered(active: list[Pair], person: Person, now: datetime) -> list[Together]:
    return all_together(active, [side_of(pair, person) for pair in active], now) if active else []


def _leads(
    ats: list[Together],
    going: list[Pair],
    alone: list[Membership],
    members: list[Membership],
    person: Person,
    now: datetime,
) -> list[Lead]:
    """Everything that waits for a person, most urgent first."""
    found = [Lead(rank, thing, at, at.pair) for at in ats for rank, thing in ranked(at)]
    own = {each.pk: each for each in members}
    for pair in going:
        side = side_of(pair, person)
        mine = own.get(pair.member(side).pk)
        if pair.state == PairState.ACTIVE and mine and _to_confirm(mine, now):
            found.append(Lead(*to_confirm(mine, now), pair=pair, membership=mine))
        if pair.state == PairState.PROPOSED and not getattr(pair, f"{side}_answered", False):
            found.append(Lead(*to_answer(pair, side), pair=pair, membership=mine))
        elif pair.state == PairState.ACCEPTED and mine and _lacks_own_step(mine):
            found.append(Lead(*to_prepare(mine), pair=pair, membership=mine))
    for each in alone:
        if each.state == MembershipState.ACCEPTED and _lacks_own_step(each):
            found.append(Lead(*to_prepare(each), membership=each))
    found += [Lead(*to_say(each), membership=each) for each in members if getattr(each, "event_ref", None)]
    found += [
        Lead(*to_comment(each), membership=each) for each in members if getattr(each, "report_until", None)
    ]
    heard = [each for each in members if getattr(each, "heard", None)]
    found += [Lead(*about(each), membership=each) for each in heard for about in (to_hear, to_take_home)]
    surveyed = [each for each in members if getattr(each, "survey_seed", None)]
    found += [Lead(*to_answer_survey(each), membership=each) for each in surveyed]
    return found


def _once(leads: list[Lead]) -> list[Lead]:
    """What belongs to the mentee stands there once, however many mentors the mentee has."""
    seen: set[tuple[str, object]] = set()
    found = []
    for lead in leads:
        key = lead.thing.key
        whose = (key, lead.pair.mentee_id) if lead.pair and key in OF_MENTEE else (key, lead.thing.url)
        if whose not in seen:
            found.append(lead)
        seen.add(whose)
    return found


def _days(members: list[Membership], now: datetime) -> list[Lead]:
    """The defences that are near or on, on which a member is a juror or presents."""
    own = {pk: each for each in members for pk in (_key(each, "judges"), _key(each, "presents")) if pk}
    near = Q(state=DefenceState.RUNNING) | Q(starts_at__lte=now + NEAR)
    days = Defence.objects.filter(near, pk__in=own) if own else ()
    return [Lead(*to_defend(own[day.pk], day), membership=own[day.pk]) for day in days]


def _key(membership: Membership, name: str) -> int | None:
    found: int | None = getattr(membership, name, None)
    return found


def _urgency(lead: Lead) -> tuple[float, date]:
    return lead.rank, lead.thing.on


def _lacks_own_step(membership: Membership) -> bool:
    """Whether a step of the preparation is left that the member takes; a guardian's is not among them."""
    return not (getattr(membership, "trained", False) and getattr(membership, "noticed", False))


def _to_confirm(membership: Membership, now: datetime) -> bool:
    """Whether a mentee has come of age since accepting the notice, and confirms taking part (R1)."""
    if membership.role != Role.MENTEE or getattr(membership, "confirmed", True):
        return False
    noticed = membership.state == MembershipState.ACCEPTED and getattr(membership, "noticed", False)
    return noticed and is_grown(membership, today_of(membership.programme, now))


def _first(
    leads: list[Lead],
    ats: list[Together],
    going: list[Pair],
    members: list[Membership],
    pairs: list[Pair],
    person: Person,
    now: datetime,
) -> Home:
    """The home without what else waits: of the most urgent thing, else of the pair that goes first."""
    lead = next((each for each in leads if each.thing.key not in ASIDE), None)
    at = lead.at if lead else next(iter(ats), None)
    if at:
        return _active(at)
    pair = lead.pair if lead else next(iter(going), None)
    if pair:
        # What only the page of one pair knows is not asked where others are gathered too.
        return _of_lead(lead, person) if ats and lead else _with_pair(pair, person, members, now)
    waiting = [each for each in members if each.state != MembershipState.COMPLETED]
    if pairs and not waiting:
        return Home("ended", pair=pairs[0], side=side_of(pairs[0], person))
    if lead and lead.membership:
        return _of_lead(lead, person) if ats else _without_pair([lead.membership], now)
    return _without_pair(waiting, now)


def _of_lead(lead: Lead, person: Person) -> Home:
    stage = {"answer": "proposed", "grown": "grown"}.get(lead.thing.key, "prepare")
    side = side_of(lead.pair, person) if lead.pair else ""
    return Home(stage, membership=lead.membership, pair=lead.pair, side=side, until=lead.thing.due)


def _is(lead: Lead, home: Home) -> bool:
    """Whether a thing is what the page already says, largest."""
    same = lead.pair == home.pair if lead.pair else lead.membership == home.membership
    return same and lead.at is None and lead.thing.key not in ASIDE


def _whose(lead: Lead) -> str:
    """With whom, and in which programme."""
    if lead.at and lead.thing.key not in OF_MENTEE:
        return f"{lead.at.other.first_name}, {lead.at.pair.programme}"
    programme = lead.pair.programme if lead.pair else lead.membership.programme if lead.membership else ""
    return str(programme)


def managed_by(person: Person) -> QuerySet[Programme]:
    """The programmes that a person manages, those that go first."""
    found = allowed(ProgrammeAction.MANAGE, person, Programme.objects.all())
    going = Case(When(state__in=[ProgrammeState.RUNNING, ProgrammeState.CLOSING], then=0), default=1)
    return with_methodology(found).order_by(going, "-starts", "pk")


@compiled()
def _pairs(person: Person) -> QuerySet[Pair]:
    memberships = Membership.objects.filter(person=person).values("pk")
    own = Q(mentor__in=memberships) | Q(mentee__in=memberships)
    answered = Answer.objects.filter(pair=OuterRef("pk"))
    by_mentor = answered.filter(side="mentor")
    by_mentee = answered.filter(side="mentee")
    return with_diary(Pair.objects.filter(own).exclude(NEVER_BEGAN)).annotate(
        mentor_answered=Exists(by_mentor), mentee_answered=Exists(by_mentee)
    )


@compiled(now=DateTimeField(), today=DateField(), since=DateTimeField(), told=DateTimeField())
def _members(
    person: Person, now: datetime, today: date, since: datetime, told: datetime
) -> QuerySet[Membership]:
    alive = (MembershipState.APPLIED, MembershipState.WAITING, MembershipState.ACCEPTED)
    own = memberships_of(person)
    made = Preparation.objects.filter(membership=OuterRef("pk"))
    steps = {
        "trained": Exists(made.filter(step=StepKey.TRAINING)),
        "noticed": Exists(made.filter(step=StepKey.NOTICE)),
        "confirmed": Exists(made.filter(step=StepKey.GROWN)),
    }
    found = own.filter(state__in=[*alive, MembershipState.COMPLETED]).annotate(**steps)
    return with_days(with_report(with_survey(with_unanswered(found, now)), today), since, told)


def _ready(mine: Membership, now: datetime) -> bool:
    return all_prepared([mine], today_of(mine.programme, now))


def _active(at: Together) -> Home:
    return Home("active", at.pair.member(at.side), at.pair, at.side, at=at, things=things_of(at))


def _with_pair(pair: Pair, person: Person, members: list[Membership], now: datetime) -> Home:
    side = side_of(pair, person)
    mine = next((each for each in members if each.pk == pair.member(side).pk), None)
    stage = _stage(pair, side, mine, now)
    if stage == "waits" and both_prepared(pair, now):
        # The worker begins the pair within seconds.
        stage = "begins"
    return _with_step(Home(stage, membership=mine, pair=pair, side=side), now)


def _with_step(home: Home, now: datetime) -> Home:
    """A home that leads to the preparation says which step comes, and whose it is."""
    mine = home.membership
    if home.stage not in ("prepare", "paused") or mine is None:
        return home
    step = preparing(mine, today_of(mine.programme, now)).next
    asked = Guardian.objects.filter(membership=mine, withdrawn_at=None)
    return replace(home, step=step, asked_at_home=step == "permission" and asked.exists())


def _stage(pair: Pair, side: str, mine: Membership | None, now: datetime) -> str:
    if pair.state == PairState.PROPOSED:
        return "answered" if getattr(pair, f"{side}_answered", False) else "proposed"
    if pair.state == PairState.ACCEPTED:
        return "waits" if mine is None or _ready(mine, now) else "prepare"
    return str(pair.state)


def _without_pair(members: list[Membership], now: datetime) -> Home:
    mine = next(iter(members), None)
    if mine is None:
        return Home("none")
    if mine.state in (MembershipState.APPLIED, MembershipState.WAITING):
        return Home("applied", membership=mine)
    home = Home("unpaired" if _ready(mine, now) else "prepare", membership=mine)
    return _with_step(home, now)
