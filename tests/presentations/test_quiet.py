"""What the mentor recommends for a slide waits while the mentee wants no messages."""

from datetime import timedelta

import pytest

from tests.cast import Cast
from tests.make import NOW
from tests.meetings.conftest import page, speak, text
from varpa.messaging.actions import lift_quiet, want_quiet
from varpa.post.models import Letter, LetterState
from varpa.presentations.actions.recommendations import recommend
from varpa.presentations.models import Presentation

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
WAITS = {"lv": "Klāt ir daži vārdi", "lt": "Pridėta ir keli žodžiai", "en": "There are a few words with it"}


@pytest.mark.parametrize("language", ["lv", "lt", "en"])
def test_what_came_before_stays_and_what_came_since_waits(
    cast: Cast, shared: Presentation, language: str
) -> None:
    speak(language, cast.elina)
    said = {"presentation": shared, "slide": "idea", "by": cast.andris}
    recommend(**said, text="Rādi krūzi", now=NOW)
    want_quiet(pair=cast.pair, by=cast.elina, now=NOW + HOUR)
    recommend(**said, text="Atbildi beidzot", now=NOW + 2 * HOUR)
    [letter] = Letter.objects.filter(kind="presentations.recommended")
    assert letter.state == LetterState.WITHDRAWN
    address = f"/presentations/{shared.ref}/slides/idea/"
    shown = text(page(cast.elina, address))
    assert "Rādi krūzi" in shown
    assert "Atbildi beidzot" not in shown
    assert WAITS[language] in shown
    assert "Atbildi beidzot" in text(page(cast.andris, address))
    assert "Elīna" in text(page(cast.andris, address))
    lift_quiet(pair=cast.pair, by=cast.elina, now=NOW + 3 * HOUR)
    assert "Atbildi beidzot" in text(page(cast.elina, address))
