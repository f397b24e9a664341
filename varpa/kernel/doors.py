"""Doors: the only way from an address to a thing. A house test walks every address."""

import logging
from collections.abc import Callable
from enum import StrEnum
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import CharField, Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase

from varpa.kernel.access import PERSON, allowed
from varpa.kernel.compiled import Compiled, Given

log = logging.getLogger("varpa.door")

View = Callable[..., HttpResponseBase]
REF = Given("ref", CharField())


def door(
    action: StrEnum,
    model: type[Model],
    *,
    reader: StrEnum | None = None,
    read: Callable[[QuerySet[Any]], QuerySet[Any]] | None = None,
) -> Callable[[View], View]:
    """Load the thing that `<ref>` names through the grants of `action`, and hand it to the view.

    Not signed in: to the sign-in page. A stranger: 404. Somebody who may do `reader` (default:
    the READ of the same enum) but not `action`: 403. `read` adds what the page needs in the same query; it
    is called once a process, so that it knows no time and no language.
    """
    reading = reader or type(action)["READ"]

    def question() -> QuerySet[Any]:
        found = allowed(action, PERSON, model._default_manager.filter(ref=REF))
        return (read(found) if read else found).order_by()

    find = Compiled(question)

    def decorate(view: View) -> View:
        @wraps(view)
        def opened(request: HttpRequest, ref: str, **rest: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            found = find(person=request.user, ref=ref)
            if not found:
                things = model._default_manager.filter(ref=ref)
                if things.exists():
                    log.info("person %s was refused %s on %s", request.user.pk, action, ref)
                if action != reading and allowed(reading, request.user, things).exists():
                    raise PermissionDenied
                raise Http404
            return view(request, found[0], **rest)

        opened.door = (action, model)  # type: ignore[attr-defined]  # read by the house test
        return opened

    return decorate


def signed_in(reason: str) -> Callable[[View], View]:
    """Any signed-in person; the view shows only what is that person's own. `reason` is documented."""

    def decorate(view: View) -> View:
        @wraps(view)
        def opened(request: HttpRequest, **rest: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            return view(request, **rest)

        opened.door = ("signed in", reason)  # type: ignore[attr-defined]
        return opened

    return decorate


def public(reason: str) -> Callable[[View], View]:
    """Anybody; the short list of such addresses stands in docs/access.md."""

    def decorate(view: View) -> View:
        view.door = ("public", reason)  # type: ignore[attr-defined]
        return view

    return decorate
