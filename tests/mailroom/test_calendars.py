"""What calendar programs of different makers answer: matched by UID and SEQUENCE; nothing is doubled."""

from datetime import datetime, timedelta
from email.message import EmailMessage

import pytest

from tests import make
from tests.cast import Cast
from tests.mailroom.conftest import bring, letter_to, mail
from tests.make import NOW
from varpa.kernel import clock
from varpa.meetings.actions.meetings import cancel_meeting, move_meeting
from varpa.meetings.letters.meetings import uid
from varpa.meetings.models import Coming, Meeting, Said
from varpa.messaging.models import Message
from varpa.people.models import Person
from varpa.post.envelope import reply_address
from varpa.post.models import InboundState, Letter, Why

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)

GOOGLE = """BEGIN:VCALENDAR
PRODID:-//Google Inc//Google Calendar 70.9054//EN
VERSION:2.0
CALSCALE:GREGORIAN
METHOD:REPLY
BEGIN:VEVENT
DTSTART:20251017T070000Z
DTEND:20251017T080000Z
DTSTAMP:20251014T101500Z
ORGANIZER;CN=Varpa:mailto:atbildes@varpa.example
UID:{uid}
ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT={said};CN=x;X-NUM-GUESTS=0:
 mailto:{who}
SEQUENCE:{sequence}
STATUS:CONFIRMED
SUMMARY:Tikšanās
TRANSP:OPAQUE
END:VEVENT
END:VCALENDAR
"""
OUTLOOK = """BEGIN:VCALENDAR
METHOD:REPLY
PRODID:Microsoft Exchange Server 2010
VERSION:2.0
BEGIN:VTIMEZONE
TZID:FLE Standard Time
BEGIN:STANDARD
DTSTART:16010101T040000
TZOFFSETFROM:+0300
TZOFFSETTO:+0200
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
ATTENDEE;PARTSTAT={said};CN=x:MAILTO:{who}
COMMENT;LANGUAGE=lv-LV:Man ir kontroldarbs\\, atvainojos.\\n
UID:{uid}
SUMMARY;LANGUAGE=lv-LV:Accepted: Tikšanās
DTSTART;TZID=FLE Standard Time:20251017T100000
DTEND;TZID=FLE Standard Time:20251017T110000
CLASS:PUBLIC
PRIORITY:5
DTSTAMP:20251014T101500Z
TRANSP:OPAQUE
STATUS:CONFIRMED
SEQUENCE:{sequence}
X-MICROSOFT-CDO-APPT-SEQUENCE:0
END:VEVENT
END:VCALENDAR
"""
APPLE = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Apple Inc.//Mac OS X 10.15.7//EN
METHOD:REPLY
BEGIN:VEVENT
UID:{uid}
DTSTAMP:20251014T101500Z
SEQUENCE:{sequence}
ORGANIZER;CN="Varpa":mailto:atbildes@varpa.example
ATTENDEE;CN="x";CUTYPE=INDIVIDUAL;EMAIL="{who}";PARTSTAT={said}:mailto:{who}
END:VEVENT
END:VCALENDAR
"""
COUNTER = """BEGIN:VCALENDAR
PRODID:-//Mozilla.org/NONSGML Mozilla Calendar V1.1//EN
VERSION:2.0
METHOD:COUNTER
BEGIN:VEVENT
UID:{uid}
DTSTAMP:20251014T101500Z
DTSTART;TZID=Europe/Riga:20251017T140000
DTEND;TZID=Europe/Riga:20251017T150000
ATTENDEE;PARTSTAT=TENTATIVE:mailto:{who}
SEQUENCE:{sequence}
COMMENT:Vai var vēlāk?
END:VEVENT
END:VCALENDAR
"""


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    return make.meeting(cast.pair)


def replied(
    meeting: Meeting, by: Person, said: str = "ACCEPTED", *, maker: str = GOOGLE, **more: str
) -> EmailMessage:
    values = {"uid": uid(meeting), "said": said, "who": str(by.email), "sequence": str(meeting.sequence)}
    text = maker.format(**{**values, **more}).replace("\n", "\r\n")
    made = mail("", by=f"{by.name} <{by.email}>", Auto_Submitted="auto-generated")
    made.clear_content()
    made.set_content(f"{by.name} ir atbildējis.")
    made.add_alternative(text, subtype="calendar", params={"method": "REPLY"})
    return made


def _move(meeting: Meeting, by: Person) -> None:
    starts = datetime(2025, 10, 18, 12, 0)
    move_meeting(meeting=meeting, starts_local=starts, zone="Europe/Riga", minutes=60, by=by, now=NOW)


class TestMakers:
    @pytest.mark.parametrize("maker", [GOOGLE, OUTLOOK, APPLE], ids=["Google", "Outlook", "Apple"])
    @pytest.mark.parametrize(
        ("said", "kept"), [("ACCEPTED", Said.YES), ("TENTATIVE", Said.MAYBE), ("DECLINED", Said.NO)]
    )
    def test_what_was_said_is_kept(
        self, cast: Cast, meeting: Meeting, maker: str, said: str, kept: Said
    ) -> None:
        [came] = bring(replied(meeting, cast.elina, said, maker=maker))
        assert came.state == InboundState.PLACED
        coming = Coming.objects.get()
        assert (coming.side, coming.said) == ("mentee", kept)

    def test_a_no_reaches_the_other_with_its_comment(self, cast: Cast, meeting: Meeting) -> None:
        bring(replied(meeting, cast.elina, "DECLINED", maker=OUTLOOK))
        assert "Man ir kontroldarbs, atvainojos." in letter_to(cast.andris, "meetings.cannot_come").text

    def test_another_time_is_proposed(self, cast: Cast, meeting: Meeting) -> None:
        bring(replied(meeting, cast.elina, maker=COUNTER))
        coming = Coming.objects.get()
        assert (coming.said, coming.word) == (Said.NO, "Vai var vēlāk?")
        assert coming.proposed_at == datetime.fromisoformat("2025-10-17T11:00:00+00:00")
        assert "14.00" in letter_to(cast.andris, "meetings.cannot_come").text

    @pytest.mark.parametrize(
        ("first", "end", "told"),
        [
            ("20251020", "20251021", "pirmdien, 20. oktobrī"),
            ("20251020", "20251023", "no 20. oktobra līdz 22. oktobrim"),
        ],
    )
    def test_a_whole_day_is_proposed(
        self, cast: Cast, meeting: Meeting, first: str, end: str, told: str
    ) -> None:
        whole = COUNTER.replace(";TZID=Europe/Riga:20251017T140000", f";VALUE=DATE:{first}")
        whole = whole.replace(";TZID=Europe/Riga:20251017T150000", f";VALUE=DATE:{end}")
        with clock.moved_to(NOW):
            bring(replied(meeting, cast.elina, maker=whole))
        coming = Coming.objects.get()
        assert coming.proposed_at == datetime.fromisoformat("2025-10-20T07:00:00+00:00")
        assert coming.proposed_minutes is None
        text = letter_to(cast.andris, "meetings.cannot_come").text.replace("\u00a0", " ")
        assert "Vai var vēlāk?" in text
        assert f"visa diena, bez stundas: {told}\n" in text
        assert "Piedāvātais laiks: 20. oktobrī plkst. 10.00" in text

    def test_the_words_of_google_reach_the_other(self, cast: Cast, meeting: Meeting) -> None:
        noted = GOOGLE.replace("X-NUM-GUESTS=0", 'X-NUM-GUESTS=0;X-RESPONSE-COMMENT="Man ir kontroldarbs"')
        bring(replied(meeting, cast.elina, "DECLINED", maker=noted))
        assert "Man ir kontroldarbs" in letter_to(cast.andris, "meetings.cannot_come").text

    def test_of_several_who_are_named_the_writer_counts(self, cast: Cast, meeting: Meeting) -> None:
        other = "ATTENDEE;PARTSTAT=ACCEPTED:mailto:andris@varpa.example\nATTENDEE;CUTYPE"
        both = GOOGLE.replace("ATTENDEE;CUTYPE", other)
        bring(replied(meeting, cast.elina, "DECLINED", maker=both))
        coming = Coming.objects.get()
        assert (coming.side, coming.said) == ("mentee", Said.NO)

    def test_an_hour_without_a_zone_is_one_of_the_meetings_zone(self, cast: Cast, meeting: Meeting) -> None:
        bring(replied(meeting, cast.elina, maker=COUNTER.replace(";TZID=Europe/Riga", "")))
        assert Coming.objects.get().proposed_at == datetime.fromisoformat("2025-10-17T11:00:00+00:00")

    def test_from_another_address_of_ones_own_by_the_key(self, cast: Cast, meeting: Meeting) -> None:
        made = replied(meeting, cast.elina)
        made.replace_header("From", "Elīna <elina.alias@else.example>")
        made.replace_header("To", reply_address(letter_to(cast.elina, "meetings.invited").ref))
        assert bring(made)[0].state == InboundState.PLACED
        assert Coming.objects.get().side == "mentee"

    def test_sending_somebody_else_is_a_no_with_a_word(self, cast: Cast, meeting: Meeting) -> None:
        bring(replied(meeting, cast.elina, "DELEGATED"))
        assert Coming.objects.get().said == Said.NO
        assert "cits cilvēks" in letter_to(cast.andris, "meetings.cannot_come").text


class TestBadDays:
    def test_twice_is_once(self, cast: Cast, meeting: Meeting) -> None:
        bring(replied(meeting, cast.elina, "DECLINED"), replied(meeting, cast.elina, "DECLINED"))
        assert Letter.objects.filter(kind="meetings.cannot_come").count() == 1

    def test_a_meeting_called_off_is_answered_kindly(self, cast: Cast, meeting: Meeting) -> None:
        cancel_meeting(meeting=meeting, by=cast.andris, now=NOW)
        [came] = bring(replied(meeting, cast.elina))
        assert came.state == InboundState.CAME_BACK
        assert "ir atcelta" in letter_to(cast.elina, "mailroom.came_back").text

    def test_a_yes_to_a_time_that_has_moved(self, cast: Cast, meeting: Meeting) -> None:
        old = replied(meeting, cast.elina)
        _move(meeting, cast.andris)
        [came] = bring(old)
        assert came.state == InboundState.CAME_BACK
        assert not Coming.objects.exists()
        assert "18.\xa0oktobrī" in letter_to(cast.elina, "mailroom.came_back").text

    def test_a_yes_to_the_old_time_says_nothing_of_the_new(self, cast: Cast, meeting: Meeting) -> None:
        bring(replied(meeting, cast.elina))
        _move(meeting, cast.andris)
        assert Coming.objects.get().sequence < meeting.sequence

    def test_somebody_else_of_the_house(self, cast: Cast, meeting: Meeting) -> None:
        [came] = bring(replied(meeting, cast.gabija))
        assert came.state == InboundState.CAME_BACK
        assert not Coming.objects.exists()

    def test_a_stranger_in_her_name(self, cast: Cast, meeting: Meeting) -> None:
        forged = replied(meeting, cast.elina)
        forged.replace_header("From", "x@else.example")
        [came] = bring(forged)
        assert (came.state, came.why) == (InboundState.NO_PLACE, Why.OTHER_ADDRESS)

    @pytest.mark.parametrize(
        "strange", ["x@google.com", "meeting-zzzz@varpa.example", "meeting-@else.example", ""]
    )
    def test_a_uid_of_nobody(self, cast: Cast, meeting: Meeting, strange: str) -> None:
        [came] = bring(replied(meeting, cast.elina, uid=strange))
        assert came.state in (InboundState.NO_PLACE, InboundState.CAME_BACK)
        assert not Coming.objects.exists()

    def test_a_broken_calendar_is_no_calendar(self, cast: Cast, meeting: Meeting) -> None:
        broken = "BEGIN:VCALENDAR\nMETHOD:REPLY\nBEGIN:VEVENT\nSEQUENCE:many\nUID:{uid}\nEND:VCALENDAR"
        [came] = bring(replied(meeting, cast.elina, maker=broken))
        assert came.state == InboundState.PASSED_OVER

    def test_an_invitation_of_somebody_else_is_no_answer(self, cast: Cast, meeting: Meeting) -> None:
        [came] = bring(replied(meeting, cast.elina, maker=GOOGLE.replace("METHOD:REPLY", "METHOD:REQUEST")))
        assert came.state == InboundState.PASSED_OVER

    @pytest.mark.parametrize(
        ("day", "said"), [("20250917", "jau ir pagājis"), ("20291017", "vairāk nekā gads")]
    )
    def test_a_time_that_cannot_be_goes_back_to_who_proposes_it(
        self, cast: Cast, meeting: Meeting, day: str, said: str
    ) -> None:
        [came] = bring(replied(meeting, cast.elina, maker=COUNTER.replace("20251017T", f"{day}T")))
        assert came.state == InboundState.CAME_BACK
        back = letter_to(cast.elina, "mailroom.came_back").text
        assert said in back
        assert "Vai var vēlāk?" in back
        assert not Coming.objects.exists()
        assert not Letter.objects.filter(kind="meetings.cannot_come").exists()

    @pytest.mark.parametrize(
        ("right", "broken"),
        [
            ("20251017T140000", "00010101T000000"),
            ("20251017T140000", "99991231T235959"),
            ("SEQUENCE:{sequence}", "SEQUENCE:-7"),
        ],
    )
    def test_of_a_broken_proposal_the_words_arrive(
        self, cast: Cast, meeting: Meeting, right: str, broken: str
    ) -> None:
        made = replied(meeting, cast.elina, maker=COUNTER.replace(right, broken))
        del made["Auto-Submitted"]
        made.replace_header("To", reply_address(letter_to(cast.elina, "meetings.invited").ref))
        [came] = bring(made)
        assert came.state == InboundState.PLACED
        assert "Elīna Bērziņa ir atbildējis." in Message.objects.get().text
