"""Answering what is written about meetings, promises, hours and the diary (R14)."""

from datetime import timedelta

import pytest
from django.test import Client

from tests import make
from tests.cast import Cast
from tests.mailroom.conftest import answer, bring, letter_to
from tests.make import NOW
from varpa.diary.actions import begin_entry
from varpa.diary.evenings import ask_for_entries
from varpa.diary.models import Entry, EntryState
from varpa.history.models import Channel, Line
from varpa.kernel import clock
from varpa.meetings.actions.hours import object_to_hours
from varpa.meetings.actions.meetings import cancel_meeting
from varpa.meetings.actions.reminders import remind
from varpa.meetings.actions.reviews import make_promise, take_promise_step
from varpa.meetings.models import HourLine, LineState, Meeting, MeetingState, Promise, PromiseState, Said
from varpa.messaging.models import Message
from varpa.post.models import Inbound, InboundState, Letter

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    """Thursday at ten."""
    return make.meeting(cast.pair)


def reply(cast: Cast, kind: str, text: str, *, by: str = "elina", days: float = 0) -> Inbound:
    person = getattr(cast, by)
    [came] = bring(answer(letter_to(person, kind), text), now=NOW + days * DAY)
    return came


def by_mail(verb: str) -> bool:
    return Line.objects.filter(verb=verb, channel=Channel.MAIL).exists()


class TestInvitation:
    @pytest.mark.parametrize("text", ["Jā", "Der!", "Labi, būšu.", "Taip", "Tinka", "Yes", "OK, fine", "Ja."])
    def test_yes_is_noted(self, cast: Cast, meeting: Meeting, text: str) -> None:
        before = Letter.objects.count()
        assert reply(cast, "meetings.invited", text).state == InboundState.PLACED
        coming = meeting.comings.get()
        assert (coming.side, coming.said, coming.sequence) == ("mentee", Said.YES, 0)
        assert Letter.objects.count() == before
        assert by_mail("meeting.answer")

    def test_yes_and_more_goes_to_the_other_too(self, cast: Cast, meeting: Meeting) -> None:
        reply(cast, "meetings.invited", "Jā, būšu.\n\nPaņemšu līdzi skici un cenu lapu.")
        assert meeting.comings.get().said == Said.YES
        message = Message.objects.get()
        assert (message.thread.about_kind, message.thread.about_ref) == ("meeting", meeting.ref)

    @pytest.mark.parametrize(
        "text",
        [
            "Nē, man ir kontroldarbs.",
            "Negaliu, sergu.",
            "No, sorry",
            "I can't on Thursday",
            "Vai varam pārcelt?",
        ],
    )
    def test_no_is_told_to_the_other(self, cast: Cast, meeting: Meeting, text: str) -> None:
        reply(cast, "meetings.invited", text)
        assert meeting.comings.get().said == Said.NO
        letter = letter_to(cast.andris, "meetings.cannot_come")
        assert "Elīna Bērziņa šajā laikā nevar piedalīties" in letter.text
        meeting.refresh_from_db()
        assert meeting.state == MeetingState.PLANNED

    def test_the_word_of_a_no_comes_along(self, cast: Cast, meeting: Meeting) -> None:
        reply(cast, "meetings.invited", "Nē, man ir kontroldarbs matemātikā.")
        assert "kontroldarbs matemātikā" in letter_to(cast.andris, "meetings.cannot_come").text

    @pytest.mark.parametrize(
        "text",
        [
            "Ko lai paņemu līdzi?",
            "No rīta man der labāk.",
            "Ja var, tad vēlāk.",
            "Ne vēlāk par desmitiem.",
            "Der, bet vai var vēlāk?",
            "No problem, I will bring it",
        ],
    )
    def test_other_words_go_to_the_other(self, cast: Cast, meeting: Meeting, text: str) -> None:
        reply(cast, "meetings.invited", text)
        assert not meeting.comings.exists()
        assert Message.objects.get().text == text

    def test_a_meeting_called_off(self, cast: Cast, meeting: Meeting) -> None:
        cancel_meeting(meeting=meeting, by=cast.andris, now=NOW)
        assert reply(cast, "meetings.invited", "Jā").state == InboundState.CAME_BACK
        assert "atcelta" in letter_to(cast.elina, "mailroom.came_back").text

    def test_an_hour_that_has_passed(self, cast: Cast, meeting: Meeting) -> None:
        assert reply(cast, "meetings.invited", "Jā", days=9).state == InboundState.CAME_BACK

    def test_nothing_written(self, cast: Cast, meeting: Meeting) -> None:
        assert reply(cast, "meetings.invited", "").state == InboundState.CAME_BACK

    def test_the_page_says_it(self, cast: Cast, meeting: Meeting) -> None:
        reply(cast, "meetings.invited", "Nē, man ir kontroldarbs.")
        browser = Client()
        browser.force_login(cast.andris)
        with clock.moved_to(NOW):
            page = browser.get(f"/meetings/{meeting.ref}/").content.decode()
        assert "man ir kontroldarbs" in page


