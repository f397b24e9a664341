"""What the views of this room ask of a request."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest

from varpa.kernel.refusals import Refusal


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
