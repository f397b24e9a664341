"""Who sees the people of a programme and decides on them: whoever manages it, nobody else."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.applications.conftest import PUPILS, hold, text_of
from tests.cast import Cast
from tests.make import NOW
from varpa.applications.models import Roster, RosterState
from varpa.kernel import clock
from varpa.people.models import Person
from varpa.programmes.models import Membership, MembershipState

pytestmark = pytest.mark.django_db

OF_PROGRAMME = ("people", "decide_all", "import")
OF_MEMBER = ("member", "details", "let_go")
WRITES = ("decide", "train", "screen", "guardians:permit", "guardians:unpermit", "let_go", "details")


def ask(who: Person | None, name: str, ref: str, data: dict[str, Any] | None = None) -> int:
    client = Client()
    if who:
        client.force_login(who)
    where = reverse(name if ":" in name else f"applications:{name}", args=[ref])
    with clock.moved_to(NOW):
        answer = client.get(where) if data is None else client.post(where, data)
    return int(answer.status_code)


@pytest.mark.parametrize("name", OF_PROGRAMME)
def test_pages_of_the_programme_are_the_managers(cast: Cast, name: str) -> None:
    ref = cast.programme.ref
    good = 302 if name == "decide_all" else 200
    assert [ask(who, name, ref) for who in (cast.inga, cast.dace)] == [good, good]
    assert [ask(who, name, ref) for who in (cast.andris, cast.elina)] == [403, 403]
    assert [ask(who, name, ref) for who in (cast.zane, cast.tomas, cast.jonas)] == [404, 404, 404]
    assert ask(None, name, ref) == 302


@pytest.mark.parametrize("name", OF_MEMBER)
def test_pages_of_a_member_are_the_managers(cast: Cast, name: str) -> None:
    ref = cast.mentee.ref
    assert [ask(who, name, ref) for who in (cast.inga, cast.dace)] == [200, 200]
    assert ask(cast.elina, name, ref) == 403
    others = (cast.andris, cast.gabija, cast.zane, cast.tomas)
    assert [ask(who, name, ref) for who in others] == [404] * 4
    assert ask(None, name, ref) == 302


@pytest.mark.parametrize("name", WRITES)
def test_nobody_else_changes_a_member(cast: Cast, name: str) -> None:
    data = {"step": "decline", "kind": "visit", "visit": "yes", "guardian": "X", "revision": "0"}
    data |= {"passed": "yes", "day": "2025-10-01"}
    for who in (cast.elina, cast.andris, cast.zane, cast.tomas):
        assert ask(who, name, cast.mentee.ref, data) in (403, 404), who.name
    membership = Membership.objects.get(pk=cast.mentee.pk)
    assert (membership.state, membership.topic) == (MembershipState.ACCEPTED, "Keramikas darbnīca")
    assert not membership.permissions.exists()


def test_a_roster_is_seen_and_taken_in_by_managers_only(cast: Cast) -> None:
    roster = hold(cast, text_of(PUPILS))
    for who in (cast.andris, cast.elina, cast.zane, cast.tomas):
        for name, data in (("roster", None), ("roster", {}), ("drop", {})):
            assert ask(who, name, roster.ref, data) == 404, who.name
    assert Roster.objects.get().state == RosterState.SHOWN
    assert ask(cast.dace, "roster", roster.ref) == 200
    assert ask(cast.dace, "drop", roster.ref, {}) == 302


def test_people_of_another_programme_are_not_decided_on(cast: Cast) -> None:
    """Inga manages one programme: what she sends along of another is not found there."""
    theirs = cast.elsewhere.mentee
    ask(cast.inga, "decide_all", cast.programme.ref, {"step": "trained", "who": [theirs.ref]})
    assert theirs.preparations.filter(by=cast.inga).count() == 0
