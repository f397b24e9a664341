"""One address, several people at home: an application never becomes that of somebody else (R1)."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse
from django.utils import translation
from django.utils.html import escape
from django.utils.translation import gettext

from tests import make
from tests.calls.conftest import Applicant, begun, letters, link_in, sent, write
from tests.make import NOW
from tests.visits import Visitor, forms, words
from varpa.calls.actions import applying, sending
from varpa.calls.actions.whose import OnPaper, OtherRole, SomebodyElse
from varpa.calls.models import Application, ApplicationState
from varpa.calls.queries import contact_of
from varpa.guardians.models import Guardian
from varpa.kernel.refs import new_ref
from varpa.kernel.text import LANGUAGES
from varpa.people.models import Person
from varpa.programmes.actions.memberships import withdraw_member
from varpa.programmes.models import Membership, Programme, Role

pytestmark = pytest.mark.django_db
HOME = "gimene@priedes.example"
ZANE: dict[str, Any] = {"name": "Zane Priede", "address": HOME, "born": "2010-02-03", "language": "lv"}
PARENT = {"guardian_name": "Ilze Priede", "guardian_address": "ilze@darbs.example"}


def of_last_year(programme: Programme, name: str, born: date | None, role: str = Role.MENTEE) -> Person:
    """Somebody who takes part in another programme with the address of the home."""
    person = make.person(name, HOME, born=born)
    make.member(make.programme(programme.organisation), person, role, country="LV")
    return person


def ready(programme: Programme, role: str = Role.MENTEE, **said: Any) -> Application:
    """An application of the home with a confirmed address, not sent yet."""
    application = begun(programme, role, **{**ZANE, **said})
    write(application, "place", country="LV", **PARENT)
    applying.confirm_address(application=application, now=NOW)
    return application


def on_paper(programme: Programme, by: Person, **said: Any) -> Application:
    told = {**ZANE, "country": "LV", **PARENT, **said}
    return sending.enter_from_paper(
        programme=programme, role=Role.MENTEE, form=new_ref(), said=told, day=NOW.date(), by=by, now=NOW
    )


FAMILY = [
    ("Anna Priede", date(2006, 1, 1), Role.MENTEE),
    ("Anna Priede", date(2009, 1, 1), Role.MENTEE),
    ("Ilze Priede", date(1980, 1, 1), Role.MENTOR),
    ("Ilze Priede", None, Role.MENTOR),
    # A father and his son are called the same; and so are two cousins.
    ("Zane Priede", None, Role.MENTOR),
    ("Zane Priede", date(2005, 2, 3), Role.MENTEE),
    # Twins.
    ("Anna Priede", date(2010, 2, 3), Role.MENTEE),
]


@pytest.mark.parametrize(("name", "born", "role"), FAMILY)
def test_a_pupil_with_an_address_of_the_family_is_nobody_else(
    programme: Programme, name: str, born: date | None, role: str
) -> None:
    known = of_last_year(programme, name, born, role)
    application = ready(programme)
    with pytest.raises(SomebodyElse):
        sending.send(application=application, consent=True, now=NOW)
    known.refresh_from_db()
    application.refresh_from_db()
    assert (known.name, known.born) == (name, born)
    assert not Membership.objects.filter(programme=programme, person=known).exists()
    # Nothing is lost: with an own address it is in, and the guardian permits whom it is about.
    assert application.state == ApplicationState.WRITING
    write(application, "who", **{**ZANE, "address": "zane@skola.example"})
    applying.confirm_address(application=application, now=NOW)
    assert sending.send(application=application, consent=True, now=NOW)
    assert Guardian.objects.get().membership.person.name == "Zane Priede"
    assert Guardian.objects.get().membership.person.born == date(2010, 2, 3)


@pytest.mark.parametrize(("name", "born", "role"), FAMILY)
def test_on_paper_neither(
    programme: Programme, inga: Person, name: str, born: date | None, role: str
) -> None:
    known = of_last_year(programme, name, born, role)
    with pytest.raises(OnPaper):
        on_paper(programme, inga)
    known.refresh_from_db()
    assert (known.name, known.born) == (name, born)
    made = on_paper(programme, inga, address="").membership
    assert made is not None
    assert (made.person.name, made.person.born, made.person.email) == ("Zane Priede", date(2010, 2, 3), None)


@pytest.mark.parametrize(
    ("name", "born"),
    [
        ("Zane Priede", date(2010, 2, 3)),
        ("PRIEDE ZANE", None),
        ("Zane P.", None),
        ("Zāne Priede", date(2010, 2, 3)),
        # The surname of whoever has married; the day of birth says who it is.
        ("Zane Kalniņa", date(2010, 2, 3)),
    ],
)
def test_whoever_is_known_stays_one_person(programme: Programme, name: str, born: date | None) -> None:
    known = of_last_year(programme, name, born)
    application = ready(programme)
    assert sending.send(application=application, consent=True, now=NOW)
    known.refresh_from_db()
    assert (known.name, known.born) == (name, date(2010, 2, 3))
    assert Membership.objects.get(programme=programme, person=known).role == Role.MENTEE


def test_a_mentor_says_no_day_of_birth_and_stays_one_person(programme: Programme) -> None:
    known = of_last_year(programme, "Zane Priede", date(1980, 1, 1), Role.MENTOR)
    application = ready(programme, Role.MENTOR)
    assert sending.send(application=application, consent=True, now=NOW)
    known.refresh_from_db()
    assert known.born == date(1980, 1, 1)


def test_nobody_is_mentor_and_mentee_of_one_programme(programme: Programme) -> None:
    known = make.person("Zane Priede", HOME, born=date(2010, 2, 3))
    mentor = make.member(programme, known, Role.MENTOR, country="LV")
    application = ready(programme)
    with pytest.raises(OtherRole):
        sending.send(application=application, consent=True, now=NOW)
    withdraw_member(membership=mentor, by=None, now=NOW)
    assert sending.send(application=application, consent=True, now=NOW)


@pytest.mark.parametrize("language", LANGUAGES)
def test_only_whoever_reads_the_letter_is_told(programme: Programme, language: str) -> None:
    of_last_year(programme, "Anna Priede", date(2006, 1, 1))
    application = begun(programme, **{**ZANE, "language": language})
    write(application, "place", country="LV")
    # Before the address is confirmed nothing is said of whom it belongs to.
    assert not sending.send(application=application, consent=True, now=NOW)
    visitor = Applicant()
    letter = next(each for each in letters(HOME) if "/apply/link/" in each.text)
    page = visitor.send(forms(visitor.get(link_in(letter)))[0])
    with translation.override(language):
        said, waits = escape(str(SomebodyElse().sentence)), gettext("The application is not sent yet")
    assert said in words(page)
    assert waits in words(page)
    # Whom to write to stands there too.
    assert f"mailto:{contact_of(programme).address}" in words(page)
    assert "Anna" not in words(page)
    assert "2006" not in words(page)
    review = visitor.get(f"/apply/{application.ref}/")
    refused = visitor.send(forms(review)[0], consent="yes")
    assert said in words(refused)
    assert reverse("calls:step", args=[application.ref, "who"]) in words(refused)


def test_the_manager_is_told_what_to_do(programme: Programme, inga: Person) -> None:
    of_last_year(programme, "Anna Priede", date(2006, 1, 1))
    visitor = Visitor(inga)
    form = forms(visitor.get(f"/programmes/{programme.ref}/applications/new/mentee/"))[-1]
    typed = {**ZANE, "day": NOW.date().isoformat()}
    enter = next(place for place, each in enumerate(form.buttons) if each[0] == "enter")
    page = visitor.send(form, enter, tick=("LV",), **typed)
    assert page.status_code == 200
    with translation.override(inga.language):
        assert escape(str(OnPaper().sentence)) in words(page)


def test_who_applies_twice_by_one_address_is_told_so(programme: Programme) -> None:
    sent(programme, **ZANE)
    with pytest.raises(sending.AppliedAlready):
        sending.send(application=ready(programme), consent=True, now=NOW)
