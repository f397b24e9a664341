"""Nobody funds the own plan, nor that of an own child, in whatever way one has become a juror (R9)."""

import pytest

from tests import make
from tests.cast import Cast
from tests.defence.conftest import DAY, SETTINGS, juror, say, slot_of
from tests.make import NOW
from varpa.businessplans.models import BusinessPlan
from varpa.defence.actions import days, jurors, order, stage
from varpa.defence.actions.words import TooClose
from varpa.defence.funding import conflicts_of, eligible_jurors, may_fund
from varpa.defence.models import Defence, Juror, Slot
from varpa.guardians.models import Guardian
from varpa.people.models import Person

pytestmark = pytest.mark.django_db
PARENT = "Mamma@Majas.example"


def invited(defence: Defence, cast: Cast, address: str) -> Juror:
    given = {"name": "Viesis", "language": "lv", "by": cast.inga, "now": NOW}
    return jurors.invite_guest(defence=defence, address=address, **given)


def guarded(cast: Cast, **changes: object) -> None:
    known = {"name": "Māte", "language": "lv", "by": cast.elina, "at": NOW, **changes}
    Guardian.objects.create(membership=cast.mentee, address=PARENT, **known)


def require_words_only(slot: Slot, who: Juror, cast: Cast) -> None:
    """Words and no money; the own budget divides nothing."""
    assert not may_fund(who, slot)
    assert who not in eligible_jurors(slot)
    with pytest.raises(TooClose):
        say(slot, who, 1)
    assert say(slot, who).convinced == "Cena."
    could = sum(each.budget for each in eligible_jurors(slot))
    stage.close_slot(slot=slot, by=cast.inga, now=DAY)
    assert (slot.received, slot.eligible) == (0, could)


def test_who_is_mentor_and_mentee_funds_no_own_plan(cast: Cast, plans: list[BusinessPlan]) -> None:
    """Elīna is a mentor of the programme too, so she is among its jurors."""
    make.member(cast.programme, cast.elina, "mentor")
    day = days.make_defence(programme=cast.programme, seed=7, by=cast.inga, now=NOW, **SETTINGS)
    order.draw_order(defence=day, seed=7, by=cast.inga, now=NOW)
    days.announce_defence(defence=day, by=cast.inga, now=NOW)
    days.begin_defence(defence=day, by=cast.inga, now=DAY)
    elina = juror(day, cast.elina)
    assert [slot.name for slot, _back in conflicts_of(elina)] == [cast.gabija.name]
    assert may_fund(elina, slot_of(day, cast.gabija))
    slot = slot_of(day, cast.elina)
    stage.start_slot(slot=slot, by=cast.inga, now=DAY)
    require_words_only(slot, elina, cast)


def test_a_link_to_the_own_address_funds_no_own_plan(cast: Cast, elinas: Slot) -> None:
    assert cast.elina.email
    require_words_only(elinas, invited(elinas.defence, cast, cast.elina.email.upper()), cast)


@pytest.mark.parametrize("withdrawn_at", [None, NOW])
def test_a_guardian_who_comes_by_a_link_funds_no_plan_of_the_child(
    cast: Cast, elinas: Slot, withdrawn_at: object
) -> None:
    guarded(cast, withdrawn_at=withdrawn_at)
    require_words_only(elinas, invited(elinas.defence, cast, PARENT.lower()), cast)


def test_a_guardian_with_an_account_funds_no_plan_of_the_child(cast: Cast, elinas: Slot) -> None:
    """Rimantas, a mentor, is the father of Elīna."""
    guarded(cast)
    Person.objects.filter(pk=cast.rimantas.pk).update(email=PARENT.lower())
    require_words_only(elinas, juror(elinas.defence, cast.rimantas), cast)


def test_before_the_day_nobody_is_asked_to_stand_back_from_what_is_close_anyway(
    cast: Cast, ready: Defence
) -> None:
    guarded(cast)
    assert cast.elina.email
    for address in (PARENT.upper(), cast.elina.email):
        guest = invited(ready, cast, address)
        assert [slot.name for slot, _back in conflicts_of(guest)] == [cast.gabija.name]


def test_guests_without_an_address_are_close_to_nobody(cast: Cast, elinas: Slot) -> None:
    """Neither a guardian known from a paper, nor a mentee whose address was never given."""
    guarded(cast)
    Guardian.objects.update(address="")
    Person.objects.filter(pk=cast.elina.pk).update(email=None)
    given = {"name": "Viesis", "language": "lv", "budget": elinas.defence.budget, "at": NOW}
    guest = Juror.objects.create(defence=elinas.defence, **given)
    assert may_fund(guest, elinas)
    assert guest in eligible_jurors(elinas)
    assert cast.gabija.name in [slot.name for slot, _back in conflicts_of(guest)]
