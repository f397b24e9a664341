"""The front door names the roles as the methodology of its programme does."""

from dataclasses import replace

import pytest

from tests.calls.conftest import Applicant
from tests.visits import words
from varpa.calls.views import front
from varpa.kernel.text import TranslatedText
from varpa.methodology import Methodology
from varpa.programmes.models import Programme
from varpa.programmes.queries import methodology_of

pytestmark = pytest.mark.django_db
NAMED = {
    "mentee": TranslatedText("Iesācējs", "Naujokas", "Novice"),
    "mentor": TranslatedText("Meistars", "Meistras", "Master"),
}


def renamed(programme: Programme) -> Methodology:
    folder = methodology_of(programme)
    roles = tuple(replace(each, name=NAMED.get(each.key, each.name)) for each in folder.roles)
    return replace(folder, roles=roles)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("lv", ("Iesācējs: pieteikties", "Meistars: pieteikties", "Meistars: pieteikums drukāšanai")),
        ("lt", ("Naujokas: teikti paraišką", "Meistras: teikti paraišką", "Meistras: paraiška spausdinti")),
        ("en", ("Novice: apply", "Master: apply", "Master: application to print")),
    ],
)
def test_the_front_door_calls_the_roles_as_the_folder_does(
    programme: Programme, monkeypatch: pytest.MonkeyPatch, language: str, said: tuple[str, ...]
) -> None:
    monkeypatch.setattr(front, "methodology_of", renamed)
    page = words(Applicant().get(f"/call/{programme.ref}/?language={language}"))
    for each in said:
        assert each in page
    ways_in = page.split('class="ways-in"')[1].split("field-row")[0]
    for usual in ("audzēkn", "mokin", "mentor", "Mentee"):
        assert usual not in ways_in.replace("apply/mentor/", ""), usual