class TestTopics:
    def test_each_paragraph_is_a_topic(self, cast: Cast, meeting: Meeting) -> None:
        remind(NOW + DAY * 1.5)
        text = (
            "Sveiki!\n\nCik maksā krāsns?\nKur to pērk?\n\nUn kā atrast telpas, ja naudas\nir maz\n\nPaldies!"
        )
        assert reply(cast, "meetings.topics_due", text, days=1.6).state == InboundState.PLACED
        found = list(meeting.topics.values_list("side", "text"))
        assert found == [
            ("mentee", "Cik maksā krāsns?"),
            ("mentee", "Kur to pērk?"),
            ("mentee", "Un kā atrast telpas, ja naudas ir maz"),
        ]
        assert by_mail("meeting.add_topic")

    def test_a_list_is_topics(self, cast: Cast, meeting: Meeting) -> None:
        remind(NOW + DAY * 1.5)
        reply(cast, "meetings.topics_due", "1. Cenas\n2) Nodokļi, tas ir\nkas jāmaksā\n- Telpas", days=1.6)
        texts = list(meeting.topics.values_list("text", flat=True))
        assert texts == ["Cenas", "Nodokļi, tas ir kas jāmaksā", "Telpas"]

    def test_the_same_mail_from_two_programs_adds_nothing(self, cast: Cast, meeting: Meeting) -> None:
        remind(NOW + DAY * 1.5)
        for _twice in range(2):
            reply(cast, "meetings.topics_due", "Cik maksā krāsns?", days=1.6)
        assert meeting.topics.count() == 1

    @pytest.mark.parametrize(
        "text",
        [
            "Nevarēšu atnākt, esmu slima.",
            "Nē, man ir kontroldarbs. Vai var pārcelt uz pirmdienu?",
            "Negaliu, sergu",
            "Vai varam pārcelt tikšanos?",
        ],
    )
    def test_that_one_cannot_come_is_no_topic(self, cast: Cast, meeting: Meeting, text: str) -> None:
        """The letter itself says that one may move a meeting in time."""
        remind(NOW + DAY * 1.5)
        reply(cast, "meetings.topics_due", text, days=1.6)
        assert not meeting.topics.exists()
        assert meeting.comings.get().said == Said.NO
        assert text in letter_to(cast.andris, "meetings.cannot_come").text

    @pytest.mark.parametrize(
        "text",
        ["Paldies, jautājumu nav. Bet piektdien netieku.", "Kur to pērk?\n\nDiemžēl nevarēšu piedalīties."],
    )
    def test_said_beside_other_words_it_reaches_the_other(
        self, cast: Cast, meeting: Meeting, text: str
    ) -> None:
        remind(NOW + DAY * 1.5)
        reply(cast, "meetings.topics_due", text, days=1.6)
        assert not meeting.topics.exists()
        assert Message.objects.get().text == text

    @pytest.mark.parametrize(
        "text",
        [
            "Nevaru saprast, kā rēķināt cenu?",
            "Ko darīt, ja nevaru samaksāt?",
            "Kā pārcelt termiņu?",
            "Kaip perkelti kainas į lentelę?",
        ],
    )
    def test_a_question_of_what_cannot_be_is_a_topic(self, cast: Cast, meeting: Meeting, text: str) -> None:
        remind(NOW + DAY * 1.5)
        reply(cast, "meetings.topics_due", text, days=1.6)
        assert meeting.topics.get().text == text
        assert not meeting.comings.exists()

    def test_only_a_greeting(self, cast: Cast, meeting: Meeting) -> None:
        remind(NOW + DAY * 1.5)
        assert reply(cast, "meetings.topics_due", "Sveiki!", days=1.6).state == InboundState.CAME_BACK


