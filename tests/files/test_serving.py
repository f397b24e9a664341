"""Handing a file out: shown or saved, never run."""

from pathlib import Path
from typing import Any

import pytest
from django.http import FileResponse, Http404

from tests.files.conftest import NOW, keep
from tests.files.samples import pdf, picture, upload
from varpa.files import actions
from varpa.files.kinds import PAPERS
from varpa.files.models import File
from varpa.files.serving import respond

pytestmark = pytest.mark.django_db


def answer(file: File, **how: Any) -> FileResponse:
    response = respond(file, **how)
    assert isinstance(response, FileResponse)
    return response


def test_a_picture_is_shown() -> None:
    file = keep(upload(picture("PNG"), "plāns.png"))
    response = answer(file)
    assert response["Content-Type"] == "image/png"
    assert response["Content-Disposition"].startswith("inline; filename*=utf-8''pl%C4%81ns.png")
    assert len(b"".join(response)) == file.size == int(response["Content-Length"])


def test_a_picture_can_be_saved_too() -> None:
    assert answer(keep(upload(picture())), inline=False)["Content-Disposition"].startswith("attachment")


def test_a_pdf_is_only_saved() -> None:
    file = keep(upload(pdf(), "a.pdf"), kinds=PAPERS)
    assert answer(file)["Content-Disposition"] == 'attachment; filename="a.pdf"'


def test_the_browser_may_neither_guess_nor_run_nor_keep_it() -> None:
    response = answer(keep(upload(picture())))
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert response["Cache-Control"] == "private, no-store"


def test_a_withdrawn_file_is_not_there() -> None:
    file = keep(upload(picture()))
    actions.withdraw(file=file, now=NOW)
    with pytest.raises(Http404):
        respond(file)


def test_a_file_whose_bytes_are_gone_is_not_there(media: Path) -> None:
    file = keep(upload(picture()))
    next(media.rglob(file.sha256)).unlink()
    with pytest.raises(Http404):
        respond(file)
