"""Figures of the plan on a slide: as they stand there now, drawn and in a table, on screen and paper."""

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.utils import translation
from pypdf import PdfReader

from tests.cast import Cast
from tests.make import NOW
from tests.money.plans import CAKES, rates
from tests.presentations.conftest import write
from tests.presentations.test_pages import MOST_QUERIES, at, signed_in
from tests.programmes.conftest import queries, text
from varpa.businessplans.actions.parts import write_figures
from varpa.businessplans.actions.plans import begin_plan
from varpa.businessplans.figures import shown as reckoned
from varpa.businessplans.models import BusinessPlan
from varpa.money.figures import Figures, to_json
from varpa.people.models import Person
from varpa.presentations.actions.presentations import NoSuchFigure
from varpa.presentations.figures import figures_on
from varpa.presentations.models import Presentation, Shown, Slide

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def latvian() -> Iterator[None]:
    """What is looked for is said in the language of the cast."""
    with translation.override("lv"):
        yield


@pytest.fixture
def plan(cast: Cast) -> BusinessPlan:
    made = begin_plan(membership=cast.mentee, title="Kūkas", by=cast.elina, now=NOW)
    plan_with(made, cast, CAKES)
    return made


def plan_with(plan: BusinessPlan, cast: Cast, figures: Figures) -> None:
    plan.refresh_from_db()
    said: dict[str, Any] = {"figures": to_json(figures), "revision": plan.figures_revision}
    write_figures(plan=plan, **said, by=cast.elina, now=NOW)


def paper(person: Person, presentation: Presentation) -> str:
    read = PdfReader(io.BytesIO(signed_in(person).get(at("document", presentation)).content))
    return " ".join(" ".join(page.extract_text() for page in read.pages).split())


def plain(words: str) -> str:
    return words.replace("\u00a0", " ")


@pytest.mark.parametrize("kind", Shown.values)
def test_each_is_shown_full_screen_and_on_paper(
    cast: Cast, shared: Presentation, plan: BusinessPlan, kind: str
) -> None:
    write(shared, cast, "Mūsu skaitļi", key="figures", figure=kind)
    figure = figures_on([kind], shared)[kind]
    assert figure.rows
    for person in (cast.elina, cast.andris):
        for page in (at("show", shared, 2), at("slide", shared, "figures")):
            said = text(signed_in(person).get(page))
            assert str(Shown(kind).label) in said
            assert all(f"{name}</th>" in said and f"{amount}</td>" in said for name, amount in figure.rows)
            assert ("<svg" in said and 'class="bars"' in said) == bool(figure.drawing)
    said = paper(cast.andris, shared)
    assert all(plain(amount) in plain(said) for _name, amount in figure.rows)


def test_what_stands_there_is_what_the_plan_says(presentation: Presentation, plan: BusinessPlan) -> None:
    of = reckoned(CAKES, rates(CAKES))
    found = figures_on(Shown.values, presentation)
    assert [amount for _month, amount in found["till"].rows] == [
        of.money(month.closing) for month in of.statement.months[:12]
    ]
    assert found["need"].rows[-1][1] == of.need
    assert found["year"].rows[-1][1] == of.result
    assert of.break_even in dict(found["break_even"].rows).values()


def test_another_figure_in_the_plan_is_another_on_the_slide(
    cast: Cast, shared: Presentation, plan: BusinessPlan
) -> None:
    write(shared, cast, "", key="figures", figure="sales")
    client, page = signed_in(cast.andris), at("show", shared, 2)
    before = text(client.get(page))
    product, *more = CAKES.products
    dearer = replace(CAKES, products=(replace(product, price=product.price * 2), *more))
    plan_with(plan, cast, dearer)
    assert text(client.get(page)) != before
    of = reckoned(dearer, rates(dearer))
    assert of.money(of.statement.months[0].sales) in text(client.get(page))


def test_a_slide_of_figures_alone_is_a_slide(cast: Cast, shared: Presentation, plan: BusinessPlan) -> None:
    assert signed_in(cast.elina).get(at("show", shared, 2)).status_code == 404
    write(shared, cast, "", key="figures", figure="need")
    assert signed_in(cast.elina).get(at("show", shared, 2)).status_code == 200


