"""What is open when, and whose link opens what."""

from datetime import timedelta

import pytest

from tests import make
from tests.calls.conftest import begun, window
from tests.make import NOW
from varpa.calls.queries import contact_of, fronts, programme_shown, read_link, sign_link, stand_of
from varpa.calls.steps import Asked, is_minor, steps_of
from varpa.programmes.actions.programmes import take_step
from varpa.programmes.models import Programme

pytestmark = pytest.mark.django_db

TODAY = NOW.date()
DAY = timedelta(days=1)


def stand(programme: Programme, role: str = "mentee") -> str:
    return stand_of(Programme.objects.get(pk=programme.pk), role, NOW).key


def test_without_days_it_is_open_while_the_programme_recruits(programme: Programme) -> None:
    assert stand(programme) == "open"
    take_step(programme=programme, step="run", by=None, now=NOW)
    assert stand(programme) == "late"
    take_step(programme=programme, step="close", by=None, now=NOW)
    assert stand(programme) == "over"


def test_both_days_belong_to_the_window(programme: Programme) -> None:
    window(programme, mentee_opens=TODAY, mentee_closes=TODAY, mentor_opens=TODAY + DAY)
    assert (stand(programme), stand(programme, "mentor")) == ("open", "soon")
    window(programme, mentee_opens=None, mentee_closes=TODAY - DAY)
    assert stand(programme) == "late"


def test_a_window_may_be_open_while_the_programme_runs(programme: Programme) -> None:
    window(programme, mentee_closes=TODAY + DAY)
    take_step(programme=programme, step="run", by=None, now=NOW)
    assert (stand(programme), stand(programme, "mentor")) == ("open", "late")


def test_a_draft_has_no_front_door(programme: Programme) -> None:
    draft = make.programme(programme.organisation, running=False)
    assert programme_shown(draft.ref) is None
    assert programme_shown("../../etc") is None
    assert [(each.key, each.programmes) for each in fronts()] == [("recruiting", [programme])]


def test_the_contact_is_who_is_named_else_the_manager(programme: Programme) -> None:
    assert contact_of(programme).name == "Inga Liepa"
    window(programme, contact_name="Ruta", contact_address="ruta@x.example")
    assert contact_of(Programme.objects.get(pk=programme.pk)) == ("Ruta", "ruta@x.example", "")


def test_a_link_is_signed_and_expires(programme: Programme) -> None:
    application = begun(programme)
    token = sign_link(application, NOW)
    assert read_link(token, NOW + 30 * DAY).fresh
    assert not read_link(token, NOW + 31 * DAY).fresh
    assert read_link(token[:-1] + ("a" if token[-1] != "a" else "b"), NOW).application is None
    assert read_link("nonsense", NOW).application is None
    application.link = 2
    application.save(update_fields=["link"])
    old = read_link(token, NOW)
    assert (old.application, old.fresh) == (application, False)


def test_a_guardian_is_asked_for_a_minor_only(programme: Programme) -> None:
    asked = Asked(programme, "mentee", 3, TODAY)
    assert is_minor(asked, {"born": "2007-10-15", "country": "LV"})
    assert not is_minor(asked, {"born": "2007-10-14", "country": "LV"})
    assert not is_minor(asked, {})
    assert "guardian" in steps_of(asked, {"born": "2010-01-01"})
    mentor = Asked(programme, "mentor", 3, TODAY)
    assert "guardian" not in steps_of(mentor, {"born": "2010-01-01"})
    assert "abilities" in steps_of(mentor, {})
