"""The words of the methodology stand where the diary is named."""

import pytest

from tests.cast import Cast
from tests.visits import Visitor, words
from varpa.programmes.queries import methodology_of

pytestmark = pytest.mark.django_db


def test_the_diary_is_called_what_the_methodology_calls_it(cast: Cast) -> None:
    title = methodology_of(cast.programme).diary.title
    for language in ("lv", "lt", "en"):
        shown = words(Visitor(cast.andris, language=language).get(f"/pairs/{cast.pair.ref}/diary/"))
        assert f"<h1>{getattr(title, language)}</h1>" in shown
