"""Two at one moment: a page and a handover, and the same page twice."""

import pytest

from tests import make
from tests.cast import Cast
from tests.files.samples import picture, upload
from tests.make import NOW
from tests.together import at_once
from varpa.diary.actions import DiaryIsFrozen, hand_over, note_read_through
from varpa.diary.models import Diary, Entry, Photograph
from varpa.diary.photographs import photograph_pages, take_page_away
from varpa.diary.queries import entries_read, photographs_read
from varpa.kernel.refs import new_ref

pytestmark = pytest.mark.django_db(transaction=True)


def again(entry: Entry) -> Entry:
    return entries_read(Entry.objects.all()).get(pk=entry.pk)


def test_a_page_that_is_sent_twice_at_once_is_kept_once(cast: Cast) -> None:
    entry, ref = make.entry(cast.pair), new_ref()

    def send() -> object:
        return photograph_pages(
            entry=again(entry), uploads=[upload(picture())], ref=ref, by=cast.andris, now=NOW
        )

    found = at_once(send, send)
    assert [each for each in found if isinstance(each, Exception)] == []
    assert Photograph.objects.count() == 1


def test_a_page_comes_before_the_handover_or_not_at_all(cast: Cast) -> None:
    entry = make.entry(cast.pair)
    diary = Diary.objects.select_related("pair__programme", "pair__mentor").get()
    note_read_through(diary=diary, by=cast.andris, now=NOW)
    page, _handed = at_once(
        lambda: photograph_pages(entry=again(entry), uploads=[upload(picture())], by=cast.andris, now=NOW),
        lambda: hand_over(diary=diary, by=cast.andris, now=NOW),
    )
    kept = Photograph.objects.count()
    # What came before has not been read yet, and so nothing is handed over with it.
    state = Diary.objects.get().state
    assert (kept, state) in ((1, "open"), (0, "handed_over"))
    assert isinstance(page, DiaryIsFrozen) == (kept == 0)


def test_a_page_is_taken_away_once(cast: Cast) -> None:
    entry = make.entry(cast.pair)
    (made,) = photograph_pages(entry=again(entry), uploads=[upload(picture())], by=cast.andris, now=NOW)

    def take() -> object:
        fresh = photographs_read(Photograph.objects.all()).get(pk=made.pk)
        return take_page_away(photograph=fresh, by=cast.andris, now=NOW)

    assert at_once(take, take) == [None, None]
