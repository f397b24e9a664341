"""What a view does with an action: a refusal is told where the person looks, and nothing is lost."""

from collections.abc import Callable
from typing import Final

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

from varpa.kernel.refusals import Refusal

RIPENS: Final = "ripens"


def accepted(form: Form, act: Callable[[], object]) -> bool:
    """Do what a form asks; why it cannot be stands on the form, which keeps what was written."""
    try:
        act()
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def tap(request: HttpRequest, act: Callable[[], object], done: object = "", *, ripens: bool = False) -> bool:
    """Do what a button without a form asks, and say that it is done or why it was refused; was it done?

    Without `done` the page itself shows that it is. Where an hour `ripens`, an ear on the page shows it.
    """
    try:
        act()
    except Refusal as refusal:
        messages.warning(request, str(refusal))
        return False
    if done:
        messages.success(request, str(done), extra_tags=RIPENS if ripens else "")
    return True


def here(request: HttpRequest, address: str) -> str:
    """An address to which somebody asks to go on, if it is one of this site; else ""."""
    ours = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    # A word that is no address would be taken for the name of a page.
    return address if ours and address.startswith("/") else ""
