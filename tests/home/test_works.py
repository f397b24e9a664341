"""What the two make stands among what is next: the company profile, the presentation (methodology §3.3)."""

from datetime import timedelta

import pytest
from django.utils import translation

from tests import make
from tests.cast import Cast, assemble
from tests.defence.conftest import plan_of
from tests.home.test_pages import page, text
from tests.make import NOW
from varpa.home.queries.sentences import SENTENCES
from varpa.home.queries.things import ranked
from varpa.home.queries.together import together, with_diary
from varpa.pairs.models import Pair
from varpa.presentations.actions.presentations import begin_presentation, share_presentation
from varpa.profiles.actions.parts import write_part
from varpa.profiles.actions.profiles import begin_profile, finish_profile

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=3)


@pytest.fixture
def cast() -> Cast:
    return assemble()


def waits(cast: Cast, side: str = "mentee") -> dict[str, str]:
    """What waits for one side, with where it leads."""
    pair = with_diary(Pair.objects.filter(pk=cast.pair.pk)).get()
    return {thing.key: thing.url for _rank, thing in ranked(together(pair, side, LATER))}


def test_after_the_visit_the_mentee_writes_the_profile(cast: Cast) -> None:
    make.held(cast.pair, days=1)
    assert "profile" not in waits(cast)
    make.held(cast.pair, kind="visit", days=2)
    assert waits(cast)["profile"] == f"/pairs/{cast.pair.ref}/profile/"
    assert "profile" not in waits(cast, "mentor")


def test_once_asked_the_mentor_approves_it(cast: Cast) -> None:
    make.held(cast.pair, kind="visit", days=2)
    profile = begin_profile(pair=cast.pair, company="Kokapstrāde", by=cast.elina, now=LATER)
    write_part(
        profile=profile,
        key="activity",
        text="Zāģē dēļus.",
        sources=["seen"],
        kept=False,
        revision=0,
        by=cast.elina,
        now=LATER,
    )
    assert "profile" not in waits(cast, "mentor")
    assert "profile" in waits(cast)
    finish_profile(profile=profile, by=cast.elina, now=LATER)
    assert waits(cast, "mentor")["profile"] == f"/profiles/{profile.ref}/"
    assert "profile" not in waits(cast)
    assert f"/profiles/{profile.ref}/" in text(page(cast.andris, "/", days=3))


def test_a_submitted_plan_waits_for_its_presentation(cast: Cast) -> None:
    make.held(cast.pair, days=1)
    assert "presentation" not in waits(cast)
    plan_of(cast.mentee, "Keramikas darbnīca")
    assert waits(cast)["presentation"] == f"/pairs/{cast.pair.ref}/presentation/"
    made = begin_presentation(membership=cast.mentee, title="Keramika", by=cast.elina, now=LATER)
    assert "presentation" in waits(cast)
    share_presentation(presentation=made, shared=True, by=cast.elina, now=LATER)
    assert "presentation" not in waits(cast)


@pytest.mark.parametrize(
    ("language", "profile", "presentation"),
    [
        ("lv", "Pieraksti uzņēmuma profilā, ko redzēji", "Izveido prezentāciju un parādi to"),
        ("lt", "Užrašyk įmonės apraše, ką matei", "Parenk pristatymą ir parodyk jį"),
    ],
)
def test_a_mentee_is_addressed_familiarly(language: str, profile: str, presentation: str) -> None:
    with translation.override(language):
        assert [str(SENTENCES[key][1]) for key in ("profile", "presentation")] == [profile, presentation]
