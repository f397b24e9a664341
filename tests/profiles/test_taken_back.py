"""An approval is of a part as it stood: a change ends it for good, the mentor can take any back."""

from typing import Any

import pytest

from tests.cast import Cast
from tests.make import NOW
from tests.profiles.conftest import WORDS, approve, write
from tests.profiles.test_pages import at, signed_in
from varpa.profiles.actions.parts import take_approval_back
from varpa.profiles.actions.profiles import approve_name, name_company, take_name_back
from varpa.profiles.models import Approval, Profile
from varpa.profiles.queries import published as shown_to_others
from varpa.profiles.queries import unapproved

pytestmark = pytest.mark.django_db


def rewrite(profile: Profile, cast: Cast, text: str = WORDS, **more: Any) -> None:
    write(profile, cast, text, revision=profile.parts.get(key="activity").revision, **more)


def is_public(profile: Profile) -> bool:
    return shown_to_others(Profile.objects.filter(pk=profile.pk)).exists()


@pytest.mark.parametrize("change", [{"sources": ["published"]}, {"kept": True}, {"text": "Citi vārdi."}])
def test_what_was_changed_is_approved_anew(cast: Cast, published: Profile, change: dict[str, Any]) -> None:
    """Where it is from and who may read it were approved too, not the words alone."""
    rewrite(published, cast, **change)
    published.refresh_from_db()
    assert [part.key for part in unapproved(published)] == ["activity"]
    assert (published.state, is_public(published)) == ("finished", False)
    # As it was before: the approval does not come back by itself.
    rewrite(published, cast)
    assert not is_public(published)
    approve(published, cast)
    assert is_public(published)


def test_what_was_emptied_is_not_approved_again_by_the_old_words(cast: Cast, published: Profile) -> None:
    rewrite(published, cast, "")
    rewrite(published, cast)
    assert not is_public(published)


@pytest.mark.parametrize("text", ["", "Citi vārdi."])
def test_the_mentor_takes_back_what_was_changed_meanwhile(cast: Cast, published: Profile, text: str) -> None:
    rewrite(published, cast, text)
    assert (
        'name="approved" value="0"'
        in signed_in(cast.andris).get(at("part", published, "activity")).content.decode()
    )
    take_approval_back(profile=published, key="activity", by=cast.andris, now=NOW)
    assert not Approval.objects.filter(part__key="activity", withdrawn_at=None).exists()


def test_the_name_is_taken_back_until_it_is_right_again(cast: Cast, published: Profile) -> None:
    page = signed_in(cast.andris).get(at("profile", published)).content.decode()
    assert "name/approve/" in page
    for _click in range(2):
        take_name_back(profile=published, by=cast.andris, now=NOW)
    published.refresh_from_db()
    assert (published.state, published.name_waits, is_public(published)) == ("finished", True, False)
    # Approving a part says nothing of the name any more.
    write(published, cast, "Jauns.", key="products")
    approve(published, cast, "products")
    assert not is_public(published)
    name_company(profile=published, company="Māls", revision=0, by=cast.elina, now=NOW)
    approve_name(profile=published, revision=1, by=cast.andris, now=NOW)
    published.refresh_from_db()
    assert (published.state, published.public_name, is_public(published)) == ("approved", "Māls", True)


def test_the_button_of_the_page_takes_the_name_back(cast: Cast, published: Profile) -> None:
    client = signed_in(cast.andris)
    assert client.post(at("approve_name", published), {"approved": "0"}).status_code == 302
    assert not is_public(published)
    published.refresh_from_db()
    client.post(at("approve_name", published), {"approved": "1", "revision": str(published.revision)})
    assert is_public(published)


def test_only_the_mentor_takes_the_name_back(cast: Cast, published: Profile) -> None:
    tapped = signed_in(cast.elina).post(at("approve_name", published), {"approved": "0"})
    assert tapped.status_code in (403, 404)
    assert is_public(published)
