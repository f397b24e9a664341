"""A programme with a crowd: mentors and mentees of two countries, and surveys that were sent to them."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pytest

from tests import make
from tests.cast import Cast, assemble
from tests.make import NOW
from varpa.people.models import Person
from varpa.programmes.models import Membership, MembershipState, Programme
from varpa.surveys.actions.answering import submit_answers
from varpa.surveys.actions.editing import open_survey
from varpa.surveys.actions.sending import send_survey
from varpa.surveys.hiding import LEAST
from varpa.surveys.models import Invitation, Secrecy, Survey

LAST = date(2025, 10, 31)
BOTH = ("mentor", "mentee")
LATER = NOW + timedelta(days=1)
CLOSED = NOW + timedelta(days=20)
WELL: dict[str, Any] = {"course": 4, "cooperation": 5, "goals": 3, "trouble": "no", "successes": "Plāns."}


@pytest.fixture
def cast(db: None) -> Cast:
    return assemble()


def crowd(programme: Programme, cells: Mapping[tuple[str, str], int], begin: int = 0) -> list[Membership]:
    """So many members of each (role, country), written straight into the tables."""
    made: list[Membership] = []
    for (role, country), count in cells.items():
        for number in range(begin, begin + count):
            local = f"{role}-{country}-{number}".lower()
            person = Person.objects.create(
                name=f"Ieva {local}", email=f"{local}@varpa.example", language="lv", joined_at=NOW
            )
            made.append(
                Membership.objects.create(
                    programme=programme,
                    person=person,
                    role=role,
                    country=country,
                    state=MembershipState.ACCEPTED,
                    applied_at=NOW,
                )
            )
    return made


@pytest.fixture
def survey(cast: Cast) -> Survey:
    """The progress survey, sent to the two mentors and the two mentees of the cast."""
    return sent(cast, "progress_survey")


def sent(cast: Cast, form: str) -> Survey:
    """A form sent to everybody; of fewer than five nobody can be promised that answers are anonymous."""
    survey = open_survey(programme=cast.programme, form=form, by=cast.inga, now=NOW)
    if Membership.objects.filter(programme=cast.programme, role__in=BOTH).count() < LEAST:
        survey.secrecy = Secrecy.CONFIDENTIAL
        survey.save()
    send_survey(survey=survey, roles=BOTH, closes_on=LAST, by=cast.inga, now=NOW)
    return survey


def invitation(survey: Survey, member: Membership) -> Invitation:
    found = Invitation.objects.select_related("survey__programme", "membership__person")
    return found.get(survey=survey, membership=member)


def invitations(survey: Survey) -> list[Invitation]:
    found = Invitation.objects.select_related("survey__programme", "membership__person")
    return list(found.filter(survey=survey).order_by("pk"))


def answer(survey: Survey, member: Membership, **values: Any) -> None:
    own = invitation(survey, member)
    submit_answers(invitation=own, values=values or WELL, by=member.person, now=LATER)


def programme_alone() -> Programme:
    return make.programme()
