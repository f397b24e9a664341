"""Whose application it is: an address is one person's, and a home may have one address only."""

import re
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from varpa.calls.models import Application
from varpa.calls.steps import day_of
from varpa.kernel.refusals import Refusal
from varpa.kernel.text import folded
from varpa.people.actions import add_person, correct_person
from varpa.people.models import Person
from varpa.people.queries import by_address
from varpa.programmes.models import Membership, Role
from varpa.programmes.queries import GONE


class SomebodyElse(Refusal):
    """Said only to whoever reads the letters of this address; `step` is where it is put right."""

    sentence = _(
        "This address belongs to somebody who is known here by another name or date of birth. Each person "
        "needs an address of their own: write another one in the first step. If it is the same person, or "
        "there is no other address, write to those who run the programme. The application is kept."
    )


class OnPaper(Refusal):
    sentence = _(
        "This address belongs to somebody who is known here by another name or date of birth. If it is the "
        "same person, correct that on the person’s page first. If it is somebody else of the family, write "
        "another address here or leave it empty."
    )


class OtherRole(Refusal):
    sentence = _(
        "From this address somebody takes part in this programme in the other role already: nobody is mentor "
        "and mentee of one programme. To change the role, write to those who run the programme. The "
        "application is kept."
    )


def person_of(held: Application, *, by: Person | None, now: datetime, channel: str) -> Person:
    """Whoever has the address, else a new person; of somebody known only what was missing is added.

    Raises SomebodyElse, or OnPaper where staff enters it (`by`), and OtherRole.
    """
    born, phone = day_of(held.answers.get("born")), held.answers.get("phone") or ""
    person = by_address(held.address)
    if person is None:
        given = {"email": held.address, "language": held.language, "zone": held.programme.zone}
        return add_person(name=held.name, born=born, phone=phone, by=by, now=now, channel=channel, **given)
    if not _is_same(person, held, born):
        raise OnPaper() if by else SomebodyElse(step="who")
    here = Membership.objects.filter(programme=held.programme, person=person).exclude(state__in=GONE)
    if here.filter(role__in=(Role.MENTOR, Role.MENTEE)).exclude(role=held.role).exists():
        raise OtherRole(step="who")
    changes: dict[str, str | date | None] = {}
    if born and person.born is None:
        changes["born"] = born
    if phone and not person.phone:
        changes["phone"] = phone
    if changes:
        correct_person(person=person, changes=changes, by=by or person, now=now, channel=channel)
    return person


def _is_same(person: Person, held: Application, born: date | None) -> bool:
    """Whether the application can be of whoever has its address; the day of birth decides where known.

    Nobody comes of age, or gets a guardian, by the day of somebody else of the family (R1).
    """
    known, said = _words(person.name), _words(held.name)
    if born and person.born:
        # People marry; twins share the day, never the given name.
        return born == person.born and (known[0] == said[0] or set(known) == set(said))
    if born and Membership.objects.filter(person=person).exclude(role=Role.MENTEE).exists():
        # A grown-up without a known day, and a child who is called the same.
        return False
    return set(known) == set(said) or (known[0] == said[0] and _shortened(known[1:], said[1:]))


def _shortened(known: list[str], said: list[str]) -> bool:
    """Whether a surname was written by its first letter only, as in "Marta K."."""
    both = list(zip(known, said, strict=False))
    short = any(min(len(one), len(other)) == 1 for one, other in both)
    return short and all(one.startswith(other) or other.startswith(one) for one, other in both)


def _words(name: str) -> list[str]:
    return re.findall(r"\w+", folded(name))
