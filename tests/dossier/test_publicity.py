"""What was told of the programme stands in the dossier: news, and what anybody may read."""

from datetime import date
from pathlib import Path

import pytest

from tests.cast import Cast
from tests.dossier.conftest import built, evaluated, programme_of, table, words_of
from tests.make import NOW
from varpa.guidelines.actions.guidelines import open_to_all
from varpa.guidelines.models import Version
from varpa.kernel.text import TranslatedText
from varpa.news.actions.news import publish_news, withdraw_news, write_news
from varpa.news.models import News
from varpa.reports.actions.editions import make_public
from varpa.reports.models import Report

pytestmark = pytest.mark.django_db
FOLDER = "14-publicity"


def told(cast: Cast, title: str, *, for_all: bool = False, mentors: bool = True) -> News:
    said = {"title": TranslatedText.same(title), "text": TranslatedText.same("ZQ TEXT OF NEWS")}
    whom = {"for_mentors": mentors, "for_mentees": True, "for_all": for_all, "by_letter": False}
    news = write_news(programme=programme_of(cast), **said, **whom, by=cast.inga, now=NOW)
    publish_news(news=news, by=cast.inga, now=NOW)
    return news


def test_news_stand_with_day_and_readers_and_without_their_text(rich: Cast, tmp_path: Path) -> None:
    known = News.objects.filter(programme=rich.programme, state="published").count()
    told(rich, "ZQ Jelgava", for_all=True)
    told(rich, "ZQ plans", mentors=False)
    withdraw_news(news=told(rich, "ZQ back"), by=rich.inga, now=NOW)
    path = built(rich, tmp_path / "a.zip")
    assert [row for row in table(path, f"{FOLDER}/told") if row[1].startswith("ZQ")] == [
        ["News", "ZQ Jelgava", "2025-10-14", "For everybody"],
        ["News", "ZQ plans", "2025-10-14", "For mentees"],
    ]
    counts = {row[0]: row[1:] for row in table(path, f"{FOLDER}/publicity")}
    assert counts["News"] == [str(known + 2)] * 2
    assert not any("ZQ TEXT OF NEWS" in words for words in words_of(path).values())
    later = built(rich, tmp_path / "b.zip", first=date(2025, 11, 1))
    assert table(later, f"{FOLDER}/told") == []


def test_report_and_guidelines_stand_there_once_anybody_may_read_them(rich: Cast, tmp_path: Path) -> None:
    evaluated(rich)
    Version.objects.filter(programme=rich.programme).update(public_at=None)
    before = table(built(rich, tmp_path / "a.zip"), f"{FOLDER}/told")
    assert {row[0] for row in before} == {"News"}
    make_public(report=Report.objects.get(programme=rich.programme), public=True, by=rich.inga, now=NOW)
    newest = Version.objects.filter(programme=rich.programme)[0]
    open_to_all(version=newest, public=True, by=rich.inga, now=NOW)
    rows = table(built(rich, tmp_path / "b.zip"), f"{FOLDER}/told")
    assert [(row[0], row[3]) for row in rows if row not in before] == [
        ("Evaluation report", "For everybody"),
        ("Mentoring guidelines", "For everybody"),
    ]


def test_a_pupil_in_a_headline_is_called_as_the_dossier_calls_pupils(rich: Cast, tmp_path: Path) -> None:
    told(rich, f"{rich.elina.name} uzvar", for_all=True)
    rows = table(built(rich, tmp_path / "a.zip"), f"{FOLDER}/told")
    headline = next(row[1] for row in rows if "uzvar" in row[1])
    assert rich.elina.name not in headline