class TestReview:
    def test_a_sentence_and_the_length(self, cast: Cast, meeting: Meeting) -> None:
        remind(NOW + DAY * 5)
        reply(cast, "meetings.review_due", "50 min. Runājām par cenām.", by="andris", days=5)
        meeting.refresh_from_db()
        assert meeting.state == MeetingState.HELD
        assert meeting.reviews.get(side="mentor").text == "50 min. Runājām par cenām."
        assert HourLine.objects.get().minutes == 50
        assert by_mail("meeting.review")
        assert by_mail("hours.enter")

    def test_without_a_length_the_words_are_kept_and_it_is_asked(self, cast: Cast, meeting: Meeting) -> None:
        remind(NOW + DAY * 5)
        reply(cast, "meetings.review_due", "Bija labi.", by="andris", days=5)
        assert meeting.reviews.get().text == "Bija labi."
        assert not HourLine.objects.exists()
        assert "50 min" in letter_to(cast.andris, "mailroom.came_back").text
        reply(cast, "mailroom.came_back", "1 h 10 min", by="andris", days=5.1)
        assert HourLine.objects.get().minutes == 70
        assert meeting.reviews.get().text == "Bija labi.\n\n1 h 10 min"

    def test_not_held(self, cast: Cast, meeting: Meeting) -> None:
        remind(NOW + DAY * 5)
        came = reply(cast, "meetings.review_due", "Nenotika, biju slims.", by="andris", days=5)
        assert came.state == InboundState.CAME_BACK
        meeting.refresh_from_db()
        assert meeting.state == MeetingState.PLANNED


class TestPromise:
    @pytest.fixture
    def promise(self, cast: Cast) -> Promise:
        due = (NOW + DAY * 3).date()
        made = make_promise(pair=cast.pair, text="Atrast trīs krāsnis", due=due, by=cast.elina, now=NOW)
        remind(NOW + DAY * 2)
        return made

    @pytest.mark.parametrize(
        "text",
        [
            "Izdarīts!",
            "Ir gatavs",
            "Done",
            "Padaryta",
            "Labdien!\n\nIzdarīts. Paldies!",
            "Sveiki! Esmu izdarījusi 🙂\n\nAr cieņu\nElīna Bērziņa",
            "Laba diena, jau padariau.\n\nPagarbiai\nElīna",
            "Hello, it's done, thank you",
            "Solījums izpildīts",
            "Pažadas ištesėtas, ačiū",
        ],
    )
    def test_one_word_keeps_it(self, cast: Cast, promise: Promise, text: str) -> None:
        reply(cast, "meetings.promise_due", text, days=2)
        promise.refresh_from_db()
        assert promise.state == PromiseState.KEPT
        assert by_mail("promise.keep")

    def test_said_twice_it_is_kept_once(self, cast: Cast, promise: Promise) -> None:
        for _twice in range(2):
            came = reply(cast, "meetings.promise_due", "Izdarīts", days=2)
            assert came.state == InboundState.PLACED
        assert Line.objects.filter(verb="promise.keep").count() == 1

    def test_what_was_withdrawn_is_not_kept_by_mail(self, cast: Cast, promise: Promise) -> None:
        take_promise_step(promise=promise, step="withdraw", by=cast.elina, now=NOW + 2 * DAY)
        assert reply(cast, "meetings.promise_due", "Izdarīts", days=2).state == InboundState.CAME_BACK
        promise.refresh_from_db()
        assert promise.state == PromiseState.WITHDRAWN

    @pytest.mark.parametrize(
        "text",
        [
            "Vēl nē",
            "Gatavs, bet ne viss",
            "Rīt",
            "Izdarīts?",
            "Izdarīts\nbet ne viss",
            "Labdien! Padaryta tik pusė.",
            "Esmu gatavs sākt",
            "Sveiki!",
        ],
    )
    def test_anything_else_comes_back(self, cast: Cast, promise: Promise, text: str) -> None:
        assert reply(cast, "meetings.promise_due", text, days=2).state == InboundState.CAME_BACK
        promise.refresh_from_db()
        assert promise.state == PromiseState.OPEN


