"""What the tests of calls share: a programme that recruits, an applicant with a phone, the letters."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from tests import make
from tests.make import NOW
from tests.visits import Visitor
from varpa.calls.actions.applying import begin, confirm_address, write_step
from varpa.calls.actions.sending import send
from varpa.calls.models import Application, Call
from varpa.kernel.refs import new_ref
from varpa.kernel.text import TranslatedText
from varpa.people.models import Person
from varpa.post.models import Letter
from varpa.programmes.actions.programmes import take_step
from varpa.programmes.models import Programme, Role

ADDRESS = "marta@skola.example"
MARTA: dict[str, Any] = {
    "name": "Marta Kalēja",
    "address": ADDRESS,
    "born": "2007-02-03",
    "phone": "",
    "language": "lv",
}


class Applicant(Visitor):
    """Somebody with a phone, whom nobody knows yet."""

    def __init__(self, *, days: int = 0) -> None:
        self.client = Client()
        self.now = NOW + timedelta(days=days)


@pytest.fixture
def programme() -> Programme:
    """A programme that recruits, managed by Inga."""
    organisation = make.organisation()
    made = make.programme(
        organisation,
        running=False,
        name=TranslatedText("Mācies no uzņēmēja", "Mokykis iš verslininko", "Learn from an entrepreneur"),
        starts=date(2025, 11, 1),
        ends=date(2026, 12, 31),
    )
    take_step(programme=made, step="recruit", by=None, now=NOW)
    make.manager(made, make.person("Inga Liepa", "inga@varpa.example"))
    return made


@pytest.fixture
def inga(programme: Programme) -> Person:
    return Person.objects.get(name="Inga Liepa")


def begun(programme: Programme, role: str = Role.MENTEE, **said: Any) -> Application:
    """An application whose first step is written."""
    who = {**MARTA, **said}
    if role == Role.MENTOR:
        who.pop("born")
    return begin(programme=programme, role=role, form=new_ref(), said=who, by=None, now=NOW)


def write(application: Application, step: str, **said: Any) -> None:
    """A step is written on the state that stands."""
    words = {name for name, value in said.items() if isinstance(value, str)}
    revision = application.revisions.get(step, 0)
    write_step(application=application, step=step, said=said, words=words, revision=revision, now=NOW)


def sent(programme: Programme, role: str = Role.MENTEE, **said: Any) -> Application:
    """An application that is in; `said` goes beside the first step, or into it."""
    first = {name: value for name, value in said.items() if name in MARTA}
    application = begun(programme, role, **first)
    rest = {name: value for name, value in said.items() if name not in MARTA}
    write(application, "place", **{"country": "LV", **rest})
    confirm_address(application=application, now=NOW)
    assert send(application=application, consent=True, now=NOW)
    return Application.objects.select_related("membership__person", "programme").get(pk=application.pk)


def window(programme: Programme, **days: Any) -> Call:
    """What the programme has written about applying."""
    call, _made = Call.objects.update_or_create(programme=programme, defaults=days)
    return call


def letters(address: str = ADDRESS) -> list[Letter]:
    return list(Letter.objects.filter(to_address=address).order_by("pk"))


def link_in(letter: Letter) -> str:
    found = re.search(r"/apply/link/\S+/", letter.text)
    assert found
    return found[0]
