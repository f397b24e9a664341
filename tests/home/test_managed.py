"""Who manages several programmes, or manages here and mentors there, comes home to what presses most."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import make
from tests.cast import Cast, assemble
from tests.home.test_pages import MOST_QUERIES, page, speak, text
from tests.make import NOW
from varpa.kernel import clock
from varpa.kernel.text import TranslatedText
from varpa.people.models import Person
from varpa.programmes.actions.appointing import invite_manager
from varpa.programmes.models import Membership, MembershipState, Programme, ProgrammeState, Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return assemble()


def managing(who: Person, name: str) -> Programme:
    """A running programme of another organisation that `who` manages."""
    programme = make.programme(make.organisation(f"Skola {name}"), name=TranslatedText.same(name))
    Programme.objects.filter(pk=programme.pk).update(state=ProgrammeState.RUNNING)
    invite_manager(programme=programme, name=who.name, address=who.email, by=who, now=NOW)
    return Programme.objects.get(pk=programme.pk)


def applicant(programme: Programme, name: str) -> Membership:
    member = make.member(programme, make.person(name, f"{name.split()[1]}@x.example"), Role.MENTOR)
    Membership.objects.filter(pk=member.pk).update(state=MembershipState.APPLIED)
    return member


def band(shown: str) -> str:
    return shown[shown.index('class="next"') : shown.index("</section>")]


def test_the_programme_that_presses_most_is_largest(cast: Cast) -> None:
    second = managing(cast.inga, "Otrā programma")
    Membership.objects.filter(programme=cast.programme, state=MembershipState.APPLIED).delete()
    applicant(second, "Kārlis Koks")
    shown = text(page(cast.inga, "/", days=2))
    assert "Otrā programma" in band(shown)
    assert "?state=applied" in band(shown)
    # The other one is named beside what it needs.
    rest = shown[shown.index("Programmas, ko vadāt") :]
    assert reverse("home:board", args=[cast.programme.ref]) in rest
    assert "Otrā programma" not in rest[: rest.index("</ul>")]


def test_the_board_of_one_programme_stays_its_own(cast: Cast) -> None:
    second = managing(cast.inga, "Otrā programma")
    applicant(second, "Kārlis Koks")
    shown = text(page(cast.inga, reverse("home:board", args=[cast.programme.ref]), days=2))
    assert "Otrā programma" not in band(shown)


def test_who_mentors_here_and_manages_there_sees_both(cast: Cast) -> None:
    second = managing(cast.andris, "Otrā programma")
    applicant(second, "Kārlis Koks")
    shown = text(page(cast.andris, "/", days=2))
    assert "Andris" in band(shown)
    assert "Otrā programma" in shown[shown.index("Programmas, ko vadāt") :]
    assert "Programmas, ko vadāt" not in text(page(cast.rimantas, "/", days=2))


@pytest.mark.parametrize(
    ("language", "words"),
    [("lv", "Programmas, ko vadāt"), ("lt", "Programos, kurioms vadovaujate"), ("en", "that you manage")],
)
def test_in_three_languages(cast: Cast, language: str, words: str) -> None:
    managing(cast.inga, "Otrā programma")
    speak(cast.inga, language)
    assert words in text(page(cast.inga, "/", days=2))


@pytest.mark.parametrize("who", ["inga", "andris"])
def test_however_many_programmes_as_many_queries(cast: Cast, who: str) -> None:
    person = getattr(cast, who)

    def asked() -> int:
        page(person, "/", days=2)
        client = Client()
        client.force_login(person)
        with clock.moved_to(NOW + timedelta(days=2)), CaptureQueriesContext(connection) as caught:
            assert client.get("/").status_code == 200
        return len(caught)

    managing(person, "Pirmā cita")
    counts = [asked()]
    for number in range(4):
        applicant(managing(person, f"Cita {number}"), f"Kārlis K{number}")
        counts.append(asked())
    assert len(set(counts)) == 1, counts
    # Who does both is told what a mentor and what a manager is told.
    assert counts[0] <= MOST_QUERIES + (who == "andris")
