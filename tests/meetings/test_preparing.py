"""Before and during a meeting: topics, agenda, notes (methodology §8, R5, R13)."""

from datetime import timedelta

import pytest

from tests import make
from tests.cast import Cast
from tests.make import NOW
from tests.meetings.conftest import DAY, plan
from varpa.history.models import Line
from varpa.kernel.merging import Conflict
from varpa.kernel.states import AlreadyMoved
from varpa.meetings.actions import preparation as verbs
from varpa.meetings.actions.meetings import cancel_meeting
from varpa.meetings.actions.preparation import add_topic, prepare_meeting, withdraw_topic, write_notes
from varpa.meetings.actions.reviews import review_meeting
from varpa.meetings.models import Topic
from varpa.pairs.actions.pairs import NotOneOfTheTwo

pytestmark = pytest.mark.django_db


class TestBefore:
    def test_topics_come_one_at_a_time_and_the_same_one_once(self, cast: Cast) -> None:
        meeting = plan(cast)
        for text in ("Cik maksā krāsns?", "Kur meklēt telpas?", " Cik maksā krāsns? "):
            add_topic(meeting=meeting, text=text, by=cast.elina, now=NOW)
        assert Topic.objects.count() == 2
        assert Line.objects.filter(verb="meeting.add_topic").count() == 2

    def test_an_empty_topic_is_refused(self, cast: Cast) -> None:
        with pytest.raises(verbs.EmptyTopic):
            add_topic(meeting=plan(cast), text="  ", by=cast.elina, now=NOW)

    def test_topics_belong_before_the_meeting(self, cast: Cast) -> None:
        with pytest.raises(AlreadyMoved):
            add_topic(meeting=make.held(cast.pair), text="Cena?", by=cast.elina, now=NOW + 4 * DAY)

    def test_ones_own_topic_is_taken_back_once(self, cast: Cast) -> None:
        topic = add_topic(meeting=plan(cast), text="Cena?", by=cast.elina, now=NOW)
        with pytest.raises(NotOneOfTheTwo):
            withdraw_topic(topic=topic, by=cast.andris, now=NOW)
        for _click in range(2):
            withdraw_topic(topic=topic, by=cast.elina, now=NOW)
        assert Line.objects.filter(verb="meeting.withdraw_topic").count() == 1

    def test_a_topic_that_was_talked_about_stays(self, cast: Cast) -> None:
        meeting = plan(cast)
        topic = add_topic(meeting=meeting, text="Cena?", by=cast.elina, now=NOW)
        review_meeting(meeting=meeting, by=cast.andris, now=NOW + 4 * DAY, minutes=45)
        with pytest.raises(AlreadyMoved):
            withdraw_topic(topic=Topic.objects.get(pk=topic.pk), by=cast.elina, now=NOW + 5 * DAY)

    def test_both_write_the_agenda_and_nobody_loses_a_word(self, cast: Cast) -> None:
        meeting = plan(cast)
        texts = {"goals": "", "resources": "", "now": NOW}
        prepare_meeting(meeting=meeting, agenda="1. Cena", revision=0, by=cast.andris, **texts)
        with pytest.raises(Conflict) as conflict:
            prepare_meeting(meeting=meeting, agenda="1. Telpas", revision=0, by=cast.elina, **texts)
        assert conflict.value.stored["agenda"] == "1. Cena"
        assert conflict.value.given["agenda"] == "1. Telpas"

    def test_a_stranger_prepares_nothing(self, cast: Cast) -> None:
        meeting = plan(cast)
        with pytest.raises(NotOneOfTheTwo):
            prepare_meeting(
                meeting=meeting, goals="", resources="", agenda="1", revision=0, by=cast.inga, now=NOW
            )
        with pytest.raises(NotOneOfTheTwo):
            write_notes(meeting=meeting, notes="x", revision=0, by=cast.inga, now=NOW)


class TestNotes:
    def test_each_writes_their_own_and_two_devices_are_told(self, cast: Cast) -> None:
        meeting = plan(cast)
        during = NOW + 3 * DAY
        mine = write_notes(meeting=meeting, notes="Cena 25.", revision=0, by=cast.andris, now=during)
        theirs = write_notes(meeting=meeting, notes="Jāzvana.", revision=0, by=cast.elina, now=during)
        assert (mine.text, theirs.text, mine.revision) == ("Cena 25.", "Jāzvana.", 1)
        with pytest.raises(Conflict):
            write_notes(meeting=meeting, notes="Cena 30.", revision=0, by=cast.andris, now=during)

    def test_not_in_what_was_cancelled(self, cast: Cast) -> None:
        meeting = plan(cast)
        cancel_meeting(meeting=meeting, by=cast.elina, now=NOW)
        with pytest.raises(AlreadyMoved):
            write_notes(meeting=meeting, notes="x", revision=0, by=cast.andris, now=NOW + timedelta(1))
