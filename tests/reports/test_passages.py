"""Passages of a diary in the evaluation report: with every consent, and gone with it (R6, decision 0018)."""

import pytest

from tests import make
from tests.cast import Cast
from tests.guidelines.conftest import ADVICE, DIARY, SECRET, from_diary, handed_over, in_own_words
from tests.make import NOW
from tests.reports.conftest import LATER
from varpa.guidelines.actions import recommendations as said
from varpa.guidelines.models import Recommendation
from varpa.kernel.text import LANGUAGES
from varpa.programmes.models import Membership, MembershipState, Programme
from varpa.reports.actions import comments, drafts
from varpa.reports.models import Report
from varpa.reports.papers import papers
from varpa.reports.queries import texts_of
from varpa.reports.quoting import quotable, spoken

pytestmark = pytest.mark.django_db
TOLD = {
    "lv": "no dienasgrāmatas, ar abu pāra dalībnieku piekrišanu",
    "lt": "iš dienoraščio, sutinkant abiem poros nariams",
    "en": "Mentor, from the diary, with the consent of mentor and mentee",
}


@pytest.fixture
def offered(cast: Cast) -> Recommendation:
    """One sentence of Andris' diary."""
    return from_diary(cast, cast.andris, make.entry(cast.pair, text=DIARY))


@pytest.fixture
def agreed(cast: Cast, offered: Recommendation) -> Recommendation:
    """The same after the handover, with Elīna's word too."""
    handed_over(cast)
    said.consent(recommendation=offered, shown_as="role", by=cast.elina, now=NOW)
    return offered


def words_part(report: Report, language: str = "lv") -> str:
    return next(
        part["text"]
        for part in papers(report, texts_of(report), LATER)[language]["parts"]
        if part["key"] == "words"
    )


def test_the_draft_quotes_it_and_says_who_has_consented(agreed: Recommendation, report: Report) -> None:
    for language in LANGUAGES:
        told = words_part(report, language)
        assert ADVICE.removesuffix(".") in told
        assert TOLD[language] in told
        assert SECRET not in told


def test_before_every_consent_stands_it_is_not_quoted(
    cast: Cast, offered: Recommendation, programme: Programme
) -> None:
    handed_over(cast)
    report = drafts.draft_report(programme=programme, by=cast.inga, now=NOW)
    assert quotable(report) == []


def test_a_consent_that_comes_later_is_put_in_by_a_click(
    cast: Cast, report: Report, agreed: Recommendation
) -> None:
    assert drafts.add_quotes(report=report, by=cast.inga, now=LATER) == 1
    assert ADVICE.removesuffix(".") in words_part(report)


@pytest.mark.parametrize("who", ["andris", "elina"])
def test_a_word_taken_back_takes_it_out_of_the_draft(
    cast: Cast, agreed: Recommendation, report: Report, who: str
) -> None:
    said.take_back(recommendation=agreed, by=getattr(cast, who), now=LATER)
    assert ADVICE.removesuffix(".") not in words_part(report)
    texts = [each.text for each in texts_of(report).values()]
    assert spoken(report, texts).lost_in(texts) == [agreed.ref]


@pytest.mark.parametrize("who", ["andris", "elina"])
def test_of_members_who_have_left_nothing_is_quoted(
    cast: Cast, agreed: Recommendation, report: Report, who: str
) -> None:
    Membership.objects.filter(person=getattr(cast, who)).update(state=MembershipState.WITHDRAWN)
    assert quotable(report) == []
    assert ADVICE.removesuffix(".") not in words_part(report)


def test_comments_of_members_who_have_left_are_not_quoted_either(cast: Cast, opened: Report) -> None:
    given = {"report": opened, "part": "words", "by": cast.elina, "now": LATER}
    comments.comment_on_section(text="Man patika.", may_quote=True, **given)
    assert len(quotable(opened)) == 1
    Membership.objects.filter(person=cast.elina).update(state=MembershipState.WITHDRAWN)
    assert quotable(opened) == []


def test_what_is_offered_in_own_words_stays_with_the_guidelines(cast: Cast, report: Report) -> None:
    in_own_words(cast, cast.elina)
    assert quotable(report) == []
