"""Without trainings none is asked for: whoever has nothing to read is prepared with the notice (R1)."""

import shutil
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.test import Client

from tests import make
from tests.cast import Cast
from tests.make import NOW
from tests.methodology.conftest import OTHER
from tests.programmes.conftest import text
from varpa.applications.queries.members import member_of
from varpa.kernel import clock
from varpa.methodology import load
from varpa.people.models import Person
from varpa.programmes.actions import memberships
from varpa.programmes.actions.programmes import take_methodology
from varpa.programmes.models import Membership, Role, StepKey
from varpa.programmes.preparing import preparing
from varpa.programmes.queries import is_prepared, missing_of

pytestmark = pytest.mark.django_db


def changed(folder: Path, file: str, old: str, new: str) -> None:
    path = folder / file
    said = path.read_text(encoding="utf-8")
    assert old in said
    path.write_text(said.replace(old, new), encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(OTHER, tmp_path / "night"))


def take(cast: Cast, folder: Path, role: str = Role.MENTOR) -> Membership:
    """A member who has prepared nothing, in a programme of that folder."""
    cast.programme.methodology_version = take_methodology(methodology=load(folder), now=NOW)
    cast.programme.save()
    person = make.person("Asta Rimkė", "asta@varpa.example", language="en")
    return make.member(cast.programme, person, role, ready=False)


def page(person: Person, address: str) -> str:
    client = Client()
    client.force_login(person)
    return text(client.get(address))


@pytest.fixture
def unasked(cast: Cast, folder: Path) -> Membership:
    """A mentor whom nothing is required of but the notice."""
    changed(folder, "methodology.toml", "required = true", "required = false")
    return take(cast, folder)


def test_the_notice_alone_prepares_where_nothing_else_is_asked(unasked: Membership) -> None:
    assert preparing(unasked, NOW.date()).next == "notice"
    memberships.accept_notice(membership=unasked, by=unasked.person, now=NOW)
    assert preparing(unasked, NOW.date()).next == ""
    assert is_prepared(unasked, clock.today("Europe/Riga"))


def test_the_documents_alone_prepare_where_there_is_no_training(cast: Cast, folder: Path) -> None:
    member = take(cast, folder)
    memberships.accept_notice(membership=member, by=member.person, now=NOW)
    assert preparing(member, NOW.date()).next == "read"
    assert missing_of(member, ["notice"], False, NOW.date()) == ["reading"]
    memberships.note_reading(membership=member, document="safety", by=member.person, now=NOW)
    assert is_prepared(member, clock.today("Europe/Riga"))


def test_nothing_that_there_is_not_is_named_as_missing(unasked: Membership) -> None:
    assert missing_of(unasked, [], False, NOW.date()) == ["notice"]
    assert [label for label, _row in member_of(unasked, NOW).steps] == ["notice accepted"]


def test_an_optional_text_does_not_stand_in_for_a_training(cast: Cast, folder: Path) -> None:
    changed(folder, "methodology.toml", "required = true", "required = false")
    (folder / "training.toml").write_text(
        '[[training]]\nkey = "evening"\nsource = "ours"\nperiod = "autumn"\n'
        'name = { lv = "Vakars", lt = "Vakaras", en = "Evening" }\n',
        encoding="utf-8",
    )
    member = take(cast, folder)
    memberships.note_reading(membership=member, document="safety", by=member.person, now=NOW)
    assert preparing(member, NOW.date()).next == "training"
    memberships.accept_notice(membership=member, by=member.person, now=NOW)
    assert not is_prepared(member, clock.today("Europe/Riga"))
    first = page(member.person, "/")
    assert "Next comes the training" in first
    assert "Start reading" not in first


def test_the_pages_speak_of_no_training(unasked: Membership) -> None:
    first = page(unasked.person, "/")
    assert "One more thing to read" in first
    assert "Start reading" not in first
    words = page(unasked.person, f"/memberships/{unasked.ref}/preparation/")
    assert "training" not in words[words.index("<main") : words.index("</main>")]


def upgraded() -> None:
    """What an upgrade does to a database in which people were stuck."""
    module = import_module("varpa.programmes.migrations.0018_prepared_by_the_notice")
    module.prepare(apps, None)


def stuck(member: Membership) -> Membership:
    """The notice accepted while that alone prepared nobody."""
    memberships.accept_notice(membership=member, by=member.person, now=NOW)
    member.preparations.filter(step=StepKey.TRAINING).delete()
    assert not is_prepared(member, clock.today("Europe/Riga"))
    return member


def test_whoever_had_accepted_the_notice_before_is_freed_by_the_upgrade(unasked: Membership) -> None:
    member = stuck(unasked)
    assert "I have read it and take part" not in page(
        member.person, f"/memberships/{member.ref}/preparation/"
    )
    for _twice in range(2):
        upgraded()
    assert is_prepared(member, clock.today("Europe/Riga"))
    notice, training = member.preparations.order_by("step")
    assert (training.step, training.at, training.by) == (StepKey.TRAINING, notice.at, notice.by)


def test_the_upgrade_spares_nobody_what_is_asked(cast: Cast, folder: Path) -> None:
    members = [stuck(take(cast, folder))]
    members.append(make.member(make.programme(), members[0].person, Role.MENTOR, ready=False))
    stuck(members[1])
    noticed = take_unnoticed(cast)
    upgraded()
    assert not any(is_prepared(each, clock.today("Europe/Riga")) for each in [*members, noticed])


def take_unnoticed(cast: Cast) -> Membership:
    """A member who has not accepted the notice."""
    return make.member(cast.programme, make.person("Rasa Rimkė"), Role.MENTEE, ready=False)
