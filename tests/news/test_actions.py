"""News is told once to whom it is for; pages keep every text (product S19, R13)."""

from datetime import timedelta
from typing import Any

import pytest

from tests.cast import Cast
from tests.make import NOW
from tests.news.conftest import HEADLINE, WORDS, draft
from varpa.history.models import Line
from varpa.kernel.merging import Conflict
from varpa.kernel.refs import new_ref
from varpa.kernel.states import AlreadyMoved
from varpa.kernel.text import TranslatedText
from varpa.news.actions import news as actions
from varpa.news.actions import pages
from varpa.news.models import News, Page
from varpa.news.queries.news import people_told, readers_of
from varpa.post.actions import unsubscribe
from varpa.post.models import Letter, LetterState
from varpa.programmes.models import Membership, MembershipState

pytestmark = pytest.mark.django_db


def letters() -> set[str]:
    found = Letter.objects.filter(kind="news.published", state=LetterState.QUEUED)
    return set(found.values_list("to_address", flat=True))


def test_news_needs_a_headline_a_reader_and_at_last_a_text(cast: Cast) -> None:
    with pytest.raises(actions.NamelessNews):
        draft(cast, title=TranslatedText())
    with pytest.raises(actions.ForNobody):
        draft(cast, for_mentors=False, for_mentees=False)
    empty = draft(cast, text=TranslatedText())
    with pytest.raises(actions.EmptyNews):
        actions.publish_news(news=empty, by=cast.inga, now=NOW)


def test_a_form_sent_twice_is_one_piece(cast: Cast) -> None:
    ref = new_ref()
    assert draft(cast, ref=ref).pk == draft(cast, ref=ref).pk
    assert Line.objects.filter(verb="news.write").count() == 1


def test_members_are_written_to_once(cast: Cast, news: News) -> None:
    people = {cast.andris.email, cast.elina.email, cast.rimantas.email, cast.gabija.email}
    assert actions.tell_news(NOW) == 4
    assert letters() == people
    assert actions.tell_news(NOW) == 0
    assert Letter.objects.filter(kind="news.published").count() == 4


def test_a_letter_has_the_words_and_none_of_the_marks(cast: Cast) -> None:
    """News is written with marks for headings, lists and links; a mail shows none of them."""
    said = (
        "## Kad\n\nTiekamies **20. martā**, *laikus*.\n\n"
        "- [Ceļš](https://jelgava.example/cels)\n- Stāvvieta\n\n"
        "1. Runa\n2. Balsis\n\n> Gaidām!\n\n<https://varpa.example>"
    )
    text = TranslatedText.same(said)
    news = draft(cast, text=text)
    actions.publish_news(news=news, by=cast.inga, now=NOW)
    actions.tell_news(NOW)
    told = Letter.objects.filter(kind="news.published")[0].text
    whole = (
        "Kad\n\nTiekamies 20. martā, laikus.\n\n- Ceļš (https://jelgava.example/cels)\n- Stāvvieta\n\n"
        "1. Runa\n\n2. Balsis\n\nGaidām!\n\nhttps://varpa.example"
    )
    assert whole in told


def test_letters_go_on_where_they_stopped(cast: Cast, news: News, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "AT_ONCE", 3)
    assert [actions.tell_news(NOW) for _turn in range(3)] == [3, 1, 0]
    news.refresh_from_db()
    assert news.told_at == NOW


def test_news_for_mentees_goes_to_mentees_alone(cast: Cast) -> None:
    made = draft(cast, for_mentors=False)
    actions.publish_news(news=made, by=cast.inga, now=NOW)
    actions.tell_news(NOW)
    assert letters() == {cast.elina.email, cast.gabija.email}


def test_without_letters_nobody_is_written_to(cast: Cast) -> None:
    made = draft(cast, by_letter=False)
    actions.publish_news(news=made, by=cast.inga, now=NOW)
    assert actions.tell_news(NOW) == 0


def test_whoever_stopped_news_gets_none(cast: Cast, news: News) -> None:
    unsubscribe(person_id=cast.elina.pk, kind="news.published", now=NOW)
    actions.tell_news(NOW)
    assert cast.elina.email not in letters()


