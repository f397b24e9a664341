"""The presentation is submitted as a version that stays, and can be taken back until the defence (S13)."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from tests.cast import Cast
from tests.make import NOW
from tests.money.plans import CAKES
from tests.presentations.conftest import NOTES, WORDS, write
from tests.presentations.test_actions import lines, paper, recommend
from tests.presentations.test_figures import plan_with
from tests.presentations.test_pages import at, signed_in
from varpa.businessplans.actions.parts import write_part
from varpa.businessplans.actions.plans import begin_plan, submit_plan
from varpa.businessplans.models import BusinessPlan
from varpa.files.models import File
from varpa.people.models import Person
from varpa.presentations.actions import presentations, submitting
from varpa.presentations.actions.turning import keep_turned
from varpa.presentations.figures import figures_on
from varpa.presentations.models import Presentation, Shown, Slide, Version
from varpa.presentations.papers import document
from varpa.programmes.models import ProgrammeState

pytestmark = pytest.mark.django_db


def submit(presentation: Presentation, cast: Cast) -> Version:
    return submitting.submit_presentation(presentation=presentation, by=cast.elina, now=NOW)


def take_back(presentation: Presentation, cast: Cast) -> None:
    submitting.take_back_presentation(presentation=presentation, by=cast.elina, now=NOW)


def test_a_submitted_presentation_is_a_version_that_stays(cast: Cast, shared: Presentation) -> None:
    version = submit(shared, cast)
    assert (version.number, version.title, version.texts) == (1, "Keramikas darbnīca", {"idea": WORDS})
    assert NOTES not in str(vars(version))
    stored = Presentation.objects.get()
    assert (stored.state, stored.submitted_at, lines("submit")) == ("submitted", NOW, 1)


def test_nothing_changes_in_it_until_it_is_taken_back(cast: Cast, shared: Presentation) -> None:
    submit(shared, cast)
    by: dict[str, Any] = {"presentation": shared, "by": cast.elina, "now": NOW}
    for act in (
        lambda: write(shared, cast, "Cits", revision=1),
        lambda: presentations.name_presentation(title="Cita", revision=0, **by),
        lambda: presentations.bring_file(upload=paper(cast), **by),
        lambda: presentations.take_file_away(**by),
        lambda: submitting.submit_presentation(**by),
    ):
        with pytest.raises(presentations.PresentationIsSubmitted):
            act()
    assert (Slide.objects.get().text, Version.objects.count()) == (WORDS, 1)
    take_back(shared, cast)
    write(shared, cast, "Cits", revision=1)
    assert (submit(shared, cast).number, Version.objects.get(number=1).texts) == (2, {"idea": WORDS})


def test_an_empty_one_is_not_submitted(cast: Cast, presentation: Presentation) -> None:
    with pytest.raises(submitting.NothingToSubmit):
        submit(presentation, cast)
    assert Presentation.objects.get().state == "drafting"


@pytest.mark.parametrize("name", ["andris", "inga", "dace", "zane"])
def test_only_the_mentee_submits_and_takes_back(cast: Cast, shared: Presentation, name: str) -> None:
    by: dict[str, Any] = {"presentation": shared, "by": getattr(cast, name), "now": NOW}
    with pytest.raises(presentations.OnlyTheMentee):
        submitting.submit_presentation(**by)
    submit(shared, cast)
    with pytest.raises(presentations.OnlyTheMentee):
        submitting.take_back_presentation(**by)


def test_taken_back_it_is_shared_only_where_it_was(
    cast: Cast, presentation: Presentation, slide: Slide
) -> None:
    submit(presentation, cast)
    take_back(presentation, cast)
    assert Presentation.objects.get().state == "drafting"
    presentations.share_presentation(presentation=presentation, shared=True, by=cast.elina, now=NOW)
    submit(presentation, cast)
    take_back(presentation, cast)
    assert (Presentation.objects.get().state, lines("take_back")) == ("shared", 2)


def test_before_the_jurors_it_is_not_taken_back(cast: Cast, shared: Presentation) -> None:
    submit(shared, cast)
    submitting.put_before_jurors(cast.mentee, NOW)
    with pytest.raises(submitting.PresentationIsPresented):
        take_back(shared, cast)
    submitting.put_before_jurors(cast.mentee, None)
    take_back(shared, cast)


def test_after_the_programme_nothing_is_submitted(cast: Cast, shared: Presentation) -> None:
    cast.programme.__class__.objects.filter(pk=cast.programme.pk).update(state=ProgrammeState.CLOSED)
    with pytest.raises(presentations.PresentationIsOver):
        submit(shared, cast)


def test_figures_stand_as_they_were_submitted(cast: Cast, presentation: Presentation) -> None:
    plan_with(begin_plan(membership=cast.mentee, title="Kūkas", by=cast.elina, now=NOW), cast, CAKES)
    write(presentation, cast, "", figure=Shown.SALES)
    before = figures_on([Shown.SALES], presentation)
    submit(presentation, cast)
    BusinessPlan.objects.update(figures={})
    assert figures_on([Shown.SALES], presentation) == before
    take_back(presentation, cast)
    assert figures_on([Shown.SALES], presentation) == {}
    assert figures_on([Shown.SALES], presentation, Version.objects.get()) == before


def test_its_paper_says_in_the_demonstration_that_all_is_made_up(
    presentation: Presentation, settings: Any
) -> None:
    for made_up in (False, True):
        settings.DEMONSTRATION = made_up
        pages = [page.extract_text() for page in PdfReader(io.BytesIO(document(presentation, "lv"))).pages]
        assert all(("izdomāti" in page) is made_up for page in pages)


def test_so_do_the_taxes_with_which_they_are_reckoned(
    cast: Cast, presentation: Presentation, own_rates: Callable[[str], None]
) -> None:
    kinds = [Shown.YEAR, Shown.TILL]
    plan_with(begin_plan(membership=cast.mentee, title="Kūkas", by=cast.elina, now=NOW), cast, CAKES)
    write(presentation, cast, "", figure=Shown.YEAR)
    before = figures_on(kinds, presentation)
    submit(presentation, cast)
    on_paper = document(presentation, "lv")
    own_rates('[LV.2026]\nemployer = 9000\nprofit = 5000\nsource = "vid.gov.lv"\nchecked = 2027-01-04\n')
    assert figures_on(kinds, presentation) == before
    assert document(presentation, "lv") == on_paper
    take_back(presentation, cast)
    assert figures_on(kinds, presentation) != before
    assert figures_on(kinds, presentation, Version.objects.get()) == before


def test_slides_show_a_plan_that_was_handed_in_with_its_own_taxes(
    cast: Cast, presentation: Presentation, own_rates: Callable[[str], None]
) -> None:
    plan = begin_plan(membership=cast.mentee, title="Kūkas", by=cast.elina, now=NOW)
    plan_with(plan, cast, CAKES)
    idea: dict[str, Any] = {"key": "idea", "text": "Kūkas", "ready": None, "revision": 0}
    write_part(plan=plan, **idea, by=cast.elina, now=NOW)
    submit_plan(plan=plan, by=cast.elina, now=NOW)
    write(presentation, cast, "", figure=Shown.YEAR)
    before = figures_on([Shown.YEAR], presentation)
    own_rates('[LV.2026]\nemployer = 9000\nsource = "vid.gov.lv"\nchecked = 2027-01-04\n')
    assert figures_on([Shown.YEAR], presentation) == before
    assert submit(presentation, cast).rates == plan.versions.get().rates


def test_a_submitted_file_stays_when_another_one_is_brought(cast: Cast, shared: Presentation) -> None:
    by: dict[str, Any] = {"presentation": shared, "by": cast.elina, "now": NOW}
    presentations.bring_file(upload=paper(cast), **by)
    submit(shared, cast)
    take_back(shared, cast)
    presentations.take_file_away(**by)
    assert File.objects.get(about_kind="presentation").withdrawn_at is None
    client = signed_in(cast.andris)
    assert client.get(at("file", shared)).status_code == 404
    assert client.get(at("version", shared, 1)).status_code == 200


def test_slides_turned_later_belong_to_the_version_too(cast: Cast, shared: Presentation) -> None:
    source = File.objects.create(
        about_kind="presentation",
        about_ref=shared.ref,
        sha256="0" * 64,
        name="s.pptx",
        kind="x",
        at=NOW,
        size=1,
    )
    Presentation.objects.update(source=source)
    submit(shared, cast)
    shared.refresh_from_db()
    assert keep_turned(presentation=shared, made=paper(cast).read(), now=NOW)
    version = Version.objects.get()
    assert (version.file, version.pages) == (Presentation.objects.get().file, 2)


def test_the_mentor_sees_and_recommends_on_what_is_submitted(cast: Cast, shared: Presentation) -> None:
    submit(shared, cast)
    recommend(shared, cast)
    page = signed_in(cast.andris).get(at("presentation", shared)).content.decode()
    assert at("version", shared, 1) in page
    for name in ("submit", "take_back"):
        assert signed_in(cast.andris).post(at(name, shared)).status_code == 403


def test_by_the_pages_it_is_submitted_seen_and_taken_back(cast: Cast, shared: Presentation) -> None:
    client = signed_in(cast.elina)
    page, slide = at("presentation", shared), at("slide", shared, "idea")
    assert at("submit", shared) in client.get(page).content.decode()
    client.post(at("submit", shared))
    told = client.get(page).content.decode()
    assert at("take_back", shared) in told
    assert at("submit", shared) not in told
    assert "<textarea" not in client.get(slide).content.decode()
    found = PdfReader(io.BytesIO(client.get(at("version", shared, 1)).content))
    text = " ".join(each.extract_text() for each in found.pages)
    assert "nesaplīst" in text
    assert "pasmaidīt" not in text
    assert client.get(at("version", shared, 2)).status_code == 404
    assert signed_in(cast.inga).get(at("version", shared, 1)).status_code == 404
    client.post(at("take_back", shared))
    assert "<textarea" in client.get(slide).content.decode()


def test_the_manager_sees_that_it_is_submitted_and_no_word(cast: Cast, shared: Presentation) -> None:
    submit(shared, cast)
    Person.objects.update(language="en")
    room = signed_in(cast.inga).get(reverse("home:room", args=[cast.pair.ref])).content.decode()
    assert "Submitted" in room
    assert "nesaplīst" not in room
    assert Client().get(at("version", shared, 1)).status_code == 302
