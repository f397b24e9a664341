"""What the mentor recommends for a slide waits while the mentee wants no messages."""

from datetime import timedelta

import pytest

from tests.cast import Cast
from tests.make import NOW
from tests.meetings.conftest import page, speak, text
from tests.presentations.test_brought_pages import bring, pages
from varpa.messaging.actions import lift_quiet, want_quiet
from varpa.post.models import Letter, LetterState
from varpa.presentations.actions.recommendations import recommend
from varpa.presentations.models import Presentation

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
COUNTED = {
    "lv": ("1 ieteikums", "2 ieteikumi"),
    "lt": ("1 patarimas", "2 patarimai"),
    "en": ("1 recommendation", "2 recommendations"),
}
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
    whole = f"/presentations/{shared.ref}/"
    assert COUNTED[language][0] in text(page(cast.elina, whole))
    assert COUNTED["lv"][1] in text(page(cast.andris, whole))
    lift_quiet(pair=cast.pair, by=cast.elina, now=NOW + 3 * HOUR)
    assert "Atbildi beidzot" in text(page(cast.elina, address))
    assert COUNTED[language][1] in text(page(cast.elina, whole))
    assert f'href="{whole}"' in text(
        page(cast.elina, f"/pairs/{cast.pair.ref}/messages/", now=NOW + 3 * HOUR)
    )


def test_what_was_said_of_an_earlier_file_waits_too(cast: Cast, shared: Presentation) -> None:
    bring(cast, shared, pages(cast, 2))
    want_quiet(pair=cast.pair, by=cast.elina, now=NOW)
    said = {"presentation": shared, "slide": "page-1", "by": cast.andris}
    recommend(**said, text="Atbildi beidzot", now=NOW + HOUR)
    address = f"/presentations/{shared.ref}/"
    assert "1 ieteikums" not in text(page(cast.elina, address))
    bring(cast, shared, pages(cast, 3))
    assert "Atbildi beidzot" not in text(page(cast.elina, address))
    assert "Atbildi beidzot" in text(page(cast.andris, address))
    lift_quiet(pair=cast.pair, by=cast.elina, now=NOW + 3 * HOUR)
    assert "Atbildi beidzot" in text(page(cast.elina, address))
