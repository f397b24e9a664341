"""What is taken along is what one may read: no sealed diary, no passage that was left out, no sealed word (R6)."""

from datetime import timedelta

import pytest

from tests import make
from tests.cast import Cast
from tests.diary.conftest import handed, write
from tests.make import NOW
from tests.privacy.test_pages import signed, zipped
from varpa.diary import actions
from varpa.kernel.text import TranslatedText
from varpa.news.actions import news as newsroom
from varpa.pairs.actions.pairs import dissolve_pair
from varpa.people.models import Person
from varpa.privacy.actions.erasing import erase_person

pytestmark = pytest.mark.django_db


def taken_by(person: Person) -> str:
    packed = zipped(signed(person))
    return "".join(packed.read(name).decode() for name in ("data.json", "data.html"))


def test_a_sealed_diary_is_not_taken_along_by_the_mentee(cast: Cast, files: None) -> None:
    write(cast, make.entry(cast.pair), on_mentee="Man viņa nepatīk.")
    dissolve_pair(pair=cast.pair, reason="Pārcēlās.", by=cast.inga, now=NOW)
    assert actions.seal_left_diaries(NOW + timedelta(days=30)) == 1
    assert "Man viņa nepatīk." not in taken_by(cast.elina)


def test_a_passage_that_was_left_out_is_not_taken_along_by_the_mentee(cast: Cast, files: None) -> None:
    entry = make.entry(cast.pair)
    write(cast, entry, notes="Par cenu.", on_self="Biju noguris.")
    actions.leave_out(entry=entry, passage="on_self", out=True, by=cast.andris, now=NOW)
    handed(cast)
    taken = taken_by(cast.elina)
    assert "Par cenu." in taken
    assert "Biju noguris." not in taken


def test_a_managers_note_is_not_taken_along(cast: Cast, files: None) -> None:
    from varpa.applications.actions.talks import add_note

    add_note(membership=cast.mentee, text="Viņa melo.", ref="a" * 12, by=cast.inga, now=NOW)
    assert "Viņa melo." not in taken_by(cast.elina)


def test_news_is_not_found_by_an_erased_name(cast: Cast) -> None:
    same = lambda text: TranslatedText(lv=text, lt=text, en=text)
    news = newsroom.write_news(
        programme=cast.programme,
        title=same("Konkurss"),
        text=same("Uzvar Elīna Bērziņa."),
        for_mentors=True,
        for_mentees=True,
        by_letter=False,
        by=cast.inga,
        now=NOW,
    )
    newsroom.publish_news(news=news, by=cast.inga, now=NOW)
    erase_person(person=cast.elina, by=None, now=NOW)
    news.refresh_from_db()
    print(news.title, news.text, news.search_text)
    assert "berzina" not in news.search_text


def test_news_does_not_name_who_was_erased_in_another_case(cast: Cast) -> None:
    same = lambda text: TranslatedText(lv=text, lt=text, en=text)
    news = newsroom.write_news(
        programme=cast.programme,
        title=same("Konkurss"),
        text=same("Apsveicam Elīnu Bērziņu ar uzvaru."),
        for_mentors=True,
        for_mentees=True,
        by_letter=False,
        by=cast.inga,
        now=NOW,
    )
    newsroom.publish_news(news=news, by=cast.inga, now=NOW)
    erase_person(person=cast.elina, by=None, now=NOW)
    news.refresh_from_db()
    assert "Bērziņu" not in str(news.text)
