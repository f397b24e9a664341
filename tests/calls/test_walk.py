"""From the front door to a sent application, page by page, as a browser without scripts (S1, S2)."""

import pytest

from tests.calls.conftest import ADDRESS, Applicant, letters, link_in
from tests.visits import Form, forms, words
from varpa.calls.models import Application, ApplicationState
from varpa.history.models import Line
from varpa.programmes.models import Membership, MembershipState, Programme

pytestmark = pytest.mark.django_db


SAID: list[tuple[dict[str, str], tuple[str, ...]]] = [
    ({"place": "Jelgavas amatu vidusskola", "region": "Jelgava"}, ("LV",)),
    ({}, ("10.71",)),
    ({"topic": "Gribu cept maizi."}, ()),
    ({}, ("lv", "60")),
    ({}, ("video", "phone")),
    ({}, ("tue-evening",)),
    ({"guardian_name": "Ilze Kalēja", "guardian_address": "ilze@maja.example"}, ("lv",)),
]


def press(form: Form, name: str) -> int:
    """Which of the buttons of a form has this name."""
    return next(place for place, each in enumerate(form.buttons) if each[0] == name)


def written(who: Applicant, programme: Programme) -> str:
    """All steps written, with a search that finds nothing first; answers the address of the review."""
    first = who.get(f"/call/{programme.ref}/apply/mentee/?language=lv")
    answer = who.send(forms(first)[0], name="Marta Kalēja", address=ADDRESS, born="2010-02-03")
    for typed, ticked in SAID:
        page = who.get(answer.url)
        assert page.status_code == 200, answer.url
        form = forms(page)[0]
        if "interests" in answer.url:
            page = who.send(form, press(form, "seek"), q="qwzx")
            form = forms(who.send(forms(page)[0], press(form, "seek"), q="maize"))[0]
        answer = who.send(form, press(form, "next"), tick=ticked, **typed)
        assert answer.status_code == 302, words(answer)
    return str(answer.url)


def test_a_mentee_applies_on_a_phone(programme: Programme) -> None:
    marta = Applicant()
    door = marta.get(f"/call/{programme.ref}/?language=lv")
    assert "Mācies no uzņēmēja" in words(door)
    page = marta.get(written(marta, programme))
    assert "Gribu cept maizi." in words(page)
    waits = marta.send(forms(page)[0], tick=("consent",))
    assert not Membership.objects.filter(role="mentee").exists()
    assert ADDRESS in words(marta.get(waits.url))

    phone = Applicant(days=1)
    opened = phone.get(link_in(letters()[0]))
    assert "Marta" not in words(opened)
    done = phone.send(forms(opened)[0])
    assert Application.objects.get().state == ApplicationState.SENT
    assert "Gribu cept maizi." in words(phone.get(done.url))

    member = Membership.objects.select_related("person", "participation").get(role="mentee")
    assert (member.state, member.person.email, member.country) == (MembershipState.APPLIED, ADDRESS, "LV")
    assert (member.participation.interests, member.participation.travel_km) == (["10.71"], 60)
    assert sorted(member.means) == ["phone", "video"]
    assert [each.kind for each in letters()] == ["calls.begun", "calls.received"]
    assert Line.objects.filter(verb="membership.add", thing_ref=member.ref).count() == 1
    assert letters("ilze@maja.example")
