"""Ticks that were saved meanwhile are not wiped by an older page of an application (R13)."""

import pytest

from tests.calls.conftest import NOW
from tests.calls.test_pages import step, writing
from tests.visits import forms, words
from varpa.calls.actions import applying
from varpa.calls.models import Application
from varpa.programmes.models import Programme
from varpa.programmes.week import TIMES

pytestmark = pytest.mark.django_db


def test_an_older_page_wipes_no_newer_ticks(programme: Programme) -> None:
    """What stands is shown beside what was sent, and the form has the ticks of both."""
    visitor, application = writing(programme)
    older = forms(visitor.get(step(application, "reach")))[0]
    newer = forms(visitor.get(step(application, "reach")))[0]
    visitor.send(newer, tick=("lv", "en"), travel_km="30")
    page = visitor.send(older, tick=("lt",))
    assert Application.objects.get().answers["languages"] == ["lv", "en"]
    assert "latviešu, angļu" in words(page)
    assert "Izvēlēts šeit" in words(page)
    merged = forms(page)[0]
    assert (sorted(merged.fields["languages"]), merged.fields["travel_km"]) == (["en", "lt", "lv"], ["30"])
    assert visitor.send(merged).status_code == 302
    assert sorted(Application.objects.get().answers["languages"]) == ["en", "lt", "lv"]


@pytest.mark.parametrize("name", ["week", "interests"])
def test_nor_the_newer_times_and_interests(programme: Programme, name: str) -> None:
    field, ticks = {"week": ("availability", TIMES), "interests": ("interests", ("A", "C"))}[name]
    visitor, application = writing(programme)
    older = forms(visitor.get(step(application, name)))[0]
    applying.write_step(
        application=application, step=name, said={field: [ticks[0]]}, words=(), revision=0, now=NOW
    )
    onward = older.buttons.index(("next", ""))
    merged = forms(visitor.send(older, onward, **{field: ticks[1]}))[0]
    assert sorted(merged.fields[field]) == sorted(ticks[:2])
    assert visitor.send(merged, merged.buttons.index(("next", ""))).status_code == 302
    assert sorted(Application.objects.get().answers[field]) == sorted(ticks[:2])


def test_ticks_that_were_only_added_by_an_older_page_are_kept_at_once(programme: Programme) -> None:
    visitor, application = writing(programme)
    older = forms(visitor.get(step(application, "reach")))[0]
    visitor.send(forms(visitor.get(step(application, "reach")))[0], tick=("lv",))
    assert visitor.send(older, tick=("lv", "lt")).status_code == 302
    assert Application.objects.get().answers["languages"] == ["lv", "lt"]
