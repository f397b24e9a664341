"""What one signs in with is one's own: told, never given away, erased."""

import pytest
from allauth.mfa.models import Authenticator

from tests.cast import Cast
from tests.factors.conftest import with_app
from tests.factors.soft import SoftKey
from tests.make import NOW
from tests.privacy.conftest import files
from tests.privacy.test_taken_along import taken_by
from varpa.privacy.actions.erasing import erase_person

__all__ = ["files"]
pytestmark = pytest.mark.django_db


def test_what_is_taken_along_says_which_ways_in_there_are_and_opens_none(cast: Cast, files: None) -> None:
    with_app(cast.andris)
    SoftKey().give(cast.andris)
    taken = taken_by(cast.andris)
    assert "webauthn" in taken
    assert "totp" in taken
    for each in Authenticator.objects.filter(user=cast.andris):
        for kept in each.data.values():
            assert str(kept) not in taken or kept in (0, "Mans telefons")


def test_whoever_is_erased_leaves_none(cast: Cast, files: None) -> None:
    with_app(cast.andris)
    with_app(cast.elina)
    erase_person(person=cast.andris, by=None, now=NOW)
    assert set(Authenticator.objects.values_list("user", flat=True)) == {cast.elina.pk}
