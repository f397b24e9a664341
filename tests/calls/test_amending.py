"""An application that was sent is corrected by its sender until it is decided (R11, R13)."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse

from tests import make
from tests.calls.conftest import ADDRESS, Applicant, letters, link_in, sent
from tests.make import NOW
from tests.visits import Visitor, forms, words
from varpa.applications.actions.decisions import ChangedSince
from varpa.applications.actions.decisions import decide as decide_shown
from varpa.applications.queries.members import stands_as
from varpa.calls.actions.amending import A_DAY, NotSent, amend
from varpa.calls.actions.applying import Decided, Replaced, WasWithdrawn, withdraw
from varpa.calls.models import Amendment, Application
from varpa.calls.queries import may_amend
from varpa.guardians.actions.guardians import add_guardian, take_off
from varpa.guardians.models import Guardian
from varpa.history.models import Line
from varpa.kernel.merging import Conflict
from varpa.kernel.pace import TooMuchAtOnce
from varpa.kernel.paging import SIZE
from varpa.kernel.text import LANGUAGES
from varpa.people.models import Person
from varpa.programmes.actions.memberships import CountryStays, change_member, decide
from varpa.programmes.models import Membership, Participation, Programme
from varpa.programmes.queries import needs_permission

pytestmark = pytest.mark.django_db


@pytest.fixture
def application(programme: Programme) -> Application:
    """Marta's, which is in."""
    return sent(programme, topic="Maize", languages=["lv"], place="Jelgavas tehnikums", country="LV")


def anew(application: Application, step: str, *, revision: int | None = None, **said: Any) -> bool:
    shown = application.revisions.get(step, 0) if revision is None else revision
    written = {name for name, value in said.items() if isinstance(value, str)}
    return amend(application=application, step=step, said=said, words=written, revision=shown, now=NOW)


def opened(application: Application) -> Applicant:
    """Its sender, who has opened the link of the receipt; nobody is signed in."""
    visitor = Applicant()
    visitor.send(forms(visitor.get(link_in(letters()[-1])))[0])
    return visitor


def page(application: Application, step: str) -> str:
    return reverse("calls:step", args=[application.ref, step])


def test_the_sender_corrects_it_by_the_mailed_link(application: Application) -> None:
    visitor = opened(application)
    review = words(visitor.get(reverse("calls:review", args=[application.ref])))
    assert page(application, "topic") in review
    answer = visitor.send(forms(visitor.get(page(application, "topic")))[0], topic="Rupjmaize")
    assert answer.url == reverse("calls:review", args=[application.ref])
    application.refresh_from_db()
    membership = Membership.objects.get(role="mentee")
    assert (application.answers["topic"], membership.topic) == ("Rupjmaize", "Rupjmaize")
    assert Line.objects.filter(verb="membership.amend").count() == 1


def test_whoever_is_signed_in_with_the_address_corrects_it_too(application: Application) -> None:
    marta = Visitor(Person.objects.get(email=ADDRESS))
    marta.send(forms(marta.get(page(application, "reach")))[0], languages=["lv", "en"])
    assert Participation.objects.get().languages == ["lv", "en"]


def test_name_and_birth_follow_unless_they_were_put_right_elsewhere(application: Application) -> None:
    assert anew(application, "who", name="Marta Kalēja-Ozola", born="2007-03-02")
    person = Person.objects.get(email=ADDRESS)
    assert (person.name, str(person.born)) == ("Marta Kalēja-Ozola", "2007-03-02")
    Person.objects.filter(pk=person.pk).update(name="Marta Ozola")
    assert anew(application, "who", name="Marta O.")
    assert Person.objects.get(pk=person.pk).name == "Marta Ozola"


def test_a_minor_of_another_programme_does_not_come_of_age_by_a_correction(programme: Programme) -> None:
    other = make.programme(programme.organisation)
    pupil = make.person("Marta Kalēja", ADDRESS, born=date(2010, 2, 3))
    elsewhere = make.member(other, pupil, "mentee", ready=False)
    application = sent(programme, born="2010-02-03")
    assert anew(application, "who", name="Cita Meitene", born="2000-02-03", phone="+371 20000000")
    person = Person.objects.get(pk=pupil.pk)
    assert (person.name, person.born, person.phone) == ("Marta Kalēja", pupil.born, "+371 20000000")
    assert needs_permission(Membership.objects.get(pk=elsewhere.pk), NOW.date())
    # Once nobody else knows the person, a slip in the name is the sender's own to correct.
    Membership.objects.filter(pk=elsewhere.pk).update(state="withdrawn")
    Application.objects.update(name="Marta Kalēja")
    assert anew(Application.objects.get(), "who", name="Marta Kalēja-Ozola")
    assert Person.objects.get(pk=pupil.pk).name == "Marta Kalēja-Ozola"


