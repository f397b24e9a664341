"""The report from its draft to its second edition, as a manager, a mentor and a mentee live through it."""

import io
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from docx import Document
from pypdf import PdfReader

from tests.cast import Cast
from tests.make import NOW
from tests.reports.conftest import LATER, UNTIL, fill
from varpa.kernel.clock import moved_to
from varpa.kernel.refs import new_ref
from varpa.people.models import Person
from varpa.post.models import Letter
from varpa.programmes.models import Programme
from varpa.reports.actions.drafts import draft_asked
from varpa.reports.models import Comment, Edition, Report

pytestmark = pytest.mark.django_db


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_from_the_draft_to_the_next_edition(cast: Cast, programme: Programme) -> None:
    page = reverse("reports:report", args=[programme.ref])
    manager, mentor, mentee = signed_in(cast.inga), signed_in(cast.andris), signed_in(cast.elina)
    with moved_to(NOW):
        assert manager.get(page).status_code == 200
        manager.post(reverse("reports:ask", args=[programme.ref]))
        assert draft_asked(NOW) == 1
        assert manager.get(page).status_code == 200
        report = Report.objects.get()
        assert mentee.get(page).status_code == 200
        manager.post(reverse("reports:opening", args=[report.ref]), {"until": UNTIL.isoformat()})
        assert Letter.objects.filter(kind="reports.opened").count() == 4
        draft = mentee.get(page).content.decode()
        assert reverse("reports:agree", args=[report.ref]) in draft
        said = {"part": "problems", "text": "Tālu jābrauc.", "may_quote": "on", "ref": new_ref()}
        mentee.post(reverse("reports:comment", args=[report.ref]), said)
        mentor.post(reverse("reports:agree", args=[report.ref]))
        comment = Comment.objects.get()
        assert "Tālu jābrauc." in manager.get(reverse("reports:comments", args=[report.ref])).content.decode()
        manager.post(reverse("reports:answer", args=[comment.ref]), {"taken_up": "on", "answer": "Jā."})
        assert Letter.objects.filter(kind="reports.answered").count() == 1
        for person in (cast.rimantas, cast.gabija):
            signed_in(person).post(reverse("reports:agree", args=[report.ref]))
        manager.post(reverse("reports:close", args=[report.ref]))
        manager.post(reverse("reports:quotes", args=[report.ref]))
        report.refresh_from_db()
    with moved_to(LATER):
        publishing = reverse("reports:publishing", args=[report.ref])
        refused = manager.post(publishing, {})
        assert refused.status_code == 200
        fill(Report.objects.get(), cast)
        # The text was changed after three had said yes to it: whether to ask anew is asked once.
        assert manager.post(publishing, {}).status_code == 200
        assert manager.post(publishing, {"without_asking": "on"}).status_code == 302
        edition = Edition.objects.get()
        for client in (manager, mentor, mentee):
            shown = client.get(reverse("reports:edition", args=[edition.ref]))
            assert "Tālu jābrauc." in shown.content.decode()
            assert "Elīna" not in shown.content.decode().split("</header>")[-1]
        pdf = manager.get(reverse("reports:edition_paper", args=[edition.ref, "pdf"]))
        text = "".join(each.extract_text() for each in PdfReader(io.BytesIO(pdf.content)).pages)
        assert "Tālu jābrauc." in text
        word = manager.get(reverse("reports:edition_paper", args=[edition.ref, "docx"]))
        found = Document(io.BytesIO(word.content))
        assert any("Tālu jābrauc." in each.text for each in found.paragraphs)
        assert len(found.tables) >= 3
        results = manager.get(reverse("reports:results", args=[programme.ref])).content.decode()
        assert reverse("evaluation:examples", args=[programme.ref]) in results
        _goes_on(programme, edition)


def _goes_on(programme: Programme, edition: Edition) -> None:
    manager = signed_in(Person.objects.get(name="Inga Liepa"))
    report = edition.report
    with moved_to(LATER + timedelta(days=3)):
        public = reverse("reports:public", args=[edition.ref])
        assert Client().get(public).status_code == 404
        manager.post(reverse("reports:make_public", args=[report.ref]), {"public": "1"})
        assert Client().get(public).status_code == 200
        manager.post(reverse("reports:rework", args=[report.ref]))
        assert Report.objects.get().state == "drafting"
        assert Client().get(public).status_code == 200
