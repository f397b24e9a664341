"""What a manager knows of a pair beside its meetings: that the promised results exist, and how far they are.

Never what they say (product §2, methodology §6).
"""

from typing import NamedTuple

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from varpa.businessplans.models import PlanState
from varpa.diary.models import DiaryState
from varpa.kernel.text import TranslatedText
from varpa.meetings.models import HourLine, LineState
from varpa.meetings.queries import lines_of, means_names
from varpa.methodology import Methodology
from varpa.pairs.models import Pair
from varpa.presentations.models import PresentationState
from varpa.profiles.models import ProfileState

MOST = 5
COMPLETE = (PlanState.SUBMITTED, PlanState.DEFENDED, ProfileState.APPROVED, DiaryState.HANDED_OVER)


class Made(NamedTuple):
    """A promised result of a pair: `shape` is done, going or ahead."""

    name: str
    state: str
    shape: str


class Met(NamedTuple):
    """A line of the ledger without its content: e-mentoring work has no means."""

    line: HourLine
    what: TranslatedText | str
    means: TranslatedText | str


def made_of(pair: Pair, methodology: Methodology) -> list[Made]:
    """What the methodology promises of a pair; `pair` was read `with_diary`, so that nothing is asked."""
    plan, profile, shown = (
        getattr(pair, f"{name}_state", None) for name in ("business", "profile", "presentation")
    )
    diary = getattr(pair, "diary", None)
    found: list[tuple[object, str, TextChoices | None]] = [
        (methodology.business_plan, _("Business plan"), PlanState(plan) if plan else None),
        (methodology.company_profile, _("Company profile"), ProfileState(profile) if profile else None),
        (methodology.presentation, _("Presentation"), PresentationState(shown) if shown else None),
        (methodology.diary, str(methodology.diary.title), DiaryState(diary.state) if diary else None),
    ]
    return [_made(name, state) for asked, name, state in found if asked]


def _made(name: str, state: TextChoices | None) -> Made:
    if state is None:
        return Made(name, pgettext("result", "Not begun yet"), "ahead")
    shape = "done" if state in COMPLETE else "ahead" if state == DiaryState.SEALED else "going"
    return Made(name, str(state.label), shape)


def met_lately(pair: Pair, methodology: Methodology) -> list[Met]:
    """The latest lines of the ledger: when, how long and by which means."""
    means = means_names(pair.programme)
    lines = lines_of(pair).exclude(state=LineState.WITHDRAWN)[:MOST]
    return [_met(line, methodology, means) for line in lines]


def _met(line: HourLine, methodology: Methodology, means: dict[str, TranslatedText]) -> Met:
    if line.meeting is None:
        return Met(line, _("E-mentoring work"), "")
    return Met(line, methodology.kind(line.meeting.kind).name, means[line.meeting.means])
