"""Surveys whose time in the calendar has come and that nobody has sent yet (S3)."""

from collections.abc import Sequence
from datetime import datetime

from varpa.methodology import EvidenceKind
from varpa.programmes.models import Programme, ProgrammeState
from varpa.programmes.queries import calendar_of, methodology_of, today_of
from varpa.surveys.models import Survey, SurveyState


def surveys_due(programmes: Sequence[Programme], now: datetime) -> dict[int, list[Survey]]:
    """Drafts to send now, by the key of the programme: one question. Only those that the calendar names."""
    drafts = Survey.objects.filter(
        programme__in=programmes, programme__state=ProgrammeState.RUNNING, state=SurveyState.DRAFT
    )
    found: dict[int, list[Survey]] = {}
    for survey in drafts.select_related("programme__methodology_version"):
        if _is_due(survey, now):
            found.setdefault(survey.programme_id, []).append(survey)
    return found


def _is_due(survey: Survey, now: datetime) -> bool:
    programme = survey.programme
    windows, today = calendar_of(programme), today_of(programme, now)
    return any(
        activity.evidence == EvidenceKind.SURVEY_SENT
        and activity.survey == survey.key
        and windows[activity.key].starts <= today
        for activity in methodology_of(programme).activities()
    )
