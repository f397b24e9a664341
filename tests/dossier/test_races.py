"""Two at the same second: one dossier, one link; data that change while a dossier is read."""

from pathlib import Path
from typing import Any

import pytest

from tests import make
from tests.cast import Cast, assemble
from tests.dossier.conftest import programme_of
from tests.dossier.test_actions import REF, asked, invited, ready
from tests.make import NOW
from tests.together import at_once
from varpa.dossier.actions import working
from varpa.dossier.actions.asking import withdraw_dossier
from varpa.dossier.counting import sums
from varpa.dossier.models import Dossier, DossierState, ObserverLink
from varpa.dossier.reach import Reach
from varpa.history.models import Line
from varpa.kernel.snapshot import one_moment
from varpa.pairs.models import Pair

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast(db: None, tmp_path: Path, settings: Any) -> Cast:
    settings.DATA = tmp_path
    return assemble()


def test_two_clicks_at_once_ask_one(cast: Cast) -> None:
    found = at_once(lambda: asked(cast, ref=REF), lambda: asked(cast, ref=REF))
    assert found[0] == found[1]
    assert Dossier.objects.count() == 1
    assert Line.objects.filter(verb="dossier.ask").count() == 1


def test_two_builders_at_once_make_one(cast: Cast) -> None:
    made = asked(cast)
    at_once(lambda: working.build_waiting(lambda: NOW), lambda: working.build_waiting(lambda: NOW))
    made.refresh_from_db()
    assert made.state == DossierState.READY
    assert Line.objects.filter(verb="dossier.build").count() == 1


def test_a_link_and_a_withdrawal_at_once_leave_no_open_link(cast: Cast) -> None:
    made = ready(cast)
    at_once(
        lambda: invited(made, cast),
        lambda: withdraw_dossier(dossier=Dossier.objects.get(pk=made.pk), by=cast.inga, now=NOW),
    )
    assert not ObserverLink.objects.filter(revoked_at=None).exists()


def test_what_is_read_stands_as_at_one_moment_while_others_write(cast: Cast) -> None:
    """The writer does not wait for the reader, and the reader sees nothing of it."""
    reach = Reach(programme_of(cast), "en")

    def write() -> object:
        return Pair.objects.filter(pk=cast.pair.pk).update(active_at=None)

    with one_moment():
        before = sums(reach)
        assert at_once(write) == [1]
        assert sums(reach) == before
    assert sums(reach) != before
    make.held(cast.neighbours)
