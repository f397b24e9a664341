"""Pages of a file that was brought: each has a picture, and recommendations of its own."""

import io

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from PIL import Image
from pypdf import PdfReader, PdfWriter

from tests.cast import Cast
from tests.make import NOW
from tests.presentations.test_actions import paper, recommend
from tests.presentations.test_pages import MOST_QUERIES, at, signed_in
from tests.programmes.conftest import queries, text
from varpa.documents.pages import MOST, count_pages, page_picture
from varpa.kernel.refs import new_ref
from varpa.people.models import Person
from varpa.presentations.actions.presentations import NoPages, NoSuchSlide, bring_file, take_file_away
from varpa.presentations.models import Presentation, Recommendation

pytestmark = pytest.mark.django_db


def pages(cast: Cast, count: int) -> bytes:
    """A PDF of so many pages."""
    first = PdfReader(io.BytesIO(paper(cast).read())).pages[0]
    writer = PdfWriter()
    for _number in range(count):
        writer.add_page(first)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def bring(cast: Cast, presentation: Presentation, written: bytes, name: str = "mani.pdf") -> None:
    presentation.refresh_from_db()
    upload = ContentFile(written, name=name)
    bring_file(presentation=presentation, upload=upload, by=cast.elina, now=NOW)


@pytest.fixture
def brought(cast: Cast, shared: Presentation) -> Presentation:
    bring(cast, shared, pages(cast, 3))
    return shared


@pytest.mark.parametrize("count", [1, 2, 7])
def test_pages_are_counted(cast: Cast, count: int) -> None:
    assert count_pages(pages(cast, count)) == count


def test_of_very_many_pages_the_first_are_counted(cast: Cast) -> None:
    assert count_pages(pages(cast, MOST + 3)) == MOST


@pytest.mark.parametrize("broken", [b"", b"%PDF-1.7 nothing", b"\x00\xff" * 500])
def test_a_file_that_cannot_be_read_has_no_pages(broken: bytes) -> None:
    assert count_pages(broken) == 0
    assert page_picture(broken, 1) is None


def test_a_page_is_a_picture(cast: Cast, brought: Presentation) -> None:
    client = signed_in(cast.andris)
    answer = client.get(reverse("presentations:picture", args=[brought.ref, 2]))
    assert Image.open(io.BytesIO(answer.content)).width == 720
    assert "private" in answer.headers["Cache-Control"]
    for number in (0, 4, 999):
        assert client.get(reverse("presentations:picture", args=[brought.ref, number])).status_code == 404
    for stranger in (cast.inga, cast.rimantas):
        address = reverse("presentations:picture", args=[brought.ref, 2])
        assert signed_in(stranger).get(address).status_code == 404


def test_a_recommendation_belongs_to_one_page(cast: Cast, brought: Presentation) -> None:
    mentor, mentee = signed_in(cast.andris), signed_in(cast.elina)
    said = {"ref": new_ref(), "text": "Te mazāk vārdu."}
    assert mentor.post(at("recommend", brought, "page-2"), said).status_code == 302
    made = Recommendation.objects.get()
    assert (made.slide, made.file) == ("page-2", brought.file)
    assert "Te mazāk vārdu." in text(mentee.get(at("slide", brought, "page-2")))
    assert "Te mazāk vārdu." not in text(mentee.get(at("slide", brought, "page-1")))
    assert "1 ieteikums" in text(mentee.get(at("presentation", brought)))
    mentee.post(reverse("presentations:mark", args=[made.ref]), {"done": "1"})
    assert Recommendation.objects.get().done_at


@pytest.mark.parametrize("key", ["page-0", "page-4", "page-", "page-x", "page-1000"])
def test_only_pages_that_there_are(cast: Cast, brought: Presentation, key: str) -> None:
    with pytest.raises(NoSuchSlide):
        recommend(brought, cast, slide=key)
    assert signed_in(cast.andris).get(at("slide", brought, key)).status_code == 404


def test_of_another_file_it_is_said_that_it_was_about_the_earlier_one(
    cast: Cast, brought: Presentation
) -> None:
    made = recommend(brought, cast, slide="page-3", text="Te mazāk vārdu.")
    bring(cast, brought, pages(cast, 2), "jauna.pdf")
    client = signed_in(cast.elina)
    assert client.get(at("slide", brought, "page-3")).status_code == 404
    whole = text(client.get(at("presentation", brought)))
    for told in ("Te mazāk vārdu.", "mani.pdf", "3. lapa"):
        assert told in whole
    answer = client.post(reverse("presentations:mark", args=[made.ref]), {"done": "1"})
    assert answer.headers["Location"] == at("presentation", brought)
    assert "Te mazāk vārdu." not in text(client.get(at("presentation", brought)))


def test_a_file_that_is_taken_away_has_no_pages(cast: Cast, brought: Presentation) -> None:
    take_file_away(presentation=brought, by=cast.elina, now=NOW)
    assert Presentation.objects.get().pages == 0
    assert signed_in(cast.andris).get(at("slide", brought, "page-1")).status_code == 404
    with pytest.raises(NoSuchSlide):
        recommend(brought, cast, slide="page-1")


@pytest.mark.parametrize("language", ["lv", "lt", "en"])
def test_pages_ask_little_in_three_languages(cast: Cast, brought: Presentation, language: str) -> None:
    for number in range(20):
        recommend(brought, cast, slide="page-1", text=f"Ieteikums {number}")
    Person.objects.update(language=language)
    name = {"lv": "1. lapa", "lt": "1 puslapis", "en": "Page 1"}[language]
    for person in (cast.elina, cast.andris):
        for path in (at("presentation", brought), at("slide", brought, "page-1")):
            client = signed_in(person)
            assert name in text(client.get(path))
            assert queries(client, path) <= MOST_QUERIES


@pytest.mark.parametrize("written", [b"%PDF-1.7\n%%EOF", b"%PDF-1.7\nnothing of a PDF\n%%EOF\n"])
def test_a_pdf_without_a_page_is_refused_and_what_was_brought_stays(
    cast: Cast, brought: Presentation, written: bytes
) -> None:
    before = brought.file
    with pytest.raises(NoPages):
        bring(cast, brought, written)
    brought.refresh_from_db()
    assert (brought.file, brought.pages) == (before, 3)
    form = {"upload": ContentFile(written, name="tukšs.pdf")}
    answer = signed_in(cast.elina).post(at("bring", brought), form, follow=True)
    assert "Nevienu PDF lappusi nevar izlasīt." in text(answer)
