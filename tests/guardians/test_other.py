"""Another methodology, without visits and business plans: the guardian reads nothing that is not true."""

import re
from dataclasses import replace

import pytest

from tests import make, other
from tests.cast import Cast
from tests.guardians.people import Parent, address_of, guardian, pupil
from tests.make import NOW
from tests.methodology.conftest import OTHER
from tests.visits import ask, words
from varpa.guardians.actions.papers import NothingMarked, record_paper
from varpa.guardians.actions.schools import add_contact
from varpa.guardians.notice import notice_of
from varpa.guardians.papers import permission_paper
from varpa.kernel.text import TranslatedText
from varpa.methodology import load
from varpa.methodology.model import Methodology
from varpa.post.models import Letter
from varpa.programmes.actions.programmes import take_methodology
from varpa.programmes.models import Membership, PermissionKind, Role

pytestmark = pytest.mark.django_db
SEEDS_OWN = ("business", "biznes", "verslo", "company", "uzņēmum", "įmon")


@pytest.fixture
def member(cast: Cast) -> Membership:
    cast.programme.methodology_version = take_methodology(methodology=load(OTHER), now=NOW)
    cast.programme.name = TranslatedText(lv="Koris", lt="Choras", en="Choir")
    cast.programme.save()
    return pupil(cast)


def test_the_notice_says_how_the_two_come_together(member: Membership) -> None:
    def told(methodology: Methodology) -> str:
        parts = notice_of(other.by(methodology, member.programme))
        return " ".join(paragraph for part in parts for paragraph in part.paragraphs)

    here = tuple(each for each in other.workshop().means if each.in_person)
    assert "in person or remotely" in told(other.workshop())
    assert "do not meet in person" in told(other.stars())
    assert "remotely" not in told(replace(other.workshop(), means=here))
    assert "online" not in told(other.workshop())


@pytest.mark.parametrize("language", ["lv", "lt", "en"])
def test_letter_and_notice_say_what_this_programme_is(cast: Cast, member: Membership, language: str) -> None:
    page = words(Parent().get(address_of(guardian(member, cast.inga, language=language))))
    letter = Letter.objects.get(kind="applications.guardian_link")
    main = page[page.index("<main") : page.index("</main>")].lower()
    for text in (main, f"{letter.subject} {letter.text}".lower()):
        assert [text[text.index(word) - 60 :][:120] for word in SEEDS_OWN if word in text] == []


def test_nobody_is_asked_for_a_visit_that_there_is_not(cast: Cast, member: Membership) -> None:
    page = words(Parent().get(address_of(guardian(member, cast.inga))))
    assert f'name="{PermissionKind.TAKING_PART}"' in page
    assert f'name="{PermissionKind.VISIT}"' not in page
    assert permission_paper(member, "lv")[:4] == b"%PDF"


def test_no_paper_permits_a_visit_that_there_is_not(cast: Cast, member: Membership) -> None:
    answers = {PermissionKind.TAKING_PART: True, PermissionKind.VISIT: True}
    with pytest.raises(NothingMarked):
        record_paper(membership=member, answers=answers, guardian="Ilze Roze", by=cast.inga, now=NOW)
    assert not member.permissions.exists()


def test_where_no_company_is_visited_no_visits_are_shown(cast: Cast, member: Membership) -> None:
    make.pair(make.member(cast.programme, make.person("Edgars Ozols"), Role.MENTOR), member, active=False)
    address = address_of(guardian(member, cast.inga))
    assert "Edgars Ozols" in words(Parent().get(address))
    assert "/visits/" not in words(Parent().get(address))
    other.by(load(make.FOLDER), cast.programme)
    assert "/visits/" in words(Parent().get(address))


def test_a_school_is_told_of_no_profiles_that_there_are_not(cast: Cast) -> None:
    pupil(cast, "Rasa Rimkė", place="Jelgavas tehnikums")
    other.by(other.workshop(), cast.programme)
    address = f"/programmes/{cast.programme.ref}/schools/"
    add_contact(
        programme=cast.programme,
        school="Jelgavas tehnikums",
        name="Aija",
        address="aija@skola.example",
        language="en",
        by=cast.inga,
        now=NOW,
    )
    letter = Letter.objects.filter(to_address="aija@skola.example", text__contains="/school/")[0]
    found = re.search(r"/school/[\w-]+/", letter.text)
    assert found

    def told() -> str:
        return words(ask(cast.inga, address, language="en")) + words(Parent().get(found[0]))

    assert "company profiles" not in told()
    other.by(load(make.FOLDER), cast.programme)
    assert told().count("company profiles") == 3
