"""Reading files."""

from django.db.models import QuerySet

from varpa.files import store
from varpa.files.models import File


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
