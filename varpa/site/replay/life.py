"""One pair while it is lived through: its people, its words, its temper, and moments to come."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

from varpa.kernel import clock
from varpa.meetings.models import Meeting
from varpa.meetings.queries import hours_of
from varpa.methodology import Methodology
from varpa.methodology.marks import QuestionAct
from varpa.pairs.models import Goal, GoalStep, Pair, Side
from varpa.pairs.queries import agreed_choices
from varpa.people.models import Person
from varpa.site.replay.dates import Dates
from varpa.site.replay.stage import Course, Done, Stage
from varpa.site.replay.temper import Temper
from varpa.site.replay.words import Words

RHYTHM = 14


@dataclass
class Life:
    """A pair on the stage. `over`: it has ended; what its two still meant to do is not done any more.

    `gone`: the mentor has vanished, and the manager has not ended the pair yet. `drifts`: which of the two
    lets go: answers little, and leaves promises.
    """

    stage: Stage
    dates: Dates
    methodology: Methodology
    pair: Pair
    temper: Temper
    words: Words
    chance: Random
    manager: Person
    guardian: str = ""
    rhythm: int = RHYTHM
    over: bool = False
    gone: bool = False
    drifts: str = ""
    resting_until: datetime | None = None
    steps: list[tuple[Goal, list[GoalStep]]] = field(default_factory=list)
    progress: dict[str, str] = field(default_factory=dict)

    def person(self, side: str) -> Person:
        """One of the two."""
        return self.pair.member(side).person

    @property
    def mentor(self) -> Person:
        return self.pair.mentor.person

    @property
    def mentee(self) -> Person:
        return self.pair.mentee.person

    def act_of(self, meeting: Meeting) -> str:
        """What holding the meeting means."""
        return self.methodology.kind(meeting.kind).acts

    @property
    def today(self) -> date:
        return self.dates.day(clock.now())

    def do(self, action: Callable[..., Done], **given: object) -> Done:
        """One action of one of the two, or about them."""
        return self.stage.do(action, **given)

    def begin(self, course: Course) -> None:
        """Begin what somebody does beside everything else; it stops when the pair ends, and rests with it."""
        self.stage.begin(self._while_together(course))

    def _while_together(self, course: Course) -> Course:
        for moment in course:
            yield moment
            if self.resting_until and clock.now() < self.resting_until:
                yield self.resting_until + timedelta(minutes=self.chance.randint(1, 600))
            if self.over:
                return

    def maybe(self, share: float) -> bool:
        """Whether something happens that happens this often."""
        return self.chance.random() < share

    def soon(self, hours: tuple[float, float]) -> datetime:
        """A moment some hours ahead."""
        return clock.now() + timedelta(minutes=round(60 * self.chance.uniform(*hours)))

    def evening(self, days: tuple[int, int]) -> datetime:
        """An evening some days ahead."""
        day = self.today + timedelta(days=self.chance.randint(*days))
        moment = self.dates.at(day, self.chance.randint(17, 21), self.chance.randint(0, 59))
        return max(moment, clock.now() + timedelta(minutes=5))

    def means(self, *, in_person: bool) -> list[str]:
        """The means that the two use, best first: the agreed ones, else those that both have, else any."""
        kinds = {each.key: each.in_person for each in self.methodology.means}
        agreed = agreed_choices(self.pair).get(QuestionAct.MEANS)
        both = [key for key in self.pair.mentor.means if key in self.pair.mentee.means]
        preferred = agreed if isinstance(agreed, list) and agreed else both
        fitting = [key for key in preferred if kinds[key] == in_person]
        return fitting or [key for key, met in kinds.items() if met == in_person] or list(kinds)

    def minutes_left(self) -> int:
        """Minutes of the target that are neither confirmed nor waiting for a yes."""
        hours = hours_of(self.pair)
        return max(hours.target - hours.confirmed - hours.waiting, 0)

    def other(self, side: str) -> str:
        return Side.MENTEE if side == Side.MENTOR else Side.MENTOR
