"""Keeping files. No history is written here: files stands beside it, and the owner's action has a line."""

import hashlib
from collections.abc import Callable, Collection, Set
from datetime import datetime
from typing import Any, NamedTuple

from django.core.files.base import File as Upload
from django.db import connection, transaction

from varpa.files import papers, pictures, scanning, slides, store
from varpa.files.kinds import DOCUMENTS, HEIC, IMAGES, PAPERS, PDF, PPTX, SLIDES, WORDS, kind_of
from varpa.files.models import File
from varpa.files.names import cleaned
from varpa.files.queries import paper_of
from varpa.files.refusals import Empty, PhoneFormat, TooLarge, WrongKind
from varpa.kernel.pace import HOUR, require_pace

__all__ = [
    "DOCUMENTS",
    "IMAGES",
    "PAPERS",
    "SLIDES",
    "Checked",
    "check",
    "erase",
    "keep",
    "keep_checked",
    "keep_made",
    "paper_once",
    "remove_bytes",
    "withdraw",
]

MEGABYTE = 1024 * 1024
LARGEST = 10 * MEGABYTE
AN_HOUR = 300
"""Files of one person within an hour: a manager who scans a whole class's papers stays below it."""


@transaction.atomic
def keep(
    *,
    upload: "Upload[Any]",
    about_kind: str,
    about_ref: str,
    by_id: int | None,
    now: datetime,
    kinds: Set[str] = IMAGES,
    largest: int = LARGEST,
) -> File:
    """Check a file and keep it as the property of a thing, such as ("plan", ref).

    Pictures are drawn anew, without place and device. `largest` is in bytes. Raises one of `files.refusals`;
    then nothing is kept.
    """
    return keep_checked(
        checked=check(upload, kinds=kinds, largest=largest),
        about_kind=about_kind,
        about_ref=about_ref,
        by_id=by_id,
        now=now,
    )


class Checked(NamedTuple):
    """A file that may be kept, as it will be."""

    content: bytes
    kind: str
    name: str
    sha256: str


def check(upload: "Upload[Any]", *, kinds: Set[str] = IMAGES, largest: int = LARGEST) -> Checked:
    """Look at a file, and draw a picture anew. Nothing is kept: of several, all are looked at first.

    Raises one of `files.refusals`.
    """
    content = _read(upload, largest)
    kind = kind_of(content)
    if kind not in kinds:
        raise PhoneFormat() if kind == HEIC and kinds & IMAGES else WrongKind(kinds=_words(kinds))
    # As it came: what a scanner knows may be what drawing it anew takes away.
    scanning.require_clean(content)
    return _checked(upload.name or "", content, kind)


def _checked(name: str, content: bytes, kind: str) -> Checked:
    if kind in IMAGES:
        content = pictures.redrawn(content, kind)
    elif kind in DOCUMENTS:
        content = papers.still(content)
    elif kind == PPTX:
        content = slides.still(content)
    return Checked(content, kind, cleaned(name, kind), hashlib.sha256(content).hexdigest())


@transaction.atomic
def keep_checked(
    *, checked: Checked, about_kind: str, about_ref: str, by_id: int | None, now: datetime
) -> File:
    """Keep what was checked as the property of a thing. Raises TooMuchAtOnce."""
    if by_id is not None:
        require_pace(File.objects.filter(by=by_id), most=AN_HOUR, within=HOUR, now=now)
    return _kept(checked, about_kind, about_ref, by_id, now)


def _kept(checked: Checked, about_kind: str, about_ref: str, by_id: int | None, now: datetime) -> File:
    made = File.objects.create(
        sha256=checked.sha256,
        size=len(checked.content),
        kind=checked.kind,
        name=checked.name,
        about_kind=about_kind,
        about_ref=about_ref,
        by=by_id,
        at=now,
    )
    # After the row: whoever removes bytes that nobody names (remove_bytes) sees the row, or is done before.
    store.put(checked.sha256, checked.content)
    return made


@transaction.atomic
def keep_made(*, content: bytes, name: str, about_kind: str, about_ref: str, now: datetime) -> File:
    """Keep a PDF that the house made of a file which was looked through when it came: by nobody, so that it
    is neither scanned nor counted. Raises one of `files.refusals`.
    """
    if not content:
        raise Empty()
    if kind_of(content) != PDF:
        raise WrongKind(kinds=_words(DOCUMENTS))
    return _kept(_checked(name, content, PDF), about_kind, about_ref, None, now)


def paper_once(
    *, about_kind: str, about_ref: str, name: str, make: Callable[[], bytes], now: datetime
) -> bytes:
    """A PDF of what never changes: made for the first who asks, kept for all others."""
    kept = paper_of(about_kind, about_ref)
    if kept is not None:
        return kept
    content = make()
    _keep_paper(content=content, name=name, about_kind=about_kind, about_ref=about_ref, now=now)
    return content


@transaction.atomic
def _keep_paper(*, content: bytes, name: str, about_kind: str, about_ref: str, now: datetime) -> None:
    digest = hashlib.sha256(content).hexdigest()
    File.objects.create(
        sha256=digest,
        size=len(content),
        kind=PDF,
        name=cleaned(name, PDF),
        about_kind=about_kind,
        about_ref=about_ref,
        at=now,
    )
    store.put(digest, content)


@transaction.atomic
def withdraw(*, file: File, now: datetime) -> None:
    """Show a file to nobody any more; a second time changes nothing."""
    File.objects.filter(pk=file.pk, withdrawn_at=None).update(withdrawn_at=now)
    file.refresh_from_db(fields=["withdrawn_at"])


@transaction.atomic
def erase(*, files: Collection[int], now: datetime) -> set[str]:
    """Take name and use from files; answers whose bytes are to go (`remove_bytes`), a second time none."""
    found = File.objects.filter(pk__in=files).exclude(name="")
    sums = set(found.values_list("sha256", flat=True))
    found.filter(withdrawn_at=None).update(withdrawn_at=now)
    found.update(name="")
    return sums


@transaction.atomic
def remove_bytes(sha256: str) -> None:
    """Take bytes off the disk, unless a file that was not erased has the same."""
    if connection.vendor == "postgresql":  # SQLite has one writer at a time
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {File._meta.db_table} IN SHARE ROW EXCLUSIVE MODE")
    if not File.objects.filter(sha256=sha256).exclude(name="").exists():
        store.remove(sha256)


def _read(upload: "Upload[Any]", largest: int) -> bytes:
    upload.seek(0)
    content: bytes = upload.read(largest + 1)
    if not content:
        raise Empty()
    if len(content) > largest:
        raise TooLarge(megabytes=largest // MEGABYTE)
    return content


def _words(kinds: Set[str]) -> str:
    return ", ".join(words for kind, words in WORDS.items() if kind in kinds)
