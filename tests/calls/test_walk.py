"""From the front door to a sent application, page by page, as a browser without scripts (S1, S2)."""

import pytest

from tests.calls.conftest import ADDRESS, Applicant, letters, link_in
from tests.visits import forms, words
from varpa.calls.models import Application, ApplicationState
from varpa.history.models import Line
from varpa.people.models import Person
from varpa.post.models import Letter
from varpa.programmes.models import Membership, MembershipState, Programme

pytestmark = pytest.mark.django_db


def test_a_mentee_applies_on_a_phone(programme: Programme) -> None:
    anna = Applicant()
    door = anna.get(f"/call/{programme.ref}/?language=lv")
    assert door.status_code == 200
    assert "Mācies no uzņēmēja" in words(door)
    first = anna.get(f"/call/{programme.ref}/apply/mentee/?language=lv")
    answer = anna.send(forms(first)[0], name="Marta Kalēja", address=ADDRESS, born="2010-02-03")
    assert answer.status_code == 302, words(answer)
    said = [
        {"place": "Jelgavas amatu vidusskola", "region": "Jelgava"},
        {},
        {"topic": "Gribu cept maizi."},
        {},
        {},
        {},
        {"guardian_name": "Ilze Kalēja", "guardian_address": "ilze@maja.example"},
    ]
    ticks = [("LV",), ("10.71",), (), ("lv", "60"), ("video", "phone"), ("tue-evening",), ("lv",)]
    for typed, ticked in zip(said, ticks, strict=True):
        page = anna.get(answer.url)
        assert page.status_code == 200, answer.url
        form = forms(page)[0]
        button = next(place for place, each in enumerate(form.buttons) if each[0] == "next")
        if "interests" in answer.url:
            page = anna.send(form, next(i for i, b in enumerate(form.buttons) if b[0] == "seek"), q="maizite")
            page = anna.send(form, next(i for i, b in enumerate(form.buttons) if b[0] == "seek"), q="maize")
            form = forms(page)[0]
        answer = anna.send(form, button, tick=ticked, **typed)
        assert answer.status_code == 302, words(answer)
    page = anna.get(answer.url)
    assert "Gribu cept maizi." in words(page)
    waits = anna.send(forms(page)[0], tick=("consent",))
    assert waits.status_code == 302
    assert not Membership.objects.filter(role="mentee").exists()
    assert ADDRESS in words(anna.get(waits.url))

    phone = Applicant(days=1)
    opened = phone.get(link_in(letters()[0]))
    assert "Marta" not in words(opened)
    done = phone.send(forms(opened)[0])
    assert done.status_code == 302
    assert Application.objects.get().state == ApplicationState.SENT
    member = Membership.objects.select_related("person", "participation").get(role="mentee")
    assert (member.state, member.person.email, member.country) == (MembershipState.APPLIED, ADDRESS, "LV")
    assert member.participation.interests == ["10.71"]
    assert member.participation.travel_km == 60
    assert sorted(member.means) == ["phone", "video"]
    assert [each.kind for each in letters()] == ["calls.begun", "calls.received"]
    assert Line.objects.filter(verb="membership.add").count() == 2
    assert Person.objects.filter(email=ADDRESS).count() == 1
    assert Letter.objects.count() == 2
    assert "Gribu cept maizi." in words(phone.get(done.url))
