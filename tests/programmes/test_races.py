"""Two clicks at the same second (quality §3): one effect, and nobody is left half prepared."""

from dataclasses import replace
from typing import Any

import pytest

from tests import make
from tests.cast import Cast
from tests.make import ENDS, FOLDER, NOW, STARTS
from tests.together import at_once
from varpa.history.models import Line
from varpa.kernel.merging import Conflict
from varpa.kernel.refs import new_ref
from varpa.kernel.states import AlreadyMoved
from varpa.kernel.text import TranslatedText
from varpa.post.models import Letter
from varpa.programmes.actions import memberships
from varpa.programmes.actions.appointing import invite_manager
from varpa.programmes.actions.beginning import begin_programme
from varpa.programmes.actions.overriding import set_hours
from varpa.programmes.actions.partners import (
    NotOurPartner,
    PartnerInUse,
    add_partner,
    choose_partner,
    remove_partner,
)
from varpa.programmes.actions.periods import PeriodsOverlap, add_period
from varpa.programmes.actions.programmes import take_methodology, take_step
from varpa.programmes.models import (
    Membership,
    MethodologyText,
    MethodologyVersion,
    Partner,
    Programme,
    ReportingPeriod,
    Role,
)
from varpa.programmes.partners import partners_of
from varpa.programmes.queries import methodology_of, reporting_periods

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_clicks_begin_one_programme(cast: Cast) -> None:
    asked: dict[str, Any] = {
        "organisation": cast.organisation,
        "folder": FOLDER,
        "ref": new_ref(),
        "name": TranslatedText.same("Jauna"),
        "starts": STARTS,
        "ends": ENDS,
        "by": cast.dace,
        "now": NOW,
    }
    found = at_once(*[lambda: begin_programme(**asked)] * 2)
    assert [type(each) for each in found] == [Programme, Programme]
    assert Programme.objects.filter(ref=asked["ref"]).count() == 1
    assert Line.objects.filter(verb="programme.make", thing_ref=asked["ref"]).count() == 1


def test_a_methodology_taken_at_the_same_second_is_kept_once(cast: Cast) -> None:
    taken = replace(methodology_of(cast.programme), version="1.1")
    found = at_once(*[lambda: take_methodology(methodology=taken, now=NOW)] * 2)
    assert len({each.pk for each in found}) == 1
    assert MethodologyText.objects.count() == MethodologyVersion.objects.count() == 2


def test_two_texts_read_at_the_same_second_complete_the_reading(cast: Cast) -> None:
    membership = make.member(cast.programme, cast.zane, Role.MENTOR, ready=False)
    membership.receipts.create(document="methodology", at=NOW)
    make.study(membership)

    def read(key: str) -> None:
        mine = Membership.objects.get(pk=membership.pk)
        memberships.note_reading(membership=mine, document=key, by=cast.zane, now=NOW)

    assert at_once(lambda: read("mentor"), lambda: read("first-meeting")) == [None, None]
    assert membership.preparations.filter(step="training").count() == 1


def test_two_managers_decide_at_the_same_second(cast: Cast) -> None:
    applied = memberships.add_member(
        programme=cast.programme, person=cast.zane, role=Role.MENTOR, by=None, now=NOW
    )

    def decide(step: str) -> None:
        mine = Membership.objects.select_related("person", "programme").get(pk=applied.pk)
        memberships.decide(membership=mine, step=step, by=cast.inga, now=NOW)

    found = at_once(lambda: decide("accept"), lambda: decide("decline"))
    assert sorted(str(type(each).__name__) for each in found) == ["AlreadyMoved", "NoneType"]
    assert Letter.objects.filter(person=cast.zane.pk).count() == 1


def test_two_clicks_take_one_step(cast: Cast) -> None:
    def close() -> None:
        take_step(programme=Programme.objects.get(pk=cast.programme.pk), step="close", by=cast.inga, now=NOW)

    found = at_once(close, close)
    assert sorted(str(type(each).__name__) for each in found) == [AlreadyMoved.__name__, "NoneType"]
    assert Line.objects.filter(verb="programme.close").count() == 1


def test_two_who_appoint_the_same_person(cast: Cast) -> None:
    def appoint() -> Membership:
        return invite_manager(
            programme=cast.programme, name="", address="zane@varpa.example", by=cast.dace, now=NOW
        )

    at_once(appoint, appoint)
    assert Membership.objects.filter(person=cast.zane, role=Role.MANAGER).count() == 1
    assert Letter.objects.filter(kind="programmes.appointed").count() == 1


def test_two_who_set_different_hours(cast: Cast) -> None:
    def hours(count: int) -> None:
        mine = Programme.objects.select_related("methodology_version").get(pk=cast.programme.pk)
        set_hours(programme=mine, hours=count, by=cast.inga, now=NOW, revision=0)

    found = at_once(lambda: hours(20), lambda: hours(30))
    assert sorted(str(type(each).__name__) for each in found) == [Conflict.__name__, "NoneType"]
    cast.programme.refresh_from_db()
    assert cast.programme.overrides["hours_minutes"] in (1200, 1800)


def test_a_name_at_the_same_second_is_borne_by_one_partner(cast: Cast) -> None:
    said: dict[str, Any] = {"country": "LT", "by": cast.inga, "now": NOW}
    programmes = [Programme.objects.get(pk=cast.programme.pk) for _each in range(2)]
    at_once(*[lambda of=of: add_partner(programme=of, name="Šiaulių centras", **said) for of in programmes])
    assert [str(each) for each in partners_of(cast.programme)] == [cast.organisation.name, "Šiaulių centras"]
    assert Line.objects.filter(verb="programme.partner").count() == 1


def test_a_partner_is_not_taken_off_while_somebody_is_put_to_it(cast: Cast) -> None:
    said: dict[str, Any] = {"by": cast.inga, "now": NOW}
    for name in ("Šiaulių centras", "Kolegija"):
        partner = add_partner(programme=cast.programme, name=name, country="LT", **said)
    member = cast.neighbours.mentee
    put, taken = at_once(
        lambda: choose_partner(membership=member, partner=partner, **said),
        lambda: remove_partner(partner=partner, **said),
    )
    there = Partner.objects.filter(pk=partner.pk, withdrawn_at=None).exists()
    assert Membership.objects.filter(pk=member.pk, partner=partner.pk).exists() == there
    assert isinstance(taken, PartnerInUse) if there else isinstance(put, NotOurPartner)


def test_of_two_periods_over_each_other_one_is_named(cast: Cast) -> None:
    def name(word: str) -> ReportingPeriod:
        days = {"first": STARTS, "last": ENDS}
        return add_period(programme=cast.programme, name=word, **days, by=cast.inga, now=NOW)

    found = at_once(lambda: name("1"), lambda: name("2"))
    assert [type(each) for each in found].count(PeriodsOverlap) == 1
    assert len(reporting_periods(cast.programme)) == 1
