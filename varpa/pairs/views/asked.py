"""What the views of this room ask of a request."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest

from varpa.kernel.refusals import Refusal
from varpa.people.models import Person


def reader(request: HttpRequest) -> Person:
    """Who is signed in; the door has asked before."""
    assert isinstance(request.user, Person)
    return request.user


def done(request: HttpRequest, act: Callable[[], object], sentence: str = "") -> bool:
    """Do what a button asks; say that it was done, or why not. Answers whether it was done."""
    try:
        act()
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return False
    if sentence:
        messages.success(request, sentence)
    return True
