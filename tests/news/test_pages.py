"""Who reads news and pages, who writes them, and what the search finds, in three languages."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast
from tests.make import NOW
from tests.news.conftest import draft
from varpa.events.models import Event, Question
from varpa.kernel.text import LANGUAGES, TranslatedText
from varpa.news.actions import pages as actions
from varpa.news.actions.news import publish_news
from varpa.news.models import News, Page
from varpa.news.queries.search import around
from varpa.people.models import Person

pytestmark = pytest.mark.django_db


def status(client: Client, person: Person, url: str, **post: str) -> int:
    client.force_login(person)
    return (client.post(url, post) if post else client.get(url)).status_code


def body(client: Client, person: Person, url: str) -> str:
    client.force_login(person)
    return client.get(url).content.decode()


def test_a_draft_is_for_staff_alone(cast: Cast, client: Client) -> None:
    url = f"/news/{draft(cast).ref}/"
    assert status(client, cast.inga, url) == 200
    assert status(client, cast.elina, url) == 404


def test_news_is_read_by_whom_it_is_for(cast: Cast, client: Client) -> None:
    made = draft(cast, for_mentors=False)
    publish_news(news=made, by=cast.inga, now=NOW)
    url = f"/news/{made.ref}/"
    assert status(client, cast.elina, url) == 200
    assert status(client, cast.andris, url) == 404
    assert status(client, cast.zane, url) == 404
    assert status(client, cast.elina, f"{url}steps/withdraw/", go="1") == 403


@pytest.mark.parametrize(("language", "words"), [("lv", "Jelgavā"), ("lt", "Jelgavoje"), ("en", "in Jelg")])
def test_news_is_read_in_the_own_language(
    cast: Cast, client: Client, news: News, language: str, words: str
) -> None:
    Person.objects.filter(pk=cast.elina.pk).update(language=language)
    cast.elina.refresh_from_db()
    for url in (f"/news/{news.ref}/", f"/programmes/{cast.programme.ref}/news/"):
        assert words in body(client, cast.elina, url)


def test_staff_writes_and_publishes_by_clicking(cast: Cast, client: Client) -> None:
    client.force_login(cast.inga)
    url = f"/programmes/{cast.programme.ref}/news/new/"
    given = {"title_lv": "Jaunums", "text_lv": "Teksts", "for_mentees": "on", "ref": "abcdefghjkmn"}
    assert client.post(url, given).status_code == 302
    made = News.objects.get()
    assert (made.for_mentors, made.for_mentees, made.by_letter) == (False, True, False)
    client.post(f"/news/{made.ref}/steps/publish/")
    made.refresh_from_db()
    assert made.state == "published"


def test_two_who_change_one_piece_see_both_texts(cast: Cast, client: Client, news: News) -> None:
    client.force_login(cast.inga)
    url = f"/news/{news.ref}/text/"
    given = {"title_lv": "Jaunums", "text_lv": "Ingas teksts", "for_mentors": "on", "revision": "0"}
    assert client.post(url, given).status_code == 302
    seen = client.post(url, {**given, "text_lv": "Daces teksts"})
    shown = seen.content.decode()
    assert "Ingas teksts" in shown
    assert "Daces teksts" in shown
    again = {**given, "text_lv": "Ingas teksts\nDaces teksts", "revision": seen.context["merge"].revision}
    assert client.post(url, again).status_code == 302
    assert News.objects.get().text.lv == "Ingas teksts\nDaces teksts"


def test_a_page_is_begun_and_written_by_clicking(cast: Cast, client: Client) -> None:
    client.force_login(cast.elina)
    url = f"/programmes/{cast.programme.ref}/pages/new/"
    given = {"title": "Pircēji", "text": "Tirdziņā.", "language": "lv", "ref": "abcdefghjkmn"}
    assert client.post(url, given).status_code == 302
    made = Page.objects.get()
    client.force_login(cast.andris)
    client.post(f"/pages/{made.ref}/text/", {"title": "Pircēji", "text": "Un skolā.", "revision": "0"})
    late = {"title": "Pircēji", "text": "Mans teksts.", "revision": "0"}
    answer = client.post(f"/pages/{made.ref}/text/", late).content.decode()
    assert "Mans teksts." in answer
    assert "Un skolā." in answer


@pytest.mark.parametrize("ref", [{}, {"ref": ""}])
def test_a_page_sent_without_a_reference_is_begun(cast: Cast, client: Client, ref: dict[str, str]) -> None:
    client.force_login(cast.elina)
    given = {"title": "Pircēji", "text": "Tirdziņā.", "language": "lv", **ref}
    answer = client.post(f"/programmes/{cast.programme.ref}/pages/new/", given)
    assert answer["Location"] == f"/pages/{Page.objects.get().ref}/"


def test_a_hidden_page_is_seen_by_staff_alone(cast: Cast, client: Client, page: Page) -> None:
    url = f"/pages/{page.ref}/"
    assert status(client, cast.gabija, url) == 200
    assert status(client, cast.elina, f"{url}moderation/", hidden="1") == 403
    assert status(client, cast.inga, f"{url}moderation/", hidden="1") == 302
    assert status(client, cast.gabija, url) == 404
    assert status(client, cast.inga, url) == 200
    assert "Kur meklēt" not in body(client, cast.gabija, f"/programmes/{cast.programme.ref}/search/?q=meklet")


def test_an_earlier_text_is_taken_up_by_clicking(cast: Cast, client: Client, page: Page) -> None:
    said = {"title": page.title, "text": "Cits.", "revision": 0}
    actions.write_page(page=page, **said, by=cast.andris, now=NOW)
    assert "Tirdziņā" in body(client, cast.gabija, f"/pages/{page.ref}/versions/")
    assert status(client, cast.gabija, f"/pages/{page.ref}/versions/1/", go="1") == 302
    page.refresh_from_db()
    assert page.text == "Tirdziņā un **skolā**."
    assert status(client, cast.gabija, f"/pages/{page.ref}/versions/9/", go="1") == 404


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_hidden_text_is_among_the_earlier_ones_for_staff_alone(
    cast: Cast, client: Client, page: Page, language: str
) -> None:
    said = {"title": page.title, "text": "Cits.", "revision": 0}
    actions.write_page(page=page, **said, by=cast.andris, now=NOW)
    url = f"/pages/{page.ref}/versions/"
    assert f"{url}1/moderation/" not in body(client, cast.gabija, url)
    assert status(client, cast.gabija, f"{url}1/moderation/", hidden="1") == 403
    cast.inga.language = language
    cast.inga.save()
    assert f"{url}1/moderation/" in body(client, cast.inga, url)
    assert status(client, cast.inga, f"{url}1/moderation/", hidden="1") == 302
    assert "Tirdziņā" not in body(client, cast.gabija, url)
    assert status(client, cast.gabija, f"{url}1/", go="1") == 404
    assert "Tirdziņā" in body(client, cast.inga, url)
    # What stands on the page is hidden with the page.
    assert f"{url}2/moderation/" not in body(client, cast.inga, url)
    assert status(client, cast.inga, f"{url}2/moderation/", hidden="1") == 302
    assert "Cits." in body(client, cast.gabija, url)
    assert status(client, cast.inga, f"{url}1/moderation/", hidden="0") == 302
    assert "Tirdziņā" in body(client, cast.gabija, url)


def _answered(cast: Cast, text: str, *, in_confidence: bool = False) -> None:
    event = Event.objects.create(
        programme=cast.programme,
        kind="training",
        title=TranslatedText.same("Apmācības"),
        starts_local=NOW.replace(tzinfo=None),
        starts_at=NOW,
        zone="Europe/Riga",
        minutes=60,
        made_at=NOW,
    )
    Question.objects.create(
        event=event,
        membership=cast.mentee,
        text=text,
        language="lv",
        in_confidence=in_confidence,
        at=NOW,
        answer="Jā, mēģiniet.",
        answered_in="lv",
        answered_by=cast.inga,
        answered_at=NOW,
    )


def test_the_search_finds_guides_news_pages_and_answers(
    cast: Cast, client: Client, news: News, page: Page
) -> None:
    _answered(cast, "Vai drīkst tirgot skolā?")
    _answered(cast, "Par māju skolā", in_confidence=True)
    at = f"/programmes/{cast.programme.ref}/search/?q="
    assert f"/news/{news.ref}/" in body(client, cast.elina, f"{at}aizstavesana jelgava")
    found = body(client, cast.elina, f"{at}SKOLA")
    assert f"/pages/{page.ref}/" in found
    assert "Vai drīkst tirgot skolā?" in found
    assert "Par māju" not in found
    assert "/library/mentor/" in body(client, cast.elina, f"{at}mentor")
    assert "/library/mentor/" not in body(client, cast.elina, f"{at}qqxyz")


@pytest.mark.parametrize("language", ["lv", "lt", "en"])
def test_guides_are_found_in_the_own_language(cast: Cast, client: Client, language: str) -> None:
    Person.objects.filter(pk=cast.elina.pk).update(language=language)
    cast.elina.refresh_from_db()
    word = {"lv": "dienasgramata", "lt": "dienorast", "en": "diary"}[language]
    assert "/library/diary/" in body(client, cast.elina, f"/programmes/{cast.programme.ref}/search/?q={word}")


@pytest.mark.parametrize(
    ("language", "word", "guide"),
    [
        ("lv", "dienasgrāmatām", "diary"),
        ("lv", "vizitem", "company-visit"),
        ("lt", "vaidmenų", "role-swap"),
        ("en", "diaries", "diary"),
    ],
)
def test_words_are_found_in_whatever_case_they_are_asked_for(
    cast: Cast, client: Client, language: str, word: str, guide: str
) -> None:
    Person.objects.filter(pk=cast.elina.pk).update(language=language)
    cast.elina.refresh_from_db()
    home = f"/programmes/{cast.programme.ref}"
    assert f"{home}/library/{guide}/" in body(client, cast.elina, f"{home}/search/?q={word}")


@pytest.mark.parametrize(
    ("language", "lesson", "handbook"),
    [
        ("lv", "pasutijums konsultantam", "rokasgramata audzeknim"),
        ("lt", "kas mentorius yra ir kas nera", "kelias nuo pirmojo laisko"),
        ("en", "what a mentor is and is not", "handbook for mentees"),
    ],
)
def test_lessons_and_the_handbook_are_found_without_marks(
    cast: Cast, client: Client, language: str, lesson: str, handbook: str
) -> None:
    Person.objects.filter(pk=cast.elina.pk).update(language=language)
    cast.elina.refresh_from_db()
    home = f"/programmes/{cast.programme.ref}"
    assert f"{home}/lessons/mentor-role/" in body(client, cast.elina, f"{home}/search/?q={lesson}")
    assert f"{home}/handbook/mentee/" in body(client, cast.elina, f"{home}/search/?q={handbook}")
    assert "/lessons/" not in body(client, cast.elina, f"{home}/search/?q=qqxyz")


def test_a_word_of_another_language_finds_the_guide_too(cast: Cast, client: Client) -> None:
    """A pair may speak two languages; what is found in the reader's own stands first, and once."""
    home = f"/programmes/{cast.programme.ref}"
    said = body(client, cast.elina, f"{home}/search/?q=dienorast")
    assert said.count(f'href="{home}/library/diary/"') == 1
    assert 'lang="lt"' in said
    assert f"{home}/handbook/mentor/" in said
    own = body(client, cast.elina, f"{home}/search/?q=mentor")
    assert own.count(f'href="{home}/library/mentor/"') == 1


