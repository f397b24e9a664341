"""Edges: remarks over a link, every address tried by the mentor, figures saved by two devices."""

from typing import Any

import pytest
from django.urls import reverse

from tests.businessplans.conftest import WORDS
from tests.businessplans.test_odd_days import marks
from tests.businessplans.test_pages import FIGURES, LATER, at, signed_in
from tests.businessplans.test_pictures import put
from tests.cast import Cast
from tests.files.samples import picture, upload
from varpa.businessplans.actions import plans
from varpa.businessplans.models import BusinessPlan, Part, Picture, Version, Why
from varpa.businessplans.urls import urlpatterns
from varpa.kernel.refs import new_ref

pytestmark = pytest.mark.django_db
LINKED = "Skat. [mūsu lapa](https://x.lv/a) par krūzēm."
LINK = '<a href="https://x.lv/a" rel="noopener noreferrer">mūsu lapa</a>'


@pytest.mark.parametrize(
    "quote", ["Skat. mūsu", "lapa par krūzēm", "mūsu lapa", "lapa", "Skat. mūsu lapa par"]
)
def test_a_remark_over_the_edge_of_a_link_leaves_the_link_whole(quote: str) -> None:
    page = marks(LINKED, quote)
    assert LINK in page
    marked = page[page.index("<mark") : page.index("</mark>")]
    assert LINK in marked
    assert all(word in marked for word in quote.split())
    assert page.count('href="#remark-1"') == 1


@pytest.mark.parametrize(
    "quote", ["org/abc par krūzēm", "Rakstiet https://example", "https://example.org/abc"]
)
def test_a_remark_over_the_edge_of_a_bare_address_is_marked(quote: str) -> None:
    page = marks("Rakstiet <https://example.org/abc> par krūzēm.", quote)
    marked = page[page.index("<mark") : page.index("</mark>")]
    assert ">https://example.org/abc</a>" in marked


def _stands(plan: BusinessPlan) -> dict[str, Any]:
    """All that the mentee has, as it is stored."""
    stored = BusinessPlan.objects.filter(pk=plan.pk).values().get()
    return {
        **stored,
        "parts": list(Part.objects.filter(plan=plan).order_by("pk").values()),
        "versions": list(Version.objects.filter(plan=plan).values()),
        "pictures": list(Picture.objects.filter(plan=plan).values()),
    }


@pytest.mark.parametrize("name", ["andris", "inga", "dace", "zane"])
def test_no_address_lets_anybody_else_write_in_the_plan(cast: Cast, shared: BusinessPlan, name: str) -> None:
    plans.let_manager_read(plan=shared, reads=True, by=cast.elina, now=LATER)
    made = put(shared, cast.elina)
    plans.keep_version(plan=shared, by=cast.elina, now=LATER)
    before, client = _stands(shared), signed_in(getattr(cast, name))
    keys = {"key": "idea", "number": 1, "picture": made.ref}
    tried = 0
    for pattern in urlpatterns:
        ref = cast.pair.ref if pattern.name == "of_pair" else shared.ref
        asked = {key: keys[key] for key in pattern.pattern.converters if key != "ref"}
        address = reverse(f"businessplans:{pattern.name}", kwargs={"ref": ref, **asked})
        said = {
            **FIGURES,
            "ref": new_ref(),
            "title": "Mans",
            "text": "Mans teksts",
            "ready": "on",
            "shared": "0",
            "reads": "0",
            "about": "Mans",
            "shows": "nobody",
            "picture": upload(picture()),
        }
        for answer in (client.post(address, said), client.put(address, said), client.delete(address)):
            assert answer.status_code < 500
        tried += 1
    assert tried > 20
    assert _stands(shared) == before
    assert Part.objects.get().text == WORDS


def test_figures_of_another_device_are_kept_as_a_version(cast: Cast, plan: BusinessPlan) -> None:
    client = signed_in(cast.elina)
    client.post(at("figures_edit", plan), {**FIGURES, "products-0-name": "Šķīvis"})
    late = {**FIGURES, "products-0-name": "Krūze"}
    for _click in range(2):
        client.post(at("figures_edit", plan), late)
    version = plan.versions.get()
    assert version.why == Why.MEANWHILE
    assert version.figures["products"][0]["name"] == "Šķīvis"
    client.post(at("figures_edit", plan), {**late, "revision": "1"})
    assert BusinessPlan.objects.get().figures["products"][0]["name"] == "Krūze"
    plans.restore_version(plan=BusinessPlan.objects.get(), number=1, by=cast.elina, now=LATER)
    assert BusinessPlan.objects.get().figures["products"][0]["name"] == "Šķīvis"


@pytest.mark.parametrize(("language", "sentence"), [("lv", "1,66"), ("lt", "1,66"), ("en", "1,66 or 1659")])
def test_a_price_that_can_be_read_in_two_ways_stays_in_its_field(
    cast: Cast, plan: BusinessPlan, language: str, sentence: str
) -> None:
    cast.elina.language = language
    cast.elina.save()
    answer = signed_in(cast.elina).post(at("figures_edit", plan), {**FIGURES, "products-0-price": "1,659"})
    page = answer.content.decode()
    assert sentence in page
    assert 'value="1,659"' in page
    assert 'value="Krūze"' in page
    plan.refresh_from_db()
    assert plan.figures == {}
