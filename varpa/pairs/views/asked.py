"""What the views of this room ask of a request."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest

from varpa.kernel.refusals import Refusal


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
