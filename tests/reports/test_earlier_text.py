"""A yes is to the text that was read: once that is changed it is shown so, and is not counted silently."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tests.cast import Cast
from tests.reports.conftest import LATER
from tests.reports.test_pages import signed_in
from varpa.history.models import Line
from varpa.kernel.clock import moved_to
from varpa.programmes.models import Programme
from varpa.reports.actions.comments import open_for_comments
from varpa.reports.actions.drafts import edit_section
from varpa.reports.actions.editions import YesToAnEarlierText, publish_report
from varpa.reports.hearing import hearing
from varpa.reports.models import Report

pytestmark = pytest.mark.django_db
AFTER = LATER + timedelta(minutes=5)


@pytest.fixture
def rewritten(cast: Cast, ready: Report) -> Report:
    """All four said yes; then a part is written anew."""
    section = ready.sections.get(key="people", language="lv")
    edit_section(
        report=ready,
        part="people",
        language="lv",
        text="Viss bija lieliski.",
        revision=section.revision,
        by=cast.inga,
        now=AFTER,
    )
    return ready


def test_a_yes_to_what_stands_is_no_earlier_one(ready: Report) -> None:
    assert hearing(ready, AFTER).earlier == 0


def test_a_yes_is_to_the_text_as_it_was(rewritten: Report) -> None:
    heard = hearing(rewritten, AFTER)
    assert (heard.earlier, heard.earlier_on) == (4, LATER.date())


def test_publishing_asks_once_whether_to_ask_anew(cast: Cast, rewritten: Report) -> None:
    with pytest.raises(YesToAnEarlierText) as refused:
        publish_report(report=rewritten, by=cast.inga, now=AFTER)
    assert "4 (last: 14 Oct 2025)" in str(refused.value)
    publish_report(report=rewritten, by=cast.inga, now=AFTER, without_asking=True)
    assert Line.objects.get(verb="report.publish").details["yes_to_earlier"] == 4


def test_asked_anew_nobody_has_said_yes_yet(cast: Cast, rewritten: Report) -> None:
    until = AFTER.date() + timedelta(days=7)
    open_for_comments(report=rewritten, until=until, by=cast.inga, now=AFTER)
    heard = hearing(rewritten, AFTER)
    assert (heard.heard, heard.earlier) == (0, 0)
    assert not rewritten.agreements.filter(withdrawn_at=None).exists()


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "an earlier text"), ("lv", "iepriekšējam tekstam"), ("lt", "ankstesniam tekstui")],
)
def test_the_manager_sees_it_and_decides(
    cast: Cast, programme: Programme, rewritten: Report, language: str, said: str
) -> None:
    cast.inga.language = language
    cast.inga.save()
    client = signed_in(cast.inga)
    with moved_to(AFTER):
        assert said in client.get(reverse("reports:report", args=[programme.ref])).content.decode()
        page = reverse("reports:publishing", args=[rewritten.ref])
        shown = client.get(page).content.decode()
        assert said in shown
        assert 'name="without_asking"' in shown
        assert client.post(page, {}).status_code == 200
        assert client.post(page, {"without_asking": "on"}).status_code == 302
