"""Of a programme in which something waits for its manager no home says that nothing needs one."""

from collections.abc import Callable

import pytest
from django.test import Client

from tests import make
from tests.cast import Cast, assemble
from tests.events.conftest import SOON, draft
from tests.make import NOW
from varpa.kernel import clock
from varpa.pairs.models import Pair
from varpa.people.models import Person
from varpa.post.models import Inbound, InboundState
from varpa.programmes.models import Role
from varpa.support.actions.cases import tell
from varpa.support.actions.mentors import ask

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


def asks(pair: Pair) -> str:
    ask(mentor=pair.mentor, text="Kā lai sāk?", shares=False, by=pair.mentor.person, now=NOW)
    return "questions/"


def drafts(pair: Pair) -> str:
    draft(pair.programme, Person.objects.get(name="Tomas Kazlauskas"))
    return "events/"


def mails(pair: Pair) -> str:
    state, ref = InboundState.NO_PLACE, pair.programme.ref
    Inbound.objects.create(
        sender="x@y.example", state=state, programme_ref=ref, came_at=NOW, next_try_at=NOW, size=0
    )
    return "mail"


@pytest.mark.parametrize("waits", [asks, drafts, mails])
def test_whatever_waits_in_the_other_programme_is_told_at_home(
    cast: Cast, waits: Callable[[Pair], str]
) -> None:
    make.manager(cast.elsewhere.programme, cast.inga)
    other = cast.elsewhere.programme.ref

    def lines() -> str:
        client = Client()
        client.force_login(cast.inga)
        with clock.moved_to(SOON):
            return client.get("/").content.decode()

    before = lines()
    where = f"/programmes/{other}/{waits(cast.elsewhere)}"
    assert where not in before
    assert where in lines()


@pytest.mark.parametrize("address", ["/", "/programmes/{ref}/"])
def test_a_mail_of_ones_own_mentee_is_not_counted(cast: Cast, address: str) -> None:
    """Whoever is in a pair with its writer cannot open it; another manager of the programme can."""
    mentors = make.member(cast.elsewhere.programme, cast.inga, Role.MENTOR)
    for each in (cast.inga, cast.dace):
        make.manager(cast.elsewhere.programme, each)
    mentee = cast.elsewhere.mentee
    pair = {"programme": cast.elsewhere.programme, "mentor": mentors, "mentee": mentee, "seat": 2}
    Pair.objects.create(**pair, state="active", proposed_at=NOW, active_at=NOW)
    mails(cast.elsewhere)
    Inbound.objects.update(person=mentee.person_id)
    where = f"/programmes/{cast.elsewhere.programme.ref}/mail/"
    for who, counted in ((cast.inga, False), (cast.dace, True)):
        with clock.moved_to(SOON):
            client = Client()
            client.force_login(who)
            page = client.get(address.format(ref=cast.elsewhere.programme.ref)).content.decode()
        assert (f'{where}"' in page) == counted, who
