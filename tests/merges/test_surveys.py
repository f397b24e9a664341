"""One human is asked once in a survey, under whichever of the two names they have answered."""

from datetime import timedelta

import pytest

from tests.cast import Cast
from tests.make import NOW
from tests.merges.conftest import put, rows, without_growth
from tests.surveys.conftest import answer, sent
from varpa.merges.actions.merging import undo
from varpa.programmes.actions.memberships import decide
from varpa.programmes.models import Membership
from varpa.surveys.models import Invitation, InvitationState, Secrecy, Sheet, Survey

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("secrecy", Secrecy.values)
@pytest.mark.parametrize("under", ["kept", "gone"])
def test_whoever_has_answered_under_one_name_is_not_asked_under_the_other(
    cast: Cast, second: Membership, secrecy: str, under: str
) -> None:
    decide(membership=second, step="accept", by=cast.inga, now=NOW)
    survey = sent(cast, "progress_survey")
    Survey.objects.filter(pk=survey.pk).update(secrecy=secrecy)
    survey.refresh_from_db()
    answer(survey, second if under == "gone" else cast.mentee)
    before = rows()
    made = put(cast, cast.elina, second.person)
    (asked,) = Invitation.objects.filter(survey=survey, membership=cast.mentee)
    assert asked.state == InvitationState.ANSWERED
    assert Sheet.objects.filter(survey=survey).count() == 1
    undo(merge=made, by=cast.inga, now=NOW + timedelta(hours=1))
    assert without_growth(before, rows()) == before
