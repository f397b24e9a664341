"""A dossier speaks of what its methodology asks for: not every one has plans and a day of defence."""

from pathlib import Path

import pytest

from tests import make
from tests.dossier.conftest import names_in, words_of
from tests.methodology.conftest import OTHER
from tests.visits import Visitor, words
from varpa.dossier.building import build
from varpa.dossier.papers import PAPERS, papers_of
from varpa.dossier.reach import Reach
from varpa.people.models import Person
from varpa.programmes.models import Programme

pytestmark = pytest.mark.django_db


@pytest.fixture
def workshop() -> Programme:
    """A beginner makes one thing with a craftsperson: no plan, no profile, no defence."""
    return read(make.programme(folder=OTHER))


def read(programme: Programme) -> Programme:
    return Programme.objects.select_related("organisation", "methodology_version").get(pk=programme.pk)


@pytest.mark.parametrize(
    ("language", "unsaid"),
    [
        ("en", ("usiness plan", "defence", "ompany profile", "resentation")),
        ("lv", ("iznesa plān", "izstāvēšan", "zņēmuma profil")),
        ("lt", ("erslo plan", "gynim", "monės apraš")),
    ],
)
def test_the_archive_says_nothing_of_what_the_methodology_lacks(
    workshop: Programme, tmp_path: Path, language: str, unsaid: tuple[str, ...]
) -> None:
    build(Reach(workshop, language), tmp_path / "1.zip")
    said = words_of(tmp_path / "1.zip")
    plain = " ".join(said.values()).replace("- ", "").replace("\u00ad", "")
    assert [word for word in unsaid if word in plain] == []


def test_neither_does_the_page(workshop: Programme) -> None:
    dace = Visitor(Person.objects.get(name="Dace Kalniņa"), language="en")
    page = words(dace.get(f"/programmes/{workshop.ref}/dossier/"))
    for word in ("usiness plan", "efence", "Certificates"):
        assert word not in page, word


def test_folders_keep_their_numbers(workshop: Programme, tmp_path: Path) -> None:
    """Whoever compares two programmes finds the same thing in the same folder."""
    build(Reach(workshop, "en"), tmp_path / "1.zip")
    folders = {name.partition("/")[0] for name in names_in(tmp_path / "1.zip")}
    assert "15-history" in folders


def test_where_the_methodology_has_everything_nothing_is_left_out() -> None:
    assert papers_of(read(make.programme())) == list(PAPERS)
