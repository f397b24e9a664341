"""What a person had written in a form that could not be taken: shown again, so that no word is lost."""

from dataclasses import dataclass

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import HttpRequest, UnreadablePostError
from django.http.multipartparser import MultiPartParserError

PRIVATE = ("password", "csrfmiddlewaretoken")
SHORT = 30
REVISION = "revision"
"""The field that says what a form was shown upon (ui.stamps): never typed."""


@dataclass(frozen=True)
class Field:
    """One field as it was sent; `written` where a person typed it, else it goes along unseen."""

    name: str
    value: str

    @property
    def written(self) -> bool:
        if self.name == REVISION:
            return False
        return len(self.value) > SHORT or " " in self.value.strip() or "\n" in self.value

    @property
    def rows(self) -> int:
        return min(20, 2 + len(self.value) // 70 + self.value.count("\n"))


def fields(request: HttpRequest) -> list[Field]:
    """The fields of the form in their order, without secrets."""
    return [
        Field(name, value)
        for name, values in request.POST.lists()
        if not any(word in name for word in PRIVATE)
        for value in values
    ]


def came_from_here(request: HttpRequest) -> bool:
    """Whether the form stood on a page of this site: only then may it be sent again with one click."""
    origin = f"{request.scheme}://{request.get_host()}"
    return request.headers.get("Origin") == origin


def own_fields(request: HttpRequest) -> list[Field]:
    """What was typed into a form of this site; nothing where it came from elsewhere, or cannot be read."""
    if request.method != "POST" or not came_from_here(request):
        return []
    try:
        return [field for field in fields(request) if field.written]
    except (BadRequest, MultiPartParserError, SuspiciousOperation, UnreadablePostError):
        return []
