"""The pair rests or ends, or the mentee is withdrawn, while words stand in a form: none of them is lost."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from tests.cast import Cast, assemble
from tests.make import NOW
from tests.programmes.conftest import picture
from tests.taking_part import Pupil
from tests.visits import Form, Visitor, forms, words
from varpa.businessplans.actions.plans import submit_plan
from varpa.businessplans.models import BusinessPlan
from varpa.kernel.refs import new_ref
from varpa.pairs.actions.pairs import dissolve_pair, pause_pair
from varpa.presentations.actions.presentations import share_presentation
from varpa.programmes.actions.memberships import withdraw_member

pytestmark = pytest.mark.django_db
SENTENCE = "Kiek kainuoja degimo krosnis ir kas ją"
RESTS, ENDED = "Mentorystė laikinai sustabdyta", "Mentorystė baigėsi"
ONE_LEFT, LEFT = "Vienas iš dviejų programoje nebedalyvauja", "Programoje nebedalyvauji"


@pytest.fixture
def cast() -> Cast:
    return assemble()


@pytest.fixture
def pupil(cast: Cast) -> Pupil:
    return Pupil(cast)


def writer(pupil: Pupil) -> Visitor:
    """Krista at the pages, in Lithuanian; whoever was withdrawn has signed in anew."""
    return Visitor(pupil.by["by"], language="lt")


def paused(pupil: Pupil) -> None:
    pause_pair(pair=pupil.pair, by=pupil.cast.inga, now=NOW + timedelta(minutes=1))


def ended(pupil: Pupil) -> None:
    dissolve_pair(pair=pupil.pair, reason="Pārcelšanās", by=pupil.cast.inga, now=NOW)


def withdrawn(pupil: Pupil) -> None:
    withdraw_member(membership=pupil.mentee, by=pupil.cast.inga, now=NOW)


Sent = tuple[str, dict[str, Any]]
OF_THE_PAIR: dict[str, Callable[[Pupil], Sent]] = {
    "answer to a remark": lambda at: (f"/remarks/{at.remark.ref}/answer/", {"text": SENTENCE}),
    "step of a goal": lambda at: (f"/goals/{at.goal.ref}/steps/", {"step": SENTENCE}),
    "photograph of the profile": lambda at: (
        f"/profiles/{at.profile.ref}/parts/activity/photographs/",
        {"about": SENTENCE, "picture": picture(), "shows": "nobody"},
    ),
    "message": lambda at: (f"/threads/{at.thread.ref}/", {"text": SENTENCE}),
    "goal": lambda at: (f"/pairs/{at.pair.ref}/goals/", {"text": SENTENCE}),
}
OWN: dict[str, Callable[[Pupil], Sent]] = {
    "picture of the plan": lambda at: (
        f"/business-plans/{at.business.ref}/parts/idea/pictures/",
        {"about": SENTENCE, "picture": picture(), "shows": "nobody"},
    ),
    "part of the plan": lambda at: (
        f"/business-plans/{at.business.ref}/parts/idea/",
        {"text": SENTENCE, "revision": "0"},
    ),
    "slide": lambda at: (
        f"/presentations/{at.presentation.ref}/slides/idea/",
        {"text": SENTENCE, "notes": "", "revision": "0"},
    ),
}


@pytest.mark.parametrize("name", OF_THE_PAIR)
@pytest.mark.parametrize(
    ("happens", "told"),
    [(paused, RESTS), (ended, ENDED), (withdrawn, ONE_LEFT)],
    ids=["rests", "ends", "left"],
)
def test_what_goes_to_the_other_stays_on_the_page_with_the_reason(
    pupil: Pupil, name: str, happens: Callable[[Pupil], None], told: str
) -> None:
    address, typed = OF_THE_PAIR[name](pupil)
    happens(pupil)
    page = words(writer(pupil).post(address, {"ref": new_ref(), **typed}))
    assert SENTENCE in page
    assert told in page


@pytest.mark.parametrize("name", OWN)
def test_what_is_ones_own_stays_on_the_page_with_the_reason(pupil: Pupil, name: str) -> None:
    address, typed = OWN[name](pupil)
    withdrawn(pupil)
    page = words(writer(pupil).post(address, {"ref": new_ref(), **typed}))
    assert SENTENCE in page
    assert LEFT in page
    assert "Inga Liepa" in page


def figures(pupil: Pupil) -> tuple[Form, str]:
    """The tables of the plan as they were shown, and the name of a field in which words are written."""
    shown = forms(writer(pupil).get(f"/business-plans/{pupil.business.ref}/figures/write/"))
    (form,) = [each for each in shown if each.action.endswith("/figures/write/")]
    return form, next(each for each in form.written if each.endswith("-name"))


def test_the_figures_too(pupil: Pupil) -> None:
    form, name = figures(pupil)
    withdrawn(pupil)
    page = words(writer(pupil).send(form, **{name: SENTENCE}))
    assert SENTENCE in page
    assert LEFT in page


def test_a_submitted_plan_takes_no_figures_and_loses_none(pupil: Pupil) -> None:
    """On another device it was handed in meanwhile."""
    form, name = figures(pupil)
    pupil.business.parts.create(key="idea", text="Krūzes")
    submit_plan(plan=BusinessPlan.objects.get(pk=pupil.business.pk), **pupil.by)
    assert SENTENCE in words(writer(pupil).send(form, **{name: SENTENCE}))


def test_a_word_beside_times_that_do_not_suit(pupil: Pupil) -> None:
    ended(pupil)
    page = words(writer(pupil).post(f"/times/{pupil.option.proposal.ref}/decline/", {"answer": SENTENCE}))
    assert SENTENCE in page
    assert ENDED in page


def test_a_saving_by_itself_of_a_slide_says_that_it_was_refused(pupil: Pupil) -> None:
    share_presentation(presentation=pupil.presentation, shared=True, **pupil.by)
    address, typed = OWN["slide"](pupil)
    withdrawn(pupil)
    assert writer(pupil).post(address, typed, headers={"X-Autosave": "1"}).json() == {"refused": True}


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("lv", "Ja dalība programmā ir beigusies"),
        ("lt", "Jei dalyvavimas programoje baigėsi"),
        ("en", "If you no longer take part in the programme"),
    ],
)
def test_a_page_of_the_programme_that_is_shown_no_more(cast: Cast, language: str, told: str) -> None:
    withdraw_member(membership=cast.mentee, by=cast.inga, now=NOW)
    elina = Visitor(cast.elina, language=language)
    page = words(elina.post(f"/programmes/{cast.programme.ref}/pages/new/", {"text": SENTENCE, "title": "x"}))
    assert SENTENCE in page
    assert told in page
    assert told not in words(elina.get("/no-such-page/"))