class TestHours:
    @pytest.fixture
    def line(self, cast: Cast) -> HourLine:
        make.held(cast.pair)
        remind(NOW + DAY * 11)
        return HourLine.objects.get()

    def test_a_week_before_silence_confirms_the_other_is_asked(self, cast: Cast, line: HourLine) -> None:
        letter = letter_to(cast.elina, "meetings.hours_waiting")
        assert "1\xa0h" in letter.text
        remind(NOW + DAY * 12)
        assert Letter.objects.filter(kind="meetings.hours_waiting").count() == 1

    def test_yes_confirms(self, cast: Cast, line: HourLine) -> None:
        reply(cast, "meetings.hours_waiting", "Jā, pareizi", days=11)
        line.refresh_from_db()
        assert line.state == LineState.CONFIRMED
        assert by_mail("hours.confirm")

    @pytest.mark.parametrize(
        "text", ["Jā, labi parunājām!", "Jā, viss pareizi, un man ļoti patika Jūsu darbnīca."]
    )
    def test_words_beside_a_yes_reach_the_other(self, cast: Cast, line: HourLine, text: str) -> None:
        reply(cast, "meetings.hours_waiting", text, days=11)
        line.refresh_from_db()
        assert line.state == LineState.CONFIRMED
        assert Message.objects.get().text == text

    @pytest.mark.parametrize("text", ["Jā! 🙂", "Jā, pareizi.\n\nAr cieņu,\nElīna"])
    def test_a_smile_and_a_greeting_are_no_words(self, cast: Cast, line: HourLine, text: str) -> None:
        reply(cast, "meetings.hours_waiting", text, days=11)
        line.refresh_from_db()
        assert line.state == LineState.CONFIRMED
        assert not Message.objects.exists()

    def test_a_yes_that_is_doubted_further_on_confirms_nothing(self, cast: Cast, line: HourLine) -> None:
        reply(cast, "meetings.hours_waiting", "Jā. Bet bija īsāk.", days=11)
        line.refresh_from_db()
        assert line.state == LineState.OBJECTED

    def test_another_word_objects_with_its_length(self, cast: Cast, line: HourLine) -> None:
        reply(cast, "meetings.hours_waiting", "Bija tikai 45 minūtes, es kavēju.", days=11)
        line.refresh_from_db()
        assert (line.state, line.settled_minutes) == (LineState.OBJECTED, 45)
        assert line.objection == "Bija tikai 45 minūtes, es kavēju."

    def test_an_objection_is_settled_by_a_length_or_a_yes(self, cast: Cast, line: HourLine) -> None:
        object_to_hours(line=line, word="Īsāk", minutes=45, by=cast.elina, now=NOW + DAY * 11)
        assert reply(cast, "meetings.hours_objected", "Hm.", by="andris", days=11).state == (
            InboundState.CAME_BACK
        )
        reply(cast, "meetings.hours_objected", "45 min", by="andris", days=11)
        line.refresh_from_db()
        assert (line.state, line.minutes) == (LineState.CONFIRMED, 45)


class TestDiary:
    def test_two_evenings_later_the_mentor_is_asked_once(self, cast: Cast) -> None:
        make.held(cast.pair)
        assert ask_for_entries(NOW + DAY * 4) == 0
        assert ask_for_entries(NOW + DAY * 5) == 1
        assert ask_for_entries(NOW + DAY * 6) == 0
        letter = letter_to(cast.andris, "diary.write")
        assert letter.not_before.hour == 15

    def test_the_answer_is_a_draft_that_only_the_mentor_has(self, cast: Cast) -> None:
        make.held(cast.pair)
        ask_for_entries(NOW + DAY * 5)
        reply(cast, "diary.write", "Elīna jautā drošāk.", by="andris", days=5.5)
        entry = Entry.objects.get()
        assert (entry.notes, entry.state) == ("Elīna jautā drošāk.", EntryState.DRAFT)
        reply(cast, "diary.write", "Vēl: cenas.", by="andris", days=5.6)
        entry.refresh_from_db()
        assert entry.notes == "Elīna jautā drošāk.\n\nVēl: cenas."
        assert not Inbound.objects.exclude(text="").exists()
        told = Line.objects.filter(thing_kind="diary").values_list("verb", "channel")
        assert list(told) == [
            ("diary.begin_entry", Channel.MAIL),
            ("diary.write", Channel.MAIL),
            ("diary.write", Channel.MAIL),
        ]

    def test_where_something_is_written_nobody_is_asked(self, cast: Cast) -> None:
        meeting = make.held(cast.pair)
        day = meeting.starts_local.date()
        begin_entry(pair=cast.pair, day=day, by=cast.andris, now=NOW + DAY * 4, meeting=meeting)
        assert ask_for_entries(NOW + DAY * 5) == 0
