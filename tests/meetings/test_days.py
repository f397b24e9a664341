"""The day that a plan begins with, and what is told of the day that was chosen: hints, never a refusal."""

from datetime import date, datetime, timedelta

import pytest

from tests import make
from tests.cast import Cast
from tests.make import NOW
from tests.visits import Visitor, forms, words
from varpa.absences.actions import say_away
from varpa.kernel.refs import new_ref
from varpa.pairs.models import Pair
from varpa.people.models import Person
from varpa.programmes.models import Participation

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _met_two_weeks_before(cast: Cast) -> None:
    make.meeting(cast.pair, days=21, kind="regular")


def begins(cast: Cast) -> str:
    visitor = Visitor(cast.andris, days=22)
    pages = forms(visitor.get(f"/pairs/{cast.pair.ref}/meetings/new/"))
    return next(each for each in pages if "starts" in each.fields).fields["starts"][0]


def plans(pair: Pair, by: Person, starts: datetime) -> str:
    visitor = Visitor(by, language="en", days=22)
    address = f"/pairs/{pair.ref}/meetings/new/"
    form = next(each for each in forms(visitor.get(address)) if "starts" in each.fields)
    asked = {"kind": "regular", "means": "video", "zone": "Europe/Riga", "minutes": "60", "ref": new_ref()}
    sent = visitor.send(form, **{**asked, "starts": f"{starts:%Y-%m-%dT%H:%M}"})
    assert sent.status_code == 302
    return words(visitor.get(sent.url))


def test_a_public_holiday_is_not_suggested(cast: Cast) -> None:
    assert begins(cast).startswith("2025-11-19")


def test_nor_days_away_nor_the_week_end_after_them(cast: Cast) -> None:
    say_away(person=cast.elina, first=date(2025, 11, 19), last=date(2025, 11, 21), now=NOW)
    assert begins(cast).startswith("2025-11-24")


def test_a_holiday_is_told_by_its_name_and_the_meeting_stands(cast: Cast) -> None:
    told = plans(cast.pair, cast.andris, datetime(2025, 11, 18, 10, 0))
    assert "Elīna has a public holiday then: Republic of Latvia Proclamation Day. This meeting can" in told
    assert cast.pair.meetings.count() == 2


def test_what_the_other_has_not_named_as_free_is_told(cast: Cast) -> None:
    for member in (cast.mentor, cast.mentee):
        told_free = {"availability": ["mon-evening"]}
        Participation.objects.update_or_create(membership=member, defaults=told_free)
    told = plans(cast.pair, cast.andris, datetime(2025, 11, 19, 10, 0))
    assert "Elīna has not named this time as free. This meeting can be moved." in told
    assert "You have not named" not in told


def test_on_a_day_without_anything_nothing_is_said(cast: Cast) -> None:
    told = plans(cast.pair, cast.andris, datetime(2025, 11, 18, 10, 0) + timedelta(days=2))
    assert "can be moved" not in told
