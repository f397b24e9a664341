"""Staff put right how somebody takes part: a mentor takes one mentee more, another language, a town (S5)."""

from typing import Any

import pytest

from tests.applications.conftest import applicant
from tests.applications.test_pages import LANGUAGES, ask, send, speak, text
from tests.cast import Cast
from tests.make import NOW
from varpa.applications.actions.decisions import StaffIsAppointed
from varpa.applications.actions.participation import ChangedMeanwhile, change_participation
from varpa.applications.taking_part import mark_of
from varpa.history.models import Line
from varpa.pairs.queries import free_place
from varpa.programmes.actions.memberships import HasLeft
from varpa.programmes.actions.participation import say_participation
from varpa.programmes.models import Membership, MembershipState, Participation

pytestmark = pytest.mark.django_db
TYPED = {"capacity": "2", "languages": ["lv", "ru"], "interests": "koks; 62", "region": "Ogre"}


def fresh(membership: Membership) -> Membership:
    return Membership.objects.select_related("participation", "person", "programme").get(pk=membership.pk)


def change(cast: Cast, membership: Membership, seen: str = "", **said: Any) -> None:
    seen = seen or mark_of(fresh(membership))
    change_participation(membership=fresh(membership), said=said, seen=seen, by=cast.inga, now=NOW)


def test_one_place_more_is_free_at_once(cast: Cast) -> None:
    assert free_place(cast.mentor) is None
    change(cast, cast.mentor, capacity=2)
    assert free_place(cast.mentor) == 2
    line = Line.objects.get(verb="membership.participation")
    assert (line.actor, line.behalf, line.details) == (cast.inga.pk, cast.andris.pk, {"fields": "capacity"})


def test_what_another_has_changed_meanwhile_is_not_overwritten(cast: Cast) -> None:
    seen = mark_of(fresh(cast.mentor))
    change(cast, cast.mentor, capacity=3)
    with pytest.raises(ChangedMeanwhile):
        change(cast, cast.mentor, seen, region="Ogre")
    assert Participation.objects.get(membership=cast.mentor).region == ""


def test_staff_and_who_has_left_are_left_alone(cast: Cast) -> None:
    with pytest.raises(StaffIsAppointed):
        change(cast, Membership.objects.get(person=cast.inga), region="Ogre")
    anna = applicant(cast)
    Membership.objects.filter(pk=anna.pk).update(state=MembershipState.DECLINED)
    with pytest.raises(HasLeft):
        change(cast, anna, region="Ogre")


def test_the_page_changes_what_matching_looks_at(cast: Cast) -> None:
    shown = text(ask(cast, "part", cast.mentor.ref))
    seen = mark_of(fresh(cast.mentor))
    assert f'name="seen" value="{seen}"' in shown
    assert f"/memberships/{cast.mentor.ref}/participation/" in text(ask(cast, "member", cast.mentor.ref))
    data = {**TYPED, "travel_km": "40", "availability": ["tue-evening"], "seen": seen}
    assert "latviešu, krievu" in text(send(cast, "part", cast.mentor.ref, data))
    part = Participation.objects.get(membership=cast.mentor)
    assert (part.capacity, part.region, part.travel_km) == (2, "Ogre", 40)
    assert (part.languages, part.availability) == (["lv", "ru"], ["tue-evening"])
    assert "62" in part.interests
    again = {**data, "seen": mark_of(fresh(cast.mentor)), "interests": _typed(cast)}
    send(cast, "part", cast.mentor.ref, again)
    assert Participation.objects.get(membership=cast.mentor).interests == part.interests


def _typed(cast: Cast) -> str:
    """The interests as the page offers them."""
    shown = text(ask(cast, "part", cast.mentor.ref))
    return shown.split('name="interests" value="')[1].split('"')[0]


def test_a_mentee_has_no_capacity(cast: Cast) -> None:
    assert 'name="capacity"' not in text(ask(cast, "part", cast.mentee.ref))


def test_what_is_wrong_is_told_and_kept(cast: Cast) -> None:
    data = {"capacity": "21", "interests": "qwxyz", "travel_km": "far", "seen": "x"}
    shown = text(send(cast, "part", cast.mentor.ref, data))
    assert shown.count('class="why"') == 3
    assert "qwxyz" in shown
    assert 'name="seen" value="x"' in shown


def test_the_second_of_two_sees_what_stands_and_saves_once_more(cast: Cast) -> None:
    seen = mark_of(fresh(cast.mentor))
    say_participation(membership=cast.mentor, said={"region": "Talsi"}, by=cast.dace, now=NOW)
    shown = text(send(cast, "part", cast.mentor.ref, {**TYPED, "seen": seen}))
    assert "Talsi" in shown
    assert 'value="Ogre"' in shown
    now = mark_of(fresh(cast.mentor))
    assert f'name="seen" value="{now}"' in shown
    send(cast, "part", cast.mentor.ref, {**TYPED, "seen": now})
    assert Participation.objects.get(membership=cast.mentor).region == "Ogre"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_speaks_three_languages(cast: Cast, language: str) -> None:
    speak(cast, language)
    head = {"lv": "Kā šis cilvēks piedalās", "lt": "Kaip šis žmogus dalyvauja"}
    shown = text(ask(cast, "part", cast.mentor.ref))
    assert head.get(language, "How this person takes part") in shown
