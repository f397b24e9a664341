"""How diligent people are, and what befalls a pair: one temper for each, in a fixed order."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Temper:
    """What a pair is like.

    `troubles` befall its meetings: moved, cancelled, missed_mentor, missed_mentee. `ends`: early, vanished
    (the mentor) or declined (one of the two says no); where it `drifts` not at once, but with signs before.
    `again`: the mentee before gets a new mentor.
    `diary` is the share of meetings that the mentor writes about.
    """

    troubles: tuple[str, ...] = ()
    ends: str = ""
    drifts: bool = False
    again: bool = False
    late: bool = False
    silent: bool = False
    objects: bool = False
    unsettled: bool = False
    pause: bool = False
    excuse: bool = False
    leaves_out: bool = False
    amends: bool = False
    own_words: bool = False
    diary: float = 0.8


TEMPERS: Final = (
    Temper(diary=1.0, amends=True),
    Temper(troubles=("moved",), leaves_out=True),
    Temper(troubles=("missed_mentee", "moved", "moved"), late=True, diary=0.6),
    Temper(troubles=("moved",), objects=True),
    Temper(troubles=("cancelled",), silent=True, own_words=True),
    Temper(ends="early", troubles=("moved",)),
    Temper(pause=True, troubles=("moved",), amends=True),
    Temper(ends="vanished"),
    Temper(again=True, troubles=("moved",), diary=0.9),
    Temper(ends="declined"),
    Temper(again=True),
    Temper(unsettled=True, objects=True, troubles=("cancelled", "moved")),
    Temper(troubles=("missed_mentor", "moved"), diary=0.7),
    Temper(excuse=True, late=True),
    Temper(diary=1.0, leaves_out=True, amends=True),
    Temper(silent=True, troubles=("missed_mentee",), diary=0.5),
    Temper(objects=True, troubles=("moved", "cancelled")),
    Temper(ends="early", drifts=True, late=True, troubles=("missed_mentee",)),
    Temper(own_words=True, diary=0.7),
    Temper(ends="vanished", drifts=True, late=True),
    Temper(again=True, late=True, troubles=("moved",)),
    Temper(troubles=("moved", "moved"), leaves_out=True),
    Temper(pause=True, silent=True, diary=0.6),
    Temper(amends=True, troubles=("missed_mentor",)),
)


RUNNING: Final = (
    [TEMPERS[0]],
    [TEMPERS[1]],
    [TEMPERS[9], TEMPERS[10]],
    [TEMPERS[3]],
    [TEMPERS[4]],
    [TEMPERS[5]],
    [TEMPERS[6]],
    [TEMPERS[7], TEMPERS[8]],
)
"""Those of the demonstration's programme of today: one has said no before its middle and is matched again."""


def tempers(pairs: int) -> list[list[Temper]]:
    """The tempers of so many pairs, those of one mentee together."""
    found: list[list[Temper]] = []
    for number in range(pairs):
        temper = TEMPERS[number % len(TEMPERS)]
        if temper.again and found:
            found[-1].append(temper)
        else:
            found.append([temper])
    return found
