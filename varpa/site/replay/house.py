"""A programme on the stage: its staff, its dates, its members, the lives of its pairs."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from random import Random

from varpa.kernel import clock
from varpa.kernel.refs import new_ref
from varpa.kernel.text import TranslatedText
from varpa.methodology import EvidenceKind, Methodology, Window
from varpa.pairs.models import Pair
from varpa.people.models import Organisation, Person
from varpa.programmes.actions.appointing import appoint_manager
from varpa.programmes.actions.beginning import begin_programme
from varpa.programmes.actions.memberships import add_member
from varpa.programmes.actions.partners import add_partner
from varpa.programmes.models import Membership, MembershipState, Programme, Role
from varpa.site.replay.crowd import Applicant, Seeker
from varpa.site.replay.dates import Dates
from varpa.site.replay.life import Life
from varpa.site.replay.looking import Looks
from varpa.site.replay.stage import Stage
from varpa.site.replay.temper import Temper
from varpa.site.replay.words import Words, names

LATS_UNTIL = 2014
AFTERMATH = timedelta(days=40)
"""How long after its end something is still due in a pair: a diary that was left behind is sealed."""


@dataclass
class Member:
    """Somebody who takes part, and how diligent they are."""

    applicant: Applicant
    membership: Membership
    late: bool = False
    present: bool = True


@dataclass(frozen=True)
class Seeking:
    """A mentee who is to get a mentor, and what that pair and those after it are like."""

    seeker: Seeker
    tempers: list[Temper]
    number: int

    @property
    def temper(self) -> Temper:
        """What the pair is like that is made next."""
        return self.tempers[0]

    @property
    def later(self) -> "Seeking | None":
        """The mentee once that pair is no more; None: nobody else waits who could be the mentor."""
        if len(self.tempers) < 2:
            return None
        seeker = replace(self.seeker, mentors=self.seeker.mentors[1:])
        return Seeking(seeker, self.tempers[1:], self.number)


@dataclass
class House:
    """Everything that the staff of one programme knows while it is lived through."""

    stage: Stage
    dates: Dates
    methodology: Methodology
    programme: Programme
    lead: Person
    manager: Person
    chance: Random
    seed: str
    members: dict[str, Member] = field(default_factory=dict)
    """By address."""
    seeking: list[Seeking] = field(default_factory=list)
    """The mentees who seek a mentor before the pairs begin."""
    asked: dict[int, Seeking] = field(default_factory=dict)
    """Pairs that may begin, by their key."""
    lives: list[Life] = field(default_factory=list)
    looks: Looks = field(default_factory=list)
    """What the support view said, once a week."""

    def words(self, language: str) -> Words:
        """General words of the staff."""
        return Words(language, "ceramics", self.chance)

    def maybe(self, share: float) -> bool:
        return self.chance.random() < share

    @property
    def today(self) -> date:
        return self.dates.day(clock.now())

    def hour(self, day: date, first: int = 9, last: int = 17) -> datetime:
        """Some moment of a working day, never before now."""
        moment = self.dates.at(day, self.chance.randint(first, last), self.chance.randint(0, 59))
        return max(moment, clock.now() + timedelta(minutes=1))

    def window(self, evidence: EvidenceKind, survey: str = "") -> Window | None:
        """When the calendar asks for a kind of evidence, for that of one survey; None: it never does."""
        asked = (
            self.dates.calendar[each.key]
            for each in self.methodology.activities()
            if each.evidence == evidence and each.survey == survey
        )
        return next(asked, None)

    def between(self, first: date, last: date) -> datetime:
        """Some moment between two days."""
        days = max((last - first).days, 0)
        return self.hour(first + timedelta(days=self.chance.randint(0, days)))

    def lived(self, pair: Pair) -> Life:
        """The life of a pair that has begun."""
        return next(life for life in self.lives if life.pair.pk == pair.pk)

    def stirs(self) -> bool:
        """Whether any pair waits for its beginning, goes on, or has ended within the last weeks."""
        lately = clock.now() - AFTERMATH
        ended = (life.pair.ended_at for life in self.lives)
        return bool(self.asked) or any(at is None or at > lately for at in ended)

    def expect(self, pair: Pair, seeking: Seeking) -> None:
        """A pair that has said yes: its life begins when both may be in contact."""
        self.asked[pair.pk] = seeking


def found_programme(
    stage: Stage,
    organisation: Organisation,
    lead: Person,
    manager: Person,
    *,
    methodology: Methodology,
    dates: Dates,
) -> Programme:
    """Begin the programme as its page does, and appoint its manager and the lead partner's person."""
    programme = stage.do(
        begin_programme,
        organisation=organisation,
        methodology=methodology,
        ref=new_ref(),
        name=programme_name(methodology, dates.starts, dates.ends),
        starts=dates.starts,
        ends=dates.ends,
        currency="LVL" if dates.starts.year < LATS_UNTIL else "EUR",
        by=lead,
    )
    stage.do(appoint_manager, programme=programme, person=manager, by=lead)
    name_partners(stage, programme, by=lead)
    role, state = Role.LEAD_PARTNER, MembershipState.ACCEPTED
    stage.do(add_member, programme=programme, person=lead, role=role, state=state, by=lead)
    return programme


def name_partners(stage: Stage, programme: Programme, *, by: Person) -> None:
    """The partners of the other countries get their names; that of the lead partner is the organisation's."""
    for country, name in names()["cast"]["partners"].items():
        stage.do(add_partner, programme=programme, name=name, country=country, by=by)


def programme_name(methodology: Methodology, starts: date, ends: date) -> TranslatedText:
    """How the programme is called: by its project, else by the title of its methodology, and its years."""
    years = "–".join(dict.fromkeys(str(day.year) for day in (starts, ends)))
    known = names()["programmes"].get(methodology.key)
    called = TranslatedText.same(known) if known else methodology.title
    return TranslatedText(**{code: f"{name}, {years}" for code, name in called.as_dict().items()})