def test_a_member_of_another_programme_finds_nothing(cast: Cast, client: Client, page: Page) -> None:
    assert status(client, cast.zane, f"/programmes/{cast.programme.ref}/search/?q=skola") == 404


def test_the_words_around_a_hit_are_cut_where_words_end() -> None:
    text = " ".join(["vārds"] * 60 + ["tirdziņš"] + ["vārds"] * 60)
    piece = around(text, ["tirdzins"])
    assert piece.startswith("…vārds ")
    assert piece.endswith(" vārds…")
    assert "tirdziņš" in piece


def test_what_is_found_is_shown_in_words_without_marks(cast: Cast, client: Client) -> None:
    text = (
        "## Kur\n\nNāc uz **lielo** [tirdziņu](https://example.org/tirgus_a) un\n\n- `ņem` _draugu_ *līdzi*."
    )
    publish_news(
        news=draft(cast, title=TranslatedText.same("Tirgus"), text=TranslatedText.same(text)),
        by=cast.inga,
        now=NOW,
    )
    found = body(client, cast.elina, f"/programmes/{cast.programme.ref}/search/?q=tirdzin")
    assert "Kur Nāc uz lielo tirdziņu un ņem draugu līdzi." in found
    assert "example.org" not in found


@pytest.mark.parametrize("many", [1, 30])
def test_lists_ask_as_much_for_many_as_for_one(cast: Cast, client: Client, many: int) -> None:
    for number in range(many):
        made = draft(cast, title=TranslatedText.same(f"Jaunums par skolu {number}"))
        publish_news(news=made, by=cast.inga, now=NOW)
        said = {"title": f"Skola {number}", "text": "Teksts.", "language": "lv"}
        actions.begin_page(programme=cast.programme, **said, by=cast.elina, now=NOW)
    client.force_login(cast.elina)
    counts = []
    for url in ("news/", "pages/", "search/?q=skola"):
        client.get(f"/programmes/{cast.programme.ref}/{url}")
        with CaptureQueriesContext(connection) as caught:
            client.get(f"/programmes/{cast.programme.ref}/{url}")
        counts.append(len(caught))
    assert counts == [6, 5, 7]
