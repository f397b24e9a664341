"""The page of an activity: who is missing, what was recorded, who may see and record it."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from tests import make
from tests.cast import Cast
from tests.evaluation.conftest import ONCE, PEOPLE, ended_without, stands
from tests.make import NOW
from varpa.evaluation.actions import record_evidence
from varpa.evaluation.models import Evidence
from varpa.evaluation.queries import cell_of
from varpa.kernel import clock
from varpa.methodology import Fact
from varpa.people.models import Person
from varpa.programmes.models import Programme, Role
from varpa.ui.words import by_day

pytestmark = pytest.mark.django_db


def signed_in(who: Person) -> Client:
    client = Client()
    client.force_login(who)
    return client


def address(programme: Programme, key: str = PEOPLE) -> str:
    return reverse("evaluation:activity", args=[programme.ref, key])


def get(who: Person, where: str) -> Any:
    with clock.moved_to(NOW):
        return signed_in(who).get(where)


def post(who: Person, where: str, data: dict[str, Any]) -> Any:
    with clock.moved_to(NOW):
        return signed_in(who).post(where, data)


def test_who_sees_the_page(cast: Cast) -> None:
    where = address(cast.programme)
    assert Client().get(where).status_code == 302
    for who, status in ((cast.inga, 200), (cast.dace, 200), (cast.andris, 403), (cast.elina, 403)):
        assert get(who, where).status_code == status, who.name
    for who in (cast.zane, cast.tomas, cast.jonas):
        assert get(who, where).status_code == 404, who.name
    assert get(cast.inga, address(cast.programme, "nothing")).status_code == 404


def test_who_may_take_a_record_back(cast: Cast) -> None:
    given: dict[str, Any] = {
        "activity": ONCE,
        "day": NOW.date(),
        "note": "Jelgavā.",
        "by": cast.inga,
        "now": NOW,
    }
    evidence = record_evidence(programme=cast.programme, **given)
    where = reverse("evaluation:withdraw", args=[evidence.ref])
    for who in (cast.zane, cast.tomas, cast.andris):
        assert post(who, where, {}).status_code == 404, who.name
    assert Evidence.objects.get().withdrawn_at is None
    assert get(cast.inga, where).status_code == 405
    assert post(cast.inga, where, {}).status_code == 302
    assert Evidence.objects.get().withdrawn_at == NOW


def test_a_manager_records_for_several_people(cast: Cast) -> None:
    whom = [cast.mentee.ref, cast.neighbours.mentee.ref]
    answer = post(cast.inga, address(cast.programme), {"day": "14.10.2025", "note": "Rīgā", "whom": whom})
    assert answer.status_code == 302
    assert stands(cast.programme, PEOPLE) == ("done", 2, 2)
    shown = get(cast.inga, address(cast.programme)).content.decode()
    assert "Gabija Petrauskaitė" in shown
    assert "Rīgā" in shown


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"day": "14.10.2025"},
        {"day": "01.01.2020", "note": "Rīgā"},
        {"day": "14.10.2025", "note": " "},
        {"day": "nonsense", "whom": ["x"]},
        {"day": "15.10.2025"},
        {"day": "14.10.2025", "note": "x" * 301},
    ],
)
def test_a_wrong_field_is_told_and_nothing_recorded(cast: Cast, data: dict[str, Any]) -> None:
    whole = {"whom": [cast.mentee.ref], **data} if "note" in data or data.get("day") == "15.10.2025" else data
    answer = post(cast.inga, address(cast.programme), whole)
    assert answer.status_code == 200
    assert b'class="why"' in answer.content or b'class="notice bad"' in answer.content
    assert not Evidence.objects.exists()


def test_somebody_of_another_programme_cannot_be_recorded(cast: Cast) -> None:
    data = {"day": "14.10.2025", "whom": [cast.elsewhere.mentee.ref]}
    assert post(cast.inga, address(cast.programme), data).status_code == 200
    assert not Evidence.objects.exists()


def test_what_a_room_knows_has_no_form(cast: Cast) -> None:
    shown = get(cast.inga, address(cast.programme, "organises_visit")).content.decode()
    assert 'name="day"' not in shown
    assert "Andris Ozols, Elīna Bērziņa" in shown
    assert 'name="day"' in get(cast.inga, address(cast.programme, ONCE)).content.decode()


@pytest.mark.parametrize(
    ("language", "words"),
    [("lv", "Kurā dienā?"), ("lt", "Kurią dieną?"), ("en", "On which day?")],
)
def test_the_page_speaks_three_languages(cast: Cast, language: str, words: str) -> None:
    Person.objects.filter(pk=cast.inga.pk).update(language=language)
    assert words in get(cast.inga, address(cast.programme)).content.decode()


def test_the_page_needs_the_same_queries_for_one_and_for_thirty(cast: Cast) -> None:
    def queries(minute: int) -> int:
        client = signed_in(cast.inga)
        with clock.moved_to(NOW + timedelta(minutes=minute)), CaptureQueriesContext(connection) as caught:
            assert client.get(address(cast.programme)).status_code == 200
        return len(caught)

    queries(0)
    few = queries(1)
    for at in range(30):
        person = make.person(f"Elīna Kalniņa {at}", f"e{at}@x.example")
        make.member(cast.programme, person, Role.MENTEE)
    assert queries(2) == few


@pytest.mark.parametrize("key", ["company_profile", "mentee_progress_survey", "hands_over_diary"])
def test_the_last_day_is_said_once(cast: Cast, key: str) -> None:
    cell = cell_of(cast.programme, key, NOW)
    assert cell
    with clock.moved_to(NOW), translation.override(cast.inga.language):
        last = by_day(cell.window.due)
    assert get(cast.inga, address(cast.programme, key)).content.decode().count(last) <= 1


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("lv", "0 no 2, nenotika: 1, ar iemeslu"),
        ("lt", "0 iš 2, neįvyko: 1, su priežastimi"),
        ("en", "0 of 2, did not happen: 1, with its reason"),
    ],
)
def test_a_reason_why_it_did_not_happen_is_counted_and_stays_with_the_pair(
    cast: Cast, language: str, words: str
) -> None:
    ended_without(cast, Fact.VISIT_HELD)
    Person.objects.filter(pk=cast.inga.pk).update(language=language)
    shown = get(cast.inga, address(cast.programme, "visits_company")).content.decode()
    assert words in shown
    assert "Dzirnavas slēgtas." not in shown
    assert cast.andris.name not in shown
    with clock.moved_to(NOW + timedelta(days=400)):
        board = signed_in(cast.inga).get(reverse("home:board", args=[cast.programme.ref]))
    assert words in board.content.decode()
