"""What the views of this room ask of a request."""

from collections.abc import Callable

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest

from varpa.kernel.refusals import Refusal
from varpa.people.models import Person


def reader(request: HttpRequest) -> Person:
    """Who is signed in; the door has asked before."""
    assert isinstance(request.user, Person)
    return request.user


def told(request: HttpRequest, act: Callable[[], str]) -> bool:
    """Do what a button asks; say the sentence that it answers, or why it was not done."""
    try:
        sentence = act()
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return False
    if sentence:
        messages.success(request, sentence)
    return True


def kept(form: Form, act: Callable[[], object]) -> bool:
    """Do what a form asks; where it is refused, the form says why."""
    try:
        act()
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return False
    return True
