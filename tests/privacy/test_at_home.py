"""Whoever manages sees at home that a request to be erased waits, and since when; and that a term is over."""

import html
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from tests import make
from tests.cast import Cast
from tests.make import NOW
from tests.privacy.test_asking import asked
from varpa.kernel import clock
from varpa.people.models import Person
from varpa.privacy.actions import asking, retaining
from varpa.programmes.models import Programme

pytestmark = pytest.mark.django_db
MONDAY = NOW + timedelta(days=6)
OVER = datetime(2031, 5, 1, 9, 0, tzinfo=UTC)
ASKED = {
    "lv": "Apskatiet 1 lūgumu dzēst datus",
    "lt": "Peržiūrėkite 1 prašymą ištrinti duomenis",
    "en": "Look at 1 request to erase data",
}
SINCE = {"lv": "kopš 14. oktobra", "lt": "nuo spalio 14 d.", "en": "Since 14 October"}


def home(who: Person, address: str = "/", now: datetime = MONDAY) -> str:
    client = Client()
    client.force_login(who)
    with clock.moved_to(now):
        answer: Any = client.get(address)
    assert answer.status_code == 200
    return html.unescape(answer.content.decode()).replace("\xa0", " ")


@pytest.mark.parametrize("language", ["lv", "lt", "en"])
def test_a_request_stands_in_the_week_with_its_day(cast: Cast, language: str) -> None:
    asked(cast.elina)
    cast.inga.language = language
    cast.inga.save()
    page = home(cast.inga)
    assert ASKED[language] in page
    assert SINCE[language] in page
    assert f"/programmes/{cast.programme.ref}/erasures/" in page
    assert cast.elina.name not in page.split(ASKED[language])[1].split("</li>")[0]


def test_nobody_else_is_told_of_it(cast: Cast) -> None:
    asked(cast.elina)
    for who in (cast.andris, cast.rimantas, cast.tomas):
        assert "/erasures/" not in home(who)


def test_taken_back_or_not_confirmed_it_is_no_more_there(cast: Cast) -> None:
    wish = asked(cast.elina)
    asking.take_back(wish=wish, by=cast.elina, now=NOW)
    asking.ask(person=cast.gabija, now=NOW)
    assert "dzēst datus" not in home(cast.inga)


def test_of_several_programmes_each_tells_its_own(cast: Cast) -> None:
    make.manager(cast.elsewhere.programme, cast.inga)
    asked(cast.elina)
    assert home(cast.inga).count("/erasures/") >= 1
    other = home(cast.inga, f"/programmes/{cast.elsewhere.programme.ref}/")
    assert f"/programmes/{cast.elsewhere.programme.ref}/erasures/" not in other


def test_a_term_that_is_over_waits_for_a_yes(cast: Cast) -> None:
    Programme.objects.filter(pk=cast.programme.pk).update(state="closed")
    cast.programme.refresh_from_db()
    kept = retaining.keep_for(programme=cast.programme, years=5, by=cast.inga, now=NOW)
    board = f"/programmes/{cast.programme.ref}/"
    waits = f"/programmes/{cast.programme.ref}/retention/"
    assert waits not in home(cast.inga, board, OVER)
    retaining.tell_due(OVER)
    later = OVER + timedelta(days=3)
    assert waits in home(cast.inga, board, later)
    assert "kopš 1. maija" in home(cast.inga, board, later)
    kept.refresh_from_db()
    retaining.confirm_term(retention=kept, by=cast.inga, now=later)
    assert waits not in home(cast.inga, board, later)
