"""The mentee's copy as a document: what was handed over, in the reader's language."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from tests import make
from tests.cast import Cast, assemble
from tests.files.samples import picture, upload
from tests.make import NOW
from varpa.diary import actions
from varpa.diary.copies import copy_of
from varpa.diary.models import Diary
from varpa.files import actions as files

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return assemble()


def read(cast: Cast) -> PdfReader:
    return PdfReader(BytesIO(copy_of(Diary.objects.get(pair=cast.pair), cast.elina)))


def test_the_copy_says_what_the_mentor_handed_over(cast: Cast) -> None:
    entry = make.entry(cast.pair)
    texts = {"notes": "Par cenu un darbnīcām.", "on_self": "Runāju par daudz."}
    actions.write_entry(
        entry=entry,
        texts=texts,
        answers={},
        day=entry.day,
        minutes=45,
        revision=entry.revision,
        by=cast.andris,
        now=NOW,
    )
    diary = Diary.objects.get(pair=cast.pair)
    actions.note_read_through(diary=diary, by=cast.andris, now=NOW)
    actions.hand_over(diary=diary, by=cast.andris, now=NOW)
    text = " ".join(" ".join(page.extract_text() for page in read(cast).pages).split())
    for words in ("Mentora dienasgrāmata", *texts.values(), "Novērojumi: Andris Ozols", "45 min"):
        assert words in text


def test_the_copy_bears_the_programmes_emblem(cast: Cast, settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    make.entry(cast.pair)
    assert len(read(cast).pages[0].images) == 0
    ref = cast.programme.ref
    cast.programme.emblem = files.keep(
        upload=upload(picture("PNG")), about_kind="programme", about_ref=ref, by_id=None, now=NOW
    )
    cast.programme.save()
    assert len(read(cast).pages[0].images) == 1
