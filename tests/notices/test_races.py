"""Real threads: several workers, one letter that gathers, one push."""

from datetime import time, timedelta

import pytest

from tests.cast import Cast
from tests.make import NOW
from tests.notices.push_server import Browser, PushServer
from tests.post.test_races import together
from varpa.messaging.actions import begin_thread, write_message
from varpa.notices.actions import add_device, choose_pace, tell_gathered
from varpa.notices.models import Device
from varpa.notices.pushing import push_due
from varpa.post.models import Habit, Letter, LetterState

pytestmark = pytest.mark.django_db(transaction=True)

LATER = NOW + timedelta(hours=5)


def add(cast: Cast, server: PushServer, browser: Browser) -> Device:
    return add_device(
        person=cast.elina,
        name="Chrome, Android",
        endpoint=server.endpoint(),
        public_key=browser.public_key,
        auth=browser.auth,
        now=NOW,
    )


def write_two(cast: Cast) -> None:
    for subject in ("", "Plāns"):
        thread = begin_thread(pair=cast.pair, by=cast.andris, now=NOW, subject=subject)
        write_message(thread=thread, text="Labdien", by=cast.andris, now=NOW)


def test_several_workers_tell_what_was_gathered_once(cast: Cast) -> None:
    choose_pace(person=cast.elina, pace="daily", tell_at=time(16), tell_on=0, now=NOW)
    write_two(cast)
    together(lambda: tell_gathered(LATER))
    assert Letter.objects.filter(kind="notices.gathered").count() == 1
    assert Letter.objects.filter(state=LetterState.GATHERED).count() == 2


def test_several_workers_show_each_letter_once(cast: Cast, server: PushServer) -> None:
    add(cast, server, Browser())
    write_two(cast)
    together(lambda: push_due(LATER))
    assert len(server.came) == 2


def test_a_device_that_is_asked_for_at_the_same_moment_is_there_once(cast: Cast, server: PushServer) -> None:
    browser = Browser()
    together(lambda: add(cast, server, browser))
    assert Device.objects.filter(removed_at=None).count() == 1
    assert Habit.objects.get(person=cast.elina.pk).devices == 1
