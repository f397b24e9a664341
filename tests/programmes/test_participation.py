"""How a member takes part: said, changed, refused."""

import pytest
from django.db import IntegrityError, transaction

from tests.cast import Cast
from tests.make import NOW
from varpa.history.models import Line
from varpa.programmes.actions.memberships import HasLeft, withdraw_member
from varpa.programmes.actions.participation import NoSuchCapacity, say_participation
from varpa.programmes.models import Participation
from varpa.programmes.week import TIMES, time_name


def test_what_is_not_named_stays(cast: Cast) -> None:
    member = cast.pair.mentee
    say_participation(
        membership=member, said={"region": "Cēsis", "languages": ["lv"]}, by=member.person, now=NOW
    )
    said = say_participation(membership=member, said={"languages": ["lv", "en"]}, by=member.person, now=NOW)
    said.refresh_from_db()
    assert (said.region, said.languages) == ("Cēsis", ["lv", "en"])


def test_the_same_words_again_are_no_line_of_history(cast: Cast) -> None:
    member = cast.pair.mentee
    for _time in range(2):
        say_participation(membership=member, said={"region": "Cēsis"}, by=member.person, now=NOW)
    lines = Line.objects.filter(verb="membership.participation")
    assert lines.count() == 1
    assert "Cēsis" not in str(lines.get().details)


def test_no_mentor_takes_nobody_or_a_crowd(cast: Cast) -> None:
    member = cast.pair.mentor
    for capacity in (0, 21):
        with pytest.raises(NoSuchCapacity):
            say_participation(membership=member, said={"capacity": capacity}, by=member.person, now=NOW)
        with pytest.raises(IntegrityError), transaction.atomic():
            Participation.objects.create(membership=member, capacity=capacity)
    assert not Participation.objects.filter(membership=member).exists()


def test_who_has_left_says_nothing_more(cast: Cast) -> None:
    member = cast.pair.mentee
    withdraw_member(membership=member, by=member.person, now=NOW)
    with pytest.raises(HasLeft):
        say_participation(membership=member, said={"region": "Cēsis"}, by=member.person, now=NOW)


def test_every_time_of_the_week_has_a_name() -> None:
    assert len(TIMES) == 21
    assert time_name("tue-evening") == "Tuesday evening"
    assert time_name("whenever") == "whenever"
