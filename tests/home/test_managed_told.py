"""Of a programme in which somebody told that something is wrong, no home says that nothing needs one."""

import pytest
from django.test import Client

from tests import make
from tests.cast import Cast, assemble
from tests.make import NOW
from varpa.support.actions.cases import tell

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return assemble()


@pytest.mark.parametrize("who", ["inga", "tomas"])
def test_something_wrong_in_the_other_programme_is_told_at_home(cast: Cast, who: str) -> None:
    """Tomas manages the other one alone: nothing of this one is told to him."""
    make.manager(cast.elsewhere.programme, cast.inga)
    given = {"membership": cast.elsewhere.mentee, "pair": cast.elsewhere}
    tell(**given, by=cast.elsewhere.mentee.person, door="manager", kind="safety", text="Palīdziet.", now=NOW)
    client = Client()
    client.force_login(getattr(cast, who))
    page = client.get("/").content.decode()
    assert f"/programmes/{cast.elsewhere.programme.ref}/cases/" in page
