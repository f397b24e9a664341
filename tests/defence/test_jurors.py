"""Who the jurors are: guests by a link, the lead partner's people, taken off and put back."""

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.cast import Cast
from tests.defence.conftest import juror
from tests.make import NOW
from varpa.defence.actions import jurors
from varpa.defence.models import Defence
from varpa.kernel.refs import new_ref
from varpa.kernel.states import AlreadyMoved
from varpa.post.models import Letter

pytestmark = pytest.mark.django_db


def test_a_guest_is_invited_once_and_the_lead_partner_added_once(cast: Cast, ready: Defence) -> None:
    said: dict[str, Any] = {"name": "Laima Berga", "language": "lv", "by": cast.inga, "now": NOW}
    first = jurors.invite_guest(defence=ready, address="laima@banka.example", **said)
    assert jurors.invite_guest(defence=ready, address="Laima@banka.example", **said) == first
    assert Letter.objects.filter(kind="defence.link").count() == 1
    assert jurors.add_lead_partner(defence=ready, by=cast.inga, now=NOW) == 1
    assert jurors.add_lead_partner(defence=ready, by=cast.inga, now=NOW) == 0
    ref = new_ref()
    for _click in range(2):
        jurors.send_juror_link(juror=first, by=cast.inga, now=NOW, ref=ref)
    assert first.links.count() == 2
    with pytest.raises(jurors.NoAccountNoLink):
        jurors.send_juror_link(juror=juror(ready, cast.inga), by=cast.inga, now=NOW)
    with pytest.raises(jurors.NoGuestName):
        jurors.invite_guest(defence=ready, address="x@y.example", **{**said, "name": " "})
    jurors.take_juror_off(juror=first, by=cast.inga, now=NOW)
    with pytest.raises(jurors.WasTakenOff):
        jurors.send_juror_link(juror=first, by=cast.inga, now=NOW)
    assert first.links.filter(revoked_at=None).count() == 0


def test_a_link_opens_until_the_end_of_the_day(cast: Cast, ready: Defence) -> None:
    said: dict[str, Any] = {
        "name": "Laima Berga",
        "address": "l@b.example",
        "language": "lv",
        "by": cast.inga,
    }
    guest = jurors.invite_guest(defence=ready, **said, now=NOW)
    assert guest.links.get().expires_at == datetime(2026, 3, 20, 22, 0, tzinfo=UTC)


def test_a_juror_taken_off_comes_back(cast: Cast, ready: Defence) -> None:
    rimantas = juror(ready, cast.rimantas)
    jurors.take_juror_off(juror=rimantas, by=cast.inga, now=NOW)
    jurors.put_juror_back(juror=rimantas, by=cast.inga, now=NOW)
    assert juror(ready, cast.rimantas).withdrawn_at is None
    with pytest.raises(AlreadyMoved):
        jurors.put_juror_back(juror=rimantas, by=cast.inga, now=NOW)
