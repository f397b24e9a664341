"""The school's contact reads the published profiles of its own pupils, behind the link of the letter."""

import re

import pytest
from django.test import Client

from tests.cast import Cast
from tests.make import NOW
from varpa.guardians.actions import schools
from varpa.guardians.models import SchoolContact
from varpa.kernel.clock import moved_to
from varpa.post.models import Letter
from varpa.profiles.actions.profiles import take_publishing_back
from varpa.profiles.models import Profile
from varpa.programmes.actions.memberships import change_member

pytestmark = pytest.mark.django_db
SCHOOL = "Jelgavas Valsts ģimnāzija"
ADDRESS = "skola@skola.example"


def link(cast: Cast, school: str) -> str:
    """The address of the school's page, as the letter has it."""
    schools.add_contact(
        programme=cast.programme,
        school=school,
        name="Aija",
        address=ADDRESS,
        language="lv",
        by=cast.inga,
        now=NOW,
    )
    letter = Letter.objects.filter(to_address=ADDRESS).earliest("pk")
    found = re.search(r"/school/[\w-]+/", letter.text)
    assert found
    return found[0]


@pytest.fixture
def school(cast: Cast) -> str:
    """The school that Elīna has written."""
    change_member(membership=cast.mentee, changes={"place": SCHOOL}, by=cast.inga, now=NOW)
    return SCHOOL


def seen(address: str) -> tuple[int, str]:
    with moved_to(NOW):
        answer = Client().get(address)
    return answer.status_code, answer.content.decode(errors="replace")


def test_from_the_page_of_the_school_to_what_is_published(
    cast: Cast, published: Profile, school: str
) -> None:
    page = link(cast, school)
    assert f"{page}profiles/" in seen(page)[1]
    listed = seen(f"{page}profiles/")[1]
    paper = f"{page}profiles/{published.ref}.pdf"
    assert "Māls un uguns" in listed
    assert paper in listed
    assert seen(paper)[1].startswith("%PDF")


def test_only_what_both_have_published(cast: Cast, published: Profile, school: str) -> None:
    page = link(cast, school)
    assert "Māls un uguns" in seen(f"{page}profiles/")[1]
    take_publishing_back(profile=published, by=cast.elina, now=NOW)
    assert "Māls un uguns" not in seen(f"{page}profiles/")[1]
    assert seen(f"{page}profiles/{published.ref}.pdf")[0] == 404


def test_of_no_other_school_s_pupil(cast: Cast, published: Profile, school: str) -> None:
    page = link(cast, "Cita skola")
    assert "Māls un uguns" not in seen(f"{page}profiles/")[1]
    assert seen(f"{page}profiles/{published.ref}.pdf")[0] == 404


def test_not_by_a_link_that_is_closed(cast: Cast, published: Profile, school: str) -> None:
    page = link(cast, school)
    assert seen(f"{page}profiles/")[0] == 200
    schools.revoke_school_links(contact=SchoolContact.objects.get(), by=cast.inga, now=NOW)
    assert seen(f"{page}profiles/")[0] == 404
    assert seen("/school/nothing/profiles/")[0] == 404


@pytest.mark.parametrize(("language", "said"), [("lv", "Uzņēmum"), ("lt", "Įmoni"), ("en", "Company")])
def test_in_three_languages(cast: Cast, published: Profile, school: str, language: str, said: str) -> None:
    assert f"<h1>{said}" in seen(f"{link(cast, school)}profiles/?language={language}")[1]
