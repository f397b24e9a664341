"""A question is changed while somebody answers it: no answer takes another meaning unseen (S16)."""

from typing import Any

import pytest
from django.test import Client

from tests.cast import Cast
from tests.surveys.conftest import LATER, invitation
from tests.surveys.test_answering import link
from tests.surveys.test_questions import edit, of
from tests.visits import Form, Visitor, forms, words
from varpa.kernel.clock import moved_to
from varpa.kernel.text import TranslatedText
from varpa.people.models import Person
from varpa.surveys.actions.answering import AskedOtherwise, submit_answers
from varpa.surveys.marks import as_text, from_text, marks_of
from varpa.surveys.models import Draft, Sheet, Survey

FAILED = TranslatedText("Cik neizdevās?", "Kiek nepavyko?", "How much failed?")
POSTED = {"q_course": "4", "q_goals": "5", "q_successes": "Plāns ir gatavs."}


def page_of(client: Client, address: str, **more: str) -> Form:
    with moved_to(LATER):
        return next(each for each in forms(client.get(address, more)) if "asked_as" in each.fields)


def send(client: Client, address: str, form: Form, **data: str) -> Any:
    fixed = {"asked_as": form.fields["asked_as"][0], "revision": form.fields["revision"][0]}
    with moved_to(LATER):
        return client.post(address, {**POSTED, **fixed, **data})


def test_a_page_that_stood_open_sends_nothing_and_keeps_all(
    client: Client, cast: Cast, survey: Survey
) -> None:
    address = link(survey, cast)
    opened = page_of(client, address)
    edit(of(survey, "goals"), cast, text=FAILED)
    answer = send(client, address, opened)
    assert not Sheet.objects.exists()
    assert "Plāns ir gatavs." in words(answer)
    assert words(answer).count("Šis jautājums pēc atbildes ir mainīts") == 1
    shown = next(each for each in forms(answer) if "asked_as" in each.fields)
    assert send(client, address, shown, q_goals="1").status_code == 302
    assert Sheet.objects.get().values["goals"] == 1


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("lv", "Šis jautājums pēc atbildes ir mainīts"),
        ("lt", "Šis klausimas po atsakymo buvo pakeistas"),
        ("en", "This question was changed since it was answered"),
    ],
)
def test_what_was_kept_under_it_is_asked_anew(
    client: Client, cast: Cast, survey: Survey, language: str, said: str
) -> None:
    Person.objects.filter(pk=cast.elina.pk).update(language=language)
    address = link(survey, cast)
    send(client, address, page_of(client, address), keep="1")
    for key in ("goals", "successes"):
        edit(of(survey, key), cast, text=FAILED)
    with moved_to(LATER):
        page = client.get(address)
    assert words(page).count(said) == 2
    form = next(each for each in forms(page) if "asked_as" in each.fields)
    assert form.fields["q_course"] == ["4"]
    # A number would say the contrary; words are their writer's to look at.
    assert form.fields.get("q_goals", [""]) == [""]
    assert form.fields["q_successes"] == ["Plāns ir gatavs."]
    assert Draft.objects.get().values["goals"] == 5


def test_another_language_of_a_question_is_no_other_question(
    client: Client, cast: Cast, survey: Survey
) -> None:
    opened = page_of(client, link(survey, cast))
    question = of(survey, "goals")
    edit(question, cast, text=TranslatedText(question.text.lv, "Kitaip", question.text.en))
    assert send(client, link(survey, cast), opened).status_code == 302


def test_read_in_another_language_it_is_the_same_page(client: Client, cast: Cast, survey: Survey) -> None:
    address = link(survey, cast)
    opened = page_of(client, address, language="en")
    assert send(client, address, opened).status_code == 302


def test_a_paper_that_is_entered_meanwhile_is_looked_at_once_more(cast: Cast, survey: Survey) -> None:
    whom = invitation(survey, cast.mentee)
    inga = Visitor(cast.inga, days=1)
    address = f"/surveys/{survey.ref}/people/{whom.ref}/paper/"
    opened = next(each for each in forms(inga.get(address)) if "asked_as" in each.fields)
    edit(of(survey, "goals"), cast, text=FAILED)
    answer = inga.send(opened, q_goals="5")
    assert answer.status_code == 200
    assert not Sheet.objects.exists()


def test_the_action_refuses(cast: Cast, survey: Survey) -> None:
    whom = invitation(survey, cast.mentee)
    marks = marks_of(survey.questions.all(), whom)
    edit(of(survey, "goals"), cast, text=FAILED)
    with pytest.raises(AskedOtherwise) as told:
        submit_answers(invitation=whom, values={"goals": 5}, by=None, now=LATER, asked=marks)
    assert told.value.keys == {"goals"}


def test_marks_go_through_a_page(cast: Cast, survey: Survey) -> None:
    marks = marks_of(survey.questions.all(), invitation(survey, cast.mentee))
    assert from_text(as_text(marks)) == marks
    assert from_text("nonsense goals: :12345678 x:1") == {}
