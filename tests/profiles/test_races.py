"""Two clicks at one moment: one photograph, one word of the firm, one taking away."""

from collections.abc import Callable

import pytest

from tests.cast import Cast
from tests.profiles.test_photographs import LATER, agree, put
from tests.together import at_once
from varpa.files.models import File
from varpa.history.models import Line
from varpa.kernel.refs import new_ref
from varpa.profiles.actions.photographs import take_photograph_away
from varpa.profiles.models import FirmWord, Photograph, Profile

pytestmark = pytest.mark.django_db(transaction=True)


def twice(act: Callable[[], object]) -> None:
    """Two clicks at one moment, and neither ends in an error."""
    assert not [found for found in at_once(act, act) if isinstance(found, Exception)]


def test_two_clicks_keep_one_photograph(cast: Cast, profile: Profile) -> None:
    ref = new_ref()
    twice(lambda: put(profile, cast.elina, ref=ref))
    assert Photograph.objects.count() == File.objects.count() == 1


def test_two_clicks_are_one_word_of_the_firm(cast: Cast, profile: Profile) -> None:
    made = put(profile, cast.elina)
    twice(lambda: agree(Photograph.objects.get(pk=made.pk), cast.andris))
    assert FirmWord.objects.count() == 1


def test_two_clicks_take_it_away_once(cast: Cast, profile: Profile) -> None:
    put(profile, cast.elina)
    twice(lambda: take_photograph_away(photograph=Photograph.objects.get(), by=cast.andris, now=LATER))
    assert Line.objects.filter(verb="profile.take_photograph_away").count() == 1
