"""Every form of the site: found on the pages, or by its address, for somebody who may send it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from itertools import islice
from operator import itemgetter
from typing import Any
from urllib.parse import urlsplit

from django.db import transaction
from django.test import Client
from django.urls import Resolver404, resolve

from bench._visits import patterns
from tests.cast import Cast
from tests.journeys.furnished import tokens_of
from tests.journeys.test_every_page import _paths
from tests.visits import Form, forms
from tests.wild.asking import Asked, listening
from tests.wild.values import ALL
from varpa.history.remembering import forget_all
from varpa.kernel.access import allowed
from varpa.people.models import Person

HERE = {"Origin": "http://testserver"}


@dataclass
class Sender:
    """Somebody with an open session; whatever they send is undone afterwards."""

    role: str
    person: Person | None
    client: Client = field(default_factory=Client)

    def __post_init__(self) -> None:
        if self.person:
            self.client.force_login(self.person)
        self.cookies = self.client.cookies.output(header="", sep=";")

    def ask(
        self,
        path: str,
        *args: Any,
        how: str = "get",
        before_undone: Callable[[], None] = bool,
        **options: Any,
    ) -> Any:
        """The answer, or the error that a person would have seen as a page of 500."""
        with undone():
            try:
                return getattr(self.client, how)(path, *args, headers=HERE, **options)
            except Exception as error:
                return error
            finally:
                before_undone()
                # Signing out, too, is undone.
                self.client.cookies = SimpleCookie(self.cookies)

    def may(self, path: str) -> bool:
        """Whether the door of an address lets them in; asked of the door, a refusal is drawn as a page."""
        found = resolve(path)
        action, model = getattr(found.func, "door", ("", None))
        if not isinstance(model, type):
            return True
        things = model._default_manager.filter(ref=found.kwargs["ref"])
        return self.person is not None and allowed(action, self.person, things).exists()


@contextmanager
def undone() -> Iterator[None]:
    """What is written in this block has never been."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    forget_all()


@dataclass
class Target:
    """One form: where it goes, who may send it, as what it stood on a page (where it did)."""

    name: str
    path: str
    sender: Sender
    form: Form
    asked: Asked = field(default_factory=Asked)

    def send(self, fields: Any, **options: Any) -> Any:
        with listening(self.asked):
            return self.sender.ask(self.path, fields, how="post", **options)


def senders(cast: Cast) -> list[Sender]:
    people = {"mentee": cast.elina, "mentor": cast.andris, "manager": cast.inga, "lead partner": cast.dace}
    return [*(Sender(role, person) for role, person in people.items()), Sender("nobody", None)]


def addresses(cast: Cast) -> dict[str, list[str]]:
    """Every address by its name, with the things of the cast put into it."""
    tokens = tokens_of()
    return {
        name: _paths(name, pattern, cast, tokens) for name, pattern in sorted(patterns(), key=itemgetter(0))
    }


def _open(tried: list[str], everybody: list[Sender]) -> Iterator[tuple[str, Sender]]:
    """Which of these addresses is open to whom, asked one after the other."""
    return ((path, sender) for path in tried for sender in everybody if sender.may(path))


@dataclass
class Question:
    """An address that is asked for, with what it reads behind the "?"."""

    name: str
    path: str
    sender: Sender
    asked: Asked = field(default_factory=Asked)

    def ask(self, given: dict[str, Any]) -> Any:
        with listening(self.asked):
            return self.sender.ask(self.path, given)


@dataclass
class Walk:
    """All forms and all questions of the site.

    Of a form: one of each kind at each address, as it stands on a page, for the first who may send it; in
    full for everybody who may. Of an address that no page sends to, what can be known is where it is.
    """

    cast: Cast
    targets: list[Target]
    questions: list[Question]

    @classmethod
    def through(cls, cast: Cast) -> "Walk":
        found, tried, everybody = Found(), addresses(cast), senders(cast)
        for name, of_it in tried.items():
            for path, sender in _open(of_it, everybody):
                question = Question(name, path, sender)
                answer = question.ask({})
                code = getattr(answer, "status_code", 0)
                if code == 405:
                    break
                if code == 404:
                    continue
                found.questions.append(question)
                if is_page(answer):
                    found.keep(sender, forms(answer))
                if not ALL:
                    break
        for name in sorted(tried.keys() - found.names):
            found.targets += islice(_bare(name, _open(tried[name], everybody)), None if ALL else 1)
        return cls(cast, found.targets, found.questions)


def _bare(name: str, open_to: Iterator[tuple[str, Sender]]) -> Iterator[Target]:
    for path, sender in open_to:
        answer = sender.ask(path, {"wild": "1"}, how="post")
        code = getattr(answer, "status_code", 500)
        if code == 405:
            return
        led = code == 302 and answer.headers["Location"].startswith("/sign-in/?")
        if not led and code not in (403, 404):
            yield Target(name, path, sender, Form(path))


@dataclass
class Found:
    """The forms that were found; of the same fields at the same address one is enough."""

    targets: list[Target] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    kinds: set[tuple[str, ...]] = field(default_factory=set)

    def keep(self, sender: Sender, several: list[Form]) -> None:
        for form in several:
            if not form.writes:
                continue
            try:
                name = resolve(urlsplit(form.action).path).view_name
            except Resolver404:
                continue
            kind = (name, sender.role if ALL else "", *sorted({*form.fields, *form.files}))
            if kind not in self.kinds:
                self.kinds.add(kind)
                self.names.add(name)
                self.targets.append(Target(name, form.action, sender, form))


def is_page(answer: Any) -> bool:
    drawn = getattr(answer, "status_code", 0) in (200, 422)
    return drawn and answer.headers["Content-Type"].startswith("text/html")