@pytest.mark.parametrize(
    ("before", "after", "stands"),
    [
        ("2010-02-03", "2000-02-03", "2010-02-03"),
        ("2012-02-03", "2011-12-31", "2012-02-03"),
        ("2010-02-03", "2010-02-04", "2010-02-04"),
        ("2000-02-03", "2010-02-03", "2010-02-03"),
        ("2000-02-03", "2001-02-03", "2001-02-03"),
    ],
)
def test_whom_a_guardian_permits_is_not_made_older_by_its_sender(
    programme: Programme, inga: Person, before: str, after: str, stands: str
) -> None:
    """Nor past the age from which one accepts alone what is kept: fourteen in Lithuania."""
    moment = datetime(2026, 1, 20, tzinfo=UTC)
    application = sent(programme, born=before, country="LT")
    amend(
        application=application,
        step="who",
        said={"born": after},
        words=set(),
        revision=application.revisions["who"],
        now=moment,
    )
    assert str(Person.objects.get(email=ADDRESS).born) == stands
    membership = Membership.objects.get(role="mentee")
    shown = words(Visitor(inga, language="en").get(f"/memberships/{membership.ref}/application/"))
    assert "Corrected by the sender since it came" in shown
    assert Application.objects.get().answers["born"] == after


@pytest.mark.parametrize(
    ("born", "ages", "before", "after", "stands"),
    [
        # Thirteen: one accepts alone in Latvia, not in Lithuania.
        ("2012-02-03", {}, "LT", "LV", "LT"),
        ("2012-02-03", {}, "LV", "LT", "LT"),
        # Sixteen, in a programme that takes that for grown-up in Lithuania.
        ("2009-02-03", {"LT": {"adult": 16}}, "LV", "LT", "LV"),
        ("2009-02-03", {"LT": {"adult": 16}}, "LT", "LV", "LV"),
        ("2000-02-03", {}, "LT", "LV", "LV"),
        ("2010-02-03", {}, "LT", "LV", "LV"),
    ],
)
def test_nor_by_another_country(
    programme: Programme, inga: Person, born: str, ages: dict[str, Any], before: str, after: str, stands: str
) -> None:
    programme.ages = ages
    programme.save()
    application = sent(programme, born=born, country=before, place="Tehnikums")
    amend(
        application=application,
        step="place",
        said={"country": after, "place": "Profesinė mokykla"},
        words={"place"},
        revision=application.revisions.get("place", 0),
        now=datetime(2026, 1, 20, tzinfo=UTC),
    )
    membership = Membership.objects.get(role="mentee")
    assert (membership.country, membership.place) == (stands, "Profesinė mokykla")
    shown = words(Visitor(inga, language="en").get(f"/memberships/{membership.ref}/application/"))
    assert "Corrected by the sender since it came" in shown


def test_the_address_and_who_is_asked_at_home_stay(application: Application) -> None:
    assert not anew(application, "who", address="cits@skola.example")
    assert not anew(application, "guardian", guardian_address="es@skola.example")
    visitor = opened(application)
    assert 'name="address"' not in words(visitor.get(page(application, "who")))
    assert visitor.get(page(application, "guardian")).status_code == 404


def test_who_turns_out_to_be_a_minor_names_whom_to_ask_at_home_once(programme: Programme) -> None:
    """R1: the guardian is asked as if the birthday had stood in the application."""
    application = sent(programme, born="2000-02-03", country="LV")
    visitor = opened(application)
    assert visitor.get(page(application, "guardian")).status_code == 404
    there = page(application, "guardian")
    answer = visitor.send(forms(visitor.get(page(application, "who")))[0], born="2010-02-03")
    assert answer.url == there
    assert there in words(visitor.get(reverse("calls:review", args=[application.ref])))
    given = {"guardian_name": "Ilze Kalēja", "guardian_address": "ilze@maja.example"}
    assert visitor.send(forms(visitor.get(there))[0], **given).status_code == 302
    guardian = Guardian.objects.get(membership=application.membership)
    assert (guardian.name, guardian.by) == ("Ilze Kalēja", guardian.membership.person)
    assert letters("ilze@maja.example")[0].kind.endswith("link")
    assert visitor.get(there).status_code == 404
    assert there not in words(visitor.get(reverse("calls:review", args=[application.ref])))
    assert not anew(Application.objects.get(), "guardian", guardian_address="es@skola.example")


