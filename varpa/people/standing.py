"""Standing in for the cast of the demonstration: the language is the visitor's, for this visit only."""

from typing import Final

from django.contrib.auth import login
from django.http import HttpRequest

from varpa.people.models import Person

# In the session: the language that was chosen in this visit, "" where none was. It is there only for who
# stands in, so that it also says so.
STANDS_IN: Final = "stands_in"
AT_THE_DOOR: Final = "language"


def stand_in_for(request: HttpRequest, person: Person, *, backend: str) -> None:
    """Sign in as one of the cast. What was chosen at the door, or as another of the cast, holds."""
    chosen = request.session.pop(AT_THE_DOOR, "") or request.session.get(STANDS_IN, "")
    login(request, person, backend=backend)
    request.session[STANDS_IN] = chosen


def stands_in(request: HttpRequest) -> bool:
    """Whether somebody looks around in another's name."""
    return STANDS_IN in request.session


def choose(request: HttpRequest, language: str) -> None:
    """Another language for the rest of the visit."""
    request.session[STANDS_IN] = language


def chosen(request: HttpRequest) -> str:
    """The language that a visitor who stands in has chosen, else ""."""
    return str(request.session.get(STANDS_IN, ""))


def chosen_at_the_door(request: HttpRequest) -> str:
    """The language that somebody who is not signed in has chosen in this visit, else ""."""
    return str(request.session.get(AT_THE_DOOR, ""))


def back_at_the_door(request: HttpRequest, language: str) -> None:
    """After signing out: what was chosen in this visit is still what is read."""
    if language:
        request.session[AT_THE_DOOR] = language
