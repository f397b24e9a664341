"""What is open to everybody is found from the front door, and nothing else is (S17, S19)."""

from typing import Any

import pytest
from django.test import Client

from tests.cast import Cast, assemble
from tests.guidelines.conftest import in_own_words
from tests.make import NOW
from tests.news.conftest import draft as news_draft
from varpa.guidelines.actions.guidelines import draft, open_to_all, publish
from varpa.guidelines.models import Version
from varpa.home.queries.published import published
from varpa.news.actions.news import publish_news, withdraw_news
from varpa.news.models import News
from varpa.programmes.models import Programme
from varpa.reports.actions.drafts import draft_report
from varpa.reports.models import Edition, Report

pytestmark = pytest.mark.django_db
LANGUAGES = ("lv", "lt", "en")
NAMES = {
    "lv": ("Mentoringa vadlīnijas", "Novērtējuma pārskats"),
    "lt": ("Mentorystės gairės", "Vertinimo ataskaita"),
    "en": ("Mentoring guidelines", "Evaluation report"),
}


@pytest.fixture
def cast() -> Cast:
    return assemble()


@pytest.fixture
def version(cast: Cast) -> Version:
    """Guidelines that members alone read."""
    in_own_words(cast, cast.elina)
    return publish(guidelines=draft(programme=cast.programme, by=cast.inga, now=NOW), by=cast.inga, now=NOW)


@pytest.fixture
def edition(cast: Cast) -> Edition:
    """A published report that members alone read."""
    programme = Programme.objects.select_related("methodology_version", "organisation").get(
        pk=cast.programme.pk
    )
    report = draft_report(programme=programme, by=cast.inga, now=NOW)
    paper = {"title": "", "programme": "", "organisation": "", "as_of": "", "parts": []}
    papers = dict.fromkeys(LANGUAGES, paper)
    return Edition.objects.create(report=report, number=1, at=NOW, by=cast.inga, papers=papers)


def told(cast: Cast, **more: Any) -> News:
    news = news_draft(cast, **more)
    publish_news(news=news, by=cast.inga, now=NOW)
    return news


def doors(cast: Cast) -> tuple[str, str]:
    return f"/call/{cast.programme.ref}/", "/sign-in/"


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_open_stands_on_both_front_doors(
    client: Client, cast: Cast, version: Version, edition: Edition, language: str
) -> None:
    open_to_all(version=version, public=True, by=cast.inga, now=NOW)
    Report.objects.update(is_public=True)
    news = told(cast, for_all=True)
    for door in doors(cast):
        page = client.get(door, headers={"Accept-Language": language}).content.decode()
        for name in (*NAMES[language], news.title.within(language)):
            assert name in page, (door, name)
    found = published(cast.programme.ref)
    assert {client.get(each.url).status_code for each in found} == {200}
    assert len(found) == 3


def test_what_members_alone_read_does_not(
    client: Client, cast: Cast, version: Version, edition: Edition
) -> None:
    news = told(cast)
    assert published() == []
    for door in doors(cast):
        page = client.get(door).content.decode()
        assert version.ref not in page
        assert edition.ref not in page
        assert news.ref not in page
    assert client.get(f"/news/{news.ref}/open/").status_code == 404


def test_news_that_is_withdrawn_is_gone_from_the_door(client: Client, cast: Cast) -> None:
    news = told(cast, for_all=True)
    withdraw_news(news=news, by=cast.inga, now=NOW)
    assert published() == []
    assert client.get(f"/news/{news.ref}/open/").status_code == 404


def test_of_guidelines_the_last_open_version_stands_there(cast: Cast, version: Version) -> None:
    open_to_all(version=version, public=True, by=cast.inga, now=NOW)
    version.refresh_from_db()
    version.pk, version.ref, version.number, version.becomes = None, "zzzzzzzzzzzz", 2, "9.9"
    version.save(force_insert=True)
    assert [each.url for each in published()] == [f"/guidelines/{version.ref}/open/"]


def test_another_programmes_door_shows_its_own(cast: Cast, version: Version) -> None:
    open_to_all(version=version, public=True, by=cast.inga, now=NOW)
    assert published(cast.elsewhere.programme.ref) == []


def test_three_queries_at_most_however_much_there_is(
    cast: Cast, version: Version, django_assert_num_queries: Any
) -> None:
    for _each in range(15):
        told(cast, for_all=True)
    with django_assert_num_queries(3):
        assert len([str(each.programme) for each in published()]) == 12


def test_the_manager_says_by_a_tick_that_it_is_for_everybody(client: Client, cast: Cast) -> None:
    client.force_login(cast.inga)
    given = {"title_lv": "Jaunums", "text_lv": "Teksts", "for_mentees": "on", "for_all": "on"}
    client.post(f"/programmes/{cast.programme.ref}/news/new/", given)
    assert News.objects.get().for_all
