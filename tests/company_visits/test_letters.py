"""A minor's guardian is told of a visit by letter: once it is written about, and anew where it changes."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from icalendar import Calendar

from tests import make
from tests.cast import Cast, assemble
from tests.company_visits.test_visits import BACK, describe
from tests.guardians.people import guardian
from tests.make import NOW
from tests.visits import ask
from varpa.guardians.actions.guardians import take_off
from varpa.guardians.models import Guardian
from varpa.meetings.actions.meetings import cancel_meeting, move_meeting
from varpa.meetings.models import Meeting
from varpa.pairs.actions.pairs import pause_pair, resume_pair
from varpa.people.models import Person
from varpa.post.models import Letter, LetterState
from varpa.programmes.actions.permissions import record_permission
from varpa.programmes.models import PermissionKind
from varpa.visits.actions import tell_guardians
from varpa.visits.letters import SETTLES
from varpa.visits.models import Visit

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def cast() -> Cast:
    return assemble()


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    """A visit of Elīna, who is sixteen, on Friday at ten."""
    made = make.meeting(cast.pair, kind="visit", minutes=120, place="Bauskas iela 12, Jelgava")
    Person.objects.filter(pk=cast.elina.pk).update(born=date(2009, 3, 1))
    cast.mentee.refresh_from_db()
    for kind in PermissionKind.values:
        record_permission(membership=cast.mentee, kind=kind, guardian="Anna", by=cast.inga, now=NOW)
    return made


@pytest.fixture
def anna(cast: Cast, meeting: Meeting) -> Guardian:
    return guardian(cast.mentee, cast.inga)


def told() -> list[Letter]:
    return list(Letter.objects.filter(kind="visits.guardian").order_by("pk"))


def test_she_is_told_once_what_she_must_know(cast: Cast, meeting: Meeting, anna: Guardian) -> None:
    assert tell_guardians(NOW) == 0
    describe(meeting, cast.andris, texts={"accompanied": "Klases audzinātāja", "tour": "Cehs"})
    assert [tell_guardians(NOW), tell_guardians(LATER)] == [1, 0]
    (letter,) = told()
    assert letter.to_address == anna.address
    assert letter.not_before == NOW + SETTLES
    for word in ("Bauskas iela 12", "Klases audzinātāja", "18.00", cast.andris.name):
        assert word in letter.text
    assert "Cehs" not in letter.text


def test_each_thing_to_know_has_its_line_and_the_programme_its_name(
    cast: Cast, meeting: Meeting, anna: Guardian
) -> None:
    describe(meeting, cast.andris, texts={"accompanied": "Klases audzinātāja"})
    tell_guardians(NOW)
    (letter,) = told()
    assert (
        "\n- Vieta: Bauskas iela 12, Jelgava\n- Mentors: Andris Ozols\n- Kas brauc līdzi: Klases"
        in letter.text
    )
    assert "Vēstuli sūta programma „Educate for Business”" in letter.text
    assert "laika josla" not in letter.text


def test_whoever_lives_elsewhere_reads_the_clock_at_home_and_which_it_is(
    cast: Cast, meeting: Meeting, anna: Guardian
) -> None:
    Person.objects.filter(pk=cast.elina.pk).update(zone="Europe/Oslo")
    describe(meeting, cast.andris)
    tell_guardians(NOW)
    (letter,) = told()
    assert "plkst.\u00a09.00 (laika josla: Oslo)" in letter.text
    assert "plkst.\u00a017.00 (laika josla: Oslo)" in letter.text


def test_two_days_before_she_is_told_though_nothing_is_written(
    cast: Cast, meeting: Meeting, anna: Guardian
) -> None:
    """So that nobody's child sets out unknown to whoever is at home; what is written then is told anew."""
    regular = make.meeting(cast.pair, days=4, kind="regular")
    near = meeting.starts_at - timedelta(hours=47)
    assert [tell_guardians(near), tell_guardians(near + timedelta(minutes=5))] == [1, 0]
    (letter,) = told()
    assert "Bauskas iela 12" in letter.text
    assert not Visit.objects.filter(meeting=regular).exists()
    page = ask(cast.andris, f"/meetings/{meeting.ref}/visit/")
    assert "Sagaidīšana un drošība" in page.content.decode()
    describe(meeting, cast.andris, texts={"accompanied": "Klases audzinātāja"})
    assert tell_guardians(near + timedelta(minutes=30)) == 1
    assert "Klases audzinātāja" in told()[-1].text


