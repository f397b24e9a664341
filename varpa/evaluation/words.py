"""What each kind of evidence counts, in a sentence: where a figure of the board comes from."""

from typing import Any, Final

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from varpa.methodology import EvidenceKind
from varpa.methodology.marks import KindAct
from varpa.methodology.model import Methodology
from varpa.programmes.kinds import other_name

COUNTS: Final[dict[EvidenceKind, Any]] = {
    EvidenceKind.RECORDED: _("What is recorded here by hand: who, when, and a note."),
    EvidenceKind.PROGRAMME_STARTED: _("The programme has begun."),
    EvidenceKind.READ: _("Whoever has confirmed to have read the document in the library."),
    EvidenceKind.PREPARED: _("Whoever has done every step of preparing."),
    EvidenceKind.ATTENDED: _(
        "Whoever was at the event of this period, by code, list or paper; where a training has a self-study, "
        "it counts too."
    ),
    EvidenceKind.PAIR_ACTIVE: _("Pairs in which both have said yes."),
    EvidenceKind.FIRST_MEETING_HELD: _("Pairs whose first meeting was held."),
    EvidenceKind.GOALS_SET: _("Pairs that have set a goal."),
    EvidenceKind.PLAN_AGREED: _("Pairs in which both have confirmed the cooperation plan."),
    EvidenceKind.MEETINGS_HELD: _("Pairs that met within this period."),
    EvidenceKind.HOURS_REACHED: _("Pairs whose confirmed hours reach the target."),
    EvidenceKind.VISIT_HELD: _("Pairs whose visit to the company was held."),
    EvidenceKind.ROLE_SWAP_HELD: _("Pairs whose role swap was held."),
    EvidenceKind.DIARY_KEPT: _("Pairs whose diary has an entry of this period; nobody reads what it says."),
    EvidenceKind.PAIR_REPORTED: _("Pairs that have handed their report to the event of this period."),
    EvidenceKind.CLOSING_REVIEW: _("Pairs in which both have looked back at the results."),
    EvidenceKind.DIARY_HANDED_OVER: _("Pairs whose diary was handed over."),
    EvidenceKind.BUSINESS_PLAN_BEGUN: _("Mentees who have begun a business plan."),
    EvidenceKind.BUSINESS_PLAN_SUBMITTED: _("Mentees who have submitted a business plan."),
    EvidenceKind.PROFILE_APPROVED: _("Both of a pair whose company profile the mentor has approved."),
    EvidenceKind.PRESENTATION_MADE: _("Mentees whose presentation has a file or a slide."),
    EvidenceKind.PRESENTATION_SHOWN: _("Mentees who have shown the presentation to the mentor."),
    EvidenceKind.PRESENTATION_RECOMMENDED: _("Mentors who have written a recommendation on a presentation."),
    EvidenceKind.PLAN_DEFENDED: _("Mentees who presented on the day of the defence."),
    EvidenceKind.PLANS_JUDGED: _("Jurors who said something to a plan on the day of the defence."),
    EvidenceKind.TRAINING_PUBLISHED: _("The training programme is published."),
    EvidenceKind.EVENT_HELD: _("The event of this period was held."),
    EvidenceKind.DEFENCE_HELD: _("The day of the defence is over."),
    EvidenceKind.REPORT_PUBLISHED: _("An edition of the evaluation report is published."),
    EvidenceKind.GUIDELINES_PUBLISHED: _("A version of the guidelines is published."),
    EvidenceKind.SURVEY_SENT: _("The survey of this activity was sent."),
    EvidenceKind.SURVEY_ANSWERED: _("Whoever was asked and has answered the survey."),
}

_MEETINGS: Final = {
    EvidenceKind.FIRST_MEETING_HELD: KindAct.FIRST,
    EvidenceKind.VISIT_HELD: KindAct.VISIT,
    EvidenceKind.ROLE_SWAP_HELD: KindAct.ROLE_SWAP,
}


def without(excused: int) -> str:
    """How many pairs ended without it, and have said why."""
    said = ngettext(
        "did not happen: %(n)s, with its reason", "did not happen: %(n)s, with their reasons", excused
    )
    return said % {"n": excused}


def counts(methodology: Methodology, evidence: EvidenceKind) -> str:
    """What a kind of evidence counts; a meeting is called as the methodology calls it."""
    name = other_name(methodology, _MEETINGS[evidence]) if evidence in _MEETINGS else ""
    if name:
        return gettext("Pairs that have held the meeting “%(name)s”.") % {"name": name}
    return str(COUNTS[evidence])
