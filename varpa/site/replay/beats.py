"""The meetings of a pair laid out over its time: which kinds, on which days, how long."""

from dataclasses import dataclass
from datetime import date, timedelta

from varpa.methodology import EvidenceKind
from varpa.methodology.marks import KindAct
from varpa.site.replay.life import Life

MINUTES = {
    KindAct.FIRST: (60, 75, 90),
    KindAct.VISIT: (150, 180, 210, 240),
    KindAct.ROLE_SWAP: (75, 90),
    KindAct.REHEARSAL: (45, 60),
    KindAct.CLOSING: (60, 75),
}
"""How long meetings of a kind are planned; the regular ones share what is left of the hours."""
REGULAR = (45, 60, 60, 75)
LONGEST_REGULAR = 240
SHORTEST_GAP = 4
PLENTY = 1.1
WRITTEN = 0.12
"""The share of the hours that is written between meetings."""
LAST_WEEKS = (20, 32)
"""How many days before everything is due the two meet for the last time: hours wait two weeks for a yes."""
EARLY = {
    KindAct.VISIT: (EvidenceKind.VISIT_HELD, 0.55),
    KindAct.ROLE_SWAP: (EvidenceKind.ROLE_SWAP_HELD, 0.8),
}
"""What the calendar wants by a day, and after which part of the time until then it takes place."""
ENDINGS = (KindAct.REHEARSAL, KindAct.CLOSING)


@dataclass(frozen=True)
class Beat:
    """One meeting that is ahead."""

    kind: str
    act: str
    day: date
    minutes: int
    trouble: str = ""


def beats(life: Life) -> list[Beat]:
    """All meetings ahead, by the methodology's kinds and hours, from now until the last weeks."""
    kinds = _kinds(life)
    lengths = {act: life.chance.choice(MINUTES[KindAct(act)]) for act in kinds if KindAct(act) in MINUTES}
    first = life.today + timedelta(days=life.chance.randint(2, 7))
    last = life.dates.closes - timedelta(days=life.chance.randint(*LAST_WEEKS))
    span = max((last - first).days, 5)
    written = WRITTEN if any(not each.in_person for each in life.methodology.means) else 0.0
    left = life.methodology.hours_minutes * (PLENTY - written) - sum(lengths.values())
    minutes = life.chance.choice(REGULAR)
    while span * minutes < SHORTEST_GAP * left and minutes < LONGEST_REGULAR:
        minutes += 15
    acts = _order(life, kinds, max(-(-round(left) // minutes), 2), first, span)
    life.rhythm = min((7, 10, 14), key=lambda each: abs(each - span // len(acts)))
    troubles = _troubles(life, acts)
    return [
        Beat(
            kinds[act],
            act,
            first + timedelta(days=at * span // (len(acts) - 1)),
            lengths.get(act, minutes),
            troubles.get(at, ""),
        )
        for at, act in enumerate(acts)
    ]


def next_beat(life: Life, ahead: list[Beat]) -> Beat:
    """The next meeting; before the last ones another regular one, as long as hours would be missing."""
    if ahead[0].act in ENDINGS and life.today < life.dates.closes:
        missing = round(life.minutes_left() * 1.03) - sum(each.minutes for each in ahead)
        if missing > 0:
            kind = _kinds(life)[KindAct.REGULAR]
            days = max(min((ahead[0].day - life.today).days // 2, life.rhythm), 1)
            length = min(max(missing, 30), LONGEST_REGULAR)
            return Beat(kind, KindAct.REGULAR, life.today + timedelta(days=days), length)
    return ahead.pop(0)


def _kinds(life: Life) -> dict[str, str]:
    """For each meaning the first kind of meeting that has it; without a role swap that is to be excused."""
    found: dict[str, str] = {}
    for kind in life.methodology.kinds:
        found.setdefault(kind.acts, kind.key)
    if life.temper.excuse:
        found.pop(KindAct.ROLE_SWAP, None)
    return found


def _order(life: Life, kinds: dict[str, str], regular: int, first: date, span: int) -> list[str]:
    acts: list[str] = [KindAct.FIRST, *[KindAct.REGULAR] * regular]
    acts += [act for act in ENDINGS if act in kinds]
    for act, (evidence, part) in EARLY.items():
        if act in kinds:
            due = life.dates.due.get(evidence, first + timedelta(days=span * 2 // 3))
            share = (due - first).days * (1.1 if life.temper.late else part) / span
            at = round(min(max(share, 0.1), 0.85) * len(acts))
            acts.insert(min(max(at, 2), 1 + regular), act)
    return acts


def _troubles(life: Life, acts: list[str]) -> dict[int, str]:
    regular = [at for at, act in enumerate(acts) if act == KindAct.REGULAR]
    troubles = life.temper.troubles[: len(regular)]
    return dict(zip(life.chance.sample(regular, len(troubles)), troubles, strict=True))
