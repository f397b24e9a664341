"""From a survey: themes, and own words only of ten and more, of nobody (R10)."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from tests.make import NOW
from tests.surveys.conftest import CLOSED, WELL, crowd, invitations, sent
from varpa.guidelines.actions.recommendations import offer
from varpa.guidelines.labels import labelled
from varpa.guidelines.models import Recommendation
from varpa.guidelines.queries import listed, read
from varpa.guidelines.showing import quoted, who
from varpa.guidelines.springs import spring_of
from varpa.kernel.text import TranslatedText
from varpa.surveys.actions.answering import submit_answers
from varpa.surveys.actions.results import compute_results, withdraw_theme, write_theme
from varpa.surveys.actions.sending import close_survey
from varpa.surveys.models import Question, Sheet, Survey, Theme
from varpa.surveys.queries.answers import name_of

pytestmark = pytest.mark.django_db
SAID = "Vizīti vajag agrāk. Mans mentors Andris to zina."
THEME = TranslatedText("Vizīti vajag agrāk", "Vizito reikia anksčiau", "The visit should come earlier")


def asked(cast: Cast, count: int, *, closes: bool = True) -> Question:
    """The open question of a survey that so many have answered, one of them in these words."""
    crowd(cast.programme, {("mentor", "LV"): 14})
    survey = sent(cast, "progress_survey")
    for at, each in enumerate(invitations(survey)[:count]):
        values = {**WELL, "successes": SAID if at == 3 else "Plāns."}
        submit_answers(invitation=each, values=values, by=None, now=NOW)
    if closes:
        close_survey(survey=survey, by=cast.inga, now=CLOSED)
    compute_results(survey=survey, now=CLOSED)
    return Question.objects.select_related("survey__programme").get(survey=survey, key="successes")


def themed(cast: Cast, question: Question) -> Theme:
    return write_theme(question=question, text=THEME, by=cast.dace, now=CLOSED)


def words_of(question: Question) -> str:
    sheet = Sheet.objects.filter(survey=question.survey_id, values__successes=SAID).get()
    return f"answer:{question.ref}.{name_of(question, sheet)}"


def recommend(cast: Cast, spring_at: str, first: int, **more: Any) -> Recommendation:
    spring = spring_of(cast.programme, cast.inga, spring_at)
    assert spring is not None
    keys = [each.key for passage in spring.passages for each in passage.sentences][:first]
    said = {"chosen": keys, "phase": "learning", "topic": "company-visit", "for_role": "mentor", **more}
    return offer(programme=cast.programme, spring=spring, by=cast.inga, now=CLOSED, **said)


def test_a_theme_of_five_becomes_a_recommendation_with_its_tags(cast: Cast) -> None:
    theme = themed(cast, asked(cast, 6))
    made = recommend(cast, f"theme:{theme.ref}", 1)
    assert (made.text, made.source, made.language) == ("Vizīti vajag agrāk", "survey", "lv")
    assert (made.phase, made.topic, made.for_role) == ("learning", "company-visit", "mentor")
    assert made in listed(cast.programme, {"source": "survey"}, NOW.date())


def test_own_words_under_ten_are_offered_to_nobody(cast: Cast) -> None:
    question = asked(cast, 9)
    for person in (cast.inga, cast.dace, cast.andris):
        assert spring_of(cast.programme, person, words_of(question)) is None


def test_of_ten_a_sentence_is_taken_and_the_one_with_a_name_is_not(cast: Cast) -> None:
    made = recommend(cast, words_of(asked(cast, 10)), 1, language="lv")
    assert made.text == "Vizīti vajag agrāk."
    assert made.source_ref.isdecimal() is False


def test_it_is_shown_as_said_in_a_survey_and_names_no_role(cast: Cast) -> None:
    recommend(cast, words_of(asked(cast, 10)), 1, shown_as="name")
    [row] = labelled(cast.programme, read(Recommendation.objects.all(), NOW.date()))
    assert row.who == "from a survey"
    assert "Inga" not in who(cast.programme, quoted(row.recommendation))


def test_before_the_survey_closes_its_words_are_not_offered(cast: Cast) -> None:
    assert spring_of(cast.programme, cast.inga, words_of(asked(cast, 12, closes=False))) is None


def test_only_who_manages_the_programme_takes_something_from_a_survey(cast: Cast) -> None:
    question = asked(cast, 12)
    theme = themed(cast, question)
    for person in (cast.andris, cast.elina, cast.zane, cast.tomas):
        for spring_at in (f"theme:{theme.ref}", words_of(question)):
            assert spring_of(cast.programme, person, spring_at) is None
    assert spring_of(cast.elsewhere.programme, cast.inga, f"theme:{theme.ref}") is None


def test_a_theme_taken_back_offers_nothing(cast: Cast) -> None:
    theme = themed(cast, asked(cast, 6))
    withdraw_theme(theme=theme, by=cast.inga, now=CLOSED)
    assert spring_of(cast.programme, cast.inga, f"theme:{theme.ref}") is None


@pytest.mark.parametrize("spring_at", ["answer:x.1", "answer:", "answer:x.²", "theme:", "theme:x"])
def test_nonsense_is_nothing(cast: Cast, spring_at: str) -> None:
    assert spring_of(cast.programme, cast.inga, spring_at) is None


@pytest.mark.parametrize("language", ["lv", "lt", "en"])
def test_the_manager_goes_from_the_words_to_the_recommendation(
    client: Client, cast: Cast, language: str
) -> None:
    question = asked(cast, 12)
    themed(cast, question)
    cast.inga.language = language
    cast.inga.save()
    client.force_login(cast.inga)
    address = reverse("surveys:words", args=[Survey.objects.get().ref, "successes"])
    page = client.get(address).content.decode()
    assert words_of(question) in page
    offered = reverse("guidelines:offer", args=[cast.programme.ref])
    form = client.get(f"{offered}?from={words_of(question)}")
    assert "Mans mentors Andris to zina." in form.content.decode()
    chosen = form.context["form"].fields["chosen"].choices[0][0]
    said = {
        "ref": form.context["form"]["ref"].value(),
        "chosen": [chosen],
        "says": "change",
        "language": "lv",
    }
    assert client.post(f"{offered}?from={words_of(question)}", said).status_code == 302
    assert Recommendation.objects.get().text == "Vizīti vajag agrāk."
