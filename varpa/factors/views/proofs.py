"""What a browser gives as the proof of a passkey, before the library reads it."""

import json
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.core.exceptions import BadRequest
from django.http import HttpRequest
from django.http.response import HttpResponseBase

Answer = TypeVar("Answer", bound=HttpResponseBase)


def readable(view: Callable[..., Answer]) -> Callable[..., Answer]:
    """Answer 400 where the proof is nested so deep that reading it ends in an error of ours."""

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **rest: Any) -> Answer:
        try:
            json.loads(request.POST.get("credential", "null"))
        except RecursionError as error:
            raise BadRequest from error
        except ValueError:
            # The form says what is wrong with it.
            pass
        return view(request, *args, **rest)

    return asked
