"""What can be known of a pair: phases begin with a fact, completion looks for facts (R3)."""

from enum import StrEnum


class Fact(StrEnum):
    """A thing that has happened in a pair, dated, computed by the rooms and never set by hand."""

    PAIR_ACTIVE = "pair_active"
    FIRST_MEETING_HELD = "first_meeting_held"
    GOALS_SET = "goals_set"
    PLAN_AGREED = "plan_agreed"
    VISIT_HELD = "visit_held"
    ROLE_SWAP_HELD = "role_swap_held"
    HOURS_REACHED = "hours_reached"
    CLOSING_PLANNED = "closing_planned"
    CLOSING_REVIEW = "closing_review"
    DIARY_HANDED_OVER = "diary_handed_over"
    PAIR_ENDED = "pair_ended"
