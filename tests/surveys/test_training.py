"""Training feedback: a form like the others, about one training, answered by those who were there."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from tests.make import NOW
from tests.surveys.conftest import BOTH, LAST, crowd
from varpa.events.models import Attendance, Event
from varpa.kernel.text import TranslatedText
from varpa.people.models import Person
from varpa.programmes.models import Membership
from varpa.surveys.actions.editing import NoSuchTraining, open_survey, open_usual_surveys
from varpa.surveys.actions.sending import NobodyInRoles, NobodyToAsk, NobodyWasThere, send_survey
from varpa.surveys.models import Survey
from varpa.surveys.queries.surveys import minutes_after_trainings, minutes_of
from varpa.surveys.words import lacking

FORM = "training_feedback"


def held(cast: Cast, *there: Membership, title: str = "Pirmās apmācības", days: int = 2) -> Event:
    """A training some days ago, with who was entered as present."""
    begins = NOW - timedelta(days=days)
    event = Event.objects.create(
        programme=cast.programme,
        kind="training",
        state="held",
        title=TranslatedText.same(title),
        starts_local=begins.replace(tzinfo=None),
        starts_at=begins,
        zone="Europe/Riga",
        minutes=240,
        roles=list(BOTH),
        made_at=begins,
    )
    for each in there:
        Attendance.objects.create(event=event, membership=each, how="list", by=cast.inga, at=begins)
    return event


def draft(cast: Cast, event: Event | None) -> Survey:
    return open_survey(programme=cast.programme, form=FORM, about=event, by=cast.inga, now=NOW)


def send(survey: Survey, by: Person) -> int:
    return send_survey(survey=survey, roles=BOTH, closes_on=LAST, by=by, now=NOW)


def test_it_goes_to_those_who_were_there_alone(cast: Cast) -> None:
    others = crowd(cast.programme, {("mentee", "LV"): 3})
    crowd(cast.programme, {("mentee", "LT"): 3})
    survey = draft(cast, held(cast, cast.mentor, cast.mentee, *others))
    assert survey.name.within("lv") == "Apmācību novērtējums: Pirmās apmācības"
    assert survey.anonymous
    assert send(survey, cast.inga) == 5
    asked = set(survey.invitations.values_list("membership", flat=True))
    assert asked == {cast.mentor.pk, cast.mentee.pk, *(each.pk for each in others)}


def test_whoever_was_taken_off_the_list_is_not_asked(cast: Cast) -> None:
    event = held(cast, cast.mentor, cast.mentee, *crowd(cast.programme, {("mentee", "LV"): 4}))
    event.attendances.filter(membership=cast.mentee).update(withdrawn_at=NOW)
    survey = draft(cast, event)
    assert send(survey, cast.inga) == 5
    with pytest.raises(NobodyToAsk):
        send(survey, cast.inga)


def test_where_nobody_who_was_there_has_the_role_it_does_not_say_that_all_were_asked(cast: Cast) -> None:
    survey = draft(cast, held(cast, cast.mentor))
    with pytest.raises(NobodyInRoles):
        send_survey(survey=survey, roles=["mentee"], closes_on=LAST, by=cast.inga, now=NOW)


def test_without_a_list_of_who_was_there_nobody_is_asked(cast: Cast) -> None:
    with pytest.raises(NobodyWasThere):
        send(draft(cast, held(cast)), cast.inga)


def test_each_training_has_a_copy_and_twice_is_once(cast: Cast) -> None:
    first, second = held(cast, cast.mentor), held(cast, cast.mentee, title="Otrās apmācības", days=1)
    assert draft(cast, first).pk == draft(cast, first).pk
    assert draft(cast, second).pk != draft(cast, first).pk


def test_a_training_is_chosen_and_was_held(cast: Cast) -> None:
    with pytest.raises(NoSuchTraining):
        draft(cast, None)
    with pytest.raises(NoSuchTraining):
        draft(cast, held(cast, days=-3))
    with pytest.raises(NoSuchTraining):
        open_survey(programme=cast.programme, form="final_survey", about=held(cast), by=cast.inga, now=NOW)


def test_it_is_off_until_a_manager_turns_it_on(cast: Cast) -> None:
    held(cast, cast.mentor)
    open_usual_surveys(NOW)
    assert not Survey.objects.filter(key__startswith=FORM).exists()


@pytest.mark.parametrize("language", ["lv", "lt", "en"])
def test_the_manager_turns_it_on_by_a_click(client: Client, cast: Cast, language: str) -> None:
    cast.inga.language = language
    cast.inga.save()
    client.force_login(cast.inga)
    address = reverse("surveys:list", args=[cast.programme.ref])
    assert "Pirmās apmācības" not in client.get(address).content.decode()
    event = held(cast, cast.mentor)
    assert "Pirmās apmācības" in client.get(address).content.decode()
    turn_on = reverse("surveys:turn_on", args=[cast.programme.ref, FORM])
    done = client.post(turn_on, {"about": event.ref}, follow=True)
    page = done.content.decode()
    assert reverse("events:event", args=[event.ref]) in page
    assert 'class="notice"' not in page
    assert f'value="{event.ref}"' not in client.get(address).content.decode()


def test_a_title_that_lacks_a_language_is_warned_of(client: Client, cast: Cast) -> None:
    event = held(cast, cast.mentor)
    Event.objects.update(title=TranslatedText(lv="Pirmās apmācības", en="The first training"))
    event.refresh_from_db()
    survey = draft(cast, event)
    assert survey.name.as_dict()["lt"] == ""
    assert survey.name.within("lt") == survey.name.en, "one language, not two in one name"
    assert lacking(survey, [])[0] == ("lt", str(survey.name))
    client.force_login(cast.inga)
    page = client.get(reverse("surveys:survey", args=[survey.ref])).content.decode()
    assert 'class="notice"' in page


def test_a_training_of_another_programme_is_none(client: Client, cast: Cast) -> None:
    client.force_login(cast.inga)
    turn_on = reverse("surveys:turn_on", args=[cast.programme.ref, FORM])
    assert client.post(turn_on, {"about": "abcdefghjkmn"}).status_code == 404


def test_its_minutes_are_asked_of_those_who_were_there_alone(cast: Cast) -> None:
    others = crowd(cast.programme, {("mentee", "LV"): 4})
    first = draft(cast, held(cast, cast.mentor, cast.mentee, *others))
    second = draft(cast, held(cast, cast.mentee, title="Otrās apmācības", days=1))
    assert minutes_of([first, second]) == {}
    both = first.minutes + second.minutes
    assert minutes_after_trainings([first, second]) == {"mentor": first.minutes, "mentee": both}
    send(first, cast.inga)
    first.refresh_from_db()
    assert minutes_after_trainings([first, second]) == {"mentor": first.minutes, "mentee": both}
    nobody = draft(cast, held(cast, title="Trešās apmācības", days=1))
    assert minutes_after_trainings([nobody]) == {}


def test_the_manager_reads_what_trainings_ask_besides(client: Client, cast: Cast) -> None:
    draft(cast, held(cast, cast.mentee))
    client.force_login(cast.inga)
    page = client.get(reverse("surveys:list", args=[cast.programme.ref])).content.decode()
    assert "kas piedalījās visvairāk" in page
