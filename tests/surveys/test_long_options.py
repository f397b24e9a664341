"""What one form takes, the next one takes too."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from tests.make import NOW
from varpa.kernel.refs import new_ref
from varpa.surveys.actions.editing import open_survey

pytestmark = pytest.mark.django_db


def test_an_answer_that_was_taken_can_be_saved_again(cast: Cast) -> None:
    survey = open_survey(programme=cast.programme, form="progress_survey", by=cast.inga, now=NOW)
    client = Client()
    client.force_login(cast.inga)
    said = {"ref": new_ref(), "kind": "choice", "text_lv": "Kas?", "words_lv": "Jā\n" + "ļ" * 250}
    answer = client.post(reverse("surveys:new", args=[survey.ref]), said)
    assert answer.status_code == 302
    key = survey.questions.latest("pk").key
    page = reverse("surveys:question", args=[survey.ref, key])
    survey.refresh_from_db()
    words = {"text_lv": "Kas?", "word_0_lv": "Jā", "word_1_lv": "ļ" * 250, "only": ""}
    again = {"revision": survey.revision, **words}
    assert client.post(page, again).status_code == 302
