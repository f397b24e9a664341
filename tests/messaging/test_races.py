"""Two at one moment: one effect."""

from functools import partial

import pytest

from tests.cast import Cast
from tests.make import NOW
from tests.messaging.conftest import own_thread
from tests.together import at_once
from varpa.kernel.refs import new_ref
from varpa.messaging import actions
from varpa.messaging.models import Message, Quiet, Thread
from varpa.pairs.actions.pairs import NotActive, pause_pair
from varpa.post.models import Letter

pytestmark = pytest.mark.django_db(transaction=True)


def test_both_open_the_conversation(cast: Cast) -> None:
    begin = partial(actions.begin_thread, pair=cast.pair, now=NOW)
    found = at_once(partial(begin, by=cast.andris), partial(begin, by=cast.elina))
    assert Thread.objects.count() == 1
    assert {getattr(each, "pk", each) for each in found} == {Thread.objects.get().pk}


def test_two_clicks_send_one_message(cast: Cast) -> None:
    thread, ref = own_thread(cast), new_ref()
    click = partial(actions.write_message, thread=thread, text="Labi.", by=cast.elina, now=NOW, ref=ref)
    at_once(click, click)
    assert Message.objects.count() == 1
    assert Letter.objects.filter(kind="messaging.written").count() == 1


def test_two_clicks_stop_once_and_tell_once(cast: Cast) -> None:
    stop = partial(actions.want_quiet, pair=cast.pair, by=cast.elina, now=NOW)
    at_once(stop, stop)
    assert Quiet.objects.count() == 1


def test_written_while_the_pair_is_paused(cast: Cast) -> None:
    thread = own_thread(cast)
    write = partial(actions.write_message, thread=thread, text="Labi.", by=cast.elina, now=NOW)
    written, paused = at_once(write, partial(pause_pair, pair=cast.pair, by=cast.inga, now=NOW))
    assert not isinstance(paused, Exception)
    assert isinstance(written, Message | NotActive)
    assert Message.objects.count() == (1 if isinstance(written, Message) else 0)
