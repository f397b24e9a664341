"""The list of erasures: written after the erasure, whole, without a name, and obeyed after a restore."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.cast import Cast
from tests.make import NOW
from tests.privacy.test_asking import THEN, asked
from varpa.history.models import Line
from varpa.kernel.refs import new_ref
from varpa.people.models import Person
from varpa.privacy import erasures
from varpa.privacy.actions import asking, listing
from varpa.privacy.actions.erasing import erase_person
from varpa.privacy.models import Erased, Erasure

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept(settings: Any, tmp_path: Path) -> Path:
    settings.DATA = tmp_path
    settings.MEDIA_ROOT = tmp_path / "files"
    return tmp_path / "erasures.txt"


def test_an_erasure_is_listed_once_by_reference_and_time_alone(cast: Cast, kept: Path) -> None:
    asked(cast.elina)
    assert listing.list_erased(THEN) == 0
    assert asking.erase_due(THEN) == 1
    assert listing.list_erased(THEN) == 1
    assert listing.list_erased(THEN) == 0
    assert kept.read_text() == f"{THEN.isoformat()} {cast.elina.ref}\n"
    assert kept.stat().st_mode & 0o777 == 0o600


def test_broken_off_before_it_was_noted_the_list_names_nobody_twice(cast: Cast, kept: Path) -> None:
    erase_person(person=cast.elina, by=None, now=NOW)
    listing.list_erased(NOW)
    Erased.objects.update(listed_at=None)
    assert listing.list_erased(THEN) == 1
    assert kept.read_text().count(cast.elina.ref) == 1


@pytest.mark.parametrize("end", ["", "\n", "\r\n"])
def test_a_last_line_counts_with_its_end_or_without(tmp_path: Path, end: str) -> None:
    """An editor leaves it out, or writes another one."""
    first, second, path = new_ref(), new_ref(), tmp_path / "list.txt"
    path.write_bytes(f"{NOW.isoformat()} {first}{end}".encode())
    assert list(erasures.read(path)) == [first]
    erasures.add(path, {second: THEN})
    assert set(erasures.read(path)) == {first, second}


def test_whom_the_list_names_is_erased_again_in_a_restored_database(cast: Cast) -> None:
    wish = asked(cast.elina)
    named = [cast.elina.ref, new_ref()]
    assert listing.erase_listed(named, THEN) == 1
    assert listing.erase_listed(named, THEN) == 0
    cast.elina.refresh_from_db()
    assert (cast.elina.email, cast.elina.is_active) == (None, False)
    assert Line.objects.filter(verb="person.erase", thing_ref=cast.elina.ref).count() == 1
    assert Erasure.objects.get(pk=wish.pk).settled_at == THEN
    assert asking.erase_due(THEN) == 0


def test_a_request_that_was_not_yet_confirmed_is_settled_too(cast: Cast) -> None:
    wish = asking.ask(person=cast.elina, now=NOW)
    assert listing.erase_listed([cast.elina.ref], THEN) == 1
    assert Erasure.objects.get(pk=wish.pk).state == "taken_back"


def test_nothing_stands_against_what_was_done_before(cast: Cast) -> None:
    assert any(asking.hindrances(cast.inga, cast.inga))
    assert listing.erase_listed([cast.inga.ref], THEN) == 1
    assert not Person.objects.get(pk=cast.inga.pk).is_active


def test_the_rest_of_a_broken_line_is_written_anew(tmp_path: Path) -> None:
    path, one, two = tmp_path / "erasures.txt", new_ref(), new_ref()
    erasures.add(path, {one: NOW})
    with path.open("a") as file:
        file.write("2026-11-27T02:1")
    assert erasures.read(path) == {one: NOW}
    erasures.add(path, {two: THEN})
    assert erasures.read(path) == {one: NOW, two: THEN}


@pytest.mark.parametrize(
    "line",
    ["", "yesterday 23456789abcd", "2026-11-27T02:15:00 23456789abcd", "2026-11-27T02:15:00+00:00 Elīna"],
)
def test_a_spoilt_line_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "erasures.txt"
    erasures.add(path, {new_ref(): NOW})
    with path.open("a") as file:
        file.write(f"{line}\n")
    with pytest.raises(erasures.BadListError, match="Line 2 of the list"):
        erasures.read(path)


def test_a_list_keeps_the_first_time_of_each(tmp_path: Path) -> None:
    path, ref = tmp_path / "erasures.txt", new_ref()
    erasures.add(path, {ref: NOW})
    known: datetime = erasures.read(path)[ref]
    erasures.add(path, {ref: THEN})
    assert erasures.read(path)[ref] == known == NOW
