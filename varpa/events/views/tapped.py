"""Buttons without a form."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest

from varpa.kernel.refusals import Refusal


def tap(request: HttpRequest, act: Callable[[], object], done: object) -> bool:
    """Do it, and say that it is done or why it was refused; answers whether it was done."""
    try:
        act()
    except Refusal as refusal:
        messages.warning(request, str(refusal))
        return False
    messages.success(request, str(done))
    return True
