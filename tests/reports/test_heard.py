"""People have had time for the report before it is published: its days, everybody's word, or a reason."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from tests.cast import Cast
from tests.make import NOW
from tests.reports.conftest import LATER, UNTIL, fill
from tests.reports.test_pages import signed_in
from varpa.history.models import Line
from varpa.kernel.clock import moved_to
from varpa.kernel.text import LANGUAGES
from varpa.post.models import Letter
from varpa.programmes.models import Programme
from varpa.reports.actions import comments, editions
from varpa.reports.hearing import hearing
from varpa.reports.models import Agreement, Edition, Report
from varpa.reports.word import docx

pytestmark = pytest.mark.django_db
SOON = NOW + timedelta(seconds=1)
WEEK = NOW + timedelta(days=7)


@pytest.fixture
def publish(cast: Cast) -> Callable[..., Edition]:
    def act(report: Report, **said: Any) -> Edition:
        return editions.publish_report(report=report, by=cast.inga, **said)

    return act


@pytest.fixture
def shut(cast: Cast, opened: Report) -> Report:
    """Opened for comments and closed a second later, every gap filled."""
    comments.close_comments(report=opened, by=cast.inga, now=SOON)
    fill(opened, cast)
    return opened


def everybody(cast: Cast) -> list[Any]:
    return [cast.andris, cast.elina, cast.rimantas, cast.gabija]


def test_a_second_is_no_time_for_comments(shut: Report, publish: Callable[..., Edition]) -> None:
    with pytest.raises(editions.TooFewWereHeard) as refused:
        publish(shut, now=SOON)
    assert "21\xa0October" in str(refused.value)
    # A week in which nobody could comment is none either.
    with pytest.raises(editions.TooFewWereHeard):
        publish(shut, now=WEEK)
    assert not Edition.objects.exists()


def test_after_its_days_it_is_published(cast: Cast, opened: Report, publish: Callable[..., Edition]) -> None:
    fill(opened, cast)
    with pytest.raises(editions.TooFewWereHeard):
        publish(opened, now=WEEK - timedelta(days=1))
    assert publish(opened, now=WEEK).early_reason == ""


def test_days_of_two_openings_are_added(cast: Cast, opened: Report, publish: Callable[..., Edition]) -> None:
    fill(opened, cast)
    comments.close_comments(report=opened, by=cast.inga, now=NOW + timedelta(days=4))
    later = NOW + timedelta(days=30)
    comments.open_for_comments(report=opened, until=later.date() + timedelta(5), by=cast.inga, now=later)
    comments.close_comments(report=opened, by=cast.inga, now=later + timedelta(days=2))
    assert hearing(opened, later + timedelta(days=2)).open == 6
    with pytest.raises(editions.TooFewWereHeard):
        publish(opened, now=later + timedelta(days=2))


def test_each_programme_sets_its_days(shut: Report, publish: Callable[..., Edition]) -> None:
    Programme.objects.filter(pk=shut.programme_id).update(comment_days=0)
    shut.programme.refresh_from_db()
    assert publish(shut, now=SOON)


def test_it_waits_no_longer_once_everybody_has_answered(
    cast: Cast, opened: Report, publish: Callable[..., Edition]
) -> None:
    fill(opened, cast)
    first, *others = everybody(cast)
    said = comments.comment_on_section(report=opened, part="", text="Labi.", by=first, now=LATER)
    comments.answer_comment(comment=said, taken_up=True, by=cast.inga, now=LATER)
    for person in others[1:]:
        comments.agree(report=opened, by=person, now=LATER)
    assert (hearing(opened, LATER).heard, hearing(opened, LATER).asked) == (3, 4)
    with pytest.raises(editions.TooFewWereHeard):
        publish(opened, now=LATER)
    comments.agree(report=opened, by=others[0], now=LATER)
    comments.close_comments(report=opened, by=cast.inga, now=LATER)
    assert publish(opened, now=LATER)


def test_earlier_only_with_a_reason_that_stands_in_it(shut: Report, publish: Callable[..., Edition]) -> None:
    with pytest.raises(editions.TooFewWereHeard):
        publish(shut, now=SOON, early_reason="   ")
    edition = publish(shut, now=SOON, early_reason=" Fonds gaida līdz pirmdienai. ")
    assert edition.early_reason == "Fonds gaida līdz pirmdienai."
    for language in LANGUAGES:
        assert "Fonds gaida līdz pirmdienai." in edition.papers[language]["early"]
    line = Line.objects.get(verb="report.publish_early")
    assert line.details == {"number": 1, "gaps": 0, "open_days": 0, "of_days": 7, "heard": 0, "asked": 4}
    assert docx(edition, edition.papers["lv"], "lv")


def test_a_reason_where_none_is_needed_is_none(
    cast: Cast, opened: Report, publish: Callable[..., Edition]
) -> None:
    fill(opened, cast)
    edition = publish(opened, now=WEEK, early_reason="Steidzami.")
    assert (edition.early_reason, edition.papers["lv"]["early"]) == ("", "")


def test_the_next_edition_is_heard_anew(cast: Cast, ready: Report, publish: Callable[..., Edition]) -> None:
    publish(ready, now=SOON)
    editions.begin_edition(report=ready, by=cast.inga, now=WEEK)
    comments.open_for_comments(report=ready, until=WEEK.date() + timedelta(3), by=cast.inga, now=WEEK)
    assert (hearing(ready, WEEK).heard, hearing(ready, WEEK).open) == (0, 0)
    comments.agree(report=ready, by=cast.elina, now=WEEK)
    assert hearing(ready, WEEK).heard == 1
    assert Agreement.objects.filter(withdrawn_at=None).count() == 1
    assert Agreement.objects.count() == 5


def test_the_page_asks_for_the_reason_only_where_it_is_needed(cast: Cast, shut: Report) -> None:
    page, client = reverse("reports:publishing", args=[shut.ref]), signed_in(cast.inga)
    with moved_to(SOON):
        shown = client.get(page).content.decode()
        assert "early_reason" in shown
        refused = client.post(page, {"early_reason": ""})
        assert refused.status_code == 200
        assert not Edition.objects.exists()
        client.post(page, {"early_reason": "Fonds gaida."})
    edition = Edition.objects.get()
    for address in ("reports:edition", "reports:report"):
        ref = edition.ref if address.endswith("edition") else shut.programme.ref
        assert "Fonds gaida." in client.get(reverse(address, args=[ref])).content.decode()


def test_the_last_day_is_offered_so_that_it_is_enough(cast: Cast, report: Report) -> None:
    with moved_to(NOW):
        shown = signed_in(cast.inga).get(reverse("reports:opening", args=[report.ref])).content.decode()
    assert f'value="{UNTIL.isoformat()}"' in shown


def test_the_last_day_for_a_word_goes_into_the_calendar(cast: Cast, opened: Report) -> None:
    letter = Letter.objects.filter(kind="reports.opened").first()
    assert letter
    assert letter.calendar_method == "PUBLISH"
    assert f"DTSTART;VALUE=DATE:{opened.comments_until:%Y%m%d}" in letter.calendar
