"""A letter that tells of what was taken back meanwhile does not go; what is said anew is told anew."""

from datetime import timedelta

import pytest

from tests.cast import Cast
from tests.make import NOW
from tests.profiles.conftest import approve, write
from varpa.post.models import Letter, LetterState
from varpa.profiles.actions.parts import (
    correct_part,
    settle_correction,
    take_approval_back,
    withdraw_correction,
)
from varpa.profiles.actions.profiles import finish_profile, rework_profile
from varpa.profiles.models import Correction, Part, Profile

pytestmark = pytest.mark.django_db
SOON, LATER = NOW + timedelta(minutes=5), NOW + timedelta(minutes=10)


def states(kind: str) -> list[str]:
    return list(Letter.objects.filter(kind=f"profiles.{kind}").order_by("pk").values_list("state", flat=True))


def went() -> None:
    """What waits has gone out."""
    Letter.objects.filter(state=LetterState.QUEUED).update(state=LetterState.SENT)


def corrected(cast: Cast, part: Part) -> Correction:
    return correct_part(profile=part.profile, key=part.key, text="Krūzes", by=cast.andris, now=NOW)


def test_of_a_correction_that_was_taken_back_nobody_is_told(cast: Cast, part: Part) -> None:
    withdraw_correction(correction=corrected(cast, part), by=cast.andris, now=SOON)
    assert states("corrected") == ["withdrawn"]


def test_nor_of_one_that_is_dealt_with(cast: Cast, part: Part) -> None:
    settle_correction(correction=corrected(cast, part), by=cast.elina, now=SOON)
    corrected(cast, part)
    approve(part.profile, cast)
    assert states("corrected") == ["withdrawn", "withdrawn"]


def test_a_correction_that_stands_is_told_though_the_mentee_writes_on(cast: Cast, part: Part) -> None:
    finish_profile(profile=part.profile, by=cast.elina, now=NOW)
    corrected(cast, part)
    rework_profile(profile=part.profile, by=cast.elina, now=SOON)
    assert (states("finished"), states("corrected")) == (["withdrawn"], ["queued"])


def test_finished_again_the_same_day_is_told_where_nobody_was_told_yet(
    cast: Cast, profile: Profile, part: Part
) -> None:
    finish_profile(profile=profile, by=cast.elina, now=NOW)
    rework_profile(profile=profile, by=cast.elina, now=SOON)
    finish_profile(profile=profile, by=cast.elina, now=LATER)
    assert states("finished") == ["withdrawn", "queued"]


def test_finished_again_the_same_day_sends_no_second_letter(cast: Cast, profile: Profile, part: Part) -> None:
    finish_profile(profile=profile, by=cast.elina, now=NOW)
    went()
    rework_profile(profile=profile, by=cast.elina, now=SOON)
    finish_profile(profile=profile, by=cast.elina, now=LATER)
    assert states("finished") == ["sent"]


def test_approved_no_longer_is_not_told_as_approved(cast: Cast, approved: Profile) -> None:
    assert states("approved") == ["queued"]
    take_approval_back(profile=approved, key="activity", by=cast.andris, now=SOON)
    assert states("approved") == ["withdrawn"]
    approve(approved, cast, now=LATER)
    assert states("approved") == ["withdrawn", "queued"]


def test_a_text_that_changed_is_not_told_as_approved(cast: Cast, approved: Profile) -> None:
    revision = approved.parts.get(key="activity").revision
    write(approved, cast, "Tikai krūzes.", revision=revision, now=SOON)
    assert states("approved") == ["withdrawn"]