def test_nobody_names_another_than_whom_the_manager_wrote_down(programme: Programme, inga: Person) -> None:
    application = sent(programme, born="2010-02-03", country="LV")
    given = {"name": "Ilze Kalēja", "address": "ilze@maja.example", "language": "lv"}
    guardian = add_guardian(membership=Membership.objects.get(role="mentee"), by=inga, now=NOW, **given)
    assert not anew(application, "guardian", guardian_name="Es", guardian_address="es@skola.example")
    take_off(guardian=guardian, by=inga, now=NOW)
    assert not anew(application, "guardian", guardian_name="Es", guardian_address="es@skola.example")
    assert opened(application).get(page(application, "guardian")).status_code == 404


def test_what_was_changed_elsewhere_since_stays(application: Application) -> None:
    Participation.objects.update(travel_km=60)
    assert anew(application, "reach", languages=["en"], travel_km=None)
    part = Participation.objects.get()
    assert (part.languages, part.travel_km) == (["en"], 60)


def test_where_both_changed_the_same_answer_the_managers_stands(
    programme: Programme, application: Application, inga: Person
) -> None:
    membership = Membership.objects.get(role="mentee")
    change_member(membership=membership, changes={"place": "Jelgavas 4. vidusskola"}, by=inga, now=NOW)
    Participation.objects.update(languages=["lv", "ru"], travel_km=60)
    assert anew(application, "place", place="Ozolnieku vidusskola", region="Ozolnieki")
    assert anew(application, "reach", languages=["en"], travel_km=20)
    assert anew(application, "topic", topic="Rupjmaize")
    membership.refresh_from_db()
    part = Participation.objects.get()
    assert (membership.place, membership.topic) == ("Jelgavas 4. vidusskola", "Rupjmaize")
    assert (part.languages, part.travel_km, part.region) == (["lv", "ru"], 60, "Ozolnieki")
    shown = words(Visitor(inga, language="en").get(f"/memberships/{membership.ref}/application/"))
    assert "Ozolnieku vidusskola" in shown
    assert "Jelgavas tehnikums" in shown


def test_it_is_corrected_so_many_times_a_day(application: Application) -> None:
    visitor = opened(application)
    for number in range(A_DAY):
        assert anew(application, "topic", topic=f"Maize {number}")
    with pytest.raises(TooMuchAtOnce):
        anew(application, "topic", topic="Rupjmaize")
    said = visitor.send(forms(visitor.get(page(application, "topic")))[0], topic="Rupjmaize")
    assert said.status_code == 200
    assert Membership.objects.get(role="mentee").topic == f"Maize {A_DAY - 1}"
    assert not anew(application, "topic", topic=f"Maize {A_DAY - 1}")
    given = {"application": application, "step": "topic", "said": {"topic": "Rupjmaize"}, "words": set()}
    assert amend(**given, revision=A_DAY, now=NOW + timedelta(days=1, minutes=1))


def test_who_decides_leafs_through_many_corrections(application: Application, inga: Person) -> None:
    told = [
        Amendment(application=application, step="topic", before={"topic": f"Maize {number}."}, at=NOW)
        for number in range(SIZE + 1)
    ]
    Amendment.objects.bulk_create(told)
    visitor = Visitor(inga)
    address = f"/memberships/{application.membership.ref}/application/"
    first, second = (words(visitor.get(address + query)) for query in ("", "?page=2"))
    assert (f": Maize {SIZE}." in first, ": Maize 0." in first) == (True, False)
    assert (f": Maize {SIZE}." in second, ": Maize 0." in second) == (False, True)
    assert "?page=2" in first


def test_the_same_once_more_changes_nothing(application: Application) -> None:
    assert not anew(application, "topic", topic="Maize")
    assert not Amendment.objects.exists()


def test_two_tabs_never_lose_a_word(application: Application) -> None:
    assert anew(application, "topic", topic="Rupjmaize")
    with pytest.raises(Conflict):
        anew(application, "topic", topic="Saldskābmaize", revision=0)


