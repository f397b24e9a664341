"""Who runs a survey, and who reads open answers that are few."""

from enum import StrEnum

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from varpa.kernel.access import grant, may
from varpa.people.models import Appointment, Person
from varpa.programmes.access import LIVE, managed_ids
from varpa.programmes.models import Membership, Programme, Role
from varpa.surveys.hiding import LEAST, LEAST_WORDS
from varpa.surveys.models import Question


class SurveyAction(StrEnum):
    """READ: response and results. MANAGE: edit, send, close, enter papers. SUM_UP: read few open answers."""

    READ = "survey.read"
    MANAGE = "survey.manage"
    SUM_UP = "survey.sum_up"


@grant(SurveyAction.READ, _("manages the programme"))
@grant(SurveyAction.MANAGE, _("manages the programme"))
def _manages(person: Person) -> Q:
    return Q(programme__in=managed_ids(person))


@grant(SurveyAction.SUM_UP, _("staff of the lead partner, and not the programme’s manager"))
def _sums_up(person: Person) -> Q:
    appointed = Appointment.objects.filter(person=person, ended_at__isnull=True).values("organisation")
    # To the manager few open answers are themes, whatever else the manager is (R10).
    managed = Membership.objects.filter(person=person, role=Role.MANAGER, state__in=LIVE).values("programme")
    programmes = Programme.objects.filter(organisation__in=appointed).exclude(pk__in=managed)
    return Q(programme__in=programmes.order_by().values("pk"))


def may_read_texts(question: Question, settled: int, person: Person) -> bool:
    """Whether somebody who may see the results reads the `settled` open answers: ten, or few to sum up."""
    few = LEAST <= settled < LEAST_WORDS
    return settled >= LEAST_WORDS or (few and may(SurveyAction.SUM_UP, person, question.survey))