def test_before_the_plan_has_figures_the_slide_says_so(cast: Cast, shared: Presentation) -> None:
    Person.objects.filter(pk=cast.elina.pk).update(language="en")
    write(shared, cast, "", key="figures", figure="need")
    assert "The business plan has no figures yet" in text(signed_in(cast.elina).get(at("show", shared, 2)))
    assert signed_in(cast.elina).get(at("document", shared)).status_code == 200


def test_where_nothing_is_left_of_a_price_there_is_no_break_even(
    cast: Cast, presentation: Presentation, plan: BusinessPlan
) -> None:
    product, *_more = CAKES.products
    plan_with(plan, cast, replace(CAKES, products=(replace(product, variable=product.price + 1),)))
    found = figures_on(["break_even"], presentation)["break_even"]
    assert found.sentence
    assert found.rows[0][1] == "–"


def test_chosen_on_the_page(cast: Cast, shared: Presentation, plan: BusinessPlan) -> None:
    client, page = signed_in(cast.elina), at("slide", shared, "figures")
    assert '<option value="" selected>' in text(client.get(page))
    said = {"text": "", "notes": "", "revision": 0, "figure": "year"}
    assert client.post(page, said, headers={"X-Autosave": "1"}).json()["revision"] == 1
    assert client.post(page, {**said, "figure": "gossip"}).status_code == 200
    both = text(client.post(page, {**said, "text": "No telefona", "figure": "need"}))
    assert '<input type="hidden" name="figure" value="need">' in both
    assert Slide.objects.get(key="figures").figure == "year"
    mentor = signed_in(cast.andris)
    mentor.post(page, {**said, "figure": "need", "revision": 1})
    assert Slide.objects.get(key="figures").figure == "year"


def test_what_the_mentee_has_not_chosen_no_mentor_sees(
    cast: Cast, shared: Presentation, plan: BusinessPlan
) -> None:
    """The plan is not shared: nothing of it may go out by a slide that saves itself as it stood there."""
    client, page = signed_in(cast.elina), at("slide", shared, "figures")
    form = text(client.get(page))
    chosen = re.search(r'<option value="(\w+)" selected>', form.split('name="figure"')[1])
    said = {"text": "Te būs skaitļi", "notes": "", "revision": 0, "figure": chosen[1] if chosen else ""}
    assert client.post(page, said, headers={"X-Autosave": "1"}).status_code == 200
    amounts = {row[1] for figure in figures_on(Shown.values, shared).values() for row in figure.rows}
    for address in (page, at("show", shared, 2)):
        seen = text(signed_in(cast.andris).get(address))
        assert not [amount for amount in amounts if f"{amount}</td>" in seen]


def test_before_choosing_the_consequence_is_said(cast: Cast, presentation: Presentation) -> None:
    page = text(signed_in(cast.elina).get(at("slide", presentation, "figures")))
    assert "arī tad, ja plānu nerādi" in page


def test_only_figures_that_there_are(cast: Cast, presentation: Presentation) -> None:
    with pytest.raises(NoSuchFigure):
        write(presentation, cast, "", figure="gossip")
    write(presentation, cast, "Krūze", figure="sales")
    assert write(presentation, cast, "Krūzes", revision=1).figure == "sales"


@pytest.mark.parametrize("language", ["lv", "lt", "en"])
def test_slides_with_figures_ask_little_in_three_languages(
    cast: Cast, shared: Presentation, plan: BusinessPlan, language: str
) -> None:
    Person.objects.filter(pk=cast.elina.pk).update(language=language)
    for key, kind in zip(("figures", "offer", "market", "team", "next"), Shown.values, strict=True):
        write(shared, cast, "", key=key, figure=kind)
    client = signed_in(cast.elina)
    for page in (at("show", shared, 2), at("slide", shared, "figures"), at("presentation", shared)):
        assert queries(client, page) <= MOST_QUERIES
        assert f'<html lang="{language}"' in text(client.get(page))
    assert paper(cast.elina, shared)
