"""What shows that an activity is done must be there, and be what its role does."""

from collections.abc import Iterator
from typing import Final

from varpa.methodology.evidence import EvidenceKind
from varpa.methodology.faults import Fault
from varpa.methodology.marks import RoleKey
from varpa.methodology.model import Activity, Methodology
from varpa.methodology.reader import Place

_PLAN: Final = ("business_plan",)
_SLIDES: Final = ("presentation",)
_SHOWN: Final = ("business_plan", "presentation")

WORK: Final[dict[str, tuple[str, ...]]] = {
    EvidenceKind.BUSINESS_PLAN_BEGUN: _PLAN,
    EvidenceKind.BUSINESS_PLAN_SUBMITTED: _PLAN,
    EvidenceKind.PROFILE_APPROVED: ("company_profile",),
    EvidenceKind.PRESENTATION_MADE: _SLIDES,
    EvidenceKind.PRESENTATION_SHOWN: _SLIDES,
    EvidenceKind.PRESENTATION_RECOMMENDED: _SLIDES,
    EvidenceKind.PLAN_DEFENDED: _SHOWN,
    EvidenceKind.PLANS_JUDGED: _SHOWN,
    EvidenceKind.DEFENCE_HELD: _SHOWN,
    EvidenceKind.TRAINING_PUBLISHED: ("training",),
    EvidenceKind.REPORT_PUBLISHED: ("report",),
}
"""Lists of the methodology of which one must hold something, or the evidence can never come."""

DOES: Final[dict[str, tuple[RoleKey, ...]]] = {
    EvidenceKind.BUSINESS_PLAN_BEGUN: (RoleKey.MENTEE,),
    EvidenceKind.BUSINESS_PLAN_SUBMITTED: (RoleKey.MENTEE,),
    EvidenceKind.PROFILE_APPROVED: (RoleKey.MENTOR, RoleKey.MENTEE),
    EvidenceKind.PRESENTATION_MADE: (RoleKey.MENTEE,),
    EvidenceKind.PRESENTATION_SHOWN: (RoleKey.MENTEE,),
    EvidenceKind.PRESENTATION_RECOMMENDED: (RoleKey.MENTOR,),
    EvidenceKind.PLAN_DEFENDED: (RoleKey.MENTEE,),
    EvidenceKind.PLANS_JUDGED: (RoleKey.MENTOR, RoleKey.MANAGER, RoleKey.LEAD_PARTNER),
    EvidenceKind.DIARY_KEPT: (RoleKey.MENTOR,),
    EvidenceKind.DIARY_HANDED_OVER: (RoleKey.MENTOR,),
}
"""Who can do what shows it; any role where a kind is not named."""


def evidence_faults(methodology: Methodology, activity: Activity, place: Place) -> Iterator[Fault]:
    """Evidence that can never come: its work is not in the methodology, or is not the role's."""
    here, kind = (*place, "evidence"), activity.evidence
    lists = WORK.get(kind, ())
    if lists and not any(getattr(methodology, name) for name in lists):
        tables = " or ".join(f"[[{name}]]" for name in lists)
        file = "outlines" if lists[0] not in ("training", "report") else lists[0]
        words = f"“{kind}” can never happen: {file}.toml has no {tables}"
        yield Fault("calendar.toml", here, words, lacks=f"{file}.toml")
    roles = DOES.get(kind, ())
    if roles and activity.role in list(RoleKey) and activity.role not in roles:
        words = f"“{kind}” is not shown by the role “{activity.role}”, only by {', '.join(roles)}"
        yield Fault("calendar.toml", (*place, "role"), words, (here,))
