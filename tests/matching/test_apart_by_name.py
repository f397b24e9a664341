"""Whoever is to be kept apart is the one who was named, nobody whose address happens to have these words."""

import pytest

from tests import make
from tests.cast import Cast, assemble
from varpa.matching import forms
from varpa.matching.forms import ApartForm

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return assemble()


@pytest.fixture
def few_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forms, "MOST_LISTED", 1)


@pytest.mark.parametrize("written", ["Roberts Ozols", "Zane Oz", "varpa"])
def test_nobody_is_taken_for_another(cast: Cast, few_listed: None, written: str) -> None:
    child = make.person("Zane Ozoliņa", "roberts.ozols@varpa.example")
    make.member(cast.programme, child, "mentee")
    form = ApartForm({"mentee": written, "mentor": "Andris Ozols"}, programme=cast.programme)
    assert not form.is_valid()
    assert "mentee" in form.errors


def test_by_name_and_by_name_with_place(cast: Cast, few_listed: None) -> None:
    for place in ("Rīga", "Ogre"):
        who = make.person("Zane Ozoliņa", f"{place[0]}@varpa.example".lower())
        made = make.member(cast.programme, who, "mentee", place=place)
    data = {"mentee": "zane ozolina, Ogre", "mentor": "Ozols Andris"}
    form = ApartForm(data, programme=cast.programme)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["mentee"] == made
