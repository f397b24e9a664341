"""Conversations are found by words in any order, without their marks, and by the names of files."""

import importlib
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast
from tests.files.samples import picture
from tests.make import NOW
from tests.messaging.conftest import own_thread, write
from varpa.messaging.actions import begin_thread, take_back
from varpa.messaging.models import Message, Thread
from varpa.messaging.queries import threads_of
from varpa.privacy.actions.erasing import erase_person

pytestmark = pytest.mark.django_db


def found(cast: Cast, asked: str) -> list[Thread]:
    return list(threads_of(cast.pair, "mentee", asked))


@pytest.mark.parametrize("asked", ["krasns", "KRĀSNS", "Krāsns", "silta krasns", "maja  silta", "  "])
def test_words_are_found_without_marks_and_in_any_order(cast: Cast, asked: str) -> None:
    thread = own_thread(cast)
    write(thread, cast.andris, "Krāsns Mājā ir silta.")
    assert found(cast, asked) == [thread]


@pytest.mark.parametrize("asked", ["krasns auksta", "siltums", "maja izmaksas"])
def test_every_word_must_occur_in_one_message(cast: Cast, asked: str) -> None:
    thread = own_thread(cast)
    write(thread, cast.andris, "Krāsns mājā ir silta.")
    write(thread, cast.andris, "Izmaksas aug.")
    assert found(cast, asked) == []


def test_a_subject_counts_with_each_of_its_messages(cast: Cast) -> None:
    thread = begin_thread(pair=cast.pair, by=cast.andris, now=NOW, subject="Cepļa Žāvēšana")
    assert found(cast, "zavesana cepla") == [thread]
    write(thread, cast.andris, "Trīs dienas")
    assert found(cast, "dienas cepla") == [thread]


def test_a_file_is_found_by_its_name(cast: Cast) -> None:
    thread = own_thread(cast)
    write(
        thread,
        cast.andris,
        "Re",
        files=[ContentFile(picture(), name="Cenu lapa ķieģeļiem.jpg")],
        faceless=True,
    )
    assert found(cast, "kiegeliem cenu") == [thread]


def test_what_was_taken_back_is_found_no_more(cast: Cast) -> None:
    message = write(own_thread(cast), cast.andris, "Krāsns")
    take_back(message=message, by=cast.andris, now=NOW)
    assert found(cast, "krasns") == []
    assert Message.objects.get().search_text == ""


def test_many_words_ask_as_often_as_one(cast: Cast) -> None:
    write(own_thread(cast), cast.andris, "Krāsns mājā ir silta.")
    for asked in ("krasns", "krasns maja ir silta"):
        with CaptureQueriesContext(connection) as queries:
            assert found(cast, asked)
        assert len(queries) == 1


def test_what_was_written_before_is_found_too(cast: Cast) -> None:
    thread = begin_thread(pair=cast.pair, by=cast.andris, now=NOW, subject="Žāvēšana")
    write(thread, cast.andris, "Krāsns")
    Message.objects.update(search_text="")
    Thread.objects.update(search_text="")
    migration = importlib.import_module("varpa.messaging.migrations.0004_search_text")
    migration._fill(apps, SimpleNamespace())
    assert found(cast, "krasns") == found(cast, "zavesana") == [thread]


def test_after_an_erasure_nothing_of_it_is_found(cast: Cast) -> None:
    thread = begin_thread(pair=cast.pair, by=cast.andris, now=NOW, subject="Žāvēšana")
    write(thread, cast.andris, "Krāsns")
    erase_person(person=cast.andris, by=None, now=NOW)
    assert found(cast, "krasns") == found(cast, "zavesana") == []
    assert Message.objects.get().search_text == Thread.objects.get().search_text == ""
