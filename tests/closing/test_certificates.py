"""Who has gone the whole way has a certificate, and whoever is shown it sees that it is true (product §5)."""

from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from pypdf import PdfReader

from tests import make
from tests.cast import Cast, assemble
from tests.closing.test_actions import excuse_all
from tests.make import NOW
from tests.visits import Visitor, words
from varpa.closing import actions
from varpa.closing.models import Certificate
from varpa.closing.papers import said_of
from varpa.closing.queries import is_reached, nothing_missing
from varpa.pairs.models import Side
from varpa.people.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    made = assemble()
    excuse_all(made)
    make.held(made.pair, days=1)
    return made


@pytest.fixture
def ended(cast: Cast) -> Cast:
    actions.end_cooperation(pair=cast.pair, by=cast.andris, now=NOW)
    return cast


def paper(cast: Cast, side: str) -> str:
    return reverse("closing:certificate", args=[cast.pair.ref, side])


def test_each_of_the_two_has_one_once_the_pair_has_gone_the_whole_way(cast: Cast) -> None:
    assert not Certificate.objects.exists()
    assert Visitor(cast.elina).get(paper(cast, Side.MENTEE)).status_code == 404
    actions.end_cooperation(pair=cast.pair, by=cast.andris, now=NOW)
    assert sorted(Certificate.objects.values_list("side", flat=True)) == ["mentee", "mentor"]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("lv", "piedalījās programmā audzēkņa lomā"),
        ("lt", "dalyvavo programoje mokinio vaidmeniu"),
        ("en", "has taken part as a mentee"),
    ],
)
def test_the_mentee_reads_it_in_the_own_language_and_shows_it(ended: Cast, language: str, said: str) -> None:
    Person.objects.filter(pk=ended.elina.pk).update(language=language)
    visitor = Visitor(Person.objects.get(pk=ended.elina.pk))
    assert paper(ended, Side.MENTEE) in words(visitor.get(reverse("home:room", args=[ended.pair.ref])))
    file = PdfReader(BytesIO(visitor.get(paper(ended, Side.MENTEE)).content))
    text = " ".join("".join(page.extract_text() for page in file.pages).split())
    assert "Elīna Bērziņa" in text
    assert said in text
    number = ended.pair.certificates.get(side="mentee").number
    assert number in text


def test_nobody_takes_that_of_the_other_and_staff_prints_either(ended: Cast) -> None:
    assert Visitor(ended.elina).get(paper(ended, Side.MENTOR)).status_code == 404
    assert Visitor(ended.zane).get(paper(ended, Side.MENTEE)).status_code in (403, 404)
    inga = Visitor(ended.inga)
    room = words(inga.get(reverse("home:room", args=[ended.pair.ref])))
    for side in Side.values:
        assert inga.get(paper(ended, side)).status_code == 200
        assert paper(ended, side) in room


def test_whoever_has_the_number_sees_that_it_is_true_and_nothing_more(ended: Cast) -> None:
    number = ended.pair.certificates.get(side="mentor").number
    stranger = Client()
    page = stranger.get(reverse("closing:verify", args=[number])).content.decode()
    assert "Andris Ozols" in page
    assert "Elīna" not in page
    for strange in ("23456789abcd", "x", "../x"):
        assert stranger.get(f"/mentoring-certificates/{strange}/").status_code == 404


def test_there_is_none_where_the_two_never_met_and_no_minute_is_confirmed() -> None:
    cast = assemble()
    excuse_all(cast)
    actions.end_cooperation(pair=cast.pair, by=cast.andris, now=NOW)
    assert not Certificate.objects.exists()
    for person in (cast.elina, cast.inga):
        room = words(Visitor(person).get(reverse("home:room", args=[cast.pair.ref])))
        assert paper(cast, Side.MENTEE) not in room


def test_a_first_meeting_alone_is_not_called_the_way_to_the_closing_one(ended: Cast) -> None:
    given = ended.pair.certificates.get(side="mentor")
    with override("en"):
        assert said_of(given) == "has accompanied a mentee as a mentor"


def test_both_meetings_are_named_where_they_were_held(cast: Cast) -> None:
    make.held(cast.pair, days=2, kind="closing")
    actions.end_cooperation(pair=cast.pair, by=cast.andris, now=NOW)
    with override("en"):
        assert said_of(cast.pair.certificates.get(side="mentee")).endswith("to the closing one")


def test_where_nothing_is_asked_for_the_two_decide_and_are_not_led() -> None:
    assert nothing_missing([])
    assert not is_reached([])
