"""Two workers at one moment: each mail is dealt with once."""

from functools import partial

import pytest

from tests import make
from tests.cast import Cast
from tests.mailroom.conftest import answer, letter_to, mail
from tests.make import NOW
from tests.together import at_once
from varpa.diary.evenings import ask_for_entries
from varpa.diary.models import Entry
from varpa.history.models import Line
from varpa.mailroom.actions import sort_mail
from varpa.messaging.actions import begin_thread, write_message
from varpa.messaging.models import Message
from varpa.post import inbound
from varpa.post.models import Inbound, InboundState, Letter

pytestmark = pytest.mark.django_db(transaction=True)


def sorted_by_two_workers() -> list[object]:
    return sorted(at_once(partial(sort_mail, NOW), partial(sort_mail, NOW)), key=str)


def test_an_answer_lands_once(cast: Cast) -> None:
    thread = begin_thread(pair=cast.pair, by=cast.andris, now=NOW)
    write_message(thread=thread, text="Vai ceturtdien der?", by=cast.andris, now=NOW, urgent=True)
    letter = Letter.objects.filter(to_address=cast.elina.email).latest("pk")
    inbound.keep(answer(letter, "Der!").as_bytes(), NOW)
    assert sorted_by_two_workers() == [0, 1]
    assert Message.objects.filter(text="Der!").count() == 1
    assert Inbound.objects.get().state == InboundState.PLACED
    assert Line.objects.filter(verb="mail.place").count() == 1


def test_what_is_written_below_a_diary_entry_stands_there_once(cast: Cast) -> None:
    make.held(cast.pair)
    later = NOW.replace(day=20)
    ask_for_entries(later)
    inbound.keep(answer(letter_to(cast.andris, "diary.write"), "Drošāk.").as_bytes(), NOW)
    assert sorted_by_two_workers() == [0, 1]
    assert Entry.objects.get().notes == "Drošāk."


def test_what_finds_no_place_is_shown_and_told_once(cast: Cast) -> None:
    inbound.keep(mail("Kam tas ir?", by=f"Elīna <{cast.elina.email}>").as_bytes(), NOW)
    assert sorted_by_two_workers() == [0, 1]
    assert Inbound.objects.get().state == InboundState.NO_PLACE
    assert Line.objects.filter(verb="mail.show").count() == 1
    assert Letter.objects.filter(to_address=cast.elina.email, kind="mailroom.no_place").count() == 1
