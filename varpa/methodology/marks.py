"""The words by which a methodology folder tells the software what a question or a meeting does."""

from enum import StrEnum


class QuestionAct(StrEnum):
    """What the agreed answer to a question of the cooperation plan does afterwards (R4)."""

    MEANS = "means"
    REPLY_TIME = "reply_time"
    HOURS = "hours"
    RHYTHM = "rhythm"
    LENGTH = "length"
    TOPICS = "topics"
    EVALUATION = "evaluation"
    CONFIDENTIAL = "confidential"
    BOUNDARIES = "boundaries"
    DISCONTENT = "discontent"


class Known(StrEnum):
    """What the system itself knows about a question of the diary (R6)."""

    LATENESS = "lateness"
    MOVED = "moved"
    PROMISES = "promises"
    GOALS = "goals"
    FEEDBACK = "feedback"


class KindAct(StrEnum):
    """What holding a meeting of a kind means for the pair."""

    FIRST = "first"
    REGULAR = "regular"
    VISIT = "visit"
    ROLE_SWAP = "role_swap"
    CLOSING = "closing"
    REHEARSAL = "rehearsal"


class PartAct(StrEnum):
    """What the system adds to a part of an outline: the plan's figures; the visit to the company."""

    FIGURES = "figures"
    VISIT = "visit"


class RoleKey(StrEnum):
    """The four roles of every methodology (methodology §3)."""

    LEAD_PARTNER = "lead_partner"
    MANAGER = "manager"
    MENTOR = "mentor"
    MENTEE = "mentee"


class Origin(StrEnum):
    """Whether an item stands in the source document or is the project's own (methodology §12)."""

    SEED = "seed"
    OURS = "ours"
