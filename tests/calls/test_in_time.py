"""Whether an application is late hangs on when it was sent or signed, not on when it came to be entered."""

from datetime import date, timedelta
from typing import Any

import pytest

from tests.calls.conftest import ADDRESS, MARTA
from tests.calls.test_actions import TODAY, begun, window, write
from tests.make import NOW
from varpa.calls.actions import applying, sending
from varpa.calls.models import Application
from varpa.kernel.refs import new_ref
from varpa.people.models import Person
from varpa.programmes.models import MembershipState, Programme

pytestmark = pytest.mark.django_db


def paper(programme: Programme, by: Person, day: date) -> Application:
    said: dict[str, Any] = {**MARTA, "address": "", "country": "LV"}
    return sending.enter_from_paper(
        programme=programme, role="mentee", form=new_ref(), said=said, day=day, by=by, now=NOW
    )


@pytest.mark.parametrize(("days", "late"), [(12, False), (2, False), (1, True), (0, True)])
def test_paper_is_late_by_the_day_that_it_bears(
    programme: Programme, inga: Person, days: int, late: bool
) -> None:
    window(programme, mentee_closes=TODAY - timedelta(days=2))
    entered = paper(programme, inga, TODAY - timedelta(days=days))
    assert entered.late is late
    assert entered.membership is not None
    state = MembershipState.WAITING if late else MembershipState.APPLIED
    assert entered.membership.state == state


def test_a_day_with_a_wrong_year_is_not_entered(programme: Programme, inga: Person) -> None:
    with pytest.raises(sending.PaperTooOld):
        paper(programme, inga, date(1999, 1, 1))
    assert not Application.objects.exists()


def test_sent_before_midnight_and_confirmed_after_it_is_in_time(programme: Programme) -> None:
    window(programme, mentee_closes=TODAY)
    application = begun(programme, "mentee", country="LV")
    assert not sending.send(application=application, consent=True, now=NOW)
    tomorrow = NOW + timedelta(days=1)
    applying.confirm_address(application=application, now=tomorrow)
    assert sending.send(application=application, consent=True, now=tomorrow)
    application.refresh_from_db()
    assert (application.late, application.address) == (False, ADDRESS)


def test_what_was_changed_after_it_was_sent_is_sent_anew(programme: Programme) -> None:
    window(programme, mentee_closes=TODAY)
    application = begun(programme, "mentee", country="LV")
    sending.send(application=application, consent=True, now=NOW)
    write(application, "topic", topic="Medus")
    tomorrow = NOW + timedelta(days=1)
    applying.confirm_address(application=application, now=tomorrow)
    assert sending.send(application=application, consent=True, now=tomorrow)
    application.refresh_from_db()
    assert application.late
