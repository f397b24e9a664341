"""A day that is called off: whoever was told is told why, calendars take it out, it stays readable (R9)."""

from datetime import timedelta

import pytest
from django.test import Client

from tests.cast import Cast
from tests.defence.conftest import SETTINGS, finish, juror
from tests.defence.test_moved import move, sent
from tests.make import NOW
from tests.programmes.conftest import text
from varpa.businessplans.models import BusinessPlan
from varpa.defence.actions import days, jurors, order
from varpa.defence.actions.calling_off import HasBegun, ReasonMissing, call_off
from varpa.defence.models import Defence, DefenceState, Juror, JurorLink
from varpa.history.models import Line
from varpa.kernel.states import AlreadyMoved
from varpa.people.models import Person
from varpa.post.models import Letter, LetterState

pytestmark = pytest.mark.django_db
SOON = NOW + timedelta(hours=2)
WHY = "Zāle applūdusi."


def off(cast: Cast, defence: Defence, reason: str = WHY) -> None:
    call_off(defence=Defence.objects.get(pk=defence.pk), reason=reason, by=cast.inga, now=SOON)


def told() -> list[Letter]:
    return list(Letter.objects.filter(kind="defence.called_off").order_by("to_address"))


def invite(cast: Cast, defence: Defence) -> Juror:
    given = {"name": "Pēteris Ozols", "address": "peteris@guest.example", "language": "lv"}
    return jurors.invite_guest(defence=defence, **given, by=cast.inga, now=NOW)


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_everybody_who_was_told_is_told_why_and_calendars_take_it_out(cast: Cast, ready: Defence) -> None:
    invite(cast, ready)
    asked = set(Letter.objects.filter(kind__startswith="defence.").values_list("to_address", flat=True))
    sent()
    off(cast, ready)
    letters = told()
    assert {letter.to_address for letter in letters} == asked
    assert len(letters) == len(asked)
    for letter in letters:
        assert WHY in letter.text
        assert all(part in letter.calendar for part in ("METHOD:CANCEL", "SEQUENCE:1", "STATUS:CANCELLED"))
    first = Letter.objects.filter(kind="defence.announced").first()
    assert first
    uids = {line for each in (first, letters[0]) for line in each.calendar.splitlines() if line[:3] == "UID"}
    assert len(uids) == 1
    assert Line.objects.get(verb="defence.cancel").actor == cast.inga.pk


def test_whoever_has_not_heard_of_it_yet_is_told_nothing(cast: Cast, ready: Defence) -> None:
    invite(cast, ready)
    Letter.objects.update(not_before=SOON + timedelta(hours=5))
    off(cast, ready)
    assert told() == []
    waiting = Letter.objects.filter(kind__startswith="defence.", state=LetterState.QUEUED)
    assert not waiting.exists()


def test_a_juror_who_was_taken_off_has_it_in_the_calendar_too(cast: Cast, ready: Defence) -> None:
    jurors.take_juror_off(juror=juror(ready, cast.andris), by=cast.inga, now=NOW)
    sent()
    off(cast, ready)
    assert cast.andris.pk in [letter.person for letter in told()]


def test_after_a_move_the_number_for_calendars_grows_once_more(cast: Cast, ready: Defence) -> None:
    sent()
    move(cast, ready)
    sent()
    off(cast, ready)
    assert told()
    assert all("SEQUENCE:2" in letter.calendar for letter in told())


def test_a_draft_that_nobody_knows_is_called_off_in_silence(cast: Cast, defence: Defence) -> None:
    off(cast, defence)
    assert told() == []


def test_the_plans_are_free_for_another_day(cast: Cast, ready: Defence, plans: list[BusinessPlan]) -> None:
    off(cast, ready)
    other = days.make_defence(programme=cast.programme, seed=8, by=cast.inga, now=SOON, **SETTINGS)
    order.draw_order(defence=other, seed=8, by=cast.inga, now=SOON)
    assert other.slots.count() == len(plans)
    days.announce_defence(defence=other, by=cast.inga, now=SOON)
    assert Letter.objects.filter(kind="defence.announced", person=cast.elina.pk).count() == 2


def test_it_needs_a_reason_and_is_called_off_once(cast: Cast, ready: Defence) -> None:
    with pytest.raises(ReasonMissing):
        off(cast, ready, " ")
    off(cast, ready)
    with pytest.raises(AlreadyMoved):
        off(cast, ready)
    for act in (days.announce_defence, days.begin_defence, days.take_defence_back):
        with pytest.raises(AlreadyMoved):
            act(defence=Defence.objects.get(pk=ready.pk), by=cast.inga, now=SOON)
    with pytest.raises(jurors.DayIsOver):
        invite(cast, ready)


def test_a_day_that_has_begun_or_is_over_is_not_called_off(cast: Cast, running: Defence) -> None:
    with pytest.raises(HasBegun):
        off(cast, running)
    finish(running, cast)
    with pytest.raises(AlreadyMoved):
        off(cast, running)


def test_no_link_of_a_guest_opens_any_more(cast: Cast, ready: Defence) -> None:
    invite(cast, ready)
    off(cast, ready)
    assert not JurorLink.objects.filter(revoked_at=None).exists()


@pytest.mark.parametrize("name", ["elina", "andris", "inga"])
def test_it_stays_readable_with_its_reason(cast: Cast, ready: Defence, name: str) -> None:
    off(cast, ready)
    reader = signed_in(getattr(cast, name))
    page = text(reader.get(f"/defences/{ready.ref}/"))
    assert WHY in page
    assert "steps/" not in page
    assert f"/defences/{ready.ref}/jury/" not in page
    assert reader.get(f"/defences/{ready.ref}/jury/").status_code in (403, 404)


def test_whoever_runs_the_programme_calls_it_off_on_its_page(cast: Cast, ready: Defence) -> None:
    manager, address = signed_in(cast.inga), f"/defences/{ready.ref}/calling-off/"
    assert address in text(manager.get(f"/defences/{ready.ref}/settings/"))
    assert manager.post(address, {"reason": ""}).status_code == 200
    assert Defence.objects.get(pk=ready.pk).state == DefenceState.READY
    for other in (cast.andris, cast.elina, cast.zane):
        assert signed_in(other).post(address, {"reason": WHY}).status_code in (403, 404)
    assert manager.post(address, {"reason": WHY}).status_code == 302
    assert (Defence.objects.get(pk=ready.pk).state, Defence.objects.get(pk=ready.pk).reason) == ("off", WHY)
    assert address not in text(manager.get(f"/defences/{ready.ref}/"))
