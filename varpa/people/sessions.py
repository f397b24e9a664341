"""Who is signed in, asked on every page: Django's session and person, by questions compiled once.

Settings name this module (SESSION_ENGINE) and its backend (docs/decisions/0020-what-a-page-costs.md). A
session says whose it is, so that one sees where one is signed in (0037-accounts-and-sessions.md).
"""

import logging
from collections.abc import Iterator
from datetime import date
from typing import Any, Final, NamedTuple

from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.backends import BaseBackend
from django.contrib.sessions.backends import db
from django.db import DatabaseError
from django.db.models import CharField, DateTimeField, QuerySet
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare, salted_hmac

from varpa.kernel import clock
from varpa.kernel.compiled import compiled
from varpa.people.devices import device_name
from varpa.people.models import Person, Session

log = logging.getLogger("varpa.door")

BROWSER: Final = "browser"
"""In the session: what the browser called itself when somebody signed in."""
MOST: Final = 30
"""So many, of those that came last, are looked at; all of them end at once."""


class SignedIn(NamedTuple):
    """One's own session. `name` names it on a page: its key would open it."""

    name: str
    device: str
    seen_on: date | None
    here: bool


class SessionStore(db.SessionStore):
    """Django's sessions in the database, in a table that says whose each is."""

    row: Session | None = None

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def _get_session_from_db(self) -> Session | None:
        found = _sessions(key=self.session_key, now=clock.real())
        if not found:
            self._session_key = None
        self.row = found[0] if found else None
        return self.row

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        made = super().create_model_instance(data)
        assert isinstance(made, Session)
        if SESSION_KEY in data:
            made.person_id = int(data[SESSION_KEY])
            made.device = data.get(BROWSER) or (self.row.device if self.row else "")
            made.seen_on = clock.real().date()
        return made


class Backend(BaseBackend):
    """Who comes back is read here; signing in is the library's own (`people.adapter`)."""

    def get_user(self, user_id: Any) -> Person | None:
        found = _people(person=user_id)
        return found[0] if found and found[0].is_active else None


def note_seen(request: HttpRequest, person: Person) -> None:
    """Write down once a day that a browser came back; its session lasts no longer by it."""
    row, today = getattr(request.session, "row", None), clock.real().date()
    if row is None or row.seen_on == today:
        return
    device = row.device or device_name(request.headers.get("User-Agent", ""))
    try:
        Session.objects.filter(pk=row.pk).update(person=person, device=device, seen_on=today)
    except DatabaseError as error:
        # Where nothing can be written just now, a page that is only read is read all the same.
        log.warning("that a session came back was not written down: %s", error)


def where_signed_in(person: Person, here: str | None) -> list[SignedIn]:
    """Where a person is signed in, the browser that came last first; `here`: the key of this session."""
    return [
        SignedIn(name_of(row), row.device.strip("?"), row.seen_on, row.session_key == here)
        for row, _data in living(person)
    ]


def living(person: Person) -> Iterator[tuple[Session, dict[str, Any]]]:
    """A person's own sessions with what each holds; one that was ended from elsewhere is none any more."""
    proof = person.get_session_auth_hash()
    own = Session.objects.filter(person=person, expire_date__gt=clock.real())
    for row in own.order_by("-seen_on", "session_key")[:MOST]:
        data = row.get_decoded()
        if constant_time_compare(data.get(HASH_SESSION_KEY, ""), proof):
            yield row, data


def name_of(row: Session) -> str:
    """What names a session on a page, and opens nothing."""
    return salted_hmac("varpa.people.session_name", row.session_key, algorithm="sha256").hexdigest()[:24]


@compiled(key=CharField(), now=DateTimeField())
def _sessions(key: str, now: Any) -> QuerySet[Session]:
    return Session.objects.filter(session_key=key, expire_date__gt=now)


@compiled()
def _people(person: int) -> QuerySet[Person]:
    return Person.objects.filter(pk=person)
