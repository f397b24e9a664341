"""The stage of a pair's way: Tomas manages, Rimantas and Gabija are accepted; nothing is asked yet."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from playwright.sync_api import Page

from tests import cast, make
from tests.journeys.conftest import Time, Visitor
from tests.journeys.walker import Walker
from varpa.kernel import clock
from varpa.pairs.actions.readiness import start_ready_pairs
from varpa.people.models import Person
from varpa.post.models import Letter
from varpa.programmes.models import Membership, Role


@dataclass
class Stage:
    """Who stands on it, and how they come in; with `script` axe looks at every page too."""

    visit: Visitor
    time: Time
    clean: Callable[[Page], None] | None = None
    script: bool = True
    looked_at: dict[str, set[str]] = field(default_factory=dict)
    tomas: Person = field(init=False)
    rimantas: Person = field(init=False)
    gabija: Person = field(init=False)
    mentor: Membership = field(init=False)
    mentee: Membership = field(init=False)

    def __post_init__(self) -> None:
        programme, self.tomas = cast.programme_of_tomas()
        self.rimantas, self.gabija = cast.lithuanians()
        self.mentor = make.member(
            programme, self.rimantas, Role.MENTOR, ready=False, place="Molis ir ugnis", country="LT"
        )
        self.mentee = make.member(
            programme, self.gabija, Role.MENTEE, ready=False, topic="Keramikos dirbtuvės", country="LT"
        )

    def enter(self, person: Person | None = None) -> Walker:
        """Somebody with a phone of their own: signed in, or a stranger at the door."""
        page = self.visit(person=person, language="lt", script=self.script)
        return Walker(page, self.clean if self.script else None, looked_at=self.looked_at)

    def come_in(self, walker: Walker, person: Person, kind: str) -> None:
        """Follow the link of a letter, and sign in at the door that stands before its page."""
        walker.open(self.letter(person, kind))
        walker.write("El. pašto adresas", person.email)
        walker.press("Siųsti kodą")
        walker.write("Kodas", self.code(person))
        walker.press("Prisijungti")

    def work(self) -> None:
        """What the worker does every few seconds: pairs that can begin, begin."""
        start_ready_pairs(clock.now())

    def letter(self, person: Person, kind: str) -> str:
        """The link in the newest letter of a kind that leads to what is to be done, not to a guide."""
        links = re.findall(r"https?://\S+", self._newest(person, kind).text)
        return next(link for link in links if "/library/" not in link)

    def code(self, person: Person) -> str:
        """The six digits of the newest letter with a code."""
        found = re.search(r"\b\d{6}\b", self._newest(person, "people.code").text)
        assert found
        return found.group()

    def _newest(self, person: Person, kind: str) -> Letter:
        return Letter.objects.filter(to_address=person.email, kind=kind).latest("pk")
