"""At the same second: two workers, a worker and whoever takes it back, two tabs."""

import pytest

from tests.cast import Cast, assemble
from tests.make import NOW
from tests.privacy.test_asking import SOON, THEN, asked, code_of
from tests.together import at_once
from varpa.history.models import Line
from varpa.kernel.refusals import Refusal
from varpa.privacy.actions import asking
from varpa.privacy.models import Erasure

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast() -> Cast:
    return assemble()


def test_two_workers_erase_once(cast: Cast) -> None:
    asked(cast.elina)
    found = at_once(lambda: asking.erase_due(THEN), lambda: asking.erase_due(THEN))
    assert sorted(map(str, found)) == ["0", "1"]
    assert Line.objects.filter(verb="person.erase").count() == 1


def test_taken_back_at_the_last_second_nothing_or_everything_is_erased(cast: Cast) -> None:
    wish = asked(cast.elina)
    erased, kept = at_once(
        lambda: asking.erase_due(THEN), lambda: asking.take_back(wish=wish, by=cast.elina, now=THEN)
    )
    cast.elina.refresh_from_db()
    assert (erased == 1) == isinstance(kept, Refusal) == (cast.elina.email is None)


def test_two_codes_written_at_once_are_one_request(cast: Cast) -> None:
    asking.ask(person=cast.elina, now=NOW)
    code = code_of(cast.elina)
    found = at_once(*[lambda: asking.confirm(person=cast.elina, code=code, now=SOON)] * 2)
    assert sum(isinstance(each, Erasure) for each in found) == 1


def test_asked_for_in_two_tabs_one_code_holds(cast: Cast) -> None:
    at_once(*[lambda: asking.ask(person=cast.elina, now=NOW)] * 2)
    assert Erasure.objects.filter(person=cast.elina, settled_at=None).count() == 1