def test_while_the_pair_rests_nobody_is_told_of_a_visit(cast: Cast, meeting: Meeting, anna: Guardian) -> None:
    describe(meeting, cast.andris)
    pause_pair(pair=cast.pair, by=cast.inga, now=NOW)
    near = meeting.starts_at - timedelta(hours=47)
    assert [tell_guardians(NOW), tell_guardians(near)] == [0, 0]
    resume_pair(pair=cast.pair, by=cast.inga, now=near)
    assert tell_guardians(near) == 1


@pytest.mark.parametrize(
    ("language", "word"), [("lv", "nenotiks"), ("lt", "neįvyks"), ("en", "does not take place")]
)
def test_whoever_was_told_of_a_visit_is_told_that_a_pause_takes_it_away(
    cast: Cast, meeting: Meeting, language: str, word: str
) -> None:
    guardian(cast.mentee, cast.inga, language=language)
    describe(meeting, cast.andris)
    tell_guardians(NOW)
    Letter.objects.filter(kind="visits.guardian").update(state=LetterState.SENT)
    pause_pair(pair=cast.pair, by=cast.inga, now=LATER)
    assert [tell_guardians(LATER), tell_guardians(LATER)] == [1, 0]
    assert word in told()[-1].text
    Letter.objects.filter(kind="visits.guardian").update(state=LetterState.SENT)
    resume_pair(pair=cast.pair, by=cast.inga, now=LATER + timedelta(hours=1))
    assert [tell_guardians(LATER + timedelta(hours=1)) for _each in range(2)] == [1, 0]
    events: list[Any] = [Calendar.from_ical(each.calendar) for each in told()]
    assert [each["METHOD"] for each in events] == ["PUBLISH", "CANCEL", "PUBLISH"]
    parts = [each.walk("VEVENT")[0] for each in events]
    assert len({each["UID"] for each in parts}) == 1
    assert parts[0]["SEQUENCE"] < parts[1]["SEQUENCE"] < parts[2]["SEQUENCE"]


def test_a_letter_that_a_pause_overtakes_is_not_taken_back_by_another(
    cast: Cast, meeting: Meeting, anna: Guardian
) -> None:
    """Nobody is told that something does not take place of which they have not heard."""
    describe(meeting, cast.andris)
    tell_guardians(NOW)
    pause_pair(pair=cast.pair, by=cast.inga, now=NOW)
    assert tell_guardians(NOW) == 0
    assert [each.state for each in told()] == ["withdrawn"]
    resume_pair(pair=cast.pair, by=cast.inga, now=LATER)
    assert tell_guardians(LATER) == 1
    assert "mainījies" not in told()[-1].text


def test_who_is_of_age_is_nobodys_to_tell_of(cast: Cast, meeting: Meeting, anna: Guardian) -> None:
    Person.objects.filter(pk=cast.elina.pk).update(born=date(2000, 3, 1))
    assert tell_guardians(meeting.starts_at - timedelta(hours=47)) == 0


@pytest.mark.parametrize(("language", "word"), [("lv", "mainījies"), ("lt", "pasikeitė"), ("en", "changed")])
def test_what_changes_is_told_anew(cast: Cast, meeting: Meeting, language: str, word: str) -> None:
    guardian(cast.mentee, cast.inga, language=language)
    describe(meeting, cast.andris)
    tell_guardians(NOW)
    Letter.objects.filter(kind="visits.guardian").update(state=LetterState.SENT)
    moved = datetime(2025, 10, 17, 12, 0)
    move_meeting(
        meeting=meeting, starts_local=moved, zone="Europe/Riga", minutes=120, by=cast.andris, now=LATER
    )
    assert tell_guardians(LATER) == 1
    assert word in told()[-1].text
    cancel_meeting(meeting=meeting, by=cast.andris, now=LATER)
    assert [tell_guardians(LATER), tell_guardians(LATER)] == [1, 0]


