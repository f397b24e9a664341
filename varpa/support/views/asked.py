"""What the views of support share."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest

from varpa.kernel.refusals import Refusal

ASK = ["GET", "HEAD", "POST"]


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
