"""What the draft does not know yet is a gap to be filled, never a sentence that stays when it is known."""

import pytest

from varpa.kernel.text import LANGUAGES
from varpa.reports.marks import gaps_in
from varpa.reports.models import Report

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_nobody_has_answered_yet_is_a_gap(report: Report, language: str) -> None:
    texts = {each.key: each.text for each in report.sections.filter(language=language)}
    unknown = [key for key in ("surveys", "competences", "indicators") if key in texts]
    assert unknown
    for key in unknown:
        assert gaps_in(texts[key]), key
