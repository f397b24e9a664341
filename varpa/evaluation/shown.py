"""What each kind of evidence looks for: at a member of the programme, a pair, or the programme itself.

A kind that a room shows by itself is one line of a table here; facts of pairs are counted by their names.
"""

from collections.abc import Callable
from typing import Final

from django.db.models import Count, Exists, OuterRef, Q

from varpa.businessplans.models import HANDED_IN, BusinessPlan
from varpa.defence.models import Defence, DefenceState, Slot, SlotState, Word
from varpa.events.models import Attendance, Event, EventState, TrainingProgramme
from varpa.methodology import EvidenceKind
from varpa.methodology.model import Activity
from varpa.pairreports.models import PairReport, ReportState
from varpa.presentations.models import Presentation, PresentationState, Recommendation, Slide
from varpa.profiles.models import Profile, ProfileState
from varpa.programmes.models import LessonDone, Preparation, Programme, ProgrammeState, StepKey
from varpa.programmes.queries import methodology_of
from varpa.surveys.models import Invitation, InvitationState, Survey

Condition = Callable[[Programme, Activity], Q]


def _attended(programme: Programme, activity: Activity) -> Q:
    """Members who were at an event of the activity's period, or did the self-study of its training (R1).

    It is the person who is at an event, in whichever role they were entered there.
    """
    held = Event.objects.filter(programme=programme, period=activity.period)
    there = Attendance.objects.filter(
        membership__person=OuterRef("person"),
        event__in=held.exclude(state=EventState.CANCELLED),
        withdrawn_at=None,
    )
    found = Q(Exists(there))
    methodology = methodology_of(programme)
    for number, training in enumerate(methodology.training):
        if training.period != activity.period:
            continue
        if number == 0:
            made = Preparation.objects.filter(membership=OuterRef("pk"), step=StepKey.TRAINING)
            found |= Q(Exists(made))
        elif lessons := methodology.self_study(activity.role, training.key):
            found |= _studied([each.key for each in lessons])
    return found


def _studied(lessons: list[str]) -> Q:
    """Members who have gone through every one of these lessons."""
    done = LessonDone.objects.filter(membership=OuterRef("pk"), lesson__in=lessons).order_by()
    whole = done.values("membership").annotate(count=Count("pk")).filter(count=len(lessons))
    return Q(Exists(whole))


def _plan_begun(_programme: Programme, _activity: Activity) -> Q:
    plans = BusinessPlan.objects.filter(membership=OuterRef("pk"), set_aside_at=None)
    return Q(Exists(plans.filter(parts__text__gt="")))


def _plan_submitted(_programme: Programme, _activity: Activity) -> Q:
    plans = BusinessPlan.objects.filter(membership=OuterRef("pk"), set_aside_at=None)
    return Q(Exists(plans.filter(state__in=HANDED_IN)))


def _profile_approved(_programme: Programme, _activity: Activity) -> Q:
    """Either of the two of a pair whose profile the mentor has approved."""
    approved = Profile.objects.filter(state=ProfileState.APPROVED)
    made, said = approved.filter(pair__mentee=OuterRef("pk")), approved.filter(pair__mentor=OuterRef("pk"))
    return Q(Exists(made)) | Q(Exists(said))


def _presentation_made(_programme: Programme, _activity: Activity) -> Q:
    presentations = Presentation.objects.filter(membership=OuterRef("pk"), set_aside_at=None)
    own = Slide.objects.filter(presentation__membership=OuterRef("pk"), presentation__set_aside_at=None)
    written = own.filter(Q(text__gt="") | Q(figure__gt=""))
    return Q(Exists(presentations.exclude(file=None, source=None))) | Q(Exists(written))


def _presentation_shown(_programme: Programme, _activity: Activity) -> Q:
    """Open to the mentor now, shared or submitted, or recommended upon while it was."""
    shown = Presentation.objects.filter(membership=OuterRef("pk"), set_aside_at=None)
    said = Recommendation.objects.filter(presentation__membership=OuterRef("pk"), withdrawn_at=None)
    return Q(Exists(shown.exclude(state=PresentationState.DRAFTING))) | Q(Exists(said))


