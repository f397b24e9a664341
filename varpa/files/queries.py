"""Reading files."""

from typing import Any, TypeVar

from django.db.models import Model, QuerySet

from varpa.files import store
from varpa.files.models import File

Thing = TypeVar("Thing", bound=Model)


def sent_before(things: QuerySet[Thing], ref: str, sha256: str, **said: Any) -> Thing | None:
    """What a form has made already of this file and these words, however often it is sent.

    Of `things`, which have a `file`. Where the form with this `ref` has made none of them it is new, and so
    is another file or another word that the same form sends after a step back: nothing is dropped.
    """
    if not ref or not things.filter(ref=ref).exists():
        return None
    return things.filter(file__sha256=sha256, withdrawn_at=None, **said).first()


def files_of(about_kind: str, about_ref: str) -> QuerySet[File]:
    """The files of a thing that are not withdrawn, oldest first."""
    return File.objects.filter(about_kind=about_kind, about_ref=about_ref, withdrawn_at=None).order_by("pk")


def paper_of(about_kind: str, about_ref: str) -> bytes | None:
    """The bytes of a paper that was kept (`actions.paper_once`); None where there is none, or it is gone."""
    return bytes_of(files_of(about_kind, about_ref).first())


def bytes_of(file: File | None) -> bytes | None:
    """The bytes of a file that is still shown; None where there is none, or they are gone."""
    if file is None or file.withdrawn_at is not None:
        return None
    try:
        return content(file)
    except FileNotFoundError:
        return None


def content(file: File) -> bytes:
    """The bytes of a file, for a document; FileNotFoundError where they are gone."""
    with store.opened(file.sha256) as kept:
        return kept.read()
