"""The mentee makes the presentation and decides; the mentor recommends slide by slide (S13)."""

from io import BytesIO
from typing import Any

import pytest
from django.core.files.base import ContentFile

from tests.cast import Cast
from tests.make import NOW
from tests.presentations.conftest import WORDS, write
from varpa.documents.blocks import blocks
from varpa.documents.render import pdf
from varpa.files.models import File
from varpa.files.refusals import WrongKind
from varpa.history.models import Line
from varpa.kernel.merging import Conflict
from varpa.kernel.refs import new_ref
from varpa.kernel.states import AlreadyMoved
from varpa.pairs.actions.pairs import NotActive, PairRests, pause_pair
from varpa.post.models import Letter
from varpa.presentations.actions import presentations, recommendations
from varpa.presentations.models import Presentation, Recommendation, Slide
from varpa.programmes.letterheads import letterhead
from varpa.programmes.models import ProgrammeState

pytestmark = pytest.mark.django_db


def lines(verb: str) -> int:
    return Line.objects.filter(verb=f"presentation.{verb}").count()


def paper(cast: Cast) -> "ContentFile[bytes]":
    """A PDF made elsewhere."""
    data = {
        "letterhead": letterhead(cast.programme),
        "maker": "Elīna Bērziņa",
        "spoken": "lv",
        "slides": [{"name": "Ideja", "blocks": blocks(WORDS), "figure": None}],
    }
    return ContentFile(pdf("slides", data, language="lv", title="Darbnīca"), name="darbnica.pdf")


def recommend(presentation: Presentation, cast: Cast, **more: Any) -> Recommendation:
    said = {"slide": "idea", "text": "Sāc ar krūzi rokā.", "by": cast.andris, "now": NOW}
    return recommendations.recommend(presentation=presentation, **{**said, **more})


def test_begun_twice_it_is_one(cast: Cast, presentation: Presentation) -> None:
    again = presentations.begin_presentation(membership=cast.mentee, title="Cita", by=cast.elina, now=NOW)
    assert (again, again.title, lines("begin")) == (presentation, "Keramikas darbnīca", 1)
    with pytest.raises(presentations.NamelessPresentation):
        presentations.begin_presentation(membership=cast.mentee, title=" ", by=cast.elina, now=NOW)


@pytest.mark.parametrize("name", ["andris", "inga", "dace", "zane"])
def test_nobody_but_the_mentee_makes_it(cast: Cast, shared: Presentation, name: str) -> None:
    by: dict[str, Any] = {"by": getattr(cast, name), "now": NOW}
    made = recommend(shared, cast)
    for act in (
        lambda: presentations.begin_presentation(membership=cast.mentee, title="Mana", **by),
        lambda: write(shared, cast, "Mans", revision=1, **by),
        lambda: presentations.name_presentation(presentation=shared, title="Cita", revision=0, **by),
        lambda: presentations.share_presentation(presentation=shared, shared=False, **by),
        lambda: presentations.bring_file(presentation=shared, upload=paper(cast), **by),
        lambda: presentations.take_file_away(presentation=shared, **by),
        lambda: recommendations.mark_recommendation(recommendation=made, done=True, **by),
    ):
        before = Line.objects.count()
        with pytest.raises(presentations.OnlyTheMentee):
            act()
        assert Line.objects.count() == before
    assert Slide.objects.get().text == WORDS


def test_two_devices_lose_no_word(cast: Cast, presentation: Presentation, slide: Slide) -> None:
    write(presentation, cast, WORDS)
    assert lines("write") == 1
    with pytest.raises(Conflict):
        write(presentation, cast, "No telefona")
    with pytest.raises(presentations.NoSuchSlide):
        write(presentation, cast, WORDS, key="gossip")


def test_shared_and_not_shared(cast: Cast, shared: Presentation) -> None:
    with pytest.raises(AlreadyMoved):
        presentations.share_presentation(presentation=shared, shared=True, by=cast.elina, now=NOW)
    assert Letter.objects.filter(kind="presentations.shared").count() == 1
    presentations.share_presentation(presentation=shared, shared=False, by=cast.elina, now=NOW)
    assert (lines("share"), lines("unshare")) == (1, 1)


def test_while_the_pair_rests_nothing_is_shared_or_recommended(cast: Cast, shared: Presentation) -> None:
    presentations.share_presentation(presentation=shared, shared=False, by=cast.elina, now=NOW)
    pause_pair(pair=cast.pair, by=cast.inga, now=NOW)
    with pytest.raises(PairRests):
        presentations.share_presentation(presentation=shared, shared=True, by=cast.elina, now=NOW)
    with pytest.raises(PairRests):
        recommend(shared, cast)
    write(shared, cast, "Raksta tālāk", revision=1)


def test_after_the_programme_it_stays(cast: Cast, shared: Presentation) -> None:
    cast.programme.__class__.objects.filter(pk=cast.programme.pk).update(state=ProgrammeState.CLOSED)
    with pytest.raises(presentations.PresentationIsOver):
        write(shared, cast, "Vēl", revision=1)


def test_a_file_made_elsewhere(cast: Cast, presentation: Presentation) -> None:
    for _again in range(2):
        presentations.bring_file(presentation=presentation, upload=paper(cast), by=cast.elina, now=NOW)
    assert File.objects.filter(about_kind="presentation", withdrawn_at=None).count() == 1
    for _again in range(2):
        presentations.take_file_away(presentation=presentation, by=cast.elina, now=NOW)
    assert (Presentation.objects.get().file, lines("take_file_away")) == (None, 1)
    wrong = ContentFile(BytesIO(b"PK\x03\x04").read(), name="slides.pptx")
    with pytest.raises(WrongKind):
        presentations.bring_file(presentation=presentation, upload=wrong, by=cast.elina, now=NOW)


def test_recommended_once_and_marked(cast: Cast, shared: Presentation) -> None:
    ref = new_ref()
    made = recommend(shared, cast, ref=ref)
    assert recommend(shared, cast, ref=ref) == made
    assert (lines("recommend"), Letter.objects.filter(kind="presentations.recommended").count()) == (1, 1)
    for _again in range(2):
        recommendations.mark_recommendation(recommendation=made, done=True, by=cast.elina, now=NOW)
    recommendations.mark_recommendation(recommendation=made, done=False, by=cast.elina, now=NOW)
    assert (lines("done"), lines("not_done")) == (1, 1)


def test_what_is_refused_to_the_mentor(cast: Cast, shared: Presentation) -> None:
    with pytest.raises(recommendations.EmptyRecommendation):
        recommend(shared, cast, text=" ")
    with pytest.raises(presentations.NoSuchSlide):
        recommend(shared, cast, slide="gossip")
    for person in (cast.elina, cast.inga, cast.rimantas):
        with pytest.raises(NotActive):
            recommend(shared, cast, by=person)
    presentations.share_presentation(presentation=shared, shared=False, by=cast.elina, now=NOW)
    with pytest.raises(recommendations.NotShared):
        recommend(shared, cast)


def test_taken_back_once(cast: Cast, shared: Presentation) -> None:
    made = recommend(shared, cast)
    with pytest.raises(recommendations.NotYours):
        recommendations.withdraw_recommendation(recommendation=made, by=cast.elina, now=NOW)
    recommendations.withdraw_recommendation(recommendation=made, by=cast.andris, now=NOW)
    with pytest.raises(AlreadyMoved):
        recommendations.withdraw_recommendation(recommendation=made, by=cast.andris, now=NOW)
