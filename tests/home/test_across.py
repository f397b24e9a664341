"""What is next for who takes part in several programmes: over all of them, and the way to each."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import make
from tests.cast import Cast, assemble
from tests.home.test_pages import MOST_QUERIES, page, speak, text
from tests.make import NOW
from varpa.kernel import clock
from varpa.kernel.text import TranslatedText
from varpa.pairs.actions.pairs import dissolve_pair, pause_pair
from varpa.pairs.models import Pair
from varpa.people.models import Person
from varpa.programmes.actions.memberships import add_member
from varpa.programmes.models import Membership, Programme, Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return assemble()


@pytest.fixture
def second(cast: Cast) -> Programme:
    """Another programme, of another organisation."""
    return make.programme(make.organisation("Rīgas skola"), name=TranslatedText.same("Otrā programma"))


def mentor_there(second: Programme, who: Person, **changes: Any) -> Membership:
    return make.member(second, who, Role.MENTOR, country="LV", **changes)


def pair_there(second: Programme, who: Person, name: str = "Laura Lapa", **changes: Any) -> Pair:
    """A pair of which `who` is the mentor."""
    young = make.person(name, f"{name.split()[1].lower()}@x.example", born=date(2006, 1, 1))
    mentee = make.member(second, young, Role.MENTEE, country="LV")
    return make.pair(mentor_there(second, who), mentee, **changes)


def band(answer: Any) -> str:
    shown = text(answer)
    return shown[shown.index('class="next"') : shown.index("</section>")]


def after(answer: Any) -> list[str]:
    """The sentences that come after the one thing."""
    shown = text(answer)
    if "Pēc tam" not in shown:
        return []
    rest = shown[shown.index("Pēc tam") :]
    return re.findall(r"<li><a[^>]*>([^<]*)</a>", rest[: rest.index("</ul>")])


def test_the_most_urgent_of_all_pairs_is_largest(cast: Cast, second: Programme) -> None:
    pair = pair_there(second, cast.andris)
    assert "Ieplānojiet pirmo tikšanos" in band(page(cast.andris, "/"))
    make.meeting(pair, days=1)
    shown = page(cast.andris, "/", days=2)
    assert "Pierakstiet, kā pagāja tikšanās" in band(shown)
    assert "Laura" in band(shown)
    assert "Ieplānojiet pirmo tikšanos" in after(shown)
    assert "Elīna, Educate for Business" in text(shown)


def test_of_two_alike_the_nearer_comes_first(cast: Cast, second: Programme) -> None:
    make.meeting(cast.pair, days=5)
    make.meeting(pair_there(second, cast.andris), days=3)
    shown = page(cast.andris, "/", days=1)
    assert "Laura" in band(shown)
    assert after(shown)[0] == "Sagatavojiet nākamo tikšanos"


def test_at_most_four_others(cast: Cast, second: Programme) -> None:
    for pair in (cast.pair, pair_there(second, cast.andris)):
        make.held(pair, days=1)
    assert len(after(page(cast.andris, "/", days=2))) == 4


def test_a_proposal_elsewhere_is_not_hidden_by_a_pair_that_goes(cast: Cast, second: Programme) -> None:
    pair = pair_there(second, cast.andris, active=False)
    shown = page(cast.andris, "/")
    assert f"/pairs/{pair.ref}/answer/" in band(shown)
    assert "Otrā programma" in band(shown)
    assert "Ieplānojiet pirmo tikšanos" in after(shown)
    assert f"/pairs/{cast.pair.ref}/" in text(shown)


def test_a_meeting_that_is_on_comes_before_a_proposal(cast: Cast, second: Programme) -> None:
    pair = pair_there(second, cast.andris, active=False)
    meeting = make.meeting(cast.pair, days=1)
    client = Client()
    client.force_login(cast.andris)
    with clock.moved_to(meeting.starts_at + timedelta(minutes=5)):
        shown = client.get("/")
    assert "notiek" in band(shown)
    assert f"/pairs/{pair.ref}/answer/" in text(shown)


def test_what_is_to_be_prepared_elsewhere_waits_too(cast: Cast, second: Programme) -> None:
    member = mentor_there(second, cast.andris, ready=False)
    shown = page(cast.andris, "/")
    assert "Ieplānojiet pirmo tikšanos" in band(shown)
    assert "Sagatavojieties mentoringam" in after(shown)
    make.prepare(member)
    shown = page(cast.andris, "/")
    assert "Sagatavojieties mentoringam" not in after(shown)
    assert f"/memberships/{member.ref}/preparation/" in text(shown)


def test_the_way_to_each_pair_also_to_those_that_rest_or_are_over(cast: Cast, second: Programme) -> None:
    resting = pair_there(second, cast.andris)
    pause_pair(pair=resting, by=None, now=NOW)
    third = make.programme(make.organisation("Cēsu skola"))
    over = pair_there(third, cast.andris, "Kārlis Koks")
    dissolve_pair(pair=over, reason="Aizgāja.", by=None, now=NOW)
    shown = text(page(cast.andris, "/"))
    for pair in (resting, over):
        assert f'href="/pairs/{pair.ref}/"' in shown


def test_a_resting_pair_hides_no_proposal(cast: Cast, second: Programme) -> None:
    pause_pair(pair=cast.pair, by=None, now=NOW)
    pair = pair_there(second, cast.andris, active=False)
    assert f"/pairs/{pair.ref}/answer/" in band(page(cast.andris, "/"))


def test_who_applies_elsewhere_sees_that_too(cast: Cast, second: Programme) -> None:
    add_member(programme=second, person=cast.andris, role=Role.MENTOR, state="applied", by=None, now=NOW)
    shown = text(page(cast.andris, "/"))
    assert "Citas programmas" in shown
    assert "Otrā programma" in shown


def test_who_is_mentee_here_and_mentor_there_is_addressed_as_each(cast: Cast, second: Programme) -> None:
    pair_there(second, cast.elina)
    shown = page(cast.elina, "/")
    told = [*after(shown), band(shown)]
    assert any("Ieplānojiet pirmo tikšanos" in each for each in told)
    assert any("Padomā, ko gribi pajautāt" in each for each in told)


def test_who_has_one_pair_reads_no_names_beside_the_sentences(cast: Cast) -> None:
    make.held(cast.pair, days=1)
    assert "Elīna, Educate for Business" not in text(page(cast.andris, "/", days=2))


@pytest.mark.parametrize("language", ["lv", "lt", "en"])
def test_in_three_languages(cast: Cast, second: Programme, language: str) -> None:
    pair_there(second, cast.andris)
    mentor_there(make.programme(make.organisation("Cēsu skola")), cast.andris, ready=False)
    speak(cast.andris, language)
    assert f'<html lang="{language}"' in text(page(cast.andris, "/"))


def test_however_many_programmes_as_many_queries(cast: Cast, second: Programme) -> None:
    def asked() -> int:
        page(cast.andris, "/", days=2)
        client = Client()
        client.force_login(cast.andris)
        with clock.moved_to(NOW + timedelta(days=2)), CaptureQueriesContext(connection) as caught:
            assert client.get("/").status_code == 200
        return len(caught)

    make.meeting(cast.pair, days=5)
    counts = [asked()]
    for number, name in enumerate(("Laura Lapa", "Kārlis Koks", "Zane Zīle", "Mārtiņš Māls")):
        programme = make.programme(make.organisation(f"Skola {number}"))
        pair = pair_there(programme, cast.andris, name, active=number != 3)
        if number != 3:
            make.meeting(pair, days=4 + number)
        mentor_there(make.programme(make.organisation(f"Cita {number}")), cast.andris, ready=number % 2 == 0)
        counts.append(asked())
    assert len(set(counts)) == 1
    assert counts[0] <= MOST_QUERIES
