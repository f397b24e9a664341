"""The funder's words and the emblem stand on whatever is published of the programme (product §5)."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from docx import Document
from PIL import Image

from tests.cast import Cast
from tests.reports.conftest import LATER
from varpa.guidelines.actions.guidelines import draft, open_to_all, publish
from varpa.kernel.text import LANGUAGES, TranslatedText
from varpa.news.actions.news import publish_news, write_news
from varpa.programmes.actions.programmes import hold_emblem, put_emblem_on
from varpa.programmes.models import Programme
from varpa.reports.actions.editions import make_public, publish_report
from varpa.reports.models import Edition, Report
from varpa.reports.word import docx

pytestmark = pytest.mark.django_db
FUNDER = TranslatedText(
    "Finansē Eiropas Savienība.", "Finansuoja Europos Sąjunga.", "Funded by the European Union."
)


@pytest.fixture
def funded(cast: Cast) -> Programme:
    """A programme with a funder's words and an emblem, as WebP, which no DOCX can hold."""
    drawn = io.BytesIO()
    Image.new("RGB", (60, 30), "navy").save(drawn, "WEBP")
    upload = SimpleUploadedFile("emblem.webp", drawn.getvalue(), "image/webp")
    emblem = hold_emblem(upload=upload, by=cast.inga, now=LATER)
    put_emblem_on(programme=cast.programme, emblem=emblem, by=cast.inga, now=LATER)
    Programme.objects.filter(pk=cast.programme.pk).update(funder_text=FUNDER)
    return Programme.objects.get(pk=cast.programme.pk)


@pytest.fixture
def edition(cast: Cast, ready: Report) -> Edition:
    publish_report(report=ready, by=cast.inga, now=LATER)
    make_public(report=ready, public=True, by=cast.inga, now=LATER)
    return Edition.objects.get()


def test_the_published_report_bears_them_as_page_and_as_docx(
    cast: Cast, edition: Edition, funded: Programme
) -> None:
    for code in LANGUAGES:
        page = (
            Client().get(f"{reverse('reports:public', args=[edition.ref])}?language={code}").content.decode()
        )
        assert FUNDER.within(code) in page
        assert reverse("calls:emblem", args=[funded.ref]) in page
    member = Client()
    member.force_login(cast.elina)
    assert FUNDER.lv in member.get(reverse("reports:edition", args=[edition.ref])).content.decode()
    edition.report.programme = funded
    found = Document(io.BytesIO(docx(edition, edition.papers["lv"], "lv")))
    assert any(each.text == FUNDER.lv for each in found.paragraphs)
    told = [each._inline.docPr.get("descr") for each in found.inline_shapes]
    assert "Programmas emblēma" in told


def test_published_guidelines_and_news_for_everybody_bear_them(cast: Cast, funded: Programme) -> None:
    version = publish(guidelines=draft(programme=funded, by=cast.inga, now=LATER), by=cast.inga, now=LATER)
    open_to_all(version=version, public=True, by=cast.inga, now=LATER)
    said = {"title": TranslatedText.same("Jaunums"), "text": TranslatedText.same("Teksts.")}
    whom = {"for_mentors": True, "for_mentees": True, "by_letter": False, "for_all": True}
    news = write_news(programme=funded, **said, **whom, by=cast.inga, now=LATER)
    publish_news(news=news, by=cast.inga, now=LATER)
    member = Client()
    member.force_login(cast.elina)
    shown = (
        Client().get(reverse("guidelines:opened", args=[version.ref])),
        member.get(reverse("guidelines:version", args=[version.ref])),
        Client().get(reverse("news:opened", args=[news.ref])),
    )
    for page in shown:
        assert reverse("calls:emblem", args=[funded.ref]) in page.content.decode(), page.request["PATH_INFO"]


def test_without_a_funder_nothing_stands_there(edition: Edition) -> None:
    page = Client().get(reverse("reports:public", args=[edition.ref])).content.decode()
    assert "/emblem/" not in page
    assert "funder" not in page