def test_a_visit_that_is_moved_ends_on_its_own_day(cast: Cast, meeting: Meeting, anna: Guardian) -> None:
    describe(meeting, cast.andris)
    tell_guardians(NOW)
    day = meeting.starts_local + timedelta(days=7)
    move_meeting(meeting=meeting, starts_local=day, zone=meeting.zone, minutes=120, by=cast.andris, now=LATER)
    tell_guardians(LATER + timedelta(hours=1))
    text = told()[-1].text.replace("\xa0", " ")
    assert text.count("24. oktobrī") >= 2
    assert "17. oktobrī" not in text
    page = ask(cast.andris, f"/meetings/{meeting.ref}/visit/").content.decode()
    assert BACK.replace(day=24).isoformat(timespec="minutes") in page


def test_her_calendar_has_it_until_one_is_home_and_nothing_is_to_be_answered(
    cast: Cast, meeting: Meeting, anna: Guardian
) -> None:
    describe(meeting, cast.andris, back_local=BACK)
    tell_guardians(NOW)
    calendar: Any = Calendar.from_ical(told()[0].calendar)
    event = calendar.walk("VEVENT")[0]
    assert (calendar["METHOD"], told()[0].calendar_method) == ("PUBLISH", "PUBLISH")
    assert "ATTENDEE" not in event
    visit = Visit.objects.get()
    assert visit.back_at
    assert event["DURATION"].dt == visit.back_at - meeting.starts_at
    assert event["LOCATION"] == "Bauskas iela 12, Jelgava"
    Letter.objects.filter(kind="visits.guardian").update(state=LetterState.SENT)
    cancel_meeting(meeting=meeting, by=cast.andris, now=LATER)
    tell_guardians(LATER)
    gone: Any = Calendar.from_ical(told()[-1].calendar)
    assert (gone["METHOD"], gone.walk("VEVENT")[0]["UID"]) == ("CANCEL", event["UID"])
    assert gone.walk("VEVENT")[0]["SEQUENCE"] > event["SEQUENCE"]


def test_only_the_last_of_several_savings_goes(cast: Cast, meeting: Meeting, anna: Guardian) -> None:
    for number, who in enumerate(("Māte", "Tēvs", "Māte")):
        describe(meeting, cast.andris, texts={"accompanied": who}, revision=number)
        tell_guardians(NOW + timedelta(minutes=number))
    assert [each.state for each in told()] == ["withdrawn", "withdrawn", "queued"]
    assert "Māte" in told()[-1].text


def test_what_is_no_guardians_matter_sends_nothing(cast: Cast, meeting: Meeting, anna: Guardian) -> None:
    describe(meeting, cast.andris)
    tell_guardians(NOW)
    describe(meeting, cast.andris, texts={"accompanied": "Klases audzinātāja", "tour": "Cehs"}, revision=1)
    assert tell_guardians(LATER) == 0


def test_who_is_grown_or_has_no_guardian_any_more(cast: Cast, meeting: Meeting, anna: Guardian) -> None:
    describe(meeting, cast.andris)
    take_off(guardian=anna, by=cast.inga, now=NOW)
    assert tell_guardians(NOW) == 0
    guardian(cast.mentee, cast.inga, address="ilze@maja.example")
    Person.objects.filter(pk=cast.elina.pk).update(born=date(2005, 3, 1))
    assert tell_guardians(NOW) == 0


def test_a_cancelled_visit_of_which_nothing_was_told_is_not_told(
    cast: Cast, meeting: Meeting, anna: Guardian
) -> None:
    describe(meeting, cast.andris, back_local=BACK)
    cancel_meeting(meeting=meeting, by=cast.andris, now=NOW)
    assert tell_guardians(NOW) == 0
