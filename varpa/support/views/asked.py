"""What the views of support share."""

from collections.abc import Callable

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest

from varpa.kernel.refusals import Refusal
from varpa.people.models import Person

ASK = ["GET", "HEAD", "POST"]


def reader(request: HttpRequest) -> Person:
    """Who asks; every door of this room is for people who are signed in."""
    assert isinstance(request.user, Person)
    return request.user


def done(request: HttpRequest, act: Callable[[], object], sentence: object = "") -> bool:
    """Do it and say so, or say why it cannot be."""
    try:
        act()
    except Refusal as refusal:
        messages.warning(request, str(refusal))
        return False
    if sentence:
        messages.success(request, str(sentence))
    return True


def accepted(form: Form, act: Callable[[], object]) -> bool:
    """Do what a form asks; why it cannot be stands on the form, which keeps what was written."""
    try:
        act()
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return False
    return True
