"""Mail in somebody's name that the own mail server says is not theirs (dmarc) is put nowhere."""

from typing import Any

import pytest

from tests import make
from tests.cast import Cast
from tests.mailroom.conftest import answer, bring, letter_to
from tests.mailroom.test_calendars import replied
from tests.mailroom.test_messages import written
from varpa.meetings.models import Coming
from varpa.messaging.models import Message
from varpa.post.models import InboundState, Letter

pytestmark = pytest.mark.django_db
FAILED = (
    "mx.varpa.example; spf=fail smtp.mailfrom=evil.example; dkim=none; dmarc=fail header.from=varpa.example"
)
PASSED = "mx.varpa.example; dmarc=pass header.from=varpa.example"


@pytest.fixture(autouse=True)
def _server(settings: Any) -> None:
    settings.MAIL_SERVER_NAME = "mx.varpa.example"


def test_a_forged_answer_is_put_nowhere_and_its_bearer_is_told(cast: Cast) -> None:
    letter = written(cast)
    came = bring(*(answer(letter, "Viltots", Authentication_Results=FAILED) for _ in range(2)))
    assert [each.state for each in came] == [InboundState.CAME_BACK] * 2
    assert not Message.objects.filter(side="mentee").exists()
    told = Letter.objects.get(kind="mailroom.came_back")
    assert (told.to_address, "Viltots" in told.text) == (cast.elina.email, False)


def test_a_forged_answer_of_a_calendar_says_nothing(cast: Cast) -> None:
    made = replied(make.meeting(cast.pair), cast.elina, "DECLINED")
    made["Authentication-Results"] = FAILED
    bring(made)
    assert not Coming.objects.exists()
    assert letter_to(cast.elina, "mailroom.came_back")


@pytest.mark.parametrize(
    "results", [[PASSED], ["other.example; dmarc=fail"], ["mx.varpa.example; dkim=pass"], []]
)
def test_other_mail_is_placed(cast: Cast, results: list[str]) -> None:
    made = answer(written(cast), "Mans")
    for each in results:
        made["Authentication-Results"] = each
    assert bring(made)[0].state == InboundState.PLACED


@pytest.mark.parametrize(("top", "below", "placed"), [(PASSED, FAILED, True), (FAILED, PASSED, False)])
def test_only_the_topmost_results_are_the_servers_own(cast: Cast, top: str, below: str, placed: bool) -> None:
    made = answer(written(cast), "Mans")
    raw = f"Authentication-Results: {top}\r\nReceived: x\r\nAuthentication-Results: {below}\r\n".encode()
    [came] = bring(raw + made.as_bytes())
    assert (came.state == InboundState.PLACED) == placed


def test_without_a_name_no_results_are_believed(cast: Cast, settings: Any) -> None:
    settings.MAIL_SERVER_NAME = ""
    assert bring(answer(written(cast), "Mans", Authentication_Results=FAILED))[0].state == "placed"
