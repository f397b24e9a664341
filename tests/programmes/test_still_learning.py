"""What a mentor said of the own abilities when applying helps to prepare, and does nothing else (§3.2)."""

import pytest

from tests import make
from tests.cast import Cast
from tests.make import NOW
from tests.programmes.conftest import SignIn
from tests.programmes.test_reading import page_of, text
from varpa.people.models import Person
from varpa.programmes.actions.participation import say_participation
from varpa.programmes.models import Membership, Role
from varpa.programmes.queries import methodology_of

pytestmark = pytest.mark.django_db
HEADS = {"lv": "Ko vēl mācāties", "lt": "Ko dar mokotės", "en": "What you are still learning"}


@pytest.fixture
def fresh(cast: Cast) -> Membership:
    """Zane was accepted as a mentor a moment ago, and is still learning two abilities."""
    membership = make.member(cast.programme, cast.zane, Role.MENTOR, ready=False)
    first, second, third, *_rest = methodology_of(cast.programme).abilities
    said = {"abilities": {first.key: 1, second.key: 3, third.key: 1}}
    say_participation(membership=membership, said=said, by=cast.zane, now=NOW)
    return membership


@pytest.mark.parametrize("language", HEADS)
def test_what_one_is_still_learning_stands_where_one_prepares(
    cast: Cast, sign_in: SignIn, fresh: Membership, language: str
) -> None:
    Person.objects.filter(pk=cast.zane.pk).update(language=language)
    shown = text(sign_in(cast.zane).get(page_of(fresh)))
    first, second, third, *_rest = methodology_of(cast.programme).abilities
    assert HEADS[language] in shown
    assert first.text.within(language) in shown
    assert third.text.within(language) in shown
    assert second.text.within(language) not in shown


def test_who_said_nothing_is_told_nothing(cast: Cast, sign_in: SignIn) -> None:
    for person in (cast.andris, cast.elina):
        membership = Membership.objects.get(person=person, programme=cast.programme)
        assert HEADS["lv"] not in text(sign_in(person).get(page_of(membership)))
