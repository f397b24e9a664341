"""What it would mean to give a mentee another mentor, as a run knew it: told before it is decided."""

import math
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from varpa.kernel.text import folded
from varpa.matching.models import ChoiceKind, Entrant, Line, Run
from varpa.matching.queries.boards import known_reasons
from varpa.matching.queries.cohorts import PARTED, REFUSED, kept_apart
from varpa.matching.queries.costs import costs_of
from varpa.matching.telling import Reasons, not_then, rule_name
from varpa.programmes.models import Membership, MembershipState, Role
from varpa.programmes.places import located

EARTH = 6371.0


@dataclass(frozen=True)
class Move:
    """A mentee with another mentor. `loses` in words, "" where the run did not know; `rules` that forbid it.

    `apart`: why the two are not to be together (kept_apart), "" where nothing says so. `then`: why they were
    not when the run was made, where that is not what stands now.
    """

    mentee: Membership
    mentor: Membership
    same: bool
    loses: str
    reasons: Reasons | None
    rules: list[str]
    apart: str
    then: str

    @property
    def gone(self) -> list[Membership]:
        """Who of the two has left, or is not accepted any more."""
        return [each for each in (self.mentee, self.mentor) if each.state != MembershipState.ACCEPTED]

    @property
    def can_be_decided(self) -> bool:
        """Whether a lock of the two would not be refused by what is known here."""
        return not self.gone and not self.same and self.apart not in (ChoiceKind.VETO, ChoiceKind.FORBID)


def move_of(run: Run, line: Line, mentor: Entrant) -> Move:
    """What giving the mentee of a line this mentor would mean: at most seven queries."""
    mentee = line.mentee
    same = line.mentor_id == mentor.pk
    kept: dict[str, Any] = next((each for each in line.others if each["mentor"] == mentor.number), {})
    rules = [] if same or kept else against_rules(run, mentee.values, mentor.values)
    then = _apart_then(run, mentee.number).get(mentor.number, "")
    loses = "" if same or rules or then else costs_of(run, line)(mentor.number)
    apart = kept_apart(run.programme).get((mentee.membership_id, mentor.membership_id), "")
    return Move(
        mentee=mentee.membership,
        mentor=mentor.membership,
        same=same,
        loses=loses,
        reasons=known_reasons(run, mentee, mentor, kept.get("facts", {})),
        rules=rules,
        apart=apart,
        then="" if not then or _NOW[then] == apart else not_then(then),
    )


_NOW = {"veto": ChoiceKind.VETO, "forbidden": ChoiceKind.FORBID, "refused": REFUSED, "parted": PARTED}
"""What stands now, by the names that rules of a run have."""


def _apart_then(run: Run, mentee: int) -> dict[int, str]:
    """Which mentors, by number, were not possible for a mentee when the run was made, and by which rule."""
    return {mentor: why for one, mentor, why in run.figures.get("apart", []) if one == mentee}


def not_possible(run: Run, mentee: int) -> list[tuple[str, str]]:
    """The names of those mentors, and why: one query, none where there was nobody."""
    why = _apart_then(run, mentee)
    if not why:
        return []
    mentors = run.entrants.filter(role=Role.MENTOR, number__in=why).order_by("membership__search_text", "pk")
    return [
        (name, not_then(why[number]))
        for name, number in mentors.values_list("membership__person__name", "number")
    ]


def against_rules(run: Run, mentee: dict[str, Any], mentor: dict[str, Any]) -> list[str]:
    """The rules of a run that forbid these two, in words; who has said nothing is kept out by none."""
    found = []
    for rule, name in (("shared_language", "languages"), ("shared_means", "means")):
        ours, theirs = set(mentee.get(name, [])), set(mentor.get(name, []))
        if run.rules.get(rule) and ours and theirs and not ours & theirs:
            found.append(rule_name("language" if name == "languages" else "means"))
    if run.rules.get("apart") and len(folded(mentee["school"])) > 0 and _alike(mentee, mentor):
        found.append(rule_name("apart"))
    far = kilometres(mentee.get("region", ""), mentor.get("region", ""))
    if far is not None:
        told = _("%(count)d km") % {"count": round(far)}
        if run.rules.get("furthest") and far > run.rules["furthest"]:
            found.append(f"{rule_name('distance')} ({told})")
        travel = mentee.get("travel")
        if run.rules.get("within_travel") and travel is not None and far > travel:
            found.append(f"{rule_name('travel')} ({told})")
    return found


def _alike(mentee: dict[str, Any], mentor: dict[str, Any]) -> bool:
    return folded(mentee.get("school", "")) == folded(mentor.get("company", ""))


def kilometres(one: str, other: str) -> float | None:
    """Between two towns; None: one is not known. As `places.kilometres`, without a library no page loads."""
    if one and folded(one) == folded(other):
        return 0.0
    ours, theirs = located(one), located(other)
    if not ours or not theirs:
        return None
    (north, east), (there, across) = (map(math.radians, each) for each in (ours, theirs))
    half = math.sin((there - north) / 2) ** 2
    half += math.cos(north) * math.cos(there) * math.sin((across - east) / 2) ** 2
    return 2 * EARTH * math.asin(math.sqrt(half))
