"""One human, one budget, and no road to fund an own mentee: guests asked anew, and guests with an account."""

from typing import Any

import pytest
from django.db.models import Q
from django.test import Client

from tests.cast import Cast
from tests.defence.conftest import DAY, juror, say
from tests.make import NOW
from varpa.defence.actions import days, jurors, order, stage
from varpa.defence.actions.words import TooClose
from varpa.defence.models import Defence, Juror, Slot
from varpa.kernel.clock import moved_to
from varpa.kernel.refs import is_ref
from varpa.kernel.states import AlreadyMoved
from varpa.people.models import Person
from varpa.post.models import Letter

pytestmark = pytest.mark.django_db


def invite(defence: Defence, cast: Cast, address: str = "laima@banka.example") -> Juror:
    said: dict[str, Any] = {"name": "Laima Berga", "address": address, "language": "lv"}
    return jurors.invite_guest(defence=defence, **said, by=cast.inga, now=DAY)


def rows_of(defence: Defence, who: Person) -> int:
    return defence.jurors.filter(Q(person=who) | Q(address__iexact=who.email)).count()


def test_a_guest_taken_off_and_asked_anew_has_what_was_left(
    cast: Cast, running: Defence, elinas: Slot
) -> None:
    first = invite(running, cast)
    say(elinas, first, 90_000_00)
    stage.close_slot(slot=elinas, by=cast.inga, now=DAY)
    jurors.take_juror_off(juror=first, by=cast.inga, now=DAY)
    again = invite(running, cast, "Laima@banka.example")
    assert again == first
    again.refresh_from_db()
    assert (again.withdrawn_at, again.spent) == (None, 90_000_00)
    assert again.links.filter(revoked_at=None).count() == 1
    assert Letter.objects.filter(kind="defence.link").count() == 2


def test_staff_taken_off_get_no_second_budget(cast: Cast, running: Defence) -> None:
    assert jurors.add_lead_partner(defence=running, by=cast.inga, now=DAY) == 1
    dace = juror(running, cast.dace)
    jurors.take_juror_off(juror=dace, by=cast.inga, now=DAY)
    assert jurors.add_lead_partner(defence=running, by=cast.inga, now=DAY) == 0
    assert running.jurors.filter(person=cast.dace).count() == 1


def test_a_juror_with_an_account_is_no_guest_beside(cast: Cast, running: Defence) -> None:
    with pytest.raises(jurors.IsAJuror):
        invite(running, cast, cast.rimantas.email.upper())


def test_an_account_taken_off_comes_back_by_no_link(cast: Cast, running: Defence) -> None:
    jurors.take_juror_off(juror=juror(running, cast.rimantas), by=cast.inga, now=DAY)
    with pytest.raises(jurors.WasAJuror):
        invite(running, cast, cast.rimantas.email.upper())
    assert rows_of(running, cast.rimantas) == 1


@pytest.mark.parametrize("off", [False, True])
def test_a_guest_with_an_account_is_no_juror_beside(cast: Cast, running: Defence, off: bool) -> None:
    guest = invite(running, cast, cast.dace.email.upper())
    if off:
        jurors.take_juror_off(juror=guest, by=cast.inga, now=DAY)
    assert jurors.add_lead_partner(defence=running, by=cast.inga, now=DAY) == 0
    assert rows_of(running, cast.dace) == 1


@pytest.mark.parametrize("off", [False, True])
def test_a_mentor_invited_as_a_guest_stays_one_when_the_day_is_announced(
    cast: Cast, defence: Defence, off: bool
) -> None:
    juror(defence, cast.rimantas).delete()
    guest = invite(defence, cast, cast.rimantas.email.upper())
    if off:
        jurors.take_juror_off(juror=guest, by=cast.inga, now=NOW)
    order.draw_order(defence=defence, seed=7, by=cast.inga, now=NOW)
    days.announce_defence(defence=defence, by=cast.inga, now=NOW)
    assert rows_of(defence, cast.rimantas) == 1


def test_nobody_is_put_back_beside_the_other_row(cast: Cast, running: Defence) -> None:
    """Of a day on which both rows were still possible."""
    andris = juror(running, cast.andris)
    jurors.take_juror_off(juror=andris, by=cast.inga, now=DAY)
    given: dict[str, Any] = {"name": "A", "language": "lv", "budget": running.budget, "at": DAY}
    guest = Juror.objects.create(defence=running, address=cast.andris.email.upper(), **given)
    with pytest.raises(AlreadyMoved):
        jurors.put_juror_back(juror=andris, by=cast.inga, now=DAY)
    jurors.take_juror_off(juror=guest, by=cast.inga, now=DAY)
    jurors.put_juror_back(juror=andris, by=cast.inga, now=DAY)
    with pytest.raises(AlreadyMoved):
        jurors.put_juror_back(juror=guest, by=cast.inga, now=DAY)


def test_a_mentor_who_comes_by_a_link_funds_no_own_mentee(cast: Cast, running: Defence, elinas: Slot) -> None:
    juror(running, cast.andris).delete()
    guest = invite(running, cast, cast.andris.email)
    with pytest.raises(TooClose):
        say(elinas, guest, 1)
    say(elinas, juror(running, cast.inga), 0)
    stage.close_slot(slot=elinas, by=cast.inga, now=DAY)
    assert elinas.eligible == 200_000_00


def test_a_link_is_sent_whatever_reference_the_page_gives(cast: Cast, running: Defence) -> None:
    """Another guest's, none that there can be, or none at all: never an error, and nobody else's link."""
    first, second = invite(running, cast), invite(running, cast, "otra@banka.example")
    taken = first.links.get().ref
    client = Client()
    client.force_login(cast.inga)
    for ref in (taken, "not a reference", ""):
        with moved_to(DAY):
            assert client.post(f"/jurors/{second.ref}/link/", {"ref": ref}).status_code == 302
    assert first.links.get().ref == taken
    assert second.links.count() == 4
    assert all(is_ref(link.ref) for link in second.links.all())
