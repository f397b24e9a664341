"""Where a new entry stands from its first word on."""

import pytest

from tests import make
from tests.cast import Cast
from tests.diary.conftest import form_of, page_of
from tests.visits import Visitor
from varpa.diary.models import Entry

pytestmark = pytest.mark.django_db


def test_a_new_entry_has_its_reference_from_the_beginning(cast: Cast, andris: Visitor) -> None:
    """What is opened again at the address where it was begun is the same entry, not a second one."""
    address = f"{page_of(cast)}new/?ref=abcdefghjkmn"
    answer = andris.autosave(form_of(andris, address), notes="Iesākts.")
    entry = Entry.objects.get()
    assert (entry.ref, answer.json()["there"]) == ("abcdefghjkmn", f"/entries/{entry.ref}/")
    assert andris.get(address)["Location"] == f"/entries/{entry.ref}/"
    assert f'data-begun="{address}"' in andris.get(f"/entries/{entry.ref}/").content.decode()


def test_the_reference_of_another_diary_opens_nothing_of_it(cast: Cast, andris: Visitor) -> None:
    make.entry(cast.pair)
    other = make.entry(cast.neighbours)
    assert andris.get(f"{page_of(cast)}new/?ref={other.ref}").status_code == 200
