"""The step that asks for the place: with the country, where a programme has several."""

import pytest
from django.utils import translation

from tests.calls.conftest import NOW, begun, sent
from tests.calls.test_pages import step, writing
from tests.visits import forms, words
from varpa.calls.actions import applying, sending
from varpa.calls.models import Application
from varpa.programmes.models import Programme

pytestmark = pytest.mark.django_db


def test_what_was_whole_goes_straight_back_to_be_read(programme: Programme) -> None:
    visitor, application = writing(programme)
    for name in ("place", "interests", "topic", "reach", "means", "week"):
        form = forms(visitor.get(step(application, name)))[0]
        assert ("review", "") not in form.buttons
        said = {"country": "LV"} if name == "place" else {}
        visitor.send(
            form, next(place for place, each in enumerate(form.buttons) if each[0] == "next"), **said
        )
    form = forms(visitor.get(step(application, "topic")))[0]
    review = next(place for place, each in enumerate(form.buttons) if each[0] == "review")
    assert visitor.send(form, review, topic="Maize").url == f"/apply/{application.ref}/"
    assert Application.objects.get().answers["topic"] == "Maize"


def test_in_a_programme_of_several_countries_the_country_is_said(programme: Programme) -> None:
    """Of it hangs whether a visit to the company crosses a border."""
    visitor, application = writing(programme)
    form = forms(visitor.get(step(application, "place")))[0]
    following = next(place for place, each in enumerate(form.buttons) if each[0] == "next")
    assert visitor.send(form, following).status_code == 200
    assert visitor.send(form, following, country="LT").status_code == 302
    assert Application.objects.get().answers["country"] == "LT"


def test_in_a_programme_of_one_country_it_is_known(programme: Programme) -> None:
    programme.countries = ["LT"]
    programme.save()
    member = sent(programme).membership
    assert member is not None
    assert member.country == "LT"


@pytest.mark.parametrize("language", ["lv", "lt", "en"])
def test_a_step_that_was_passed_over_is_asked_for_when_it_is_sent(
    programme: Programme, language: str
) -> None:
    application = begun(programme, country="", topic="Maize")
    applying.confirm_address(application=application, now=NOW)
    told = {"lv": "valsts", "lt": "šalis", "en": "the country"}
    lacks = pytest.raises(sending.SomethingLacks, match=told[language])
    with translation.override(language), lacks as refusal:
        sending.send(application=application, consent=True, now=NOW)
    assert refusal.value.values["step"] == "place"
    application.refresh_from_db()
    assert (application.state, application.answers["topic"]) == ("writing", "Maize")


def test_what_lacks_is_said_before_it_is_sent(programme: Programme) -> None:
    visitor, application = writing(programme)
    page = words(visitor.get(f"/apply/{application.ref}/"))
    assert f'href="/apply/{application.ref}/steps/place/"' in page.split('role="alert"')[1].split("</div>")[0]
    assert 'id="unsaid"' not in page
    visitor.send(forms(visitor.get(step(application, "place")))[0], 0, country="LT")
    page = words(visitor.get(f"/apply/{application.ref}/"))
    assert 'role="alert"' not in page
    assert 'id="unsaid"' in page


@pytest.mark.parametrize("button", ["back", "later"])
def test_what_must_be_said_holds_nobody_who_goes_back_or_puts_it_off(
    programme: Programme, button: str
) -> None:
    """The browser of a school is closed, and what was typed is kept, though the country is not chosen yet."""
    Programme.objects.filter(pk=programme.pk).update(countries=["LV", "LT"])
    visitor, application = writing(programme)
    form = forms(visitor.get(step(application, "place")))[0]
    pressed = next(place for place, each in enumerate(form.buttons) if each[0] == button)
    answer = visitor.send(form, pressed, place="Jelgavas tehnikums")
    kept = Application.objects.get()
    assert kept.answers["place"] == "Jelgavas tehnikums"
    assert "country" not in kept.answers
    if button == "back":
        assert answer.url == step(application, "who")
        form = forms(visitor.get(answer.url))[0]
        later = next(place for place, each in enumerate(form.buttons) if each[0] == "later")
        visitor.send(form, later, name="", born="")
        again = Application.objects.get()
        assert (again.name, again.answers["born"]) == (kept.name, kept.answers["born"])
    assert visitor.get(step(application, "place")).status_code == 403
