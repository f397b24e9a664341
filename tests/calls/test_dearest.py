"""Which interest is the dearest: the first one, and another with one tap."""

import pytest

from tests.calls.test_pages import step, writing
from tests.visits import forms, words
from varpa.calls.models import Application
from varpa.programmes.models import Programme

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("language", "asks"), [("lv", "Ja tā ir cita"), ("lt", "Jeigu tai kita"), ("en", "If it is another one")]
)
def test_without_a_script_another_interest_becomes_the_dearest(
    programme: Programme, language: str, asks: str
) -> None:
    visitor, application = writing(programme, language=language)
    form = forms(visitor.get(step(application, "interests")))[0]
    page = visitor.send(form, 0, q="maize", tick=("C", "J"))
    assert asks in words(page)
    form = forms(page)[0]
    page = visitor.send(form, form.buttons.index(("seek", "J")))
    assert words(page).index('value="J" checked') < words(page).index('value="C" checked')
    form = forms(page)[0]
    onward = next(place for place, each in enumerate(form.buttons) if each[0] == "next")
    assert visitor.send(form, onward).status_code == 302
    assert Application.objects.get().answers["interests"] == ["J", "C"]
