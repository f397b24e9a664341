"""A calendar program's proposal that the other declines is answered to it alone (RFC 5546, 3.2.8)."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from icalendar import Calendar

from tests import make
from tests.cast import Cast
from tests.mailroom.conftest import answer, bring, letter_to
from tests.mailroom.test_calendars import COUNTER, GOOGLE, replied
from tests.mailroom.test_no_then_yes import LATER, MORNING, NIGHT, rests_at_night, went_to
from tests.make import NOW
from tests.together import at_once
from tests.visits import Visitor, ask, forms, words
from varpa.history.models import Line
from varpa.meetings.actions.coming import CalledOff, NothingProposed, Over, ProposedAnew, decline_proposal
from varpa.meetings.actions.meetings import cancel_meeting, move_meeting
from varpa.meetings.letters.meetings import uid
from varpa.meetings.models import Coming, Meeting, Said
from varpa.messaging.actions import want_quiet
from varpa.pairs.actions.pairs import NotOneOfTheTwo, PairHasEnded, dissolve_pair, pause_pair
from varpa.people.models import Person
from varpa.post.message import message
from varpa.post.models import Letter
from varpa.post.outbox import deliver_due

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
STAYS = "meetings.stays"


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    """One that was moved already; Elīna's calendar proposes another hour."""
    made = make.meeting(cast.pair, place="Kafejnīca")
    at = datetime(2025, 10, 17, 11, 0)
    move_meeting(meeting=made, starts_local=at, zone=made.zone, minutes=45, by=cast.andris, now=NOW)
    bring(replied(made, cast.elina, maker=COUNTER))
    return made


def decline(meeting: Meeting, by: Person, **changes: Any) -> None:
    decline_proposal(meeting=meeting, by=by, **{"now": NOW, **changes})


def test_its_calendar_part_says_so_of_that_invitation(cast: Cast, meeting: Meeting) -> None:
    decline(meeting, cast.andris)
    letter = Letter.objects.get(kind=STAYS)
    assert (letter.to_address, letter.calendar_method) == (cast.elina.email, "DECLINECOUNTER")
    calendar = Calendar.from_ical(letter.calendar)
    (event,) = calendar.walk("VEVENT")
    assert calendar["METHOD"] == "DECLINECOUNTER"
    assert (str(event["UID"]), event["SEQUENCE"], event["DTSTAMP"].dt) == (uid(meeting), 1, NOW)
    invited = Calendar.from_ical(letter_to(cast.elina, "meetings.invited").calendar).walk("VEVENT")[0]
    assert event["ORGANIZER"] == invited["ORGANIZER"]
    assert event["ATTENDEE"] == f"mailto:{cast.elina.email}"
    # Nothing of the event itself: the invitation stands as it was sent.
    assert not {"DTSTART", "DURATION", "LOCATION", "SUMMARY"} & set(event)
    assert cast.andris.email not in letter.calendar


def test_the_mail_carries_it_so_that_a_program_acts(cast: Cast, meeting: Meeting) -> None:
    decline(meeting, cast.andris)
    parts = message(Letter.objects.get(kind=STAYS)).message().walk()
    (part,) = [each for each in parts if each.get_content_type() == "text/calendar"]
    assert part.get_param("method") == "DECLINECOUNTER"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("lv", "atstāt tikšanos, kā plānots"),
        ("lt", "palikti susitikimą, kaip suplanuota"),
        ("en", "stays as planned"),
    ],
)
def test_the_proposer_reads_what_stands(cast: Cast, meeting: Meeting, language: str, said: str) -> None:
    Person.objects.filter(pk=cast.elina.pk).update(language=language)
    decline(Meeting.objects.get(pk=meeting.pk), cast.andris)
    text = letter_to(cast.elina, STAYS).text
    assert said in text
    assert "Kafejnīca" in text
    assert "Andris Ozols" in text


def test_twice_is_once_and_the_invitation_goes_to_nobody_anew(cast: Cast, meeting: Meeting) -> None:
    letters = Letter.objects.count()
    for _click in range(2):
        decline(meeting, cast.andris)
    assert Letter.objects.count() == letters + 1
    assert Line.objects.filter(verb="meeting.decline_proposal").count() == 1
    meeting.refresh_from_db()
    assert (meeting.state, meeting.sequence) == ("planned", 1)


def test_a_proposal_made_anew_may_be_declined_anew(cast: Cast, meeting: Meeting) -> None:
    decline(meeting, cast.andris)
    bring(replied(meeting, cast.elina, maker=COUNTER.replace("T140000", "T160000")))
    coming = Coming.objects.get()
    assert coming.declined_at is None
    decline(meeting, cast.andris, now=NOW + DAY)
    assert Letter.objects.filter(kind=STAYS).count() == 2


def test_a_yes_to_what_stays_is_one_by_mail(cast: Cast, meeting: Meeting) -> None:
    decline(meeting, cast.andris)
    bring(answer(letter_to(cast.elina, STAYS), "Jā"))
    assert Coming.objects.get().said == Said.YES


