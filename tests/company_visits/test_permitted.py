"""A planned visit stops with the guardian's permission for it, and goes on where it is given anew (R1)."""

from datetime import timedelta
from typing import Any

import pytest

from tests.cast import Cast
from tests.company_visits.test_letters import anna, cast, meeting, told
from tests.company_visits.test_visits import describe
from tests.guardians.people import letters, link_in
from tests.make import NOW
from tests.visits import Visitor, ask, words
from varpa.guardians.models import Guardian
from varpa.meetings import permitted
from varpa.meetings.actions.meetings import plan_meeting
from varpa.meetings.actions.reviews import review_meeting
from varpa.meetings.models import Meeting, MeetingState, Review
from varpa.post.models import Letter, LetterState
from varpa.programmes.actions.permissions import record_permission, withdraw_permission
from varpa.programmes.models import Membership, PermissionKind
from varpa.visits.actions import tell_guardians

pytestmark = pytest.mark.django_db

__all__ = ["anna", "cast", "meeting"]
LATER = NOW + timedelta(hours=1)
VISIT = PermissionKind.VISIT
ABROAD = PermissionKind.VISIT_ABROAD


def take_back(cast: Cast, kind: str = VISIT) -> None:
    withdraw_permission(membership=cast.mentee, kind=kind, by=cast.inga, now=LATER)


def give(cast: Cast, kind: str = VISIT) -> None:
    later = LATER + timedelta(hours=1)
    record_permission(membership=cast.mentee, kind=kind, guardian="Anna", by=cast.inga, now=later)


def about_it() -> list[Letter]:
    letters = Letter.objects.filter(kind="visits.permission").exclude(state=LetterState.WITHDRAWN)
    return list(letters.order_by("pk"))


def went(*letters: Letter) -> None:
    Letter.objects.filter(pk__in=[each.pk for each in letters]).update(state=LetterState.SENT)


def test_the_two_and_the_manager_are_told_at_once_what_to_do(cast: Cast, meeting: Meeting) -> None:
    take_back(cast)
    told = about_it()
    assert {each.to_address for each in told} >= {cast.andris.email, cast.elina.email, cast.inga.email}
    assert all("piekrišan" in each.text for each in told if each.to_address == cast.inga.email)


def test_what_has_nothing_to_do_with_visits_is_no_news(cast: Cast, meeting: Meeting) -> None:
    take_back(cast, PermissionKind.PHOTOGRAPHS)
    take_back(cast, ABROAD)
    assert about_it() == []


def test_the_guardian_is_not_told_of_a_visit_that_may_not_be(
    cast: Cast, meeting: Meeting, anna: Guardian
) -> None:
    near = meeting.starts_at - timedelta(hours=47)
    take_back(cast)
    assert tell_guardians(near) == 0
    link = link_in(letters()[0])
    assert meeting.place not in words(ask(None, f"{link}visits/"))


def test_what_waits_to_tell_the_guardian_does_not_go(cast: Cast, meeting: Meeting, anna: Guardian) -> None:
    describe(meeting, cast.andris)
    tell_guardians(NOW)
    take_back(cast)
    assert tell_guardians(LATER) == 0
    assert [each.state for each in told()] == [LetterState.WITHDRAWN]


def test_a_guardian_who_was_told_reads_that_it_does_not_take_place_and_again_that_it_does(
    cast: Cast, meeting: Meeting, anna: Guardian
) -> None:
    describe(meeting, cast.andris)
    tell_guardians(NOW)
    went(*told())
    take_back(cast)
    assert [tell_guardians(LATER), tell_guardians(LATER)] == [1, 0]
    assert "nenotiks" in told()[-1].text
    went(*told())
    give(cast)
    assert tell_guardians(LATER + timedelta(hours=2)) == 1
    assert meeting.place in told()[-1].text


def test_it_cannot_be_described_held_or_reviewed_meanwhile(cast: Cast, meeting: Meeting) -> None:
    take_back(cast)
    after: dict[str, Any] = {"minutes": 60, "now": meeting.starts_at + timedelta(days=1)}
    with pytest.raises(permitted.NoVisitPermission):
        describe(meeting, cast.andris, now=LATER)
    for minutes in (60, None):
        with pytest.raises(permitted.NoVisitPermission):
            review_meeting(meeting=meeting, by=cast.andris, text="Labi", **{**after, "minutes": minutes})
    meeting.refresh_from_db()
    assert meeting.state == MeetingState.PLANNED
    assert not Review.objects.exists()


def test_a_visit_that_was_permitted_on_its_day_is_written_down_later(cast: Cast, meeting: Meeting) -> None:
    after = meeting.starts_at + timedelta(days=1)
    withdraw_permission(membership=cast.mentee, kind=VISIT, by=cast.inga, now=after)
    review_meeting(meeting=meeting, by=cast.andris, minutes=60, text="Labi", now=after)
    meeting.refresh_from_db()
    assert meeting.state == MeetingState.HELD


def test_given_anew_it_goes_on_and_they_are_told(cast: Cast, meeting: Meeting) -> None:
    take_back(cast)
    first = about_it()
    went(*first)
    give(cast)
    assert len(about_it()) == 2 * len(first)
    assert "spēkā" in about_it()[-1].text
    describe(meeting, cast.andris, now=LATER + timedelta(hours=2))


def test_taken_back_and_given_before_a_letter_went_nobody_is_troubled(cast: Cast, meeting: Meeting) -> None:
    take_back(cast)
    give(cast)
    assert about_it() == []


@pytest.mark.parametrize("who", ["andris", "elina"])
def test_both_see_it_on_the_pages_and_as_the_next_thing(cast: Cast, meeting: Meeting, who: str) -> None:
    take_back(cast)
    visitor = Visitor(getattr(cast, who), days=0)
    for address in (f"/meetings/{meeting.ref}/visit/", f"/meetings/{meeting.ref}/"):
        assert f"/meetings/{meeting.ref}/cancel/" in words(visitor.get(address))
    assert "piekrišana" in words(visitor.get("/"))
    give(cast)
    assert "piekrišana" not in words(visitor.get("/"))


def test_the_manager_sees_it_in_the_week(cast: Cast, meeting: Meeting) -> None:
    take_back(cast)
    page = words(Visitor(cast.inga).get("/", follow=True))
    assert "piekrišanu 1 ieplānotai vizītei" in page


@pytest.mark.parametrize("unsaid", ["mentor", "mentee"])
def test_where_a_country_is_not_said_a_minor_needs_the_permission_for_abroad(
    cast: Cast, meeting: Meeting, unsaid: str
) -> None:
    Membership.objects.filter(pk=getattr(cast, unsaid).pk).update(country="")
    take_back(cast, ABROAD)
    pair = type(cast.pair).objects.get(pk=cast.pair.pk)
    with pytest.raises(permitted.CountryNotSaid) as refusal:
        plan_meeting(
            pair=pair,
            kind="visit",
            means="in_person",
            starts_local=meeting.starts_local + timedelta(days=3),
            zone=meeting.zone,
            minutes=45,
            by=cast.andris,
            now=LATER,
        )
    assert getattr(cast, unsaid).person.name in str(refusal.value)


def test_in_a_programme_of_one_country_nothing_is_asked(cast: Cast, meeting: Meeting) -> None:
    Membership.objects.filter(pk=cast.mentor.pk).update(country="")
    cast.programme.countries = ["LV"]
    cast.programme.save()
    take_back(cast, ABROAD)
    pair = type(cast.pair).objects.get(pk=cast.pair.pk)
    assert permitted.why_not(pair, LATER) is None
