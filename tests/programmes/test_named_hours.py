"""Where a programme has other hours than its methodology, every text that names the old ones is led to."""

import pytest

from tests.cast import Cast
from tests.make import NOW
from tests.programmes.conftest import SignIn, address, text
from varpa.methodology import overrides
from varpa.programmes.actions.overriding import set_hours
from varpa.programmes.parts import naming
from varpa.programmes.queries import own_methodology_of

IN_WORDS = ("sešpadsmit", "šešiolik", "sixteen")


def test_no_text_writes_the_hours_in_words(cast: Cast) -> None:
    """In figures it is found where a programme has others, and is led to from its settings."""
    methodology = own_methodology_of(cast.programme)
    for path in overrides.paths(methodology):
        for words in overrides.text_at(methodology, path).as_dict().values():
            assert not [word for word in IN_WORDS if word in words.lower()], path


@pytest.mark.parametrize("lesson", ["hours-and-diary", "with-a-mentor"])
def test_lessons_that_name_the_hours_are_led_to(cast: Cast, sign_in: SignIn, lesson: str) -> None:
    path = f"lessons.{lesson}.text"
    assert path in naming(own_methodology_of(cast.programme), "16")
    page = address(cast, "settings/")
    assert path not in text(sign_in(cast.inga).get(page))
    set_hours(programme=cast.programme, hours=20, revision=cast.programme.revision, by=cast.inga, now=NOW)
    assert path in text(sign_in(cast.inga).get(page))
