"""Where letters of the rooms meet the habits of their readers."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from tests import make
from tests.cast import Cast, assemble
from tests.make import NOW
from tests.post import servers
from tests.post.servers import Server
from varpa.absences.actions import say_away
from varpa.kernel import clock
from varpa.kernel.refs import new_ref
from varpa.meetings.actions.meetings import cancel_meeting, move_meeting
from varpa.meetings.models import Meeting
from varpa.messaging.actions import begin_thread, see_thread, write_message
from varpa.messaging.letters import WRITTEN
from varpa.notices.actions import choose_pace, choose_quiet_hours, tell_gathered
from varpa.people.models import Person
from varpa.post import outbox
from varpa.post.models import Letter, LetterState

pytestmark = pytest.mark.django_db

FOUR = datetime(2025, 10, 14, 16, 0, tzinfo=ZoneInfo("Europe/Riga"))


@pytest.fixture
def cast() -> Cast:
    return assemble()


def daily(person: Person) -> None:
    choose_pace(person=person, pace="daily", tell_at=time(16), tell_on=0, now=NOW)


def written(cast: Cast, text: str = "Vai ceturtdien?", **more: bool) -> Letter:
    thread = begin_thread(pair=cast.pair, by=cast.andris, now=NOW)
    write_message(thread=thread, text=text, by=cast.andris, now=NOW, **more)
    return Letter.objects.filter(kind=WRITTEN.key).latest("pk")


def test_messages_are_told_together_in_the_readers_language(cast: Cast) -> None:
    daily(cast.elina)
    letters = [written(cast, "Viens"), written(cast, "Divi")]
    assert {each.not_before for each in letters} == {FOUR}
    thread = begin_thread(pair=cast.pair, by=cast.andris, now=NOW, subject="Plāns")
    write_message(thread=thread, text="Trīs", by=cast.andris, now=NOW)
    assert tell_gathered(FOUR) == 1
    told = Letter.objects.get(kind="notices.gathered")
    assert told.language == "lv"
    assert told.subject == "Kas jauns Varpā (2)"
    assert "(2): " in told.text
    assert "Plāns" in told.text
    assert "Viens" not in told.text


def test_what_was_read_meanwhile_is_not_told(cast: Cast) -> None:
    daily(cast.elina)
    letter = written(cast)
    see_thread(thread=begin_thread(pair=cast.pair, by=cast.andris, now=NOW), by=cast.elina, now=NOW)
    assert tell_gathered(FOUR) == 0
    letter.refresh_from_db()
    assert letter.state == LetterState.WITHDRAWN


def test_an_urgent_message_waits_for_nothing(cast: Cast) -> None:
    daily(cast.elina)
    choose_quiet_hours(person=cast.elina, begins=time(0), ends=time(23), days=(), now=NOW)
    assert written(cast, urgent=True).not_before == NOW


def test_nobody_is_told_on_days_away(cast: Cast) -> None:
    daily(cast.elina)
    written(cast)
    say_away(person=cast.elina, first=date(2025, 10, 14), last=date(2025, 10, 15), now=NOW)
    assert tell_gathered(FOUR) == 0
    assert tell_gathered(FOUR + timedelta(days=1)) == 0
    assert tell_gathered(FOUR + timedelta(days=2)) == 1


def test_the_writer_is_not_told_a_wrong_hour(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    choose_quiet_hours(person=cast.elina, begins=time(8), ends=time(20), days=(), now=NOW)
    client.force_login(cast.andris)
    thread = begin_thread(pair=cast.pair, by=cast.andris, now=NOW)
    page = client.post(f"/threads/{thread.ref}/", {"text": "Labdien", "ref": new_ref()}, follow=True)
    said = page.content.decode().partition('role="status"')[2].partition("</p>")[0]
    assert "otram piemērotas stundas" in said
    assert "20" not in said


class TestInvitationsAtNight:
    """Elīna's night is quiet, Andris has none: what became stale meanwhile does not come to her at 7:00."""

    @pytest.fixture
    def server(self, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Server:
        made = Server()
        servers.installed(monkeypatch, made)
        choose_quiet_hours(person=cast.elina, begins=time(21), ends=time(7), days=(), now=NOW)
        outbox.deliver_due(NOW, 500)
        made.taken.clear()
        return made

    @pytest.fixture
    def meeting(self, cast: Cast, server: Server) -> Meeting:
        meeting = make.meeting(cast.pair, days=5, now=_at(14, 22))
        outbox.deliver_due(_at(14, 22), 500)
        return meeting

    def came(self, server: Server, person: Person) -> list[str]:
        outbox.deliver_due(_at(15, 7), 500)
        return [str(each.subject).partition(":")[0] for each in server.taken if person.email in each.to[0]]

    def test_moved(self, cast: Cast, server: Server, meeting: Meeting) -> None:
        starts = datetime(2025, 10, 15, 10, 0)
        move_meeting(
            meeting=meeting,
            starts_local=starts,
            zone="Europe/Riga",
            minutes=60,
            by=cast.andris,
            now=_at(14, 23),
        )
        outbox.deliver_due(_at(14, 23), 500)
        # To her it is the first that she hears of this meeting.
        assert self.came(server, cast.elina) == ["Tikšanās ieplānota"]
        sent = Letter.objects.get(kind="meetings.invited", person=cast.elina.pk, state=LetterState.SENT)
        assert "SEQUENCE:1" in sent.calendar
        assert self.came(server, cast.andris) == ["Tikšanās ieplānota", "Tikšanās pārcelta"]

    def test_cancelled(self, cast: Cast, server: Server, meeting: Meeting) -> None:
        cancel_meeting(meeting=meeting, by=cast.andris, now=_at(14, 23))
        assert self.came(server, cast.elina) == []
        assert self.came(server, cast.andris) == ["Tikšanās ieplānota", "Tikšanās atcelta"]

    def test_cancelled_where_the_first_was_in_doubt(
        self, cast: Cast, server: Server, meeting: Meeting
    ) -> None:
        """A mail server that broke off may have taken it, so the cancellation follows."""
        Letter.objects.filter(kind="meetings.invited", person=cast.elina.pk).update(attempts=1)
        cancel_meeting(meeting=meeting, by=cast.andris, now=_at(14, 23))
        assert self.came(server, cast.elina) == ["Tikšanās atcelta"]


def _at(day: int, hour: int) -> datetime:
    return datetime(2025, 10, day, hour, tzinfo=ZoneInfo("Europe/Riga"))
