"""Whoever is in the pair learns nowhere that a worry about it was told: no count tells of it (R8)."""

from datetime import timedelta

import pytest

from tests import make
from tests.cast import Cast
from tests.guardians.people import guardian, link_of, pupil
from tests.make import NOW
from tests.visits import Visitor, words
from varpa.guardians.actions import worries
from varpa.guardians.models import Tells, Worry
from varpa.history.actions import record
from varpa.home.queries.managed import standing_of
from varpa.home.queries.week import Told, told_to, week
from varpa.pairs.models import Pair
from varpa.people.models import Person
from varpa.privacy.actions import asking
from varpa.programmes.models import Membership, Role
from varpa.support.actions.clocks import keep_cases
from varpa.support.models import Case

pytestmark = pytest.mark.django_db


@pytest.fixture
def member(cast: Cast) -> Membership:
    """A pupil whom Inga, who manages the programme, mentors as well."""
    found = pupil(cast)
    inga = make.member(cast.programme, cast.inga, Role.MENTOR)
    Pair.objects.create(
        programme=cast.programme, mentor=inga, mentee=found, state="active", proposed_at=NOW, active_at=NOW
    )
    return found


def told(cast: Cast, member: Membership, **more: str) -> Worry:
    return worries.tell_worry(link=link_of(guardian(member, cast.dace)), text="Nerunā.", now=NOW, **more)


def lines(cast: Cast, who: Person) -> list[str]:
    return [need.url for need in week(cast.programme, NOW, told_to(who, cast.programme))]


def test_the_week_of_a_manager_who_is_in_the_pair_does_not_count_it(cast: Cast, member: Membership) -> None:
    told(cast, member)
    assert told_to(cast.inga, cast.programme) == Told(0, 0)
    assert not [url for url in lines(cast, cast.inga) if "worry" in url]
    first = standing_of([cast.programme], cast.inga, NOW)[0].need
    assert first is None or "worry" not in first.url
    home = Visitor(cast.inga, language="en").get(f"/programmes/{cast.programme.ref}/")
    assert "show=worry" not in home.content.decode()


def test_who_may_read_it_instead_is_led_to_it(cast: Cast, member: Membership) -> None:
    told(cast, member)
    people = f"/programmes/{cast.programme.ref}/people/?show=worry"
    assert lines(cast, cast.dace)[0] == people
    listed = Visitor(cast.dace).get(people)
    assert [line.membership for line, *_rest in listed.context["lines"]] == [member]
    keep_cases(NOW)
    assert told_to(cast.dace, cast.programme) == Told(1, 0)


def test_the_list_of_people_does_not_find_the_pupil_for_the_mentor(cast: Cast, member: Membership) -> None:
    told(cast, member)
    listed = Visitor(cast.inga).get(f"/programmes/{cast.programme.ref}/people/?show=worry")
    assert not listed.context["lines"]


def test_no_line_of_the_pupils_history_tells_the_mentor(cast: Cast, member: Membership) -> None:
    worry = told(cast, member)
    worries.read_worry(worry=worry, by=cast.dace, now=NOW)
    # As earlier versions wrote it.
    record("worry.tell", member, now=NOW, by=None, programme_ref=cast.programme.ref)
    page = Visitor(cast.inga, language="en").get(f"/memberships/{member.ref}/")
    assert page.status_code == 200
    assert "worry" not in words(page).lower()


def test_a_pupil_who_wants_everything_erased_does_not_learn_of_it(cast: Cast, member: Membership) -> None:
    """The request is taken; the worker waits until it is settled."""
    told(cast, member)
    keep_cases(NOW)
    assert list(asking.hindrances(member.person, member.person)) == []
    assert list(asking.hindrances(member.person, cast.inga)) == []
    assert [type(each) for each in asking.hindrances(member.person, cast.dace)] == [asking.CaseIsOpen]
    wish = asking.ask_on_paper(membership=member, by=cast.inga, now=NOW)
    later = NOW + asking.GRACE + timedelta(days=1)
    assert asking.erase_due(later) == 0
    Case.objects.update(state="closed", outcome="helped")
    assert asking.erase_due(later) == 1
    wish.refresh_from_db()
    assert wish.state == "done"


def test_what_is_about_the_manager_does_not_hinder_a_paper_that_the_manager_enters(
    cast: Cast, member: Membership
) -> None:
    Pair.objects.filter(mentee=member).delete()
    told(cast, member, to=Tells.ABOUT_MANAGER)
    keep_cases(NOW)
    assert asking.ask_on_paper(membership=member, by=cast.inga, now=NOW).state == "waiting"