def test_nor_a_tick(application: Application) -> None:
    assert anew(application, "reach", languages=["lv", "en"])
    with pytest.raises(Conflict) as told:
        anew(application, "reach", languages=["lv"], revision=0)
    assert told.value.chosen == {"languages": ["lv", "en"]}
    assert anew(application, "reach", languages=["lv", "en", "lt"], revision=0)


@pytest.mark.parametrize("step", ["accept", "decline"])
def test_once_it_is_decided_nothing_is_corrected(application: Application, step: str) -> None:
    visitor = opened(application)
    decide(membership=Membership.objects.get(role="mentee"), step=step, by=None, now=NOW)
    with pytest.raises(Decided):
        anew(application, "topic", topic="Rupjmaize")
    assert not may_amend(Application.objects.get())
    assert visitor.get(page(application, "topic")).status_code == 302
    review = words(visitor.get(reverse("calls:review", args=[application.ref])))
    assert page(application, "topic") not in review


def test_on_the_waiting_list_it_is_still_corrected(application: Application) -> None:
    decide(membership=Membership.objects.get(role="mentee"), step="wait", by=None, now=NOW)
    assert anew(application, "topic", topic="Rupjmaize")


def test_neither_a_withdrawn_one_nor_one_that_a_newer_replaces(
    programme: Programme, application: Application
) -> None:
    newer = Application.objects.get(pk=application.pk)
    newer.pk, newer.ref, newer.form = None, "zzzzzzzzzzzz", "yyyyyyyyyyyy"
    newer.save(force_insert=True)
    with pytest.raises(Replaced):
        anew(application, "topic", topic="Rupjmaize")
    withdraw(application=newer, now=NOW)
    with pytest.raises(WasWithdrawn):
        anew(newer, "topic", topic="Rupjmaize")


def test_one_that_is_not_sent_is_changed_in_its_steps(application: Application) -> None:
    Application.objects.update(membership=None, state="writing")
    with pytest.raises(NotSent):
        anew(application, "topic", topic="Rupjmaize")


def test_nobody_else_corrects_it(application: Application) -> None:
    assert Applicant().get(page(application, "topic")).status_code == 403


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_decides_sees_what_was_corrected_and_what_stood_before(
    application: Application, inga: Person, language: str
) -> None:
    anew(application, "topic", topic="Rupjmaize")
    membership = Membership.objects.get(role="mentee")
    shown = words(Visitor(inga, language=language).get(f"/memberships/{membership.ref}/application/"))
    assert "Rupjmaize" in shown
    assert ": Maize" in shown
    assert ("Corrected by the sender since it came" in shown) == (language == "en")


def test_gender_is_not_shown_as_what_stood_before(application: Application, inga: Person) -> None:
    anew(application, "place", gender="woman")
    anew(application, "place", gender="man")
    membership = Membership.objects.get(role="mentee")
    assert "woman" not in words(Visitor(inga).get(f"/memberships/{membership.ref}/application/")).lower()


def test_who_has_read_it_before_the_correction_reads_it_once_more(
    application: Application, inga: Person
) -> None:
    visitor, membership = Visitor(inga, language="en"), Membership.objects.get(role="mentee")
    form = next(
        each
        for each in forms(visitor.get(f"/memberships/{membership.ref}/"))
        if each.action.endswith("/decision/") or "seen" in each.fields
    )
    anew(application, "topic", topic="Rupjmaize")
    refused = words(visitor.send(form, step="accept"))
    assert "Since you opened the page this was changed" in refused
    with pytest.raises(ChangedSince):
        decide_shown(membership=membership, step="accept", by=inga, now=NOW, seen=stands_as(membership))
    membership.refresh_from_db()
    assert membership.state == "applied"
    decide_shown(membership=membership, step="accept", by=inga, now=NOW, seen=stands_as(membership))


def test_the_country_is_not_taken_out_of_a_sent_application(application: Application) -> None:
    """Ages and permissions are those of a country: the step asks for it as before, at its field."""
    Programme.objects.update(countries=["LV", "LT"])
    with pytest.raises(CountryStays):
        anew(application, "place", place="Cita skola", country="")
    visitor = opened(application)
    shown = forms(visitor.get(page(application, "place")))[0]
    shown.fields.pop("country")
    assert "Viens jāizvēlas." in words(visitor.send(shown, place="Cita skola"))
    membership = Membership.objects.get(role="mentee")
    assert (membership.country, membership.place) == ("LV", "Jelgavas tehnikums")
