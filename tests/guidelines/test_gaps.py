"""A gap says what nobody has said yet: it stands in the draft, and is not printed."""

import pytest

from tests.cast import Cast
from tests.make import NOW
from varpa.guidelines.actions.guidelines import NothingWritten, draft, publish
from varpa.guidelines.showing import gaps_in, without_gaps

pytestmark = pytest.mark.django_db


def test_a_gap_that_nobody_has_filled_is_not_published(cast: Cast) -> None:
    guidelines = draft(programme=cast.programme, by=cast.inga, now=NOW)
    assert sum(gaps_in(section.lv) for section in guidelines.sections.all())
    version = publish(guidelines=guidelines, by=cast.inga, now=NOW)
    texts = [text for said in version.texts.values() for text in said.values()]
    assert texts
    assert not any("*[" in text for text in texts)
    assert all(text.rstrip().splitlines()[-1][:1] != "#" for text in texts if text)


def test_of_gaps_alone_nothing_is_published(cast: Cast) -> None:
    guidelines = draft(programme=cast.programme, by=cast.inga, now=NOW)
    for section in guidelines.sections.all():
        section.lv = section.lt = section.en = "### Virsraksts\n\n*[neviens vēl nav teicis]*"
        section.save()
    with pytest.raises(NothingWritten):
        publish(guidelines=guidelines, by=cast.inga, now=NOW)


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("### A\n\n*[gap]*\n\n### B\n\nWords *[gap]* here.", "### B\n\nWords  here."),
        ("### A\n\n- one\n- two\n\n### B\n\n*[gap]*", "### A\n\n- one\n- two"),
        ("Words alone.", "Words alone."),
        ("*[gap]*", ""),
    ],
)
def test_what_stands_around_a_gap_stays(written: str, printed: str) -> None:
    assert without_gaps(written) == printed
