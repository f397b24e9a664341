"""An address that a person had before is theirs too (decision 0038): it is erased with them."""

import pytest

from tests import make
from tests.cast import Cast
from tests.make import NOW
from tests.privacy.conftest import standing
from varpa.people.actions import change_address
from varpa.post.models import Inbound, Letter
from varpa.privacy.actions.erasing import erase_person

pytestmark = pytest.mark.django_db

FORMER, PRESENT = "elina@varpa.example", "elina@later.example"


def moved(cast: Cast) -> None:
    """Elina has another address since; a letter of Andris and an unplaced mail know the former one."""
    Letter.objects.filter(person=cast.andris.pk).update(text=f"Write to {FORMER}.", html=FORMER)
    came = {"came_at": NOW, "next_try_at": NOW, "size": 1}
    Inbound.objects.create(message_id="<1@x>", sender=FORMER, text="Where?", raw=b"", **came)
    change_address(person=cast.elina, address=PRESENT, was=FORMER, now=NOW, by=cast.elina)


def test_of_a_former_address_nothing_is_left(full: Cast) -> None:
    moved(full)
    assert {"post.Letter.to_address", "post.Letter.text", "post.Inbound.sender"} <= standing(FORMER)
    erase_person(person=full.elina, by=None, now=NOW)
    assert standing(FORMER, PRESENT) == set()


def test_what_was_written_to_it_before_there_was_a_person_goes_too(full: Cast) -> None:
    """Whoever applies has no account yet: such letters know the address alone."""
    letter = Letter.objects.filter(person=full.elina.pk).first()
    assert letter
    Letter.objects.filter(pk=letter.pk).update(person=None)
    moved(full)
    erase_person(person=full.elina, by=None, now=NOW)
    assert standing(FORMER) == set()


def test_an_address_that_is_somebody_elses_by_now_stays_theirs(full: Cast) -> None:
    moved(full)
    other = make.person("Liene Kalna", FORMER)
    erase_person(person=full.elina, by=None, now=NOW)
    other.refresh_from_db()
    assert other.email == FORMER
    assert Inbound.objects.filter(sender=FORMER).exists()


def test_an_address_under_which_another_was_written_to_stays(full: Cast) -> None:
    """Two had it, one after the other: what came from it is not only of one of them."""
    moved(full)
    Letter.objects.filter(person=full.gabija.pk).update(to_address=FORMER)
    erase_person(person=full.elina, by=None, now=NOW)
    assert Letter.objects.filter(person=full.gabija.pk, to_address=FORMER).exists()
