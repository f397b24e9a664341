"""The pages of events: who sees them, in which words, and in how many queries."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from django.utils.html import escape

from tests import make
from tests.cast import Cast
from tests.evaluation.conftest import stands
from tests.events.conftest import AFTER, ON_THE_DAY, SOON, announced, answers, draft, invitation
from tests.programmes.conftest import picture, text
from varpa.events.actions.agenda import add_item, add_material
from varpa.events.actions.presence import add_sheet, mark_present
from varpa.events.actions.questions import answer_question, ask_question
from varpa.events.models import Event, Invitation
from varpa.kernel import clock
from varpa.kernel.refs import new_ref
from varpa.kernel.text import TranslatedText
from varpa.people.models import Person
from varpa.programmes.actions.memberships import finish_lesson
from varpa.programmes.models import Membership, MembershipState, Role
from varpa.programmes.queries import methodology_of

LANGUAGES = ("lv", "lt", "en")


def seen(client: Client, person: Person, address: str, now: Any = SOON) -> Any:
    client.force_login(person)
    with clock.moved_to(now):
        return client.get(address)


def sent(client: Client, person: Person, address: str, now: Any = SOON, **given: Any) -> Any:
    client.force_login(person)
    with clock.moved_to(now):
        return client.post(address, given)


def full(cast: Cast, event: Event) -> None:
    """Everything that an event can hold."""
    item = add_item(event=event, topic="marketing", leads="Inga", by=cast.inga, now=SOON)
    add_material(item=item, title="Slaidi", upload=picture(), by=cast.inga, now=SOON)
    own = invitation(event, cast.elina)
    asked: dict[str, Any] = {"by": cast.elina, "now": SOON, "language": "lv", "in_confidence": False}
    question = ask_question(invitation=own, text="Vai drīkst?", **asked)
    answer_question(question=question, answer="Drīkst.", revision=0, by=cast.inga, now=SOON, language="lv")
    add_sheet(event=event, upload=picture(), by=cast.inga, now=AFTER)
    mark_present(event=event, members=[cast.mentee], by=cast.inga, now=AFTER)


STAFF_ONLY = ("settings/", "agenda/", "people/", "list.pdf", "screen/")


@pytest.mark.parametrize("rest", STAFF_ONLY)
def test_what_staff_does_nobody_else_sees(cast: Cast, event: Event, client: Client, rest: str) -> None:
    address = f"/events/{event.ref}/{rest}"
    seen_by = {
        person: seen(client, person, address).status_code
        for person in (cast.inga, cast.dace, cast.elina, cast.andris, cast.zane, cast.tomas, cast.jonas)
    }
    assert list(seen_by.values()) == [200, 200, 403, 403, 404, 404, 404]


def test_a_draft_is_for_staff_alone(cast: Cast, client: Client) -> None:
    event = draft(cast.programme, cast.inga)
    codes = [
        seen(client, who, f"/events/{event.ref}/").status_code for who in (cast.inga, cast.elina, cast.zane)
    ]
    assert codes == [200, 404, 404]
    listed = seen(client, cast.elina, f"/programmes/{cast.programme.ref}/events/")
    assert event.ref not in listed.content.decode()


def test_who_is_not_invited_sees_nothing_of_it(cast: Cast, client: Client) -> None:
    event = announced(cast.programme, cast.inga, countries=["LT"])
    assert seen(client, cast.elina, f"/events/{event.ref}/").status_code == 404
    assert seen(client, cast.gabija, f"/events/{event.ref}/").status_code == 200


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("rest", ["", *STAFF_ONLY, "agenda.pdf"])
def test_every_page_renders_in_each_language(
    cast: Cast, event: Event, client: Client, language: str, rest: str
) -> None:
    full(cast, event)
    Person.objects.filter(pk__in=[cast.inga.pk, cast.elina.pk]).update(language=language)
    with translation.override(language):
        for person in (cast.inga, cast.elina) if rest in ("", "agenda.pdf") else (cast.inga,):
            answer = seen(client, person, f"/events/{event.ref}/{rest}", ON_THE_DAY)
            assert answer.status_code == 200
    for address in ("events/", "answers/", "events/new/?from=first"):
        assert seen(client, cast.inga, f"/programmes/{cast.programme.ref}/{address}").status_code == 200


def test_somebody_says_that_they_come(cast: Cast, event: Event, client: Client) -> None:
    given = {"comes": "yes", "diet": "Bez riekstiem"}
    assert sent(client, cast.elina, f"/events/{event.ref}/answer/", **given).status_code == 302
    own = Invitation.objects.get(event=event, membership=cast.mentee)
    assert (own.state, own.diet) == ("coming", "Bez riekstiem")
    assert sent(client, cast.inga, f"/events/{event.ref}/answer/", comes="yes").status_code == 403
    assert sent(client, cast.zane, f"/events/{event.ref}/answer/", comes="yes").status_code == 404


def test_an_answer_too_late_is_refused_in_words(cast: Cast, event: Event, client: Client) -> None:
    answer = sent(client, cast.elina, f"/events/{event.ref}/answer/", AFTER, comes="yes")
    assert answer.status_code == 302
    assert "pasākums jau bija sācies" in text(seen(client, cast.elina, answer.url, AFTER))
    assert not Invitation.objects.filter(event=event, state="coming").exists()


def test_a_wrong_draft_keeps_what_was_typed(cast: Cast, client: Client) -> None:
    address = f"/programmes/{cast.programme.ref}/events/new/"
    given = {
        "ref": new_ref(),
        "kind": "training",
        "title_lv": "Apmācības",
        "title_lt": "Mokymai",
        "title_en": "Training",
        "starts": "2025-01-01T10:00",
        "minutes": "4:00",
        "zone": "Europe/Riga",
        "roles": ["mentor"],
        "place": "Jelgava",
    }
    answer = sent(client, cast.inga, address, **given)
    assert answer.status_code == 200
    assert "Apmācības" in answer.content.decode()
    assert not Event.objects.exists()
    answer = sent(client, cast.inga, address, **{**given, "starts": "2025-11-20T10:00"})
    assert answer.status_code == 302
    assert sent(client, cast.elina, address, **given).status_code == 403


def test_needs_are_shown_to_staff_alone(cast: Cast, event: Event, client: Client) -> None:
    answers(event, cast.elina, diet="Bez riekstiem")
    assert "Bez riekstiem" in seen(client, cast.inga, f"/events/{event.ref}/people/").content.decode()
    assert "Bez riekstiem" not in seen(client, cast.andris, f"/events/{event.ref}/").content.decode()


def test_who_asks_is_named_to_staff_alone(cast: Cast, event: Event, client: Client) -> None:
    given = {"ref": new_ref(), "text": "Vai drīkst divus mentorus?"}
    assert sent(client, cast.elina, f"/events/{event.ref}/questions/", **given).status_code == 302
    page = seen(client, cast.andris, f"/events/{event.ref}/").content.decode()
    assert "divus mentorus" in page
    assert cast.elina.name not in page
    assert cast.elina.name in seen(client, cast.inga, f"/events/{event.ref}/").content.decode()


def test_those_ticked_are_entered(cast: Cast, event: Event, client: Client) -> None:
    address = f"/events/{event.ref}/people/"
    given = {"how": "list", "whom": [cast.mentee.ref, cast.mentor.ref]}
    assert sent(client, cast.inga, address, ON_THE_DAY, **given).status_code == 302
    assert event.attendances.count() == 2
    sent(client, cast.inga, f"/events/{event.ref}/people/{cast.mentee.ref}/absent/", ON_THE_DAY)
    assert event.attendances.filter(withdrawn_at=None).count() == 1
    stranger = {"how": "list", "whom": [cast.elsewhere.mentee.ref]}
    sent(client, cast.inga, address, ON_THE_DAY, **stranger)
    assert event.attendances.filter(withdrawn_at=None).count() == 1


def test_who_missed_the_first_training_is_led_to_its_self_study(cast: Cast, client: Client) -> None:
    event = announced(cast.programme, cast.inga, training="first")
    lessons = f"/memberships/{cast.mentee.ref}/preparation/"
    assert lessons not in seen(client, cast.elina, f"/events/{event.ref}/").content.decode()
    assert lessons in seen(client, cast.elina, f"/events/{event.ref}/", AFTER).content.decode()


def test_who_missed_a_later_training_studies_on_their_own_and_it_counts(cast: Cast, client: Client) -> None:
    event = announced(cast.programme, cast.inga, training="second")
    page, activity = f"/events/{event.ref}/", "mentee_second_training"
    keys = [each.key for each in methodology_of(cast.programme).self_study("mentee", "second")]
    lessons = [f"/programmes/{cast.programme.ref}/lessons/{key}/" for key in keys]
    assert lessons
    assert not any(each in seen(client, cast.elina, page).content.decode() for each in lessons)
    absent = seen(client, cast.elina, page, AFTER)
    assert all(each in absent.content.decode() for each in lessons)
    for address in lessons:
        assert stands(cast.programme, activity, AFTER)[1:] == (0, 2)
        answer = sent(client, cast.elina, f"{address}done/", AFTER)
        assert answer.headers["Location"] == f"/memberships/{cast.mentee.ref}/preparation/#later"
    assert stands(cast.programme, activity, AFTER)[1:] == (1, 2)
    assert seen(client, cast.elina, page, AFTER).context["at"].studied


def test_who_was_at_a_later_training_is_led_to_no_self_study(cast: Cast, client: Client) -> None:
    event = announced(cast.programme, cast.inga, training="second")
    mark_present(event=event, members=[cast.mentee], by=cast.inga, now=ON_THE_DAY)
    assert "/lessons/" not in seen(client, cast.elina, f"/events/{event.ref}/", AFTER).content.decode()
    own = announced(cast.programme, cast.inga, ref=new_ref())
    assert "/lessons/" not in seen(client, cast.elina, f"/events/{own.ref}/", AFTER).content.decode()


def test_the_self_study_costs_one_query(cast: Cast, client: Client) -> None:
    event = announced(cast.programme, cast.inga, training="second")
    page, lessons = f"/events/{event.ref}/", methodology_of(cast.programme).self_study("mentee", "second")
    absent = queries(client, cast.elina, page, AFTER)
    for each in lessons:
        finish_lesson(membership=cast.mentee, lesson=each.key, by=cast.elina, now=AFTER)
    assert queries(client, cast.elina, page, AFTER) == absent
    assert absent == queries(client, cast.elina, page) + 1


@pytest.mark.parametrize("training", ["first", "second"])
def test_where_a_methodology_has_no_lessons_nobody_is_led_to_any(
    cast: Cast, client: Client, training: str
) -> None:
    event = announced(make.without_lessons(cast.programme), cast.inga, training=training)
    page = seen(client, cast.elina, f"/events/{event.ref}/", AFTER)
    assert page.status_code == 200
    assert not page.context["at"].missed


def test_who_has_completed_the_programme_is_asked_for_no_lessons(cast: Cast, client: Client) -> None:
    event = announced(cast.programme, cast.inga, training="second")
    Membership.objects.filter(pk=cast.mentee.pk).update(state=MembershipState.COMPLETED)
    assert "/lessons/" not in seen(client, cast.elina, f"/events/{event.ref}/", AFTER).content.decode()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_self_study_of_an_event_speaks_each_language(cast: Cast, client: Client, language: str) -> None:
    event = announced(cast.programme, cast.inga, training="second")
    Person.objects.filter(pk=cast.elina.pk).update(language=language)
    page, lessons = f"/events/{event.ref}/", methodology_of(cast.programme).self_study("mentee", "second")
    absent = seen(client, cast.elina, page, AFTER).content.decode()
    assert f'<html lang="{language}"' in absent
    assert all(escape(each.title.within(language)) in absent for each in lessons)


def test_a_material_is_for_those_invited(cast: Cast, event: Event, client: Client) -> None:
    full(cast, event)
    material = event.agenda.get().materials.get()
    address = f"/events/{event.ref}/materials/{material.ref}/"
    codes = [seen(client, who, address).status_code for who in (cast.gabija, cast.zane, cast.jonas)]
    assert codes == [200, 404, 404]


def test_the_file_of_the_list_holds_no_formula(cast: Cast, event: Event, client: Client) -> None:
    answers(event, cast.elina, diet="=HYPERLINK(1)")
    answer = sent(client, cast.inga, f"/events/{event.ref}/export/", kind="csv")
    text = answer.content.decode("utf-8-sig")
    assert "'=HYPERLINK(1)" in text
    assert ";=" not in text
    assert sent(client, cast.inga, f"/events/{event.ref}/export/", kind="xlsx").content[:2] == b"PK"
    assert sent(client, cast.elina, f"/events/{event.ref}/export/", kind="csv").status_code == 403


def queries(client: Client, person: Person, address: str, now: Any = ON_THE_DAY) -> int:
    seen(client, person, address, now)
    with clock.moved_to(now), CaptureQueriesContext(connection) as caught:
        assert client.get(address).status_code == 200
    return len(caught)


@pytest.mark.parametrize("many", [1, 30])
def test_a_page_needs_as_many_queries_for_many_as_for_few(cast: Cast, client: Client, many: int) -> None:
    people = [make.person(f"Anna Ozola {at}", f"a{at}@x.example") for at in range(many)]
    members = [make.member(cast.programme, each, Role.MENTOR, ready=False) for each in people]
    events = [announced(cast.programme, cast.inga, kind="informative") for _event in range(many)]
    event = events[0]
    for at in range(many):
        title = TranslatedText.same(f"Tēma {at}")
        item = add_item(event=event, title=title, by=cast.inga, now=SOON)
        add_material(item=item, title="Saite", link="https://x.example/a", by=cast.inga, now=SOON)
    asked: dict[str, Any] = {"now": SOON, "language": "lv", "in_confidence": False}
    for member in members[:20]:
        own = invitation(event, member.person)
        question = ask_question(invitation=own, text="Kāpēc?", by=member.person, **asked)
        answer_question(question=question, answer="Tāpēc.", revision=0, by=cast.inga, now=SOON, language="lv")
    mark_present(event=event, members=members, by=cast.inga, now=ON_THE_DAY)
    programme = f"/programmes/{cast.programme.ref}"
    found = {
        "list": queries(client, cast.inga, f"{programme}/events/"),
        "own list": queries(client, cast.elina, f"{programme}/events/"),
        "answers": queries(client, cast.elina, f"{programme}/answers/"),
        "event": queries(client, cast.inga, f"/events/{event.ref}/"),
        "own event": queries(client, cast.elina, f"/events/{event.ref}/"),
        "people": queries(client, cast.inga, f"/events/{event.ref}/people/"),
    }
    assert found == {"list": 8, "own list": 8, "answers": 5, "event": 12, "own event": 9, "people": 8}


def test_a_sentence_ends_with_one_full_stop(cast: Cast, event: Event) -> None:
    Person.objects.filter(pk=cast.inga.pk).update(language="lt")
    client = Client()
    client.force_login(cast.inga)
    for path in (f"/events/{event.ref}/people/", f"/programmes/{cast.programme.ref}/events/"):
        assert ".." not in re.sub(r"<[^>]*>", "", client.get(path).content.decode())
