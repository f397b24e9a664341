"""Answering: kept on the way, sent once, refused in a sentence; the page behind a personal link."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from tests.cast import Cast
from tests.make import NOW
from tests.surveys.conftest import CLOSED, LATER, WELL, answer, invitation, sent
from varpa.history.models import Channel, Line
from varpa.kernel.clock import moved_to
from varpa.programmes.actions.memberships import withdraw_member
from varpa.programmes.models import MembershipState
from varpa.surveys.actions.answering import (
    AnsweredAlready,
    NoLongerAsked,
    NotAnAnswer,
    NothingSaid,
    SurveyClosed,
    WrittenElsewhere,
    save_answers,
    submit_answers,
)
from varpa.surveys.actions.sending import close_survey
from varpa.surveys.links import token_of
from varpa.surveys.models import Draft, InvitationState, Sheet, Survey

POSTED = {"q_course": "4", "q_trouble": "no", "q_successes": "Plāns ir gatavs."}


def link(survey: Survey, cast: Cast) -> str:
    return reverse("surveys:answer", args=[token_of(invitation(survey, cast.mentee))])


def keep(survey: Survey, cast: Cast, revision: int = 0, **values: Any) -> int:
    return save_answers(
        invitation=invitation(survey, cast.mentee), values=values, revision=revision, now=LATER
    )


def test_answers_are_kept_as_one_goes(cast: Cast, survey: Survey) -> None:
    assert keep(survey, cast, course=3) == 1
    assert keep(survey, cast, 1, course=3, goals=2) == 2
    assert Draft.objects.get().values == {"course": 3, "goals": 2}
    assert keep(survey, cast, 0, course=3, goals=2) == 2


def test_a_second_tab_is_told_of_the_first(cast: Cast, survey: Survey) -> None:
    keep(survey, cast, course=3)
    with pytest.raises(WrittenElsewhere):
        keep(survey, cast, 0, course=5)
    assert Draft.objects.get().values == {"course": 3}


def test_sent_once(cast: Cast, survey: Survey) -> None:
    asked = invitation(survey, cast.mentee)
    again = invitation(survey, cast.mentee)
    submit_answers(invitation=asked, values=WELL, by=cast.elina, now=LATER)
    with pytest.raises(AnsweredAlready):
        submit_answers(invitation=again, values={**WELL, "course": 1}, by=cast.elina, now=LATER)
    with pytest.raises(AnsweredAlready):
        save_answers(invitation=again, values=WELL, revision=0, now=LATER)
    assert Sheet.objects.get().values["course"] == 4


@pytest.mark.parametrize(
    "values",
    [
        {"course": 6},
        {"course": "x"},
        {"course": True},
        {"trouble": "perhaps"},
        {"trouble": "yes", "hindrances": ["rain"]},
        {"trouble": "yes", "hindrances": "time"},
        {"successes": "x" * 2_001},
        {"successes": 5},
    ],
)
def test_what_is_no_answer_is_refused(cast: Cast, survey: Survey, values: dict[str, Any]) -> None:
    with pytest.raises(NotAnAnswer):
        answer(survey, cast.mentee, **values)
    assert not Sheet.objects.exists()


def test_nothing_at_all_is_no_answer(cast: Cast, survey: Survey) -> None:
    with pytest.raises(NothingSaid):
        answer(survey, cast.mentee, course=None, successes="  ")


def test_what_was_not_to_be_asked_is_dropped(cast: Cast, survey: Survey) -> None:
    answer(survey, cast.mentee, trouble="no", hindrances=["time"], problems="Laiks.", course=2)
    assert Sheet.objects.get().values == {"course": 2, "trouble": "no"}


def test_after_the_last_day_no_answer_is_taken(cast: Cast, survey: Survey) -> None:
    for act in (
        lambda asked: submit_answers(invitation=asked, values=WELL, by=None, now=CLOSED),
        lambda asked: save_answers(invitation=asked, values=WELL, revision=0, now=CLOSED),
    ):
        with pytest.raises(SurveyClosed):
            act(invitation(survey, cast.mentee))


def test_closing_destroys_what_was_begun(cast: Cast, survey: Survey) -> None:
    keep(survey, cast, successes="Nepabeigts.")
    close_survey(survey=survey, by=cast.inga, now=LATER)
    assert not Draft.objects.exists()
    with pytest.raises(SurveyClosed):
        answer(survey, cast.mentee)


def test_whoever_has_left_or_was_erased_is_not_asked(cast: Cast, survey: Survey) -> None:
    cast.mentee.state = MembershipState.WITHDRAWN
    cast.mentee.save()
    with pytest.raises(NoLongerAsked):
        answer(survey, cast.mentee)
    cast.andris.is_active = False
    cast.andris.save()
    with pytest.raises(NoLongerAsked):
        answer(survey, cast.mentor)


def test_staff_enters_a_paper_and_history_says_so(cast: Cast, survey: Survey) -> None:
    submit_answers(invitation=invitation(survey, cast.mentee), values=WELL, by=cast.inga, now=LATER)
    line = Line.objects.get(verb="survey.answer")
    assert (line.actor, line.behalf, line.channel) == (cast.inga.pk, cast.elina.pk, Channel.PAPER)


def test_the_page_opens_without_sign_in_in_the_readers_language(
    client: Client, cast: Cast, survey: Survey
) -> None:
    words = {"lv": "Nosūtīt atbildes", "lt": "Siųsti atsakymus", "en": "Send the answers"}
    with moved_to(LATER):
        assert words["lv"] in client.get(link(survey, cast)).content.decode()
        for language, word in words.items():
            page = client.get(f"{link(survey, cast)}?language={language}")
            assert word in page.content.decode()
            assert page["Cache-Control"] == "private, no-store"
    translation.deactivate()


def test_the_page_keeps_and_sends(client: Client, cast: Cast, survey: Survey) -> None:
    address = link(survey, cast)
    with moved_to(LATER):
        told = client.post(address, {**POSTED, "revision": "0"}, headers={"X-Autosave": "1"}).json()
        assert told["revision"] == 1
        assert "Plāns ir gatavs." in client.get(address).content.decode()
        kept = client.post(address, {**POSTED, "revision": "1", "keep": "1"})
        assert kept.status_code == 302
        assert not Sheet.objects.exists()
        sent_away = client.post(address, {**POSTED, "revision": "1"})
        assert sent_away["Location"] == "/answer/thanks/?language=lv"
        assert client.get(sent_away["Location"]).status_code == 200
        assert Sheet.objects.get().values["course"] == 4
        second = client.post(address, {**POSTED, "revision": "1"})
        assert second.status_code == 404
    assert Sheet.objects.count() == 1


def test_a_wrong_value_keeps_the_page_and_what_was_written(
    client: Client, cast: Cast, survey: Survey
) -> None:
    with moved_to(LATER):
        page = client.post(link(survey, cast), {**POSTED, "q_course": "9", "revision": "0"})
    assert page.status_code == 200
    assert "Plāns ir gatavs." in page.content.decode()
    assert not Sheet.objects.exists()


def test_a_forwarded_link_is_told_to_whoever_is_somebody_else(
    client: Client, cast: Cast, survey: Survey
) -> None:
    client.force_login(cast.rimantas)
    with moved_to(LATER):
        page = client.get(link(survey, cast))
    assert page.status_code == 403
    assert cast.elina.name not in page.content.decode()
    client.force_login(cast.elina)
    with moved_to(LATER):
        assert client.get(link(survey, cast)).status_code == 200


def test_closed_and_unknown_links_have_a_kind_page(client: Client, cast: Cast, survey: Survey) -> None:
    with moved_to(CLOSED):
        assert client.get(link(survey, cast)).status_code == 410
    assert client.get("/answer/never-was/").status_code == 404
    assert client.get(f"/answer/{'x' * 300}/").status_code == 404


@pytest.mark.parametrize(
    ("language", "left", "closed"),
    [
        ("lv", "programmā vairs nepiedalās", "Aptauja ir slēgta"),
        ("lt", "programoje nebedalyvauja", "Apklausa baigta"),
        ("en", "no longer takes part", "The survey has closed"),
    ],
)
def test_whoever_is_withdrawn_or_too_late_while_answering_loses_no_word(
    client: Client, cast: Cast, survey: Survey, language: str, left: str, closed: str
) -> None:
    cast.elina.language = language
    cast.elina.save()
    address = link(survey, cast)
    with moved_to(CLOSED):
        late = client.post(address, POSTED).content.decode()
    withdraw_member(membership=cast.mentee, by=cast.inga, now=LATER)
    with moved_to(LATER):
        page = client.post(address, POSTED).content.decode()
        assert client.post(address, POSTED, headers={"X-Autosave": "1"}).json() == {"refused": True}
    assert POSTED["q_successes"] in page
    assert left in page
    assert POSTED["q_successes"] in late
    assert closed in late
    assert not Sheet.objects.exists()


def test_the_page_takes_few_queries(
    client: Client, cast: Cast, survey: Survey, django_assert_max_num_queries: Any
) -> None:
    with moved_to(LATER), django_assert_max_num_queries(8):
        client.get(link(survey, cast))


def test_a_paper_is_entered_by_who_manages(client: Client, cast: Cast, survey: Survey) -> None:
    asked = invitation(survey, cast.mentee)
    address = reverse("surveys:paper", args=[survey.ref, asked.ref])
    client.force_login(cast.andris)
    assert client.get(address).status_code in (403, 404)
    client.force_login(cast.inga)
    with moved_to(LATER):
        assert client.get(address).status_code == 200
        assert client.post(address, POSTED).status_code == 302
        assert client.get(address).status_code == 404
    asked.refresh_from_db()
    assert asked.state == InvitationState.ANSWERED
    assert Sheet.objects.count() == 1


def test_the_form_of_each_kind_is_shown(client: Client, cast: Cast) -> None:
    survey = sent(cast, "final_survey")
    with moved_to(NOW):
        page = client.get(link(survey, cast)).content.decode()
    assert "q_results__business_plan" in page
    assert 'name="q_recommend"' in page


def test_at_home_a_survey_is_a_step(client: Client, cast: Cast, survey: Survey) -> None:
    with moved_to(LATER):
        client.force_login(cast.elina)
        page = client.get("/").content.decode()
        assert "Atbildi uz īsu aptauju" in page
        assert link(survey, cast) in page
        answer(survey, cast.mentee)
        assert "Atbildi uz īsu aptauju" not in client.get("/").content.decode()


def test_a_page_left_open_does_not_send_over_newer_words(cast: Cast, survey: Survey) -> None:
    own = invitation(survey, cast.mentee)
    url = f"/answer/{token_of(own)}/"
    newer = {"revision": "0", "keep": "1", "q_course": "4", "q_successes": "Garš teksts no telefona."}
    with moved_to(LATER):
        phone, laptop = Client(), Client()
        laptop.get(url)
        assert phone.post(url, newer).status_code == 302
        shown = laptop.post(url, {"revision": "0", "q_course": "2"})
        assert shown.status_code == 200
        assert not Sheet.objects.exists()
        form = shown.context["form"]
        assert form["q_successes"].value() == "Garš teksts no telefona."
        assert form["q_course"].value() == "2"
        assert "4" in str(form.errors["q_course"])
        again = {
            "revision": form["revision"].value(),
            "q_course": "2",
            "q_successes": "Garš teksts no telefona.",
        }
        assert laptop.post(url, again).status_code == 302
    assert Sheet.objects.get().values["successes"] == "Garš teksts no telefona."


def test_what_was_chosen_can_be_unchosen(client: Client, cast: Cast, survey: Survey) -> None:
    """Each row of circles has one for no answer; it is chosen until another is, and is kept as nothing."""
    with moved_to(LATER):
        client.post(link(survey, cast), {**POSTED, "keep": "1"})
        page = client.get(link(survey, cast)).content.decode()
        assert page.count("Atbildes nav") == page.count('value="" ') > 3
        revision = Draft.objects.get().revision
        client.post(link(survey, cast), {**POSTED, "q_course": "", "keep": "1", "revision": revision})
        assert "course" not in Draft.objects.get().values
        client.post(link(survey, cast), {**POSTED, "q_course": "", "revision": revision + 1})
    assert set(Sheet.objects.get().values) == {"trouble", "successes"}
