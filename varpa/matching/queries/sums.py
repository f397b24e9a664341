"""The figures of a run in words: what was asked, what came of it, whether it is fair."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from varpa.matching import words
from varpa.matching.models import ON_A_BOARD, Entrant, Run
from varpa.matching.parts import PART_NAMES, PartKey
from varpa.matching.queries.choices import Stands, Stated
from varpa.matching.queries.cohorts import Waiting
from varpa.matching.telling import in_the_week
from varpa.programmes.countries import country_name
from varpa.programmes.models import Gender, Role
from varpa.programmes.queries import methodology_of
from varpa.programmes.roles import role_name
from varpa.programmes.week import time_name
from varpa.sectors.sectors import sector_name
from varpa.ui.words import language_name


@dataclass(frozen=True)
class Group:
    """A line of the report: how many of a group have a mentor, and the mean of their points ("": too few)."""

    name: str
    mentees: int
    placed: int
    points: str


def unknown(found: Waiting) -> list[tuple[str, int, int]]:
    """(what is not known, of how many mentees, of how many mentors)."""
    names = {
        "languages": _("languages"),
        "interests": _("interests"),
        "topic": _("topic or experience"),
        "region": _("town"),
        "availability": _("times of the week"),
        "means": _("means of communication"),
    }
    return [(names[key], mentees, mentors) for key, mentees, mentors in found.unknown]


def sums_of(run: Run) -> dict[str, Any]:
    """The figures of a run; points as a reader sees them."""
    figures = run.figures
    placed = figures["placed"]
    return {
        **figures,
        "left": figures["mentees"] - placed,
        "total": words.points(figures["total"]),
        "mean": words.points(round(figures["total"] / placed)) if placed else "",
        "lowest": words.points(figures["lowest"]) if placed else "",
        "free": figures["places"] - placed,
        "fairness_costs": [
            (words.points(lowest), words.points(lost), _share(lost, figures["total"]))
            for lowest, lost in figures.get("fairness_costs", [])
        ],
        "rules": rules_of(run),
        "weights": [(PART_NAMES[key], run.weights.get(key.value, 0)) for key in PartKey],
    }


def _share(part: int, whole: int) -> str:
    """In percent, to the hundredth."""
    return words.points(round(part * 10_000 / whole)) if whole else ""


def rules_of(run: Run) -> list[str]:
    """The hard rules that a run kept."""
    names = {
        "shared_language": _("a shared language"),
        "shared_means": _("a means that both have"),
        "within_travel": _("how far the mentee can travel"),
        "apart": _("not of the same school or firm"),
    }
    found = [name for key, name in names.items() if run.rules.get(key)]
    if run.rules.get("furthest"):
        found.append(_("at most %(count)d km") % {"count": run.rules["furthest"]})
    return found


def fairness_of(run: Run) -> list[tuple[str, list[Group], int]]:
    """(by what, its groups, how many groups are hidden); nothing by what nobody has told."""
    heads = {
        "country": _("Country"),
        "school": _("School"),
        "language": _("Language"),
    }
    kept = run.figures.get("fairness", {})
    found = []
    for kind, head in heads.items():
        rows = kept.get(kind, {"groups": [], "hidden": 0})
        groups = [
            Group(_name(kind, name), mentees, placed, words.points(points) if points is not None else "")
            for name, mentees, placed, points in rows["groups"]
        ]
        if any(name for name, *_counts in rows["groups"]) or rows["hidden"]:
            found.append((head, groups, rows["hidden"]))
    return found


def _name(kind: str, name: str) -> str:
    if not name:
        return _("not known")
    named = {"language": language_name, "country": country_name}.get(kind)
    return named(name) if named else name


def by_gender_of(run: Run) -> list[tuple[str, int, int | None, int | None]]:
    """(gender, mentees, with a mentor, in the better half); None: not told; nothing where none of it is."""
    return [
        (str(Gender(gender).label) if gender else _("not known"), *counts)
        for gender, *counts in run.figures.get("by_gender", [])
    ]


def side_by_side(before: Run, after: Run) -> list[tuple[str, str, str]]:
    """(what, the earlier run's figure, the later run's)."""
    one, two = sums_of(before), sums_of(after)
    rows = [
        (role_name(after.programme, Role.MENTEE, _("Mentees")), "mentees"),
        (_("With a mentor"), "placed"),
        (_("All points"), "total"),
        (_("Fewest points of a pair"), "lowest"),
    ]
    return [(name, str(one[key]), str(two[key])) for name, key in rows]


@dataclass(frozen=True)
class Since:
    """How many choices that stand were made after a run read its cohort, and the newest that a board makes.

    What was asked in confidence is counted, and never undone from a board.
    """

    count: int
    last: Stated | None


def decided_since(run: Run, stands: Stands) -> Since:
    newer = [each for each in stands.choices if each.at > (run.begun_at or run.asked_at)]
    return Since(len(newer), next((each for each in newer if each.kind in ON_A_BOARD), None))


def known_of(run: Run, mentee: Entrant) -> list[tuple[str, str]]:
    """What was known of a mentee when the run was made: (what, in words)."""
    values = mentee.values
    means = {each.key: str(each.name) for each in methodology_of(run.programme).means}
    times = sorted(values.get("availability", []), key=in_the_week)
    rows = [
        (_("School"), values.get("school", "")),
        (_("Topic"), values.get("topic", "")),
        (_("Interests"), ", ".join(map(sector_name, values.get("interests", [])))),
        (_("Languages"), ", ".join(map(language_name, values.get("languages", [])))),
        (_("Town"), values.get("region", "")),
        (_("Times of the week"), ", ".join(map(time_name, times))),
        (_("Means of communication"), ", ".join(means.get(each, each) for each in values.get("means", []))),
    ]
    wished = [(_("Wishes"), ", ".join(values["wishes"]))] if values.get("wishes") else []
    return [*((name, value or _("not known")) for name, value in rows), *wished]
