"""What shows that an activity of the calendar is done: the evaluation room implements each kind."""

from enum import StrEnum
from typing import Final


class Counted(StrEnum):
    """What the board counts for an activity: the programme once, each person of the role, or each pair."""

    PROGRAMME = "programme"
    PEOPLE = "people"
    PAIRS = "pairs"


class EvidenceKind(StrEnum):
    """A kind of evidence; `recorded` is for what no room can know (who, when, a note)."""

    RECORDED = "recorded"
    PROGRAMME_STARTED = "programme_started"
    READ = "read"
    PREPARED = "prepared"
    ATTENDED = "attended"
    PAIR_ACTIVE = "pair_active"
    FIRST_MEETING_HELD = "first_meeting_held"
    GOALS_SET = "goals_set"
    PLAN_AGREED = "plan_agreed"
    MEETINGS_HELD = "meetings_held"
    HOURS_REACHED = "hours_reached"
    VISIT_HELD = "visit_held"
    ROLE_SWAP_HELD = "role_swap_held"
    DIARY_KEPT = "diary_kept"
    PAIR_REPORTED = "pair_reported"
    CLOSING_REVIEW = "closing_review"
    DIARY_HANDED_OVER = "diary_handed_over"
    BUSINESS_PLAN_BEGUN = "business_plan_begun"
    BUSINESS_PLAN_SUBMITTED = "business_plan_submitted"
    PROFILE_APPROVED = "profile_approved"
    PRESENTATION_MADE = "presentation_made"
    PRESENTATION_SHOWN = "presentation_shown"
    PRESENTATION_RECOMMENDED = "presentation_recommended"
    PLAN_DEFENDED = "plan_defended"
    PLANS_JUDGED = "plans_judged"
    TRAINING_PUBLISHED = "training_published"
    EVENT_HELD = "event_held"
    DEFENCE_HELD = "defence_held"
    REPORT_PUBLISHED = "report_published"
    GUIDELINES_PUBLISHED = "guidelines_published"
    SURVEY_SENT = "survey_sent"
    SURVEY_ANSWERED = "survey_answered"


BY_PERSON: Final = frozenset(
    {
        EvidenceKind.READ,
        EvidenceKind.PREPARED,
        EvidenceKind.ATTENDED,
        EvidenceKind.BUSINESS_PLAN_BEGUN,
        EvidenceKind.BUSINESS_PLAN_SUBMITTED,
        EvidenceKind.SURVEY_ANSWERED,
        EvidenceKind.PROFILE_APPROVED,
        EvidenceKind.PRESENTATION_MADE,
        EvidenceKind.PRESENTATION_SHOWN,
        EvidenceKind.PRESENTATION_RECOMMENDED,
        EvidenceKind.PLAN_DEFENDED,
        EvidenceKind.PLANS_JUDGED,
    }
)
BY_PROGRAMME: Final = frozenset(
    {
        EvidenceKind.PROGRAMME_STARTED,
        EvidenceKind.TRAINING_PUBLISHED,
        EvidenceKind.EVENT_HELD,
        EvidenceKind.DEFENCE_HELD,
        EvidenceKind.GUIDELINES_PUBLISHED,
        EvidenceKind.SURVEY_SENT,
        EvidenceKind.REPORT_PUBLISHED,
    }
)


ON_DEFENCE: Final = frozenset(
    {EvidenceKind.PLAN_DEFENDED, EvidenceKind.PLANS_JUDGED, EvidenceKind.DEFENCE_HELD}
)


def counts(kind: EvidenceKind) -> tuple[Counted, ...]:
    """What a kind of evidence can count."""
    if kind == EvidenceKind.RECORDED:
        return tuple(Counted)
    if kind in BY_PERSON:
        return (Counted.PEOPLE,)
    if kind in BY_PROGRAMME:
        return (Counted.PROGRAMME,)
    return (Counted.PAIRS,)