class TestNothingStaysThatDoesNot:
    """Elīna rests at night; what is no more is not told in the morning."""

    @pytest.fixture
    def declined(self, cast: Cast, meeting: Meeting) -> Meeting:
        rests_at_night(cast.elina)
        decline(meeting, cast.andris, now=NIGHT)
        return meeting

    def test_what_still_stays_is_told(self, cast: Cast, declined: Meeting) -> None:
        deliver_due(MORNING)
        assert went_to(cast.elina, STAYS) == [STAYS]

    def test_it_was_moved(self, cast: Cast, declined: Meeting) -> None:
        at = datetime(2025, 10, 17, 14, 0)
        move_meeting(
            meeting=declined, starts_local=at, zone=declined.zone, minutes=60, by=cast.andris, now=LATER
        )
        deliver_due(MORNING)
        assert went_to(cast.elina, STAYS) == []

    def test_it_was_called_off(self, cast: Cast, declined: Meeting) -> None:
        cancel_meeting(meeting=declined, by=cast.andris, now=LATER)
        deliver_due(MORNING)
        assert went_to(cast.elina, STAYS) == []

    def test_the_pair_rests(self, cast: Cast, declined: Meeting) -> None:
        pause_pair(pair=cast.pair, by=cast.inga, now=LATER)
        deliver_due(MORNING)
        assert went_to(cast.elina, STAYS) == []


class TestRefused:
    def test_whoever_proposed_does_not_decline(self, cast: Cast, meeting: Meeting) -> None:
        with pytest.raises(NothingProposed):
            decline(meeting, cast.elina)
        with pytest.raises(NotOneOfTheTwo):
            decline(meeting, cast.inga)

    @pytest.mark.parametrize("maker", ["DECLINED", "ACCEPTED"])
    def test_where_nothing_is_proposed(self, cast: Cast, maker: str) -> None:
        made = make.meeting(cast.pair)
        bring(replied(made, cast.elina, maker, maker=GOOGLE))
        with pytest.raises(NothingProposed):
            decline(made, cast.andris)

    def test_what_was_moved_meanwhile(self, cast: Cast, meeting: Meeting) -> None:
        at = datetime(2025, 10, 17, 14, 0)
        move_meeting(meeting=meeting, starts_local=at, zone=meeting.zone, minutes=60, by=cast.andris, now=NOW)
        with pytest.raises(NothingProposed):
            decline(meeting, cast.andris)

    def test_what_the_page_did_not_show(self, cast: Cast, meeting: Meeting) -> None:
        with pytest.raises(ProposedAnew):
            decline(meeting, cast.andris, seen=NOW - DAY)
        assert not Letter.objects.filter(kind=STAYS).exists()

    def test_called_off_over_or_ended(self, cast: Cast, meeting: Meeting) -> None:
        with pytest.raises(Over):
            decline(meeting, cast.andris, now=NOW + 4 * DAY)
        cancel_meeting(meeting=meeting, by=cast.andris, now=NOW)
        with pytest.raises(CalledOff):
            decline(meeting, cast.andris)
        dissolve_pair(pair=cast.pair, reason="Beidzās.", by=cast.inga, now=NOW)
        with pytest.raises(PairHasEnded):
            decline(meeting, cast.andris)


class TestPage:
    @pytest.mark.parametrize(
        ("language", "button", "done"),
        [
            ("lv", "Lai paliek, kā plānots", "Priekšlikums noraidīts"),
            ("lt", "Tegul lieka, kaip suplanuota", "Pasiūlymas atmestas"),
            ("en", "Let it stay as planned", "The proposal is declined"),
        ],
    )
    def test_one_press(self, cast: Cast, meeting: Meeting, language: str, button: str, done: str) -> None:
        andris = Visitor(cast.andris, language=language)
        page = andris.get(f"/meetings/{meeting.ref}/")
        assert button in words(page)
        (form,) = [each for each in forms(page) if each.action.endswith("/proposal/decline/")]
        assert andris.send(form).status_code == 302
        shown = words(andris.get(f"/meetings/{meeting.ref}/"))
        assert done in shown
        assert button not in shown
        assert Coming.objects.get().declined_at is not None

    def test_the_proposer_is_offered_nothing(self, cast: Cast, meeting: Meeting) -> None:
        assert "/proposal/decline/" not in words(ask(cast.elina, f"/meetings/{meeting.ref}/"))
        assert ask(cast.inga, f"/meetings/{meeting.ref}/proposal/decline/", {}).status_code in (403, 404)

    def test_also_where_words_of_the_other_wait(self, cast: Cast, meeting: Meeting) -> None:
        want_quiet(pair=cast.pair, by=cast.andris, now=NOW)
        assert "/proposal/decline/" in words(ask(cast.andris, f"/meetings/{meeting.ref}/"))


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_declined_twice_at_one_moment(cast: Cast, meeting: Meeting) -> None:
    found = at_once(lambda: decline(meeting, cast.andris), lambda: decline(meeting, cast.andris))
    assert not [each for each in found if isinstance(each, Exception)]
    assert Letter.objects.filter(kind=STAYS).count() == 1
