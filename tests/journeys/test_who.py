"""Who passes which door: one table, by hand, of every action on every kind of thing (quality §4).

`who.txt` says it for a thing of the cast's own pair or programme; a door without a row fails. Whoever changes
who may do something changes the row, and whoever reads the change sees it.
"""

from pathlib import Path
from typing import Any

import pytest
from django.db.models import Model, QuerySet
from django.test import Client

from bench._visits import patterns
from tests import make
from tests.cast import Cast
from tests.files.samples import picture, upload
from tests.journeys.conftest import Time
from tests.journeys.furnished import furnish_whole, tokens_of
from tests.journeys.test_every_page import _paths
from varpa.diary.models import Entry
from varpa.diary.photographs import photograph_pages
from varpa.kernel.access import allowed
from varpa.people.models import Person
from varpa.programmes.actions.memberships import withdraw_member
from varpa.programmes.models import Role
from varpa.site import drawings

pytestmark = pytest.mark.django_db
TABLE = Path(__file__).with_name("who.txt")
NOBODY = "nobody of these"


@pytest.fixture
def cast(time: Time) -> Cast:
    whole = furnish_whole()
    entry = Entry.objects.filter(diary__pair=whole.pair).earliest("pk")
    photograph_pages(entry=entry, uploads=[upload(picture())], by=whole.andris, now=make.NOW)
    return whole


def test_who_passes_each_door_is_written_down(cast: Cast) -> None:
    people = _people(cast)
    found = {
        f"{action} on {model.__name__}": ", ".join(_who(action, _thing(action, model, cast), people))
        or NOBODY
        for action, model in _doors()
    }
    written = dict(line.split(": ", 1) for line in TABLE.read_text().splitlines() if line)
    assert found == written


def test_to_a_stranger_no_thing_is_there(cast: Cast) -> None:
    """Asked for or sent a form, whatever its way of taking one."""
    stranger, tokens = Client(), tokens_of()
    stranger.force_login(cast.zane)
    answered = []
    for name, pattern in patterns():
        _action, model = getattr(pattern.callback, "door", ("", None))
        if not isinstance(model, type):
            continue
        for path in _paths(name, pattern, cast, tokens)[:1]:
            codes = (stranger.get(path).status_code, stranger.post(path, {"text": "Mans"}).status_code)
            answered += [(path, codes)] if set(codes) != {404} else []
    assert answered == []


def _doors() -> list[tuple[Any, type[Model]]]:
    """Each action with the kind of thing that its doors load."""
    doors = {getattr(view, "door", ("", "")) for _address, view in drawings.addresses()}
    of_things = [(action, model) for action, model in doors if isinstance(model, type)]
    return sorted(of_things, key=lambda each: (each[1].__name__, str(each[0])))


def _people(cast: Cast) -> dict[str, Person]:
    gone = make.person("Kaspars Vanags", "kaspars@varpa.example")
    member = make.member(cast.programme, gone, Role.MENTOR, country="LV")
    withdraw_member(membership=member, by=cast.inga, now=make.NOW)
    return {
        "mentee": cast.elina,
        "mentor": cast.andris,
        "manager": cast.inga,
        "lead partner": cast.dace,
        "other mentee": cast.gabija,
        "other mentor": cast.rimantas,
        "withdrawn": gone,
        "other manager": cast.tomas,
        "other programme": cast.jonas,
        "stranger": cast.zane,
    }


def _thing(action: Any, model: type[Model], cast: Cast) -> QuerySet[Any]:
    """One thing of the cast's: the oldest that any of the own people passes the door to."""
    own: dict[Any, Model] = {
        type(each): each for each in (cast.pair, cast.programme, cast.mentee, cast.organisation)
    }
    things = model._default_manager.order_by("pk")
    if model in own:
        return things.filter(pk=own[model].pk)
    if model is Person:
        return things.filter(pk=cast.elina.pk)
    passed = [
        allowed(action, each, things).first() for each in (cast.elina, cast.andris, cast.inga, cast.dace)
    ]
    pks = [each.pk for each in passed if each]
    return things.filter(pk=min(pks)) if pks else things.none()


def _who(action: Any, thing: QuerySet[Any], people: dict[str, Person]) -> list[str]:
    return [name for name, person in people.items() if allowed(action, person, thing).exists()]
