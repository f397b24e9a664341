"""Applying: what becomes of an application, what is refused, what is done once (S2, R11, R13)."""

from datetime import date, timedelta
from typing import Any

import pytest

from tests import make
from tests.calls.conftest import ADDRESS, MARTA, begun, letters, sent, window, write
from tests.make import NOW
from varpa.calls.actions import applying, sending
from varpa.calls.actions.calls import LastBeforeFirst, write_call
from varpa.calls.models import Application, ApplicationState, Call
from varpa.guardians.models import Guardian
from varpa.history.models import Channel, Line
from varpa.kernel.merging import Conflict
from varpa.kernel.refs import new_ref
from varpa.people.models import Person
from varpa.post.models import Letter, LetterState
from varpa.programmes.actions.programmes import take_step
from varpa.programmes.models import Membership, MembershipState, Participation, Programme, Role

pytestmark = pytest.mark.django_db

TODAY = NOW.date()


def lines(verb: str) -> int:
    return Line.objects.filter(verb=verb).count()


def fresh(application: Application) -> Application:
    return Application.objects.select_related("programme").get(pk=application.pk)


def entered(programme: Programme, by: Person, role: str = Role.MENTEE, **said: Any) -> Application:
    """An application that came on paper."""
    given = {**MARTA, "address": "", "country": "LV", **said}
    form = given.pop("form", "") or new_ref()
    day = date(2025, 10, 1)
    return sending.enter_from_paper(
        programme=programme, role=role, form=form, said=given, day=day, by=by, now=NOW
    )


def test_two_clicks_begin_one_application(programme: Programme) -> None:
    form = new_ref()
    given: dict[str, Any] = {"programme": programme, "role": "mentee", "form": form, "by": None, "now": NOW}
    one, other = applying.begin(said=MARTA, **given), applying.begin(said=MARTA, **given)
    assert one.pk == other.pk
    assert (len(letters()), lines("application.begin")) == (1, 1)


def test_a_form_that_somebody_else_sent_opens_nothing(programme: Programme) -> None:
    form = new_ref()
    given: dict[str, Any] = {"programme": programme, "role": "mentee", "form": form, "by": None, "now": NOW}
    applying.begin(said=MARTA, **given)
    with pytest.raises(applying.FormTaken):
        applying.begin(said={**MARTA, "address": "other@x.example"}, **given)


def test_who_is_signed_in_need_not_confirm_the_own_address(programme: Programme) -> None:
    person = make.person("Marta Kalēja", ADDRESS)
    given: dict[str, Any] = {"programme": programme, "role": "mentee", "form": new_ref(), "now": NOW}
    assert applying.begin(said=MARTA, by=person, **given).confirmed_at == NOW
    other = {**MARTA, "address": "other@x.example"}
    assert applying.begin(said=other, by=person, **{**given, "form": new_ref()}).confirmed_at is None


def test_nothing_becomes_of_it_before_the_address_is_confirmed(programme: Programme) -> None:
    application = begun(programme, country="LV")
    assert sending.send(application=application, consent=True, now=NOW) is False
    assert not Person.objects.filter(email=ADDRESS).exists()
    applying.confirm_address(application=application, now=NOW)
    applying.confirm_address(application=application, now=NOW)
    # Consent was given when it was sent.
    assert sending.send(application=application, consent=False, now=NOW) is True
    assert Person.objects.filter(email=ADDRESS).count() == 1
    assert lines("application.confirm") == 1


def test_what_changes_after_sending_is_sent_anew(programme: Programme) -> None:
    application = begun(programme, country="LV")
    sending.send(application=application, consent=True, now=NOW)
    write(fresh(application), "place", place="Jelgavas ģimnāzija")
    applying.confirm_address(application=application, now=NOW)
    with pytest.raises(sending.NoConsent):
        sending.send(application=application, consent=False, now=NOW)


def test_all_that_was_said_is_kept(programme: Programme) -> None:
    said: dict[str, Any] = {
        "place": "Māls un uguns",
        "region": "Jelgava",
        "country": "LV",
        "interests": ["23.4", "32.1"],
        "topic": "Keramika",
        "experience": "20 gadu",
        "languages": ["lv", "ru"],
        "travel_km": 0,
        "means": ["video", "phone"],
        "availability": ["tue-evening"],
        "capacity": 2,
        "ability-listening": 3,
        "ability-humour": None,
        "question-pets": "Suns",
    }
    application = sent(programme, Role.MENTOR, **said)
    member = application.membership
    assert member is not None
    assert (member.place, member.country, member.topic) == ("Māls un uguns", "LV", "Keramika")
    assert member.means == ["video", "phone"]
    told = Participation.objects.get(membership=member)
    assert (told.interests, told.languages, told.travel_km) == (["23.4", "32.1"], ["lv", "ru"], 0)
    assert (told.capacity, told.availability, told.region) == (2, ["tue-evening"], "Jelgava")
    assert (told.abilities, told.answers) == ({"listening": 3}, {"pets": "Suns"})
    assert [lines(verb) for verb in ("membership.participation", "application.send")] == [1, 1]


