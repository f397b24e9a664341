"""Questions of the methodology that a mentee may bring to a meeting, one tap each (R5)."""

from datetime import datetime

import pytest

from tests import make
from tests.cast import Cast
from tests.make import NOW
from tests.meetings.conftest import DAY, plan
from tests.visits import seeing
from varpa.meetings.models import Topic
from varpa.messaging.actions import want_quiet
from varpa.people.models import Person

pytestmark = pytest.mark.django_db
COMPANY = {
    "lv": "Kā to dara jūsu uzņēmumā?",
    "lt": "Kaip tai daroma jūsų įmonėje?",
    "en": "How is this done in your company?",
}
ASK = {"lv": "Jautāt šo", "lt": "Klausti šito", "en": "Ask this"}


def _shown(who: Person, ref: str, now: datetime = NOW) -> str:
    return str(seeing("meetings")(who, "meeting", ref, now=now).content.decode())


@pytest.mark.parametrize("language", COMPANY)
def test_one_tap_makes_it_a_topic_and_it_is_offered_no_more(cast: Cast, language: str) -> None:
    cast.elina.language = language
    cast.elina.save()
    meeting = plan(cast)
    hidden = f'{ASK[language]}<span class="visually-hidden">: {COMPANY[language]}'
    assert hidden in _shown(cast.elina, meeting.ref)
    for _click in range(2):
        seeing("meetings")(cast.elina, "topics", meeting.ref, post={"text": COMPANY[language]})
    assert Topic.objects.get().text == COMPANY[language]
    assert hidden not in _shown(cast.elina, meeting.ref)


def test_each_kind_of_meeting_has_its_own(cast: Cast) -> None:
    visit = make.meeting(cast.pair, kind="visit", days=4)
    swap = make.meeting(cast.pair, kind="role_swap", days=5)
    assert "Kas pie jums iepērkas" in _shown(cast.elina, visit.ref)
    assert "Kas jau ir izmēģināts?" in _shown(cast.elina, swap.ref)
    assert COMPANY["lv"] not in _shown(cast.elina, visit.ref)


def test_the_mentor_is_offered_none_and_nobody_afterwards(cast: Cast) -> None:
    meeting = plan(cast)
    assert COMPANY["lv"] not in _shown(cast.andris, meeting.ref)
    assert COMPANY["lv"] not in _shown(cast.elina, meeting.ref, now=NOW + 4 * DAY)


def test_none_where_the_other_wants_no_words(cast: Cast) -> None:
    meeting = plan(cast)
    want_quiet(pair=cast.pair, by=cast.andris, now=NOW)
    assert COMPANY["lv"] not in _shown(cast.elina, meeting.ref)
