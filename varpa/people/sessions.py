"""Who is signed in, asked on every page: Django's session and person, by questions compiled once.

Settings name this module (SESSION_ENGINE) and its backend (docs/decisions/0020-what-a-page-costs.md).
"""

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db.models import CharField, DateTimeField, QuerySet

from varpa.kernel import clock
from varpa.kernel.compiled import compiled
from varpa.people.models import Person


class SessionStore(db.SessionStore):
    """Django's sessions in the database."""

    def _get_session_from_db(self) -> Session | None:
        found = _sessions(key=self.session_key, now=clock.real())
        if not found:
            self._session_key = None
        return found[0] if found else None


class Backend(BaseBackend):
    """Who comes back is read here; signing in is the library's own (`people.adapter`)."""

    def get_user(self, user_id: Any) -> Person | None:
        found = _people(person=user_id)
        return found[0] if found and found[0].is_active else None


@compiled(key=CharField(), now=DateTimeField())
def _sessions(key: str, now: Any) -> QuerySet[Session]:
    return Session.objects.filter(session_key=key, expire_date__gt=now)


@compiled()
def _people(person: int) -> QuerySet[Person]:
    return Person.objects.filter(pk=person)