def test_what_nobody_said_is_unknown(programme: Programme) -> None:
    told = Participation.objects.get(membership=sent(programme).membership)
    assert (told.languages, told.interests, told.travel_km, told.capacity) == ([], [], None, 1)


def test_sent_twice_is_once(programme: Programme) -> None:
    application = sent(programme)
    assert sending.send(application=application, consent=False, now=NOW) is True
    assert [each.kind for each in letters()] == ["calls.begun", "calls.received"]
    assert lines("application.send") == 1


def test_somebody_who_is_here_already_is_one_person(programme: Programme) -> None:
    known = make.person("Marta K.", ADDRESS, phone="26")
    member = sent(programme, phone="29").membership
    assert member is not None
    assert member.person_id == known.pk
    known.refresh_from_db()
    assert (known.name, known.phone, known.born) == ("Marta K.", "26", date(2007, 2, 3))


def test_a_second_application_in_the_same_role_is_told_so(programme: Programme) -> None:
    sent(programme)
    again = begun(programme, country="LV")
    applying.confirm_address(application=again, now=NOW)
    with pytest.raises(sending.AppliedAlready):
        sending.send(application=again, consent=True, now=NOW)
    assert fresh(again).state == ApplicationState.WRITING


@pytest.mark.parametrize(("role", "lacks"), [("mentee", "born"), ("mentor", "name")])
def test_it_must_say_who(programme: Programme, role: str, lacks: str) -> None:
    application = begun(programme, role, country="LV")
    write(application, "who", **{lacks: ""})
    applying.confirm_address(application=application, now=NOW)
    with pytest.raises(sending.SomethingLacks) as refusal:
        sending.send(application=application, consent=True, now=NOW)
    assert refusal.value.values["step"] == "who"


def test_late_ones_wait(programme: Programme) -> None:
    window(programme, mentee_closes=TODAY - timedelta(days=1))
    application = sent(programme)
    assert application.late
    assert application.membership is not None
    assert application.membership.state == MembershipState.WAITING
    assert "jau ir beidzies" in letters()[-1].text


@pytest.mark.parametrize("state", ["soon", "over"])
def test_outside_the_window_nothing_begins(programme: Programme, state: str) -> None:
    if state == "soon":
        window(programme, mentee_opens=TODAY + timedelta(days=1))
    else:
        for step in ("run", "close"):
            take_step(programme=programme, step=step, by=None, now=NOW)
    with pytest.raises(applying.NotTaking):
        begun(programme, country="LV")


def test_a_programme_that_closes_meanwhile_takes_nothing(programme: Programme) -> None:
    application = begun(programme, country="LV")
    applying.confirm_address(application=application, now=NOW)
    for step in ("run", "close"):
        take_step(programme=programme, step=step, by=None, now=NOW)
    with pytest.raises(applying.NotTaking):
        sending.send(application=fresh(application), consent=True, now=NOW)


def test_two_tabs_lose_no_word(programme: Programme) -> None:
    application = begun(programme, country="LV")
    write(application, "topic", topic="Maize")
    given: dict[str, Any] = {"application": application, "step": "topic", "words": {"topic"}, "now": NOW}
    with pytest.raises(Conflict) as conflict:
        applying.write_step(said={"topic": "Kūkas"}, revision=0, **given)
    assert (conflict.value.stored, conflict.value.given) == ({"topic": "Maize"}, {"topic": "Kūkas"})
    applying.write_step(said={"topic": "Maize"}, revision=0, **given)
    applying.write_step(said={"topic": "Maize un kūkas"}, revision=conflict.value.revision, **given)
    assert fresh(application).answers["topic"] == "Maize un kūkas"


def test_two_steps_in_two_tabs_do_not_meet(programme: Programme) -> None:
    application = begun(programme, country="LV")
    other = fresh(application)
    write(application, "topic", topic="Maize")
    write(other, "place", place="Jelgavas ģimnāzija")
    assert fresh(application).answers["topic"] == "Maize"
    assert fresh(application).answers["place"] == "Jelgavas ģimnāzija"


def test_another_address_is_confirmed_anew(programme: Programme) -> None:
    application = begun(programme, country="LV")
    applying.confirm_address(application=application, now=NOW)
    write(application, "who", **{**MARTA, "address": "other@x.example"})
    assert (application.confirmed_at, application.link) == (None, 2)
    assert [each.state for each in letters()] == [LetterState.WITHDRAWN]
    assert [each.kind for each in letters("other@x.example")] == ["calls.begun"]


def test_a_new_link_closes_the_earlier_one(programme: Programme) -> None:
    application = begun(programme, country="LV")
    applying.send_link_again(application=application, now=NOW)
    assert application.link == 2
    assert Letter.objects.filter(kind="calls.begun", state=LetterState.QUEUED).count() == 1


def test_a_sent_one_is_withdrawn_once(programme: Programme) -> None:
    application = sent(programme)
    for _click in range(2):
        applying.withdraw(application=application, now=NOW)
    member = Membership.objects.get(pk=application.membership_id)
    assert (member.state, application.state) == (MembershipState.WITHDRAWN, ApplicationState.WITHDRAWN)
    assert [lines(verb) for verb in ("application.withdraw", "membership.withdraw")] == [1, 1]
    assert letters()[-1].kind == "calls.withdrawn"


