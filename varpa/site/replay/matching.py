"""The manager matches by runs, as on the pages; both answer; who is left alone is matched again."""

from collections.abc import Iterable
from datetime import timedelta
from random import Random

from varpa.kernel import clock
from varpa.matching.actions.asking import AT_ONCE, ask_for_lines
from varpa.matching.actions.choices import decide
from varpa.matching.actions.going import do_all
from varpa.matching.actions.proposals import USUAL_DAYS, propose_lines
from varpa.matching.actions.runs import ask_run
from varpa.matching.forms import USUAL_RULES
from varpa.matching.models import ChoiceKind, Run, RunState
from varpa.matching.parts import WEIGHTS
from varpa.matching.queries.answers import proposable
from varpa.matching.queries.boards import lines_of
from varpa.pairs.actions.pairs import MAKING_PAIRS, answer_proposal
from varpa.pairs.models import OPEN, Outcome, Pair, PairState, Side
from varpa.pairs.queries import with_people
from varpa.programmes.actions.memberships import withdraw_member
from varpa.programmes.models import Membership, MembershipState
from varpa.site.replay.house import House, Seeking
from varpa.site.replay.joining import apply, hurry
from varpa.site.replay.life import Life
from varpa.site.replay.stage import Course
from varpa.site.replay.way import whole_way
from varpa.site.replay.words import Words


def match_everybody(house: House) -> Course:
    """When the training is over, match the whole cohort, look at it over night, and ask the pairs."""
    dates = house.dates
    first = (dates.training or dates.opens - timedelta(days=8)) + timedelta(days=1)
    yield house.between(first, max(dates.opens - timedelta(days=6), first))
    if len(house.seeking) > 1:
        lock(house, house.seeking[0])
    run = work_run(house)
    yield house.hour(house.today + timedelta(days=1))
    members = {_mentee(house, each).pk: each for each in house.seeking}
    for pair in ask_pairs(house, run, members):
        house.stage.begin(answer(house, pair, members[pair.mentee_id]))


def lock(house: House, seeking: Seeking) -> None:
    """Two who know each other already are decided before the run, which then finds the others."""
    mentor = house.members[seeking.seeker.mentors[0].email].membership
    given = {"kind": ChoiceKind.LOCK, "mentee": _mentee(house, seeking), "mentor": mentor}
    why = house.words(house.manager.language).one("together")
    house.stage.do(decide, programme=house.programme, **given, why=why, by=house.manager)


def work_run(house: House) -> Run:
    """Begin a run by the usual rules and weights; what the worker does at once, is done at once."""
    weights = {key.value: weight for key, weight in WEIGHTS.items()}
    given = {"programme": house.programme, "rules": USUAL_RULES, "weights": weights, "by": house.manager}
    run = house.stage.do(ask_run, **given)
    do_all(clock.now)
    run.refresh_from_db()
    assert run.state == RunState.DONE, run.failure
    return run


def ask_pairs(house: House, run: Run, mentees: Iterable[int], days: int = USUAL_DAYS) -> list[Pair]:
    """Tick the lines of these mentees, by their keys, and ask both of each; answers the pairs proposed."""
    listed = list(proposable(run, lines_of(run)).filter(mentee__membership__in=mentees))
    if listed:
        asking = ask_for_lines if len(listed) > AT_ONCE else propose_lines
        house.stage.do(asking, run=run, lines=listed, days=days, by=house.manager)
        do_all(clock.now)
    asked = Pair.objects.filter(mentee__in=mentees, state=PairState.PROPOSED)
    return list(with_people(asked).order_by("pk"))


