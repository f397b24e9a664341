"""A visit in another country needs the guardian's permission of its own, wherever the two live (R1, §2)."""

from datetime import date
from typing import Any

import pytest

from tests import make
from tests.cast import Cast, assemble
from tests.make import NOW
from tests.visits import Form, Visitor, forms, words
from varpa.meetings.actions.meetings import move_meeting
from varpa.meetings.models import Meeting
from varpa.meetings.permitted import NoVisitAbroadPermission
from varpa.pairs.models import Pair
from varpa.people.models import Person
from varpa.programmes.actions.permissions import record_permission, withdraw_permission
from varpa.programmes.models import Membership, PermissionKind
from varpa.visits.queries import unpermitted_ahead

pytestmark = pytest.mark.django_db

ABROAD = PermissionKind.VISIT_ABROAD
ASKED = {"lv": "Kurā valstī tas ir?", "lt": "Kurioje šalyje tai vyks?", "en": "In which country is it?"}


@pytest.fixture
def young() -> Cast:
    """Elīna is sixteen and lives in Latvia, as Andris does; her guardian permits a visit, and none abroad."""
    cast = assemble()
    Membership.objects.filter(pk__in=[cast.mentor.pk, cast.mentee.pk]).update(country="LV")
    Person.objects.filter(pk=cast.elina.pk).update(born=date(2009, 3, 1))
    for kind in (PermissionKind.TAKING_PART, PermissionKind.VISIT):
        record_permission(membership=cast.mentee, kind=kind, guardian="Anna", by=cast.inga, now=NOW)
    make.held(cast.pair, days=1)
    return cast


def plan(cast: Cast, country: str) -> Meeting:
    pair = Pair.objects.get(pk=cast.pair.pk)
    return make.meeting(pair, days=8, kind="visit", country=country)


def permit(cast: Cast) -> None:
    record_permission(membership=cast.mentee, kind=ABROAD, guardian="Anna", by=cast.inga, now=NOW)


def form_of(visitor: Visitor, cast: Cast) -> Form:
    address = f"/pairs/{cast.pair.ref}/meetings/new/"
    return next(each for each in forms(visitor.get(address)) if "starts" in each.fields)


def test_a_visit_in_another_country_is_refused(young: Cast) -> None:
    with pytest.raises(NoVisitAbroadPermission):
        plan(young, "LT")
    assert plan(young, "LV").country == "LV"


def test_with_its_permission_it_is_planned_and_stops_without(young: Cast) -> None:
    permit(young)
    visit = plan(young, "LT")
    assert unpermitted_ahead([young.programme], NOW) == {}
    withdraw_permission(membership=young.mentee, kind=ABROAD, by=young.inga, now=NOW)
    assert unpermitted_ahead([young.programme], NOW) == {young.programme.pk: 1}
    shown = words(Visitor(young.elina).get(f"/meetings/{visit.ref}/"))
    assert "ārvalstīs" in shown or "ārzemēs" in shown or "citā valstī" in shown


def test_a_visit_at_home_of_a_pair_of_two_countries_needs_none(young: Cast) -> None:
    Membership.objects.filter(pk=young.mentor.pk).update(country="LT")
    with pytest.raises(NoVisitAbroadPermission):
        plan(young, "")
    plan(young, "LV")
    assert unpermitted_ahead([young.programme], NOW) == {}


def test_it_is_not_moved_abroad(young: Cast) -> None:
    visit = plan(young, "")
    with pytest.raises(NoVisitAbroadPermission):
        move_meeting(
            meeting=visit,
            starts_local=visit.starts_local,
            zone=visit.zone,
            minutes=visit.minutes,
            country="LT",
            by=young.andris,
            now=NOW,
        )


@pytest.mark.parametrize("language", ["lv", "lt", "en"])
def test_the_form_asks_where_a_guardian_decides(young: Cast, language: str) -> None:
    visitor = Visitor(young.andris, language=language)
    address = f"/pairs/{young.pair.ref}/meetings/new/"
    assert ASKED[language] in words(visitor.get(address))
    Person.objects.filter(pk=young.elina.pk).update(born="2000-01-01")
    assert ASKED[language] not in words(visitor.get(address))


def test_what_the_form_asks_is_kept(young: Cast) -> None:
    visitor = Visitor(young.andris)
    sent: dict[str, Any] = {"kind": "visit", "starts": "2025-10-22T15:00", "minutes": "120"}
    form = form_of(visitor, young)
    assert form.fields["country"] == ["LV"]
    assert "piekrišan" in words(visitor.send(form, **sent, country="LT"))
    assert not Meeting.objects.filter(pair=young.pair, kind="visit").exists()
    permit(young)
    visitor.send(form, **sent, country="LT")
    visit = Meeting.objects.get(pair=young.pair, kind="visit")
    assert visit.country == "LT"
    moved = next(
        each for each in forms(visitor.get(f"/meetings/{visit.ref}/move/")) if "starts" in each.fields
    )
    assert moved.fields["country"] == ["LT"]


def test_another_kind_of_meeting_has_no_country(young: Cast) -> None:
    visitor = Visitor(young.andris)
    form = form_of(visitor, young)
    visitor.send(form, kind="regular", starts="2025-10-22T15:00", minutes="60", country="LT")
    assert Meeting.objects.get(pair=young.pair, kind="regular", state="planned").country == ""
