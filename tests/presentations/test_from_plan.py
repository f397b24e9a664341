"""A presentation made from the plan's own headings (product S13)."""

import pytest

from tests.cast import Cast
from tests.make import NOW
from tests.presentations.conftest import NOTES, WORDS, write
from tests.presentations.test_pages import at, signed_in
from varpa.businessplans.actions.parts import write_part
from varpa.businessplans.actions.plans import begin_plan
from varpa.businessplans.models import BusinessPlan, Part
from varpa.presentations.actions.presentations import (
    NothingToTake,
    OnlyTheMentee,
    SlideIsFull,
    take_from_plan,
)
from varpa.presentations.gist import gist
from varpa.presentations.models import LONGEST_SLIDE, Presentation, Slide

pytestmark = pytest.mark.django_db
TEXT = "## Kas pirks\n\nVecāki ar maziem bērniem. Arī dārziņi.\n\n## Kāpēc\n\nKoks ir *silts*."


@pytest.fixture
def plan(cast: Cast) -> BusinessPlan:
    plan = begin_plan(membership=cast.mentee, title="Keramikas darbnīca", by=cast.elina, now=NOW)
    said = {"text": TEXT, "ready": None, "revision": 0, "by": cast.elina, "now": NOW}
    write_part(plan=plan, key="customer", **said)
    return plan


def take(presentation: Presentation, cast: Cast, part: str = "customer") -> Slide:
    given = {"presentation": presentation, "key": "problem", "part": part}
    return take_from_plan(**given, by=cast.elina, now=NOW)


def test_headings_else_how_paragraphs_begin() -> None:
    assert gist(TEXT) == ["Kas pirks", "Kāpēc"]
    table = "| a | b |\n|---|---|\n| 1 | 2 |"
    text = f"Vecāki **ar** bērniem. Arī dārziņi.\n\n- koks\n- māls\n\n{table}\n\nBez punkta"
    assert gist(text) == ["Vecāki ar bērniem.", "koks", "māls", "Bez punkta"]
    said = "Darbu sāksim 2027. gada 1. septembrī Jelgavā."
    assert gist(f"{said} Vajag 1,5 tūkst. eiro.") == [said]
    assert gist("") == []
    assert len(gist("vārds " * 100)[0]) <= 140
    assert len(gist("\n\n".join(["Teikums."] * 20))) == 6


def test_they_are_added_below_what_stands_there_once(
    cast: Cast, plan: BusinessPlan, presentation: Presentation
) -> None:
    write(presentation, cast, WORDS, key="problem")
    slide = take(presentation, cast)
    assert slide.text == f"{WORDS}\n\n- Kas pirks\n- Kāpēc"
    assert slide.notes == NOTES
    with pytest.raises(NothingToTake):
        take(presentation, cast)
    assert Part.objects.get().text == TEXT


def test_an_empty_part_gives_nothing(cast: Cast, plan: BusinessPlan, presentation: Presentation) -> None:
    for part in ("team", "nothing"):
        with pytest.raises(NothingToTake):
            take(presentation, cast, part)
    assert not Slide.objects.exists()


def test_without_a_plan_nothing_is_offered(cast: Cast, presentation: Presentation) -> None:
    with pytest.raises(NothingToTake):
        take(presentation, cast)
    page = signed_in(cast.elina).get(at("slide", presentation, "problem")).content.decode()
    assert 'name="take"' not in page


def test_a_full_slide_stays_as_it_is(cast: Cast, plan: BusinessPlan, presentation: Presentation) -> None:
    write(presentation, cast, "a" * LONGEST_SLIDE, key="problem")
    with pytest.raises(SlideIsFull):
        take(presentation, cast)


def test_nobody_but_the_mentee_takes(cast: Cast, plan: BusinessPlan, shared: Presentation) -> None:
    with pytest.raises(OnlyTheMentee):
        take_from_plan(presentation=shared, key="problem", part="customer", by=cast.andris, now=NOW)
    page = signed_in(cast.andris).get(at("slide", shared, "idea")).content.decode()
    assert 'name="take"' not in page


def test_what_was_typed_is_saved_with_it(cast: Cast, plan: BusinessPlan, presentation: Presentation) -> None:
    client, path = signed_in(cast.elina), at("slide", presentation, "problem")
    page = client.get(path).content.decode()
    assert 'name="take" value="customer"' in page
    assert 'value="team"' not in page
    given = {"text": "Tikko rakstīts", "notes": "", "figure": "", "revision": "0", "take": "customer"}
    assert client.post(path, given).headers["Location"] == path
    assert Slide.objects.get().text == "Tikko rakstīts\n\n- Kas pirks\n- Kāpēc"
    told = client.post(path, {**given, "text": Slide.objects.get().text, "revision": "2"}, follow=True)
    assert "jau ir" in told.content.decode()
