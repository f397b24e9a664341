"""Surveys that wait for the staff: to be sent in their time, and their few own words to be summed up (S3)."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Exists, OuterRef

from varpa.methodology import EvidenceKind
from varpa.programmes.models import Programme, ProgrammeState
from varpa.programmes.queries import calendar_of, methodology_of, today_of
from varpa.surveys.models import Survey, SurveyState, Theme

WAITS: Final = timedelta(days=30)
"""So long after a survey has closed its few words are said to wait: there may be nobody to read them."""


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


def few_words(programmes: Sequence[Programme], now: datetime) -> dict[int, list[Survey]]:
    """Closed surveys with so few own words that the manager sees themes only, and no theme yet (R10)."""
    themes = Theme.objects.filter(question__survey=OuterRef("pk"), withdrawn_at=None)
    closed = Survey.objects.filter(
        ~Exists(themes),
        programme__in=programmes,
        state=SurveyState.CLOSED,
        closed_at__gte=now - WAITS,
        result__few__gt=0,
    )
    found: dict[int, list[Survey]] = {}
    for survey in closed:
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
