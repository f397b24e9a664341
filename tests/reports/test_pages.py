"""Who sees the results and the report, in which language, with how many questions to the database."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import make
from tests.cast import Cast
from tests.make import NOW
from tests.reports.conftest import LATER, write
from varpa.kernel.clock import moved_to
from varpa.people.models import Person
from varpa.programmes.models import Programme, Role
from varpa.reports.actions.comments import comment_on_section
from varpa.reports.actions.editions import publish_report
from varpa.reports.models import Comment, Report

pytestmark = pytest.mark.django_db
MOST_QUERIES = 10


def signed_in(person: Person | None) -> Client:
    client = Client()
    if person:
        client.force_login(person)
    return client


def status(person: Person | None, path: str) -> int:
    with moved_to(LATER):
        return signed_in(person).get(path).status_code


def managers_pages(report: Report) -> list[str]:
    ref, programme = report.ref, report.programme.ref
    return [
        reverse("reports:results", args=[programme]),
        reverse("reports:result", args=[programme, "business_plans"]),
        reverse("reports:section", args=[ref, "people", "lv"]),
        reverse("reports:figures", args=[ref]),
        reverse("reports:comments", args=[ref]),
        reverse("reports:opening", args=[ref]),
        reverse("reports:publishing", args=[ref]),
    ]


def test_the_manager_alone_writes_and_decides(cast: Cast, report: Report) -> None:
    for path in managers_pages(report):
        for person in (cast.inga, cast.dace):
            assert status(person, path) == 200, path
        for person in (cast.andris, cast.elina):
            assert status(person, path) in (403, 404), path
        for person in (cast.zane, cast.tomas, cast.jonas):
            assert status(person, path) == 404, path
        assert status(None, path) == 302


def test_a_draft_is_nobodys_before_it_is_opened(cast: Cast, report: Report) -> None:
    path = reverse("reports:report", args=[cast.programme.ref])
    with moved_to(LATER):
        page = signed_in(cast.elina).get(path).content.decode()
    assert reverse("reports:agree", args=[report.ref]) not in page
    assert "Darbi pa kalendāru" not in page
    assert status(cast.zane, path) == 404


def test_the_open_draft_is_read_and_spoken_of_by_members(cast: Cast, opened: Report) -> None:
    path, say = (
        reverse("reports:report", args=[cast.programme.ref]),
        reverse("reports:comment", args=[opened.ref]),
    )
    with moved_to(LATER):
        for person in (cast.andris, cast.elina, cast.rimantas, cast.gabija):
            page = signed_in(person).get(path).content.decode()
            assert reverse("reports:agree", args=[opened.ref]) in page
        assert signed_in(cast.zane).post(say, {}).status_code == 404
        assert signed_in(cast.jonas).post(say, {}).status_code == 404
        # What was written stays on the page where it was refused.
        kept = signed_in(cast.elina).post(say, {"part": "people", "text": ""}).content.decode()
        assert "open" in kept
    assert not Comment.objects.exists()


def test_nobody_reads_what_another_has_said(cast: Cast, opened: Report) -> None:
    comment_on_section(report=opened, part="people", text="Slepens vārds", by=cast.elina, now=LATER)
    with moved_to(LATER):
        for person, sees in ((cast.elina, True), (cast.andris, False), (cast.gabija, False)):
            page = signed_in(person).get(reverse("reports:report", args=[cast.programme.ref]))
            assert ("Slepens vārds" in page.content.decode()) == sees
        comment = Comment.objects.get()
        back = reverse("reports:withdraw", args=[comment.ref])
        assert signed_in(cast.andris).post(back).status_code == 404
        assert signed_in(cast.inga).post(back).status_code == 403
        assert signed_in(cast.andris).get(reverse("reports:answer", args=[comment.ref])).status_code == 404


def test_an_edition_is_the_members_until_it_is_public(cast: Cast, ready: Report) -> None:
    edition = publish_report(report=ready, by=cast.inga, now=LATER)
    paths = [reverse("reports:edition", args=[edition.ref])]
    paths += [reverse("reports:edition_paper", args=[edition.ref, kind]) for kind in ("pdf", "docx")]
    for path in paths:
        for person in (cast.inga, cast.andris, cast.gabija):
            assert status(person, path) == 200, path
        for person in (cast.zane, cast.tomas, cast.jonas):
            assert status(person, path) == 404, path
    shown = [
        reverse("reports:public", args=[edition.ref]),
        reverse("reports:public_paper", args=[edition.ref, "pdf"]),
    ]
    assert [status(None, path) for path in shown] == [404, 404]
    Report.objects.update(is_public=True)
    assert [status(None, path) for path in shown] == [200, 200]
    assert status(cast.inga, reverse("reports:edition_paper", args=[edition.ref, "exe"])) == 404


@pytest.mark.parametrize(
    ("language", "words"),
    [("lv", "Ko apsolījām"), ("lt", "Ką pažadėjome"), ("en", "What was promised")],
)
def test_pages_in_three_languages(cast: Cast, opened: Report, language: str, words: str) -> None:
    Person.objects.filter(pk__in=[cast.inga.pk, cast.elina.pk]).update(language=language)
    with moved_to(LATER):
        for path in managers_pages(opened):
            assert signed_in(Person.objects.get(pk=cast.inga.pk)).get(path).status_code == 200
        results = signed_in(Person.objects.get(pk=cast.inga.pk)).get(managers_pages(opened)[0])
        assert words in results.content.decode()
        draft = signed_in(Person.objects.get(pk=cast.elina.pk)).get(
            reverse("reports:report", args=[cast.programme.ref])
        )
        assert words in draft.content.decode()


def test_a_part_is_in_its_own_language_whatever_the_page_speaks(cast: Cast, report: Report) -> None:
    Person.objects.filter(pk=cast.inga.pk).update(language="en")
    here = reverse("reports:section", args=[report.ref, "people", "lt"])
    with moved_to(LATER):
        shown = signed_in(Person.objects.get(pk=cast.inga.pk)).get(here).content.decode()
    assert f'href="{here.replace("/lt/", "/en/")}"' in shown
    assert '<div class="said flow" lang="lt">' in shown
    outline = shown[shown.index('<nav class="outline"') :]
    assert f'href="{here}" aria-current="page"' in outline


def questions(person: Person, path: str) -> int:
    """How many questions a page asks once counts are remembered."""
    client = signed_in(person)
    with moved_to(LATER):
        client.get(path)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get(path).status_code == 200
    return len(asked)


def test_as_many_questions_with_one_as_with_thirty(cast: Cast, opened: Report) -> None:
    pages = [*managers_pages(opened), reverse("reports:report", args=[cast.programme.ref])]
    comment_on_section(report=opened, part="people", text="Viens.", by=cast.elina, now=LATER)
    before = [questions(cast.inga, path) for path in pages]
    programme = Programme.objects.get(pk=cast.programme.pk)
    for number in range(30):
        member = make.member(
            programme, make.person(f"Anna {number}", f"a{number}@varpa.example"), Role.MENTEE
        )
        comment_on_section(report=opened, part="people", text=f"{number}", by=member.person, now=LATER)
    after = [questions(cast.inga, path) for path in pages]
    assert dict(zip(pages, after, strict=True)) == dict(zip(pages, before, strict=True))
    assert max(after) <= MOST_QUERIES


def test_what_many_say_of_a_part_is_read_page_by_page(cast: Cast, opened: Report) -> None:
    told = {"report": opened, "part": "people", "by": cast.elina, "now": LATER}
    for number in range(51):
        comment_on_section(text=f"Vārds {number}.", **told)
    path, inga = reverse("reports:section", args=[opened.ref, "people", "lv"]), signed_in(cast.inga)
    with moved_to(LATER):
        first, second = (inga.get(path, {"page": at}).content.decode() for at in (1, 2))
    assert [word in first for word in ("Vārds 0.", "Vārds 49.", "Vārds 50.")] == [True, True, False]
    assert [word in second for word in ("Vārds 49.", "Vārds 50.")] == [False, True]
    assert "?page=2" in first


def test_home_leads_to_the_open_draft_until_a_word_was_said(cast: Cast, opened: Report) -> None:
    path = reverse("reports:report", args=[cast.programme.ref])
    with moved_to(LATER):
        assert path in signed_in(cast.elina).get("/").content.decode()
        comment_on_section(report=opened, part="", text="Labi.", by=cast.elina, now=LATER)
        assert path not in signed_in(cast.elina).get("/").content.decode()


def test_the_board_leads_to_results_and_report(cast: Cast) -> None:
    with moved_to(NOW):
        board = signed_in(cast.inga).get(reverse("home:board", args=[cast.programme.ref])).content.decode()
    for name in ("results", "report"):
        assert reverse(f"reports:{name}", args=[cast.programme.ref]) in board


def test_a_part_saves_itself_and_shows_both_texts(cast: Cast, report: Report) -> None:
    path = reverse("reports:section", args=[report.ref, "people", "lv"])
    client = signed_in(cast.inga)
    with moved_to(LATER):
        revision = report.sections.get(key="people", language="lv").revision
        told = {"text": "Jauns.", "revision": revision}
        assert client.post(path, told, headers={"X-Autosave": "1"}).json()["revision"] == revision + 1
        again = client.post(path, {**told, "text": "Cits."}, headers={"X-Autosave": "1"})
        assert again.json() == {"conflict": True}
        both = client.post(path, {**told, "text": "Cits."}).content.decode()
    assert "Jauns." in both
    assert "Cits." in both
    write(report, "people", "lv", "Cits.", cast)
