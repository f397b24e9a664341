"""The presentation belongs to the mentee's membership: both mentors see it and recommend."""

import pytest

from tests.cast import Cast
from tests.make import NOW
from tests.pairs.conftest import second_pair
from tests.presentations.test_actions import recommend
from tests.presentations.test_pages import MOST_QUERIES, at, signed_in
from varpa.pairs.actions.pairs import complete_pair, pause_pair
from varpa.pairs.models import Pair
from varpa.post.models import Letter
from varpa.presentations.actions.presentations import share_presentation
from varpa.presentations.models import Presentation, Slide

pytestmark = pytest.mark.django_db


@pytest.fixture
def other(cast: Cast) -> Pair:
    """Elīna is mentored by Laima too."""
    return second_pair(cast)


def test_both_see_it_and_recommend(cast: Cast, other: Pair, shared: Presentation) -> None:
    laima = other.mentor.person
    recommend(shared, cast, by=laima, text="Rādi krūzi.")
    recommend(shared, cast)
    for who in (cast.andris, laima, cast.elina):
        shown = signed_in(who).get(at("slide", shared, "idea")).content.decode()
        assert "Rādi krūzi." in shown
        assert "Sāc ar krūzi rokā." in shown


def test_the_mentee_sees_who_sees_it(cast: Cast, other: Pair, shared: Presentation) -> None:
    shown = signed_in(cast.elina).get(at("presentation", shared)).content.decode()
    assert "Andris, Laima redz slaidus un iesaka." in shown


def test_one_pair_that_rests_stops_no_sharing(
    cast: Cast, other: Pair, presentation: Presentation, slide: Slide
) -> None:
    pause_pair(pair=cast.pair, by=cast.inga, now=NOW)
    share_presentation(presentation=presentation, shared=True, by=cast.elina, now=NOW)
    told = Letter.objects.filter(kind="presentations.shared").values_list("person", flat=True)
    assert list(told) == [other.mentor.person_id]


def test_a_mentor_who_went_the_whole_way_is_led_to_no_room_of_others(
    cast: Cast, other: Pair, shared: Presentation
) -> None:
    complete_pair(pair=cast.pair, by=cast.andris, now=NOW)
    shown = signed_in(cast.andris).get(at("presentation", shared)).content.decode()
    assert f"/pairs/{other.ref}/" not in shown


def test_two_mentors_take_as_many_questions_as_one(
    cast: Cast, other: Pair, shared: Presentation, django_assert_max_num_queries: object
) -> None:
    client = signed_in(cast.elina)
    client.get(at("presentation", shared))
    assert callable(django_assert_max_num_queries)
    with django_assert_max_num_queries(MOST_QUERIES):
        client.get(at("presentation", shared))
