"""The investor day: as many rooms as it takes, each with its order and its jurors (methodology §10)."""

from datetime import date, datetime, time, timedelta
from random import Random

from varpa.businessplans.models import PlanState
from varpa.defence.actions.days import announce_defence, begin_defence, finish_defence, make_defence
from varpa.defence.actions.jurors import add_lead_partner
from varpa.defence.actions.order import draw_order
from varpa.defence.actions.stage import close_slot, mark_absent, start_slot
from varpa.defence.actions.words import say_word
from varpa.defence.funding import eligible_jurors
from varpa.defence.models import Defence, Juror, Slot
from varpa.defence.queries import slots_of, submitted_plans
from varpa.methodology import EvidenceKind
from varpa.site.replay.dates import free_day
from varpa.site.replay.gathering import PLACE
from varpa.site.replay.house import House
from varpa.site.replay.stage import Course

PLACES, MINUTES = 20, 12
BUDGET = 100_000_00
INVESTS, COMES = 0.8, 0.96
"""How often a juror who speaks also gives, and a mentee who is to present comes."""
SPEAK = 6
"""How many jurors at most say something to one plan; each has money enough for every slot."""
BEFORE_THE_END, ANNOUNCED_BEFORE = timedelta(days=9), timedelta(days=8)


def defend(house: House) -> Course:
    """From the draft to the protocol; nothing where the methodology asks for no defence."""
    day = _day(house)
    if day is None or day - ANNOUNCED_BEFORE <= house.today:
        return
    yield house.dates.at(day - ANNOUNCED_BEFORE, 11)
    chance = Random(f"{house.seed}/defence")
    rooms = -(-submitted_plans(house.programme.pk).count() // PLACES)
    for defence in [_announced(house, day, chance, number) for number in range(rooms)]:
        house.stage.begin(_held(house, day, defence, Random(f"{house.seed}/{defence.seed}")))


def _day(house: House) -> date | None:
    """The last free day of the period, but before the pairs have come to their end."""
    window = house.window(EvidenceKind.DEFENCE_HELD)
    if window is None:
        return None
    last = min(window.ends, house.dates.closes) - BEFORE_THE_END
    return free_day(max(window.starts, last))


def _announced(house: House, day: date, chance: Random, number: int) -> Defence:
    """A room with its order, its jurors told."""
    seed = chance.randint(1, 999_999)
    defence = house.stage.do(
        make_defence,
        programme=house.programme,
        seed=seed,
        by=house.lead,
        starts_local=datetime.combine(day, time(10)),
        zone=house.programme.zone,
        minutes=MINUTES,
        break_after=5,
        break_minutes=15,
        place=f"{PLACE} ({number + 1})" if number else PLACE,
        mode="investment",
        budget=BUDGET,
        tie="shared",
        places=PLACES,
    )
    house.stage.do(add_lead_partner, defence=defence, by=house.lead)
    house.stage.do(draw_order, defence=defence, seed=seed, by=house.manager)
    house.stage.do(announce_defence, defence=defence, by=house.manager)
    return defence


def _held(house: House, day: date, defence: Defence, chance: Random) -> Course:
    yield house.dates.at(day, 10)
    house.stage.do(begin_defence, defence=defence, by=house.manager)
    slots, heard = list(slots_of(defence)), set[int]()
    gift = BUDGET // max(len(slots), 1)
    for number, slot in enumerate(slots):
        yield house.dates.at(day, 10) + timedelta(minutes=(MINUTES + 1) * number)
        slot.defence = defence
        if not slot.plan or slot.plan.state != PlanState.SUBMITTED or chance.random() > COMES:
            house.stage.do(mark_absent, slot=slot, by=house.manager)
            continue
        house.stage.do(start_slot, slot=slot, by=house.manager)
        yield house.dates.at(day, 10) + timedelta(minutes=(MINUTES + 1) * number + 8)
        heard |= _judge(house, slot, gift, chance, heard)
        house.stage.do(close_slot, slot=slot, by=house.manager)
    yield house.dates.at(day, 18)
    house.stage.do(finish_defence, defence=defence, by=house.manager)


def _judge(house: House, slot: Slot, gift: int, chance: Random, heard: set[int]) -> set[int]:
    """Some of those who could fund the plan say what they think and mostly give; the silent ones first."""
    able = list(eligible_jurors(slot).select_related("person").order_by("pk"))
    chance.shuffle(able)
    speaking = sorted(able, key=lambda juror: juror.pk in heard)[:SPEAK]
    for juror in speaking:
        amount = gift * chance.randint(3, 10) // 10 if chance.random() < INVESTS else 0
        _say(house, slot, juror, amount)
    return {juror.pk for juror in speaking}


def _say(house: House, slot: Slot, juror: Juror, amount: int) -> None:
    words = house.words(juror.language)
    said = {"convinced": words.one("investor_convinced"), "next": words.one("investor_next")}
    house.stage.do(say_word, slot=slot, juror=juror, **said, amount=amount, revision=0)
