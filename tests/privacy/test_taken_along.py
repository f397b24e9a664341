"""What is taken along is what one may read: no sealed diary, no passage that was left out (R6)."""

from datetime import timedelta
from typing import Any

import pytest

from tests import make
from tests.cast import Cast
from tests.diary.conftest import handed, write
from tests.make import NOW
from tests.privacy.test_pages import signed, zipped
from varpa.diary import actions
from varpa.kernel.text import TranslatedText
from varpa.news.actions import news as newsroom
from varpa.news.models import News
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


def published(cast: Cast, said: str) -> News:
    title = TranslatedText(lv="Konkurss", lt="Konkursas", en="Contest")
    fields: dict[str, Any] = {"title": title, "text": TranslatedText(lv=said, lt=said, en=said)}
    readers = {"for_mentors": True, "for_mentees": True, "by_letter": False}
    news = newsroom.write_news(programme=cast.programme, **fields, **readers, by=cast.inga, now=NOW)
    newsroom.publish_news(news=news, by=cast.inga, now=NOW)
    return news


def test_news_is_not_found_by_an_erased_name(cast: Cast) -> None:
    news = published(cast, "Uzvar Elīna Bērziņa.")
    erase_person(person=cast.elina, by=None, now=NOW)
    news.refresh_from_db()
    assert "berzina" not in news.search_text


@pytest.mark.parametrize("said", ["Apsveicam Elīnu Bērziņu ar uzvaru.", "Sveikiname Bērziņą Elīną."])
def test_news_does_not_name_who_was_erased_in_another_case(cast: Cast, said: str) -> None:
    news = published(cast, said)
    erase_person(person=cast.elina, by=None, now=NOW)
    news.refresh_from_db()
    assert "Bērziņ" not in str(news.text)
