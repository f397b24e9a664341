"""Who asks: behind a door, or a page for whoever is signed in, there is always a person."""

from django.http import HttpRequest

from varpa.people.models import Person


def person_of(request: HttpRequest) -> Person:
    """The person who is signed in; the door has asked before."""
    assert isinstance(request.user, Person)
    return request.user