def test_of_one_that_was_never_sent_nothing_is_kept(programme: Programme) -> None:
    application = begun(programme, country="LV")
    applying.withdraw(application=application, now=NOW)
    left = fresh(application)
    assert (left.name, left.address, left.answers) == ("", "", {})
    for act in (
        lambda: write(left, "topic", topic="x"),
        lambda: sending.send(application=left, consent=True, now=NOW),
    ):
        with pytest.raises(applying.WasWithdrawn):
            act()


def test_once_decided_it_is_not_withdrawn_here(programme: Programme) -> None:
    application = sent(programme)
    Membership.objects.filter(pk=application.membership_id).update(state=MembershipState.ACCEPTED)
    with pytest.raises(applying.Decided):
        applying.withdraw(application=application, now=NOW)


def test_what_was_sent_is_written_no_more(programme: Programme) -> None:
    with pytest.raises(applying.AlreadySent):
        write(sent(programme), "topic", topic="Cits")


def test_paper_is_entered_on_the_persons_behalf(programme: Programme, inga: Person) -> None:
    form = new_ref()
    made = entered(programme, inga, form=form, topic="Maize")
    again = entered(programme, inga, form=form, topic="Maize")
    assert made.pk == again.pk
    member = Membership.objects.select_related("person").get(role=Role.MENTEE)
    assert (member.person.email, member.topic) == (None, "Maize")
    line = Line.objects.get(verb="membership.add", thing_ref=member.ref)
    assert (line.actor, line.behalf, line.channel) == (inga.pk, member.person_id, Channel.PAPER)
    assert fresh(made).day == date(2025, 10, 1)
    assert not Letter.objects.exists()


def test_paper_with_an_address_gets_the_receipt(programme: Programme, inga: Person) -> None:
    entered(programme, inga, address=ADDRESS)
    assert [each.kind for each in letters()] == ["calls.received"]
    with pytest.raises(sending.AppliedAlready):
        entered(programme, inga, address=ADDRESS)


def test_what_nobody_sends_is_forgotten(programme: Programme) -> None:
    begun(programme, country="LV")
    kept = sent(programme, address="kept@x.example")
    assert applying.forget_unsent(NOW + timedelta(days=59)) == 0
    assert applying.forget_unsent(NOW + timedelta(days=61)) == 1
    assert list(Application.objects.all()) == [kept]


def changes(**given: Any) -> dict[str, Any]:
    days = dict.fromkeys(("mentor_opens", "mentor_closes", "mentee_opens", "mentee_closes"))
    texts = {"contact_name": "", "contact_address": "", "contact_phone": "", "partners": ""}
    return {**days, **texts, "most_mentees": 3, **given}


def test_the_call_says_when_and_who(programme: Programme, inga: Person) -> None:
    given: dict[str, Any] = {"programme": programme, "by": inga, "now": NOW}
    write_call(changes=changes(partners="Skola"), revision=0, **given)
    write_call(changes=changes(partners="Skola"), revision=0, **given)
    assert (Call.objects.get().partners, lines("programme.call")) == ("Skola", 1)
    with pytest.raises(Conflict):
        write_call(changes=changes(partners="Cita"), revision=0, **given)
    wrong = changes(mentee_opens=TODAY, mentee_closes=TODAY - timedelta(days=1))
    with pytest.raises(LastBeforeFirst) as refusal:
        write_call(changes=wrong, revision=1, **given)
    assert refusal.value.values["field"] == "mentee_closes"


GUARDIAN = {
    "guardian_name": "Ilze Kalēja",
    "guardian_address": "ilze@maja.example",
    "guardian_language": "lt",
}


def test_a_minors_guardian_gets_a_link(programme: Programme) -> None:
    application = sent(programme, born="2010-02-03", country="LV", **GUARDIAN)
    guardian = Guardian.objects.get(membership=application.membership)
    assert (guardian.name, guardian.language, guardian.by) == (
        "Ilze Kalēja",
        "lt",
        guardian.membership.person,
    )
    assert letters("ilze@maja.example")[0].kind.endswith("link")
    assert "aizbildnim arī nosūtīsim" in letters()[-1].text


@pytest.mark.parametrize("why", ["of age", "late", "nobody named"])
def test_otherwise_no_guardian_is_written_to(programme: Programme, why: str) -> None:
    if why == "late":
        window(programme, mentee_closes=TODAY - timedelta(days=1))
    born = "2000-01-01" if why == "of age" else "2010-02-03"
    given = {"guardian_name": "Ilze"} if why == "nobody named" else GUARDIAN
    sent(programme, born=born, country="LV", **given)
    assert not Guardian.objects.exists()
    assert "aizbildnim" not in letters()[-1].text


def test_a_guardian_who_cannot_be_asked_stops_no_application(programme: Programme) -> None:
    application = sent(programme, born="2010-02-03", **{**GUARDIAN, "guardian_address": ADDRESS})
    assert application.state == ApplicationState.SENT
    assert not Guardian.objects.exists()
