"""What giving a mentee another mentor would cost the whole: as the run found it, or found now."""

from collections.abc import Callable
from functools import cache

from django.utils.translation import gettext as _

from varpa.matching import words
from varpa.matching.models import Entrant, Line, Measured, Run
from varpa.programmes.models import Membership, Role

Cost = Callable[[int], str]
"""In words, by the number of a mentor; "" where the pair is not possible, or nothing is known."""


Costs = Callable[[Run, Line], Cost]


def kept_costs(_run: Run, line: Line) -> Cost:
    """What the run has found at once of the other mentors of a mentee."""
    found: dict[int, str] = {
        each["mentor"]: words.lost(each["placements"], each["lost"]) for each in line.others if "lost" in each
    }
    return lambda mentor: found.get(mentor, "")


def costs_of(run: Run, line: Line) -> Cost:
    """What each other mentor would cost: where the run has not found it, it is found now, by two queries."""
    kept, now = kept_costs(run, line), cache(lambda: _found_now(run, line))
    return lambda mentor: kept(mentor) or now()(mentor)


def only_on_own_page(run: Run) -> bool:
    """Whether the board does not tell what a change would cost, and the mentee's own page does."""
    return not run.figures["with_losses"] and Measured.objects.filter(run=run).exists()


def _found_now(run: Run, line: Line) -> Cost:
    measured = Measured.objects.filter(run=run).first()
    if measured is None:
        return lambda _mentor: ""
    # A library that few pages need.
    import numpy as np

    from varpa.matching.forced import Kept, forced, unpacked

    rows = run.lines.order_by("mentee__number").values_list("mentor__number", "points", "locked")
    mentors, points, locked = zip(*rows, strict=True)
    lost = forced(
        Kept(
            unpacked(bytes(measured.points), len(points), len(measured.places)),
            np.array(measured.places),
            np.array([-1 if mentor is None else mentor for mentor in mentors]),
            np.array(points),
            np.array(locked),
        ),
        line.mentee.number,
    )

    def cost(mentor: int) -> str:
        found = lost.of(mentor)
        if found:
            return words.lost(*found)
        return _("no place is free with the mentor") if lost.allowed[mentor] else ""

    return cost


def loss_of(run: Run, mentee: Membership, mentor: Membership) -> str:
    """What the whole would lose if these two were a pair; "" where it is not known."""
    line = Line.objects.filter(run=run, mentee__membership=mentee).select_related("mentee").first()
    entrant = Entrant.objects.filter(run=run, membership=mentor, role=Role.MENTOR).first()
    if line is None or entrant is None:
        return ""
    return words.lost(0, 0) if line.mentor_id == entrant.pk else costs_of(run, line)(entrant.number)