def test_whoever_leaves_meanwhile_is_not_written_to(cast: Cast, news: News) -> None:
    """A letter may wait for the morning, or to be gathered with others."""
    actions.tell_news(NOW)
    Membership.objects.filter(person=cast.elina).update(state=MembershipState.WITHDRAWN)
    Membership.objects.filter(person=cast.andris).update(state=MembershipState.COMPLETED)
    assert actions.tell_news(NOW) == 0
    assert cast.elina.email not in letters()
    assert cast.andris.email in letters()


def test_withdrawn_news_takes_its_letters_along(cast: Cast, news: News) -> None:
    actions.tell_news(NOW)
    actions.withdraw_news(news=news, by=cast.inga, now=NOW)
    assert letters() == set()
    with pytest.raises(AlreadyMoved):
        actions.withdraw_news(news=news, by=cast.inga, now=NOW)


@pytest.mark.parametrize(("state", "again"), [(LetterState.QUEUED, 4), (LetterState.SENT, 0)])
def test_published_again_it_is_told_to_whom_no_letter_went(
    cast: Cast, news: News, state: LetterState, again: int
) -> None:
    actions.tell_news(NOW)
    Letter.objects.filter(kind="news.published").update(state=state)
    actions.withdraw_news(news=news, by=cast.inga, now=NOW)
    later = NOW + timedelta(hours=1)
    actions.publish_news(news=news, by=cast.inga, now=later)
    for _turn in range(2):
        actions.tell_news(later)
    assert len(letters()) == again


def changed(cast: Cast, news: News, **more: Any) -> None:
    said = {"title": HEADLINE, "text": WORDS, "for_mentors": True, "for_mentees": True, "by_letter": True}
    said |= {"revision": news.revision, **more}
    actions.change_news(news=News.objects.get(pk=news.pk), **said, by=cast.inga, now=NOW)


def test_two_who_change_one_piece_lose_nothing(cast: Cast, news: News) -> None:
    changed(cast, news, title=TranslatedText(lv="Cits"))
    with pytest.raises(Conflict) as conflict:
        changed(cast, news, title=TranslatedText(lv="Mans"))
    assert (conflict.value.stored["title_lv"], conflict.value.given["title_lv"]) == ("Cits", "Mans")
    assert (conflict.value.revision, conflict.value.given["text_en"]) == (1, WORDS.en)


def test_a_change_sent_twice_is_one(cast: Cast, news: News) -> None:
    for _click in range(2):
        changed(cast, news, title=TranslatedText(lv="Cits"))
    assert Line.objects.filter(verb="news.change").count() == 1


def test_what_members_read_is_not_emptied(cast: Cast, news: News) -> None:
    with pytest.raises(actions.EmptyNews):
        changed(cast, news, text=TranslatedText())
    changed(cast, draft(cast), text=TranslatedText())


def test_letters_to_whom_it_is_for_no_longer_do_not_go(cast: Cast, news: News) -> None:
    actions.tell_news(NOW)
    changed(cast, news, for_mentees=False)
    assert letters() == {cast.andris.email, cast.rimantas.email}
    news.refresh_from_db()
    changed(cast, news, by_letter=False)
    assert letters() == set()


def test_readers_who_are_added_are_written_to(cast: Cast) -> None:
    news = draft(cast, for_mentees=False)
    actions.publish_news(news=news, by=cast.inga, now=NOW)
    assert actions.tell_news(NOW) == 2
    changed(cast, news, for_mentees=True)
    actions.tell_news(NOW)
    assert {cast.elina.email, cast.gabija.email} <= letters()
    assert Letter.objects.filter(kind="news.published").count() == 4


def test_letters_that_are_wanted_later_go_then(cast: Cast) -> None:
    news = draft(cast, by_letter=False)
    actions.publish_news(news=news, by=cast.inga, now=NOW)
    assert actions.tell_news(NOW) == 0
    changed(cast, news, by_letter=True)
    assert actions.tell_news(NOW) == 4
    changed(cast, News.objects.get(), text=TranslatedText.same("Cits teksts"))
    assert actions.tell_news(NOW) == 0


def test_whoever_is_mentor_and_mentee_is_one_person(cast: Cast, news: News) -> None:
    both = Membership.objects.get(programme=cast.programme, person=cast.andris)
    Membership.objects.create(
        programme=cast.programme, person=cast.andris, role="mentee", state=both.state, applied_at=NOW
    )
    assert (readers_of(news).count(), people_told(news)) == (5, 4)


