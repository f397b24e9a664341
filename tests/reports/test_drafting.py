"""What the draft does not know yet is a gap to be filled, never a sentence that stays when it is known."""

import pytest

from tests.make import NOW
from varpa.kernel.text import LANGUAGES
from varpa.programmes.queries import today_of
from varpa.reports.marks import gaps_in
from varpa.reports.models import Report
from varpa.ui import words

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_nobody_has_answered_yet_is_a_gap(report: Report, language: str) -> None:
    texts = {each.key: each.text for each in report.sections.filter(language=language)}
    unknown = [key for key in ("surveys", "competences", "indicators") if key in texts]
    assert unknown
    for key in unknown:
        assert gaps_in(texts[key]), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_of_the_draft_says_of_which_day_its_figures_are(report: Report, language: str) -> None:
    """Figures are accepted anew until the day of publishing; the edition tells its own day."""
    text = report.sections.get(key="introduction", language=language).text
    assert words.dated(today_of(report.programme, NOW)) not in text