def answer(house: House, pair: Pair, seeking: Seeking) -> Course:
    """Both answer before the time is over. Where one says no, the manager looks for another mentor."""
    assert pair.answer_by is not None
    temper = seeking.temper
    refuses = house.chance.choice((Side.MENTOR, Side.MENTEE)) if temper.ends == "declined" else ""
    for side in house.chance.sample((Side.MENTOR, Side.MENTEE), 2):
        last = house.today + timedelta(days=4 if temper.late else 2)
        yield house.between(house.today, min(last, house.dates.day(pair.answer_by)))
        yes, person = side != refuses, pair.member(side).person
        reason = "" if yes else house.words(person.language).one("rather_not", side)
        house.stage.do(answer_proposal, pair=pair, yes=yes, reason=reason, by=person)
        if not yes:
            break
    if pair.state == PairState.ENDED:
        yield from match_again(house, pair, seeking, leaves=refuses == Side.MENTOR)
    else:
        house.expect(pair, seeking)


def match_again(house: House, pair: Pair, seeking: Seeking, *, leaves: bool) -> Course:
    """A small run for a mentee whose pair did not come about, or whose mentor has vanished: no other moves.

    `leaves`: the mentor takes part no more.
    """
    if leaves:
        mentor = house.members[pair.mentor.person.email or ""].membership
        # Another run may have found this mentor in the meantime: then the two begin.
        if not Pair.objects.filter(mentor=mentor, state__in=OPEN).exists():
            house.stage.do(withdraw_member, membership=mentor, by=house.manager)
        yield house.between(house.today + timedelta(days=1), house.today + timedelta(days=6))
    later = seeking.later
    if later is None or house.programme.state not in MAKING_PAIRS:
        let_go(house, seeking)
        return
    waiting = later.seeker.mentors[0]
    member = house.members.get(waiting.email) or apply(house, waiting)
    yield house.between(house.today + timedelta(days=1), house.today + timedelta(days=5))
    yield from hurry(house, member)
    asked = ask_pairs(house, work_run(house), [_mentee(house, seeking).pk])
    if not asked:
        let_go(house, seeking)
    for each in asked:
        yield from answer(house, each, later)


def let_go(house: House, seeking: Seeking) -> None:
    """Nobody else is there who could be the mentor: the mentee leaves, and may apply again another year."""
    mentee = _mentee(house, seeking)
    mentee.refresh_from_db(fields=["state"])
    if mentee.state == MembershipState.ACCEPTED:
        house.stage.do(withdraw_member, membership=mentee, by=house.manager)


def begin_lives(house: House) -> None:
    """Begin the lives of the pairs that have become active since yesterday."""
    if not house.asked:
        return
    for pair in with_people(Pair.objects.filter(pk__in=list(house.asked), state=PairState.ACTIVE)):
        seeking = house.asked.pop(pair.pk)
        life = a_life(house, pair, seeking)
        house.lives.append(life)
        life.begin(whole_way(life))
        if seeking.temper.ends == "vanished":
            house.stage.begin(_again_when_vanished(house, life, seeking))


def a_life(house: House, pair: Pair, seeking: Seeking) -> Life:
    """A pair's life, with chances of its own: what others do changes nothing in it.

    The two write in the mentee's language where the mentor speaks it, else in English.
    """
    chance = Random(f"{house.seed}/{seeking.number}/{len(seeking.tempers) - 1}")
    mentee, mentor = seeking.seeker.mentee, house.members[pair.mentor.person.email or ""].applicant
    language = mentee.home if mentee.home in mentor.said["languages"] else "en"
    return Life(
        stage=house.stage,
        dates=house.dates,
        methodology=house.methodology,
        pair=pair,
        temper=seeking.temper,
        words=Words(language, seeking.seeker.idea, chance),
        chance=chance,
        manager=house.manager,
        guardian=mentee.guardian,
    )


def _again_when_vanished(house: House, life: Life, seeking: Seeking) -> Course:
    while not life.over:
        yield house.hour(house.today + timedelta(days=7))
    if life.pair.outcome == Outcome.REMATCHED:
        yield from match_again(house, life.pair, seeking, leaves=True)


def _mentee(house: House, seeking: Seeking) -> Membership:
    return house.members[seeking.seeker.mentee.email].membership
