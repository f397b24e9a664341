"""What invented people say of how they take part: enough for matching to find reasons, and not all alike."""

from collections.abc import Sequence
from random import Random
from typing import Any

from varpa.calls.words import TRAVEL
from varpa.matching.queries.moves import kilometres
from varpa.programmes.models import Computer
from varpa.programmes.week import TIMES
from varpa.site.replay.words import ideas, names, sectors_of

NEAREST, NEAR = 4, 0.75
"""Most mentors have their company in one of so many towns that are nearest to a mentee."""
AT_SCHOOL = {"mon", "tue", "wed", "thu", "fri"}
COMPUTERS = (*(Computer.OWN,) * 7, Computer.PHONE, Computer.PHONE, Computer.NONE)


def mentee_says(idea: str, home: str, town: str, chance: Random, *, abroad: bool) -> dict[str, Any]:
    """A pupil: two interests, the times after school; English only where the idea has texts in it."""
    first, second = sectors_of(idea)
    other = sectors_of(chance.choice(ideas(home)))[0]
    english = abroad or (idea in ideas("en") and chance.random() < 0.4)
    times = [each for each in TIMES if _after_school(each)]
    return {
        "languages": [home, "en"] if english else [home],
        "interests": list(dict.fromkeys((first, chance.choice((second, other))))),
        "region": town,
        "availability": _some(times, chance),
        "computer": chance.choice(COMPUTERS),
    }


def mentor_says(idea: str, home: str, town: str, chance: Random, *, abroad: bool) -> dict[str, Any]:
    """An entrepreneur: what the company does, the times beside work, a place for one mentee."""
    other = "lt" if home == "lv" else "lv"
    spoken = [
        home,
        *(["en"] if abroad or chance.random() < 0.5 else []),
        *([other] if chance.random() < 0.15 else []),
        *(["ru"] if chance.random() < 0.4 else []),
    ]
    sectors = sectors_of(idea)
    times = [each for each in TIMES if not each.startswith("sun") and not each.endswith("afternoon")]
    return {
        "languages": spoken,
        "interests": list(sectors[: chance.choice((1, 2, 2))]),
        "region": town,
        "availability": _some([*times, "wed-afternoon", "thu-afternoon"], chance),
        "capacity": 1,
    }


def near_towns(town: str, home: str, chance: Random) -> list[str]:
    """The towns of a country in one of which a company is: mostly the nearest to a town, at times all."""
    towns = [each[0] for each in names()[home]["towns"]]
    if not town or chance.random() > NEAR:
        return towns
    return sorted(towns, key=lambda each: (kilometres(town, each) or 0, each))[:NEAREST]


def travel_to(town: str, others: Sequence[str]) -> int:
    """What a mentee answers who would go to each of these towns."""
    farthest = max(kilometres(town, each) or 0 for each in others)
    return next(int(km) for km, _words in TRAVEL if int(km) >= farthest)


def _after_school(moment: str) -> bool:
    day, part = moment.split("-")
    return part != "morning" if day in AT_SCHOOL else day == "sat"


def _some(times: list[str], chance: Random) -> list[str]:
    chosen = set(chance.sample(times, chance.randint(3, 7)))
    return [each for each in TIMES if each in chosen]
