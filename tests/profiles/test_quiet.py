"""What the mentor says of a part of the profile waits while the mentee wants no messages."""

from datetime import timedelta

import pytest

from tests.cast import Cast
from tests.make import NOW
from tests.meetings.conftest import page, speak, text
from varpa.messaging.actions import lift_quiet, want_quiet
from varpa.post.models import Letter, LetterState
from varpa.profiles.actions.parts import correct_part
from varpa.profiles.models import Part, Profile

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
COUNTED = {
    "lv": ("1 lieta nav pareiza", "2 lietas nav pareizas"),
    "lt": ("1 dalykas", "2 dalykai"),
    "en": ("1 thing is not right", "2 things are not right"),
}
WAITS = {"lv": "Klāt ir daži vārdi", "lt": "Pridėta ir keli žodžiai", "en": "There are a few words with it"}
TOLD = {"lv": "bet vārdi gaidīs", "lt": "žodžiai palauks", "en": "the words wait until"}


@pytest.mark.parametrize("language", ["lv", "lt", "en"])
def test_what_came_before_stays_and_what_came_since_waits(
    cast: Cast, profile: Profile, part: Part, language: str
) -> None:
    speak(language, cast.elina, cast.andris)
    said = {"profile": profile, "key": part.key, "by": cast.andris}
    correct_part(**said, text="Gads nav pareizs", now=NOW)
    want_quiet(pair=cast.pair, by=cast.elina, now=NOW + HOUR)
    correct_part(**said, text="Atbildi beidzot", now=NOW + 2 * HOUR)
    [letter] = Letter.objects.filter(kind="profiles.corrected")
    assert letter.state == LetterState.WITHDRAWN
    address = f"/profiles/{profile.ref}/parts/{part.key}/"
    shown = text(page(cast.elina, address))
    assert "Gads nav pareizs" in shown
    assert "Atbildi beidzot" not in shown
    assert WAITS[language] in shown
    mentor = text(page(cast.andris, address))
    assert "Atbildi beidzot" in mentor
    assert TOLD[language] in mentor
    whole = f"/profiles/{profile.ref}/"
    assert COUNTED[language][0] in text(page(cast.elina, whole))
    assert COUNTED[language][1] in text(page(cast.andris, whole))
    lift_quiet(pair=cast.pair, by=cast.elina, now=NOW + 3 * HOUR)
    assert "Atbildi beidzot" in text(page(cast.elina, address))
    assert COUNTED[language][1] in text(page(cast.elina, whole))
    assert f'href="{whole}"' in text(
        page(cast.elina, f"/pairs/{cast.pair.ref}/messages/", now=NOW + 3 * HOUR)
    )
