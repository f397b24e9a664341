"""How somebody takes part is said anew, by the person or for it; the application stays as sent (S20)."""

from typing import Any

import pytest
from django.urls import reverse

from tests import make
from tests.calls.conftest import sent, window
from tests.make import NOW
from tests.visits import Visitor, forms, words
from varpa.calls.actions.taking_part import say_anew
from varpa.calls.models import Application
from varpa.history.models import Line
from varpa.kernel.merging import Conflict
from varpa.people.models import Person
from varpa.programmes.actions.memberships import HasLeft, decide, withdraw_member
from varpa.programmes.models import Membership, Participation, Programme, Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def marta(programme: Programme) -> Membership:
    """Marta has applied, and told little."""
    application = sent(programme, topic="Maize", languages=["lv"], gender="woman")
    return Membership.objects.select_related("person", "programme").get(pk=application.membership_id)


def page(membership: Membership, step: str = "") -> str:
    if step:
        return reverse("calls:change", args=[membership.ref, step])
    return reverse("calls:taking_part", args=[membership.ref])


def anew(
    membership: Membership, *, revision: int | None = None, by: Person | None = None, **said: Any
) -> bool:
    shown = membership.revision if revision is None else revision
    written = {name for name, value in said.items() if isinstance(value, str)}
    return say_anew(
        membership=membership,
        said=said,
        words=written,
        revision=shown,
        by=by or membership.person,
        now=NOW,
    )


def part(membership: Membership) -> Participation:
    return Participation.objects.get(membership=membership)


def test_a_mentee_says_anew_how_to_take_part(marta: Membership) -> None:
    visitor = Visitor(marta.person)
    answer = visitor.send(forms(visitor.get(page(marta, "reach")))[0], languages=["lv", "en"], travel_km="60")
    assert answer.url == page(marta)
    assert (part(marta).languages, part(marta).travel_km) == (["lv", "en"], 60)
    assert part(marta).gender == "woman"
    assert Application.objects.get().answers["languages"] == ["lv"]
    assert Line.objects.filter(verb="membership.participation").count() == 2


def test_a_manager_says_it_for_a_person_and_that_is_written_down(marta: Membership, inga: Person) -> None:
    visitor = Visitor(inga)
    visitor.send(forms(visitor.get(page(marta, "week")))[0], availability=["tue-evening"])
    line = Line.objects.filter(verb="membership.participation").latest("pk")
    assert part(marta).availability == ["tue-evening"]
    assert (line.actor, line.behalf) == (inga.pk, marta.person_id)


def test_the_topic_and_the_means_belong_to_the_membership(marta: Membership) -> None:
    assert anew(marta, topic="Rupjmaize", expectations="Drosme")
    assert anew(Membership.objects.get(pk=marta.pk), means=["phone"])
    marta.refresh_from_db()
    assert (marta.topic, marta.means, part(marta).expectations) == ("Rupjmaize", ["phone"], "Drosme")


def test_the_same_said_again_changes_nothing(marta: Membership) -> None:
    lines = Line.objects.count()
    assert not anew(marta, languages=["lv"], topic="Maize", experience="")
    assert Line.objects.count() == lines


def test_two_who_write_at_once_lose_no_word(marta: Membership, inga: Person) -> None:
    seen = marta.revision
    anew(marta, topic="Rupjmaize")
    with pytest.raises(Conflict) as told:
        anew(marta, topic="Saldskābmaize", revision=seen, by=inga)
    assert told.value.stored == {"topic": "Rupjmaize"}
    visitor = Visitor(inga)
    form = forms(visitor.get(page(marta, "topic")))[0]
    anew(Membership.objects.get(pk=marta.pk), topic="Kūkas")
    both = words(visitor.send(form, topic="Cepumi"))
    assert "Kūkas" in both
    assert "Cepumi" in both


def test_an_older_page_wipes_no_newer_ticks(marta: Membership, inga: Person) -> None:
    visitor = Visitor(inga)
    older = forms(visitor.get(page(marta, "reach")))[0]
    anew(Membership.objects.get(pk=marta.pk), languages=["lv", "en"])
    merged = forms(visitor.send(older, tick=("lt",)))[0]
    assert {"en", "lt", "lv"} <= set(merged.fields["languages"])
    assert part(marta).languages == ["lv", "en"]


def test_who_has_left_says_nothing_anew(marta: Membership, inga: Person) -> None:
    decide(membership=marta, step="accept", by=inga, now=NOW)
    withdraw_member(membership=marta, by=inga, now=NOW)
    with pytest.raises(HasLeft):
        anew(marta, languages=["lt"])
    assert page(marta, "reach") not in words(Visitor(inga).get(page(marta)))


def test_gender_is_shown_to_its_author_alone(marta: Membership, inga: Person) -> None:
    assert "sieviete" in words(Visitor(marta.person).get(page(marta)))
    visitor = Visitor(inga)
    assert "sieviete" not in words(visitor.get(page(marta)))
    assert 'name="gender"' not in words(visitor.get(page(marta, "place")))
    visitor.send(forms(visitor.get(page(marta, "place")))[0], region="Cēsis", gender="man")
    assert (part(marta).region, part(marta).gender) == ("Cēsis", "woman")


def test_school_and_country_stay_with_those_who_run_the_programme(marta: Membership) -> None:
    before = marta.place, marta.country
    visitor = Visitor(marta.person)
    visitor.send(
        forms(visitor.get(page(marta, "place")))[0], region="Cēsis", place="Cita skola", country="LT"
    )
    marta.refresh_from_db()
    assert (marta.place, marta.country) == before


def test_a_stranger_and_another_applicant_see_nothing(programme: Programme, marta: Membership) -> None:
    other = make.member(programme, make.person("Jānis Bērzs", "j@varpa.example"), Role.MENTEE)
    for address in (page(marta), page(marta, "topic")):
        assert Visitor(other.person).get(address).status_code == 404


def test_staff_take_part_in_another_way(programme: Programme, inga: Person) -> None:
    managing = Membership.objects.get(person=inga)
    assert Visitor(inga).get(page(managing)).status_code == 404


@pytest.mark.parametrize(
    ("language", "said"),
    [("lv", "Kā es piedalos"), ("lt", "Kaip aš dalyvauju"), ("en", "How I take part")],
)
def test_it_is_read_in_three_languages(marta: Membership, language: str, said: str) -> None:
    Person.objects.filter(pk=marta.person_id).update(language=language)
    visitor = Visitor(Person.objects.get(pk=marta.person_id))
    assert said in words(visitor.get(page(marta)))
    assert said in words(visitor.get(reverse("programmes:preparation", args=[marta.ref])))


def test_the_manager_finds_it_on_the_persons_page(marta: Membership, inga: Person) -> None:
    assert page(marta) in words(Visitor(inga).get(reverse("applications:member", args=[marta.ref])))


def test_a_manager_enters_a_place_more_where_the_call_offers_one_to_everybody(
    programme: Programme, inga: Person
) -> None:
    window(programme, most_mentees=1)
    application = sent(programme, Role.MENTOR, topic="Maize")
    mentor = Membership.objects.select_related("person").get(pk=application.membership_id)
    assert 'name="capacity"' not in words(Visitor(mentor.person).get(page(mentor, "week")))
    visitor = Visitor(inga)
    visitor.send(forms(visitor.get(page(mentor, "week")))[0], capacity="2")
    assert part(mentor).capacity == 2
