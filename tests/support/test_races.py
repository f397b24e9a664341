"""Two at one moment: one effect."""

from functools import partial

import pytest

from tests import make
from tests.cast import Cast
from tests.make import NOW
from tests.support.conftest import told
from tests.together import at_once
from varpa.kernel.refs import new_ref
from varpa.post.models import Letter
from varpa.support.actions import mentors
from varpa.support.actions.cases import close_case, read_case, take_back
from varpa.support.actions.clocks import keep_cases
from varpa.support.actions.contacts import note_call
from varpa.support.actions.openings import open_pair
from varpa.support.models import Call, Case, CaseState, MentorQuestion, Opening, Outcome, Spoken

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_clicks_tell_once(cast: Cast) -> None:
    click = partial(told, cast, ref=new_ref())
    at_once(click, click)
    assert Case.objects.count() == 1
    assert Letter.objects.filter(kind="support.told").count() == 1


def test_two_handlers_read_it_and_the_first_has_it(cast: Cast) -> None:
    make.manager(cast.programme, cast.zane)
    case = told(cast)
    read = partial(read_case, now=NOW)
    at_once(
        partial(read, case=Case.objects.get(pk=case.pk), by=cast.inga),
        partial(read, case=Case.objects.get(pk=case.pk), by=cast.zane),
    )
    assert Letter.objects.filter(kind="support.read").count() == 1


def test_closed_while_it_is_taken_back(cast: Cast) -> None:
    case = told(cast)
    read_case(case=case, by=cast.inga, now=NOW)
    close = partial(close_case, case=Case.objects.get(), outcome=Outcome.HELPED, by=cast.inga, now=NOW)
    at_once(close, partial(take_back, case=Case.objects.get(), by=cast.elina, now=NOW))
    assert Case.objects.get().state in (CaseState.CLOSED, CaseState.WITHDRAWN)


def test_the_schedule_twice_tells_on_once(cast: Cast) -> None:
    case = told(cast)
    turn = partial(keep_cases, case.read_by.replace(day=18))
    at_once(turn, turn)
    assert Letter.objects.filter(kind="support.late").count() == 1


def test_two_clicks_open_once(cast: Cast) -> None:
    click = partial(open_pair, pair=cast.pair, reason="Ziņots par draudiem sarakstē.", by=cast.inga, now=NOW)
    at_once(click, click)
    assert Opening.objects.count() == 1
    assert Letter.objects.filter(kind="support.opened").count() == 2


def test_two_clicks_note_one_call_and_ask_one_question(cast: Cast) -> None:
    ref = new_ref()
    call = partial(note_call, pair=cast.pair, spoken=Spoken.BOTH, text="", by=cast.inga, now=NOW, ref=ref)
    at_once(call, call)
    ask = partial(mentors.ask, mentor=cast.mentor, text="Kā?", shares=True, by=cast.andris, now=NOW, ref=ref)
    at_once(ask, ask)
    assert (Call.objects.count(), MentorQuestion.objects.count()) == (1, 1)