def _presentation_recommended(programme: Programme, _activity: Activity) -> Q:
    said = Recommendation.objects.filter(
        by=OuterRef("person"), presentation__membership__programme=programme, withdrawn_at=None
    )
    return Q(Exists(said))


def _plan_defended(programme: Programme, _activity: Activity) -> Q:
    presented = Slot.objects.filter(
        plan__membership=OuterRef("pk"), defence__programme=programme, state=SlotState.CLOSED
    )
    return Q(Exists(presented))


def _plans_judged(programme: Programme, _activity: Activity) -> Q:
    """Members who have said something as jurors to a presentation that is closed."""
    said = Word.objects.filter(
        juror__person=OuterRef("person"), slot__defence__programme=programme, slot__state=SlotState.CLOSED
    )
    return Q(Exists(said))


def _survey_answered(programme: Programme, activity: Activity) -> Q:
    """Who has answered is known; what, nobody finds from here."""
    asked = Invitation.objects.filter(membership=OuterRef("pk"), survey__programme=programme)
    return Q(Exists(asked.filter(survey__key=activity.survey, state=InvitationState.ANSWERED)))


def _started(_programme: Programme, _activity: Activity) -> Q:
    return ~Q(state__in=(ProgrammeState.DRAFT, ProgrammeState.RECRUITING))


def _training_published(_programme: Programme, _activity: Activity) -> Q:
    published = TrainingProgramme.objects.filter(programme=OuterRef("pk"), published_at__isnull=False)
    return Q(Exists(published))


def _event_held(_programme: Programme, activity: Activity) -> Q:
    events = Event.objects.filter(programme=OuterRef("pk"), period=activity.period)
    return Q(Exists(events.filter(state=EventState.HELD)))


def _defence_held(_programme: Programme, _activity: Activity) -> Q:
    held = Defence.objects.filter(programme=OuterRef("pk"), state=DefenceState.CLOSED, rehearsal_of=None)
    return Q(Exists(held))


def _survey_sent(_programme: Programme, activity: Activity) -> Q:
    surveys = Survey.objects.filter(programme=OuterRef("pk"), key=activity.survey)
    return Q(Exists(surveys.exclude(sent_at=None)))


BY_MEMBER: Final[dict[EvidenceKind, Condition]] = {
    EvidenceKind.ATTENDED: _attended,
    EvidenceKind.BUSINESS_PLAN_BEGUN: _plan_begun,
    EvidenceKind.BUSINESS_PLAN_SUBMITTED: _plan_submitted,
    EvidenceKind.PROFILE_APPROVED: _profile_approved,
    EvidenceKind.PRESENTATION_MADE: _presentation_made,
    EvidenceKind.PRESENTATION_SHOWN: _presentation_shown,
    EvidenceKind.PRESENTATION_RECOMMENDED: _presentation_recommended,
    EvidenceKind.PLAN_DEFENDED: _plan_defended,
    EvidenceKind.PLANS_JUDGED: _plans_judged,
    EvidenceKind.SURVEY_ANSWERED: _survey_answered,
}
"""What a member shows by what was attended, written or said: a condition on memberships."""


def _pair_reported(_programme: Programme, activity: Activity) -> Q:
    """Pairs that have handed a report over to the event of the activity's period."""
    reports = PairReport.objects.filter(pair=OuterRef("pk"), event__period=activity.period)
    return Q(Exists(reports.filter(state=ReportState.HANDED).exclude(event__state=EventState.CANCELLED)))


BY_PAIR: Final[dict[EvidenceKind, Condition]] = {EvidenceKind.PAIR_REPORTED: _pair_reported}
"""What the two show together: a condition on pairs."""

BY_PROGRAMME: Final[dict[EvidenceKind, Condition]] = {
    EvidenceKind.PROGRAMME_STARTED: _started,
    EvidenceKind.TRAINING_PUBLISHED: _training_published,
    EvidenceKind.EVENT_HELD: _event_held,
    EvidenceKind.DEFENCE_HELD: _defence_held,
    EvidenceKind.SURVEY_SENT: _survey_sent,
}
"""What the programme shows once: a condition on programmes."""
