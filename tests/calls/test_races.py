"""At the same second: two clicks on begin, on send, on withdraw; a step in two tabs."""

from typing import Any

import pytest

from tests.calls.conftest import ADDRESS, MARTA, begun, sent
from tests.make import NOW
from tests.together import at_once
from varpa.applications.actions.decisions import ChangedSince, decide
from varpa.applications.queries.members import stands_as
from varpa.calls.actions import applying, sending
from varpa.calls.actions.amending import amend
from varpa.calls.actions.applying import Decided
from varpa.calls.models import Application
from varpa.guardians.models import Guardian
from varpa.history.models import Line
from varpa.kernel.merging import Conflict
from varpa.kernel.refs import new_ref
from varpa.people.models import Person
from varpa.post.models import Letter
from varpa.programmes.models import Membership, Programme

pytestmark = pytest.mark.django_db(transaction=True)


def failed(found: list[object]) -> list[object]:
    return [each for each in found if isinstance(each, Exception)]


def fresh(application: Application) -> Application:
    return Application.objects.select_related("programme").get(pk=application.pk)


def test_two_clicks_begin_one(programme: Programme) -> None:
    form = new_ref()

    def click() -> object:
        return applying.begin(programme=programme, role="mentee", form=form, said=MARTA, by=None, now=NOW)

    assert failed(at_once(click, click)) == []
    assert (Application.objects.count(), Letter.objects.count()) == (1, 1)


def test_two_clicks_send_one(programme: Programme) -> None:
    application = begun(programme, country="LV")
    applying.confirm_address(application=application, now=NOW)
    one, other = fresh(application), fresh(application)
    found = at_once(
        lambda: sending.send(application=one, consent=True, now=NOW),
        lambda: sending.send(application=other, consent=True, now=NOW),
    )
    assert found == [True, True]
    assert Person.objects.filter(email=ADDRESS).count() == 1
    assert Membership.objects.filter(role="mentee").count() == 1
    assert Letter.objects.filter(kind="calls.received").count() == 1


def test_two_applications_of_one_address_are_one(programme: Programme) -> None:
    both = [begun(programme, country="LV"), begun(programme, country="LV")]
    for each in both:
        applying.confirm_address(application=each, now=NOW)
    found = at_once(
        *(lambda each=each: sending.send(application=each, consent=True, now=NOW) for each in both)
    )
    assert [type(each) for each in failed(found)] == [sending.AppliedAlready]
    assert Membership.objects.filter(role="mentee").count() == 1


def test_two_clicks_withdraw_once(programme: Programme) -> None:
    application = sent(programme)
    one, other = fresh(application), fresh(application)
    found = at_once(
        lambda: applying.withdraw(application=one, now=NOW),
        lambda: applying.withdraw(application=other, now=NOW),
    )
    assert failed(found) == []
    assert Line.objects.filter(verb="membership.withdraw").count() == 1


def test_two_tabs_at_one_second_lose_no_word(programme: Programme) -> None:
    application = begun(programme, country="LV")
    given: dict[str, Any] = {"step": "topic", "words": {"topic"}, "revision": 0, "now": NOW}
    one, other = fresh(application), fresh(application)
    found = at_once(
        lambda: applying.write_step(application=one, said={"topic": "Maize"}, **given),
        lambda: applying.write_step(application=other, said={"topic": "Kūkas"}, **given),
    )
    assert [type(each) for each in failed(found)] == [Conflict]


def test_a_correction_and_a_decision_never_pass_each_other(programme: Programme) -> None:
    """Either it was decided first, or whoever decides is told to read once more."""
    application = sent(programme, topic="Maize")
    membership = Membership.objects.select_related("person", "programme").get(role="mentee")
    inga = Person.objects.get(name="Inga Liepa")
    shown = stands_as(membership)
    found = at_once(
        lambda: amend(
            application=application,
            step="topic",
            said={"topic": "Rupjmaize"},
            words={"topic"},
            revision=0,
            now=NOW,
        ),
        lambda: decide(membership=membership, step="accept", by=inga, now=NOW, seen=shown),
    )
    refused = failed(found)
    assert len(refused) == 1
    assert isinstance(refused[0], Decided | ChangedSince)
    membership.refresh_from_db()
    assert (membership.topic, membership.state) in (("Maize", "accepted"), ("Rupjmaize", "applied"))


def test_two_tabs_name_one_guardian(programme: Programme) -> None:
    application = sent(programme, born="2010-02-03", country="LV")

    def named(address: str) -> object:
        said = {"guardian_name": "Ilze Kalēja", "guardian_address": address}
        given = {"step": "guardian", "said": said, "words": set(), "revision": 0}
        return amend(application=fresh(application), now=NOW, **given)

    found = at_once(lambda: named("ilze@maja.example"), lambda: named("janis@maja.example"))
    assert sorted(map(str, found)) == ["False", "True"]
    assert Guardian.objects.count() == 1
