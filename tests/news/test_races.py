"""A text that staff hides and a member takes up again at the same second: one of the two comes first."""

import pytest

from tests.cast import assemble
from tests.make import NOW
from tests.together import at_once
from varpa.news.actions import pages
from varpa.news.models import Page, PageVersion

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_hidden_text_is_not_taken_up_at_the_same_second() -> None:
    cast = assemble()
    said = {"title": "Tirgus", "text": "Slikti.", "language": "lv"}
    page = pages.begin_page(programme=cast.programme, **said, by=cast.elina, now=NOW)
    pages.write_page(page=page, title="Tirgus", text="Labi.", revision=0, by=cast.andris, now=NOW)
    mine, theirs = (
        PageVersion.objects.select_related("page__programme").get(page=page, number=1) for _turn in range(2)
    )
    found = at_once(
        lambda: pages.hide_version(version=mine, hidden=True, by=cast.inga, now=NOW),
        lambda: pages.take_up(version=theirs, by=cast.elina, now=NOW),
    )
    refused = [type(each) for each in found if isinstance(each, Exception)]
    assert refused in ([], [pages.VersionIsHidden])
    assert PageVersion.objects.get(pk=mine.pk).hidden_at
    assert Page.objects.get().text == ("Labi." if refused else "Slikti.")
