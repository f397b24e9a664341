"""Making pairs by hand: proposed, answered, refused, matched again; and the beginning of their lives."""

from datetime import timedelta
from random import Random

from varpa.pairs.actions.pairs import answer_proposal, propose_pair
from varpa.pairs.models import Outcome, Pair, PairState, Side
from varpa.pairs.queries import with_people
from varpa.programmes.actions.memberships import withdraw_member
from varpa.site.replay.crowd import Match
from varpa.site.replay.house import Asked, House
from varpa.site.replay.joining import apply, hurry
from varpa.site.replay.life import Life
from varpa.site.replay.stage import Course
from varpa.site.replay.temper import Temper
from varpa.site.replay.way import whole_way
from varpa.site.replay.words import Words


def match_first(house: House, match: Match, tempers: list[Temper], number: int) -> Course:
    """Propose a pair when the training is over, and let both answer."""
    dates = house.dates
    first = (dates.training or dates.opens - timedelta(days=8)) + timedelta(days=1)
    yield house.between(first, max(dates.opens - timedelta(days=4), first))
    yield from propose(house, Asked(match, tempers[0], tempers[1:], number))


def propose(house: House, asked: Asked) -> Course:
    """Ask both for a yes. Where one says no, the manager looks for another mentor."""
    mentor = house.members[asked.match.mentors[0].email].membership
    mentee = house.members[asked.match.mentee.email].membership
    pair = house.stage.do(propose_pair, mentor=mentor, mentee=mentee, by=house.manager)
    refuses = house.chance.choice((Side.MENTOR, Side.MENTEE)) if asked.temper.ends == "declined" else ""
    for side in house.chance.sample((Side.MENTOR, Side.MENTEE), 2):
        yield house.between(house.today, house.today + timedelta(days=4 if asked.temper.late else 2))
        yes = side != refuses
        house.stage.do(answer_proposal, pair=pair, yes=yes, by=pair.member(side).person)
        if not yes:
            break
    if pair.state == PairState.ENDED:
        yield from match_again(house, asked, leaves=refuses == Side.MENTOR)
    else:
        house.expect(pair, asked)


def match_again(house: House, asked: Asked, *, leaves: bool) -> Course:
    """A new mentor for a mentee whose pair did not come about, or whose mentor has vanished."""
    if leaves:
        yield house.between(house.today + timedelta(days=1), house.today + timedelta(days=6))
        mentor = house.members[asked.match.mentors[0].email].membership
        house.stage.do(withdraw_member, membership=mentor, by=house.manager)
    if not asked.later:
        return
    match = Match(asked.match.mentee, asked.match.idea, asked.match.language, asked.match.mentors[1:])
    member = house.members.get(match.mentors[0].email) or apply(house, match.mentors[0])
    yield house.between(house.today + timedelta(days=1), house.today + timedelta(days=5))
    yield from hurry(house, member)
    yield from propose(house, Asked(match, asked.later[0], asked.later[1:], asked.number))


def begin_lives(house: House) -> None:
    """Begin the lives of the pairs that have become active since yesterday."""
    if not house.asked:
        return
    for pair in with_people(Pair.objects.filter(pk__in=list(house.asked), state=PairState.ACTIVE)):
        asked = house.asked.pop(pair.pk)
        life = a_life(house, pair, asked)
        house.lives.append(life)
        life.begin(whole_way(life))
        if asked.later:
            house.stage.begin(_again_when_vanished(house, life, asked))


def a_life(house: House, pair: Pair, asked: Asked) -> Life:
    """A pair's life, with chances of its own: what others do changes nothing in it."""
    chance = Random(f"{house.seed}/{asked.number}/{len(asked.later)}")
    return Life(
        stage=house.stage,
        dates=house.dates,
        methodology=house.methodology,
        pair=pair,
        temper=asked.temper,
        words=Words(asked.match.language, asked.match.idea, chance),
        chance=chance,
        manager=house.manager,
        guardian=asked.match.mentee.guardian,
    )


def _again_when_vanished(house: House, life: Life, asked: Asked) -> Course:
    while not life.over:
        yield house.hour(house.today + timedelta(days=7))
    if life.pair.outcome == Outcome.REMATCHED:
        yield from match_again(house, asked, leaves=True)
