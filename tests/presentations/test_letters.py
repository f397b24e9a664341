"""A letter that tells of what was taken back meanwhile does not go; what is said anew is told anew."""

from datetime import timedelta

import pytest

from tests.cast import Cast
from tests.make import NOW
from varpa.post.models import Letter, LetterState
from varpa.presentations.actions.presentations import share_presentation
from varpa.presentations.actions.recommendations import (
    mark_recommendation,
    recommend,
    withdraw_recommendation,
)
from varpa.presentations.models import Presentation, Recommendation

pytestmark = pytest.mark.django_db
SOON, LATER = NOW + timedelta(minutes=5), NOW + timedelta(minutes=10)


def states(kind: str) -> list[str]:
    found = Letter.objects.filter(kind=f"presentations.{kind}").order_by("pk")
    return list(found.values_list("state", flat=True))


def recommended(cast: Cast, shared: Presentation) -> Recommendation:
    return recommend(presentation=shared, slide="idea", text="Sāc ar krūzi.", by=cast.andris, now=NOW)


def test_of_a_recommendation_that_was_taken_back_nobody_is_told(cast: Cast, shared: Presentation) -> None:
    withdraw_recommendation(recommendation=recommended(cast, shared), by=cast.andris, now=SOON)
    assert states("recommended") == ["withdrawn"]


def test_nor_of_one_that_is_done(cast: Cast, shared: Presentation) -> None:
    made = recommended(cast, shared)
    mark_recommendation(recommendation=made, done=True, by=cast.elina, now=SOON)
    assert states("recommended") == ["withdrawn"]


def test_one_that_stands_is_told_though_the_slides_are_shared_no_longer(
    cast: Cast, shared: Presentation
) -> None:
    recommended(cast, shared)
    share_presentation(presentation=shared, shared=False, by=cast.elina, now=SOON)
    assert (states("shared"), states("recommended")) == (["withdrawn"], ["queued"])


def test_shared_again_the_same_day_is_told_where_nobody_was_told_yet(
    cast: Cast, shared: Presentation
) -> None:
    for at, on in ((SOON, False), (LATER, True)):
        share_presentation(presentation=shared, shared=on, by=cast.elina, now=at)
    assert states("shared") == ["withdrawn", "queued"]


def test_shared_again_the_same_day_sends_no_second_letter(cast: Cast, shared: Presentation) -> None:
    Letter.objects.update(state=LetterState.SENT)
    for at, on in ((SOON, False), (LATER, True)):
        share_presentation(presentation=shared, shared=on, by=cast.elina, now=at)
    assert states("shared") == ["sent"]