def test_every_text_of_a_page_is_kept(cast: Cast, page: Page) -> None:
    said = {"title": page.title, "text": "Un arī internetā.", "revision": 0}
    pages.write_page(page=page, **said, by=cast.andris, now=NOW)
    first = page.versions.get(number=1)
    page.refresh_from_db()
    first.page = page
    pages.take_up(version=first, by=cast.gabija, now=NOW)
    found = page.versions.order_by("number").values_list("number", "text", "by__name")
    assert list(found) == [
        (1, "Tirdziņā un **skolā**.", cast.elina.name),
        (2, "Un arī internetā.", cast.andris.name),
        (3, "Tirdziņā un **skolā**.", cast.gabija.name),
    ]


def test_two_who_write_one_page_lose_nothing(cast: Cast, page: Page) -> None:
    given = {"title": page.title, "revision": 0, "now": NOW}
    pages.write_page(page=page, text="Andra teksts.", **given, by=cast.andris)
    with pytest.raises(Conflict) as caught:
        pages.write_page(page=page, text="Elīnas teksts.", **given, by=cast.elina)
    assert caught.value.stored["text"] == "Andra teksts."
    assert page.versions.count() == 2


def test_an_earlier_text_does_not_cover_one_that_nobody_has_seen(cast: Cast, page: Page) -> None:
    version, seen = page.versions.get(number=1), Page.objects.get(pk=page.pk)
    pages.write_page(page=page, title="Cita", text="Cits.", revision=0, by=cast.andris, now=NOW)
    version.page = seen
    with pytest.raises(AlreadyMoved):
        pages.take_up(version=version, by=cast.elina, now=NOW)
    assert Page.objects.get().text == "Cits."


def test_a_text_sent_twice_is_one_version(cast: Cast, page: Page) -> None:
    for _click in range(2):
        pages.write_page(page=page, title=page.title, text="Jauns.", revision=0, by=cast.elina, now=NOW)
    assert page.versions.count() == 2


def test_a_closed_page_is_not_changed_and_a_nameless_one_not_begun(cast: Cast, page: Page) -> None:
    pages.close_page(page=page, closed=True, by=cast.inga, now=NOW)
    with pytest.raises(pages.PageIsClosed):
        pages.write_page(page=page, title="Cits", text="", revision=0, by=cast.elina, now=NOW)
    with pytest.raises(pages.NamelessPage):
        pages.begin_page(programme=cast.programme, title=" ", text="", language="lv", by=cast.elina, now=NOW)


def test_staff_takes_one_earlier_text_out_of_sight(cast: Cast, page: Page) -> None:
    """Whoever takes a harmful text back would else leave it among the earlier ones, for everybody."""
    pages.write_page(page=page, title=page.title, text="Slikti.", revision=0, by=cast.andris, now=NOW)
    page.refresh_from_db()
    pages.write_page(page=page, title=page.title, text="Labi.", revision=1, by=cast.elina, now=NOW)
    version = page.versions.select_related("page__programme").get(number=2)
    for _click in range(2):
        pages.hide_version(version=version, hidden=True, by=cast.inga, now=NOW)
    assert Line.objects.filter(verb="page.hide_version").count() == 1
    page.refresh_from_db()
    version.page = page
    with pytest.raises(pages.VersionIsHidden):
        pages.take_up(version=version, by=cast.andris, now=NOW)
    assert Page.objects.get().text == "Labi."
    pages.hide_version(version=version, hidden=False, by=cast.inga, now=NOW)
    pages.take_up(version=version, by=cast.andris, now=NOW)
    assert Page.objects.get().text == "Slikti."


def test_the_text_that_stands_is_not_hidden_alone(cast: Cast, page: Page) -> None:
    with pytest.raises(pages.VersionStands):
        pages.hide_version(version=page.versions.get(), hidden=True, by=cast.inga, now=NOW)
    assert page.versions.get().hidden_at is None


def test_hidden_twice_is_hidden_once(cast: Cast, page: Page) -> None:
    for _click in range(2):
        pages.hide_page(page=page, hidden=True, by=cast.inga, now=NOW)
    assert Line.objects.filter(verb="page.hide").count() == 1
