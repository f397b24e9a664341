"""What the draft does not know yet is a gap to be filled, never a sentence that stays when it is known."""

from dataclasses import replace

import pytest

from tests import other
from tests.cast import Cast
from tests.make import NOW
from varpa.kernel.text import LANGUAGES
from varpa.methodology.marks import KindAct
from varpa.people.models import Person
from varpa.programmes.models import Programme
from varpa.programmes.queries import methodology_of, today_of
from varpa.reports.actions.drafts import draft_report
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


def counted(programme: Programme, by: Person) -> str:
    report = draft_report(programme=programme, by=by, now=NOW)
    return "\n".join(report.sections.filter(language="en").values_list("text", flat=True))


def test_nothing_is_counted_that_the_methodology_never_lets_happen(cast: Cast, programme: Programme) -> None:
    methodology = methodology_of(programme)
    kinds = tuple(each for each in methodology.kinds if each.acts not in (KindAct.VISIT, KindAct.ROLE_SWAP))
    without = replace(methodology, kinds=kinds, company_profile=(), business_plan=())
    text = counted(other.by(without, programme), cast.inga)
    never = ("Visits to companies", "Role swaps", "Companies of mentors")
    assert [each for each in never if each in text] == []
    assert "Meetings held" in text


def test_what_may_happen_is_counted(cast: Cast, programme: Programme) -> None:
    text = counted(programme, cast.inga)
    assert "Visits to companies" in text
    assert "Companies of mentors" in text
