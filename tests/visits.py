"""A person at the pages, as a browser without JavaScript sees and sends them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.make import NOW
from varpa.kernel import clock
from varpa.people.models import Person

Fields = dict[str, list[str]]


@dataclass
class Form:
    """A form as it stands on a page: what a browser would send, and the buttons that send it."""

    action: str
    id: str = ""
    writes: bool = True
    fields: Fields = field(default_factory=dict)
    boxes: list[tuple[str, str]] = field(default_factory=list)
    buttons: list[tuple[str, str]] = field(default_factory=list)
    written: dict[str, str] = field(default_factory=dict)
    """The fields that somebody writes in, each with its kind: "text", "textarea", "date" and so on."""
    files: list[str] = field(default_factory=list)
    """The fields that take a file."""


class _Reader(HTMLParser):
    def __init__(self, address: str) -> None:
        super().__init__()
        self.address = address
        self.forms: list[Form] = []
        self.open: Form | None = None
        self.area = ""
        self.chooses = ""
        self.words = ""
        self.loose: list[tuple[str, str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            writes = given.get("method", "").lower() == "post"
            self.open = Form(urljoin(self.address, given.get("action", "")), given.get("id", ""), writes)
            self.forms.append(self.open)
        elif tag == "input":
            self._input(given, "checked" in dict(attrs))
        elif tag == "textarea":
            self.area, self.words = given.get("name", ""), ""
            if self.open and self.area:
                self.open.written[self.area] = "textarea"
        elif tag == "select":
            self.chooses = given.get("name", "")
        elif tag == "option" and self.open and self.chooses:
            # Of a list that takes one, the first stands there until another is chosen.
            if "selected" in given or self.chooses not in self.open.fields:
                self.open.fields[self.chooses] = [given.get("value", "")]
        elif tag == "button" and given.get("type") == "submit":
            if "form" in given:
                self.loose.append((given["form"], given.get("name", ""), given.get("value", "")))
            elif self.open:
                self.open.buttons.append((given.get("name", ""), given.get("value", "")))

    def _input(self, given: dict[str, str], checked: bool) -> None:
        if self.open is None or not given.get("name"):
            return
        kind = given.get("type", "text")
        if kind == "file":
            self.open.files.append(given["name"])
            return
        ticked = kind in ("checkbox", "radio")
        if not ticked and kind != "hidden":
            self.open.written[given["name"]] = kind
        if ticked:
            self.open.boxes.append((given["name"], given.get("value", "on")))
        if checked or not ticked:
            value = given.get("value", "on" if ticked else "")
            self.open.fields.setdefault(given["name"], []).append(value)

    def handle_data(self, data: str) -> None:
        if self.area:
            self.words += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self.open and self.area:
            self.open.fields.setdefault(self.area, []).append(self.words.removeprefix("\n"))
            self.area = ""
        elif tag == "select":
            self.chooses = ""
        elif tag == "form":
            self.open = None


def forms(answer: Any) -> list[Form]:
    """The forms of a page that write, in their order; the bar's own are left out."""
    reader = _Reader(answer.request["PATH_INFO"] + _query(answer))
    reader.feed(words(answer))
    for owner, name, value in reader.loose:
        next(form for form in reader.forms if form.id == owner).buttons.append((name, value))
    return [form for form in reader.forms if form.action not in ("/language/", "/sign-out/")]


def _query(answer: Any) -> str:
    asked = answer.request.get("QUERY_STRING", "")
    return f"?{asked}" if asked else ""


def words(answer: Any) -> str:
    """What stands on a page, as HTML."""
    return str(answer.content.decode())


class Visitor:
    """Somebody signed in, some days after the cast has begun."""

    def __init__(self, who: Person, *, days: int = 0, language: str = "") -> None:
        if language:
            who.language = language
            who.save(update_fields=["language"])
        self.client = Client()
        self.client.force_login(who)
        self.now = NOW + timedelta(days=days)

    def get(self, address: str, **options: Any) -> Any:
        with clock.moved_to(self.now):
            return self.client.get(address, **options)

    def post(self, address: str, data: Any = None, **options: Any) -> Any:
        headers = {"Origin": "http://testserver", **options.pop("headers", {})}
        with clock.moved_to(self.now):
            return self.client.post(address, data or {}, headers=headers, **options)

    def send(self, form: Form, button: int = 0, *, tick: tuple[str, ...] = (), **typed: str) -> Any:
        """Send a form by its button, with some fields typed anew and some boxes ticked, by value."""
        sent: dict[str, Any] = {**form.fields, **typed}
        for name, value in form.boxes:
            if value in tick or name in tick:
                sent[name] = [*sent.get(name, []), value]
        name, value = form.buttons[button]
        if name:
            sent[name] = value
        return self.post(form.action, sent)

    def autosave(self, form: Form, **typed: str) -> Any:
        """Send what stands in a form as saving.js does."""
        return self.post(form.action, {**form.fields, **typed}, headers={"X-Autosave": "1"})

    def leave(self) -> None:
        """The session ends, as after thirty days."""
        self.client.logout()


@contextmanager
def counted() -> Iterator[CaptureQueriesContext]:
    """Count the queries of a block."""
    with CaptureQueriesContext(connection) as caught:
        yield caught


def queries(who: Person, address: str, *, days: int = 0) -> int:
    """How many queries a page asks, once its caches are warm."""
    visitor = Visitor(who, days=days)
    visitor.get(address)
    with counted() as caught:
        assert visitor.get(address).status_code == 200
    return len(caught)


def ask(who: Person | None, address: str, post: dict[str, Any] | None = None, language: str = "lv") -> Any:
    """A page as somebody sees it who reads a language, or what comes of a form; None: a stranger."""
    client = Client(headers={"accept-language": language})
    if who:
        Person.objects.filter(pk=who.pk).update(language=language)
        client.force_login(who)
    with clock.moved_to(NOW):
        return client.get(address) if post is None else client.post(address, post)


def seeing(room: str) -> Callable[..., Any]:
    """`see(person, name, *args, post=…, now=…)`: the answer of a page of a room to a signed-in person."""

    def see(
        who: Person | None,
        name: str,
        *args: str,
        post: Any = None,
        now: datetime = NOW,
        language: str = "lv",
        **get: str,
    ) -> Any:
        client = Client(headers={"accept-language": language})
        if who is not None:
            client.force_login(who)
        address = reverse(name if ":" in name else f"{room}:{name}", args=args)
        with clock.moved_to(now):
            return client.get(address, get) if post is None else client.post(address, post)

    return see
