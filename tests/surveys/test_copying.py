"""A new survey from one that stands: its questions, and nothing of what came of it."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from tests.surveys.conftest import LAST, LATER, answer
from varpa.history.models import Line
from varpa.kernel.refs import new_ref
from varpa.kernel.text import TranslatedText
from varpa.programmes.models import Programme
from varpa.surveys.actions.copying import ASKED, copy_survey
from varpa.surveys.actions.editing import ProgrammeIsOver, open_survey
from varpa.surveys.actions.questions import remove_question
from varpa.surveys.actions.sending import BadLastDay, send_survey
from varpa.surveys.models import Secrecy, Survey, SurveyState
from varpa.surveys.queries.surveys import asked_questions

pytestmark = pytest.mark.django_db
NAME = TranslatedText(lv="Otrā aptauja", lt="Antroji apklausa", en="The second survey")


def copied(cast: Cast, survey: Survey, **changes: Any) -> Survey:
    said = {"survey": survey, "name": NAME, "closes_on": None, "by": cast.inga, "now": LATER, **changes}
    return copy_survey(**said)


def asks(survey: Survey) -> list[dict[str, Any]]:
    return [{name: getattr(each, name) for name in ASKED} for each in asked_questions(survey)]


def test_the_questions_in_all_languages_and_nothing_of_what_came_of_it(cast: Cast, survey: Survey) -> None:
    answer(survey, cast.mentee)
    made = copied(cast, survey, closes_on=LAST)
    assert asks(made) == asks(survey)
    assert (made.name, made.text, made.roles) == (NAME, survey.text, survey.roles)
    assert (made.secrecy, made.minutes, made.closes_on) == (survey.secrecy, survey.minutes, LAST)
    assert (made.state, made.sent_at, made.closed_at) == (SurveyState.DRAFT, None, None)
    assert not made.stale
    assert not made.invitations.exists()
    assert not made.sheets.exists()
    assert made.key != survey.key
    [line] = Line.objects.filter(verb="survey.copy")
    assert line.details == {"of": survey.ref}


def test_what_was_taken_out_stays_out(cast: Cast, survey: Survey) -> None:
    last = asked_questions(survey)[-1]
    remove_question(question=last, by=cast.inga, now=LATER)
    assert last.key not in [each.key for each in copied(cast, survey).questions.all()]


def test_it_compares_with_nothing_and_stays_confidential(cast: Cast) -> None:
    final = open_survey(programme=cast.programme, form="final_survey", by=cast.inga, now=LATER)
    Survey.objects.filter(pk=final.pk).update(secrecy=Secrecy.CONFIDENTIAL, compares="progress_survey")
    final.refresh_from_db()
    made = copied(cast, final)
    assert (made.compares, made.secrecy) == ("", Secrecy.CONFIDENTIAL)


def test_it_is_sent_like_any_other(cast: Cast, survey: Survey) -> None:
    made = copied(cast, survey)
    count = send_survey(survey=made, roles=made.roles, closes_on=LAST, by=cast.inga, now=LATER)
    assert count == survey.invitations.count()


def test_sent_twice_it_is_one(cast: Cast, survey: Survey) -> None:
    ref = new_ref()
    assert copied(cast, survey, ref=ref) == copied(cast, survey, ref=ref)
    assert Line.objects.filter(verb="survey.copy").count() == 1


@pytest.mark.parametrize("day", [date(2020, 1, 1), date(2030, 1, 1)])
def test_its_last_day_has_to_come(cast: Cast, survey: Survey, day: date) -> None:
    with pytest.raises(BadLastDay):
        copied(cast, survey, closes_on=day)


def test_a_programme_that_is_over_makes_none(cast: Cast, survey: Survey) -> None:
    Programme.objects.filter(pk=cast.programme.pk).update(state="closed")
    survey.programme.refresh_from_db()
    with pytest.raises(ProgrammeIsOver):
        copied(cast, survey)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("lv", "Izveidot no tās jaunu aptauju"),
        ("lt", "Sukurti pagal ją naują apklausą"),
        ("en", "Make a new"),
    ],
)
def test_by_its_page(client: Client, cast: Cast, survey: Survey, language: str, words: str) -> None:
    cast.inga.language = language
    cast.inga.save(update_fields=["language"])
    client.force_login(cast.inga)
    address = reverse("surveys:copy", args=[survey.ref])
    assert address in client.get(reverse("surveys:survey", args=[survey.ref])).content.decode()
    page = client.get(address)
    assert words in page.content.decode()
    given = {
        "ref": page.context["form"]["ref"].value(),
        **{f"name_{code}": text for code, text in NAME.as_dict().items()},
    }
    sent = client.post(address, given)
    made = Survey.objects.get(name__lv="Otrā aptauja")
    assert sent.headers["Location"] == reverse("surveys:survey", args=[made.ref])
    assert "Otrā aptauja" in client.post(address, {**given, "closes_on": "1.1.2020"}).content.decode()


def test_nobody_else_makes_one(client: Client, cast: Cast, survey: Survey) -> None:
    for who in (cast.andris, cast.elina, cast.rimantas, cast.tomas, cast.zane):
        client.force_login(who)
        assert client.post(reverse("surveys:copy", args=[survey.ref])).status_code in (403, 404)
    assert Survey.objects.count() == 1
