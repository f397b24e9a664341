"""Another methodology: who is proposed comes from no company, and several mentors read no business plan."""

import pytest

from tests import make, other
from tests.cast import Cast
from tests.make import NOW
from tests.visits import ask, words
from varpa.pairs.actions.pairs import propose_pair
from varpa.programmes.models import Programme, Role
from varpa.programmes.roles import place_label

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["lv", "lt", "en"])
def test_nobody_is_proposed_with_a_company(cast: Cast, language: str) -> None:
    programme = other.by(other.workshop(), cast.programme)
    mentor = make.member(programme, make.person("Edgars Ozols"), Role.MENTOR, place="Podnieku iela")
    mentee = make.member(programme, make.person("Rasa Rimkė"), Role.MENTEE, place="Kuldīga")
    pair = propose_pair(mentor=mentor, mentee=mentee, by=cast.inga, now=NOW)
    pages = [ask(each.person, f"/pairs/{pair.ref}/answer/", language=language) for each in (mentor, mentee)]
    pages.append(ask(cast.inga, f"/programmes/{programme.ref}/settings/mentors/", language=language))
    for page in pages:
        assert page.status_code == 200
        text = words(page)
        assert other.named(text[text.index("<main") : text.index("</main>")]) == []


def test_the_seeds_pairs_are_of_school_and_company(cast: Cast) -> None:
    assert place_names(cast.programme) == ["School", "Company"]
    assert place_names(other.by(other.workshop(), cast.programme)) == ["School or workplace", "Workplace"]


def place_names(programme: Programme) -> list[str]:
    return [place_label(programme, role) for role in (Role.MENTEE, Role.MENTOR)]
