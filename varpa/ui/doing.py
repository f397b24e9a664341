"""What a view does with an action: a refusal is told where the person looks, and nothing is lost."""

from collections.abc import Callable
from typing import Final

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, QueryDict
from django.utils.http import url_has_allowed_host_and_scheme

from varpa.kernel.once import SentAlready
from varpa.kernel.refs import new_ref
from varpa.kernel.refusals import Refusal

RIPENS: Final = "ripens"


def accepted(form: Form, act: Callable[[], object]) -> bool:
    """Do what a form asks; why it cannot be stands on the form, which keeps what was written."""
    try:
        act()
    except Refusal as refusal:
        refused(form, refusal)
        return False
    return True


def refused(form: Form, refusal: Refusal, at: str = "") -> None:
    """Say on the form, `at` a field where it has that, why an action refused; what was typed stays.

    A form that has made something else already gets a reference of its own: sent again, it is new.
    """
    if isinstance(refusal, SentAlready):
        assert isinstance(form.data, QueryDict)
        data = form.data.copy()
        for name in map(form.add_prefix, form.fields):
            if data.get(name) == refusal.ref:
                data[name] = new_ref()
        form.data = data
    form.add_error(at if at in form.fields else None, str(refusal))


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
