"""A new name of the company is read by others only once the mentor has approved it."""

import pytest
from django.test import Client

from tests.cast import Cast
from tests.make import NOW
from varpa.history.models import Line
from varpa.people.models import Person
from varpa.profiles.actions import profiles
from varpa.profiles.models import Profile, ProfileState
from varpa.profiles.queries import gallery

pytestmark = pytest.mark.django_db
NEW = "SIA Krāsns un Ko"


def rename(profile: Profile, cast: Cast, company: str = NEW) -> Profile:
    profile = Profile.objects.get(pk=profile.pk)
    revision = profile.revision
    profiles.name_company(profile=profile, company=company, revision=revision, by=cast.elina, now=NOW)
    return Profile.objects.get(pk=profile.pk)


def page(who: Person, address: str) -> str:
    client = Client()
    client.force_login(who)
    return client.get(address).content.decode()


def test_others_read_the_approved_name_until_the_new_one_is(cast: Cast, published: Profile) -> None:
    renamed = rename(published, cast)
    assert (renamed.state, renamed.name_waits) == (ProfileState.FINISHED, True)
    assert [each.public_name for each in gallery(cast.programme)] == ["Māls un uguns"]
    for address in (
        f"/programmes/{cast.programme.ref}/profiles/",
        f"/profiles/{renamed.ref}/published/",
    ):
        assert NEW not in page(cast.inga, address)
    for _again in range(2):
        profiles.approve_name(profile=renamed, revision=renamed.revision, by=cast.andris, now=NOW)
    assert Line.objects.filter(verb="profile.approve_name").count() == 1
    assert renamed.state == ProfileState.APPROVED
    assert NEW in page(cast.inga, f"/programmes/{cast.programme.ref}/profiles/")


def test_called_as_before_nothing_waits(cast: Cast, published: Profile) -> None:
    rename(published, cast)
    again = rename(published, cast, "Māls un uguns")
    assert (again.state, again.name_waits) == (ProfileState.APPROVED, False)


def test_before_the_first_approval_the_name_is_free(cast: Cast, profile: Profile) -> None:
    assert not rename(profile, cast).name_waits


def test_only_the_name_that_was_read_is_approved(cast: Cast, published: Profile) -> None:
    read = rename(published, cast)
    rename(published, cast, "Cits")
    with pytest.raises(profiles.NameChanged):
        profiles.approve_name(profile=read, revision=read.revision, by=cast.andris, now=NOW)
    with pytest.raises(profiles.OnlyTheMentor):
        profiles.approve_name(profile=read, revision=read.revision + 1, by=cast.elina, now=NOW)
    assert [each.public_name for each in gallery(cast.programme)] == ["Māls un uguns"]


def test_the_mentor_approves_on_the_page_and_the_mentee_sees_that_it_waits(
    cast: Cast, published: Profile
) -> None:
    renamed = rename(published, cast)
    address, asked = f"/profiles/{renamed.ref}/", f"/profiles/{renamed.ref}/name/approve/"
    assert asked in page(cast.andris, address)
    seen = page(cast.elina, address)
    assert asked not in seen
    assert "Māls un uguns" in seen
    client = Client()
    client.force_login(cast.andris)
    client.post(asked, {"revision": renamed.revision})
    assert not Profile.objects.get(pk=renamed.pk).name_waits
