"""What the tests of the guardian's door share: a mentee who is a minor, a parent with a phone, letters."""

import re
from datetime import date, timedelta
from typing import Any

from django.test import Client

from tests import make
from tests.cast import Cast
from tests.make import NOW
from tests.visits import Visitor
from varpa.guardians.actions.guardians import add_guardian
from varpa.guardians.models import Guardian, GuardianLink
from varpa.post.models import Letter
from varpa.programmes.models import Membership, Role

YOUNG = date(2009, 3, 1)
ADDRESS = "anna@maja.example"
ALL_YES = {"taking_part": "yes", "visit": "yes", "visit_abroad": "yes", "photographs": "yes"}


class Parent(Visitor):
    """A guardian with a phone, and no account."""

    def __init__(self, *, days: int = 0) -> None:
        self.client = Client()
        self.now = NOW + timedelta(days=days)


def pupil(cast: Cast, name: str = "Kārlis Šķēle", **changes: Any) -> Membership:
    person = make.person(name, born=changes.pop("born", YOUNG))
    return make.member(cast.programme, person, Role.MENTEE, country="LV", **changes)


def link_in(letter: Letter) -> str:
    found = re.search(r"/guardian/[\w-]+/", letter.text)
    assert found
    return found[0]


def letters(address: str = ADDRESS) -> list[Letter]:
    return list(Letter.objects.filter(to_address=address).order_by("pk"))


def guardian(member: Membership, by: Any, address: str = ADDRESS, **changes: Any) -> Guardian:
    """A parent, written down and written to."""
    given = {"name": "Anna Šķēle", "language": "lv", "now": NOW, **changes}
    return add_guardian(membership=member, address=address, by=by, **given)


def address_of(who: Guardian) -> str:
    """The path of the page, as the newest letter to a guardian has it."""
    return link_in(
        Letter.objects.filter(to_address=who.address, text__contains="/guardian/").order_by("-pk")[0]
    )


def link_of(who: Guardian) -> GuardianLink:
    return GuardianLink.objects.filter(guardian=who).order_by("-pk")[0]
