"""What is difficult, talked over beside an event by all who are invited, or in confidence (S14)."""

from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.db.models import Q
from django.test import Client

from tests.cast import Cast, assemble
from tests.events.conftest import AFTER, SOON, announced
from tests.programmes.conftest import queries
from tests.together import at_once
from varpa.events.actions import talking
from varpa.events.actions.talking import say, take_saying_back
from varpa.events.models import Event, Saying
from varpa.events.queries.talking import talk_of
from varpa.history.models import Line
from varpa.kernel import clock
from varpa.kernel.refs import new_ref
from varpa.people.models import Person
from varpa.post.models import Letter

pytestmark = pytest.mark.django_db


def said(event: Event, by: Person, text: str = "Mentors neatbild.", **more: Any) -> Saying:
    return say(event=event, by=by, **{"text": text, "now": SOON, "language": "lv", **more})


def page(person: Person, event: Event, path: str = "", given: dict[str, str] | None = None) -> Any:
    client = Client()
    client.force_login(person)
    with clock.moved_to(SOON):
        address = f"/events/{event.ref}/talk/{path}"
        return client.get(address) if given is None else client.post(address, given)


def words(answer: Any) -> str:
    return str(answer.content.decode())


def test_everybody_invited_reads_and_answers(cast: Cast, event: Event) -> None:
    first = said(event, cast.elina)
    said(event, cast.rimantas, "Mums palīdzēja telefons.", under=first)
    for person in (cast.elina, cast.andris, cast.rimantas, cast.inga):
        seen = words(page(person, event))
        assert ("Mentors neatbild." in seen, "Mums palīdzēja telefons." in seen) == (True, True)
    assert page(cast.tomas, event).status_code == 404


def test_in_confidence_only_staff_reads_it_and_whoever_said_it(cast: Cast, event: Event) -> None:
    first = said(event, cast.elina, in_confidence=True)
    answer = said(event, cast.inga, "Piezvani man rīt.", under=first)
    assert answer.in_confidence
    for person in (cast.elina, cast.inga, cast.dace):
        seen = words(page(person, event))
        assert ("Mentors neatbild." in seen, "Piezvani man rīt." in seen) == (True, True)
    for person in (cast.andris, cast.rimantas, cast.gabija):
        seen = words(page(person, event))
        assert ("Mentors neatbild." in seen, "Piezvani man rīt." in seen) == (False, False)
        said_there = {"ref": new_ref(), "text": "Es arī!"}
        assert page(person, event, f"{first.ref}/", said_there).status_code == 404
    assert Saying.objects.count() == 2


def test_whoever_runs_the_programme_is_told_of_a_confidence_and_the_other_of_an_answer(
    cast: Cast, event: Event
) -> None:
    first = said(event, cast.elina, in_confidence=True)
    told = Letter.objects.filter(kind="events.talked")
    assert {letter.person for letter in told} == {cast.inga.pk}
    assert not [letter for letter in told if "Mentors neatbild." in letter.text + letter.subject]
    said(event, cast.inga, "Piezvani man rīt.", under=first)
    assert told.get(person=cast.elina.pk)
    assert "tavu" not in told.get(person=cast.elina.pk).subject


def test_of_open_words_only_their_answer_is_told(cast: Cast, event: Event) -> None:
    first = said(event, cast.elina)
    assert not Letter.objects.filter(kind="events.talked").exists()
    said(event, cast.elina, "Vēl kas.", under=first)
    assert not Letter.objects.filter(kind="events.talked").exists()
    said(event, cast.rimantas, "Mums palīdzēja telefons.", under=first)
    assert Letter.objects.get(kind="events.talked").person == cast.elina.pk


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"text": "  "}, talking.NothingSaid),
        ({"text": "a" * 3001}, talking.SaidTooMuch),
        ({"now": AFTER + timedelta(days=15)}, talking.TalkIsOver),
    ],
)
def test_what_cannot_be_said(
    cast: Cast, event: Event, changes: dict[str, Any], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        said(event, cast.elina, **changes)
    assert not Saying.objects.exists()


def test_taken_back_nobody_reads_it_nor_answers_and_the_letter_does_not_go(cast: Cast, event: Event) -> None:
    first = said(event, cast.elina, in_confidence=True)
    for _click in range(2):
        take_saying_back(saying=first, by=cast.elina, now=SOON)
    assert Line.objects.filter(verb="saying.take_back").count() == 1
    assert {letter.state for letter in Letter.objects.filter(kind="events.talked")} == {"withdrawn"}
    assert "Mentors neatbild." not in words(page(cast.inga, event))
    with pytest.raises(talking.TakenBack):
        said(event, cast.inga, "Piezvani.", under=first)


def test_only_own_words_are_taken_back(cast: Cast, event: Event) -> None:
    first = said(event, cast.elina)
    client = Client()
    for person, status in ((cast.andris, 403), (cast.inga, 403), (cast.tomas, 404), (cast.elina, 302)):
        client.force_login(person)
        assert client.post(f"/sayings/{first.ref}/back/").status_code == status
    assert Saying.objects.get().withdrawn_at


def test_by_the_pages_it_is_said_and_answered(cast: Cast, event: Event) -> None:
    given = {"ref": new_ref(), "text": "Mentors neatbild.", "in_confidence": "on"}
    for _click in range(2):
        assert page(cast.elina, event, "", given).status_code == 302
    first = Saying.objects.get()
    assert first.in_confidence
    empty = page(cast.inga, event, f"{first.ref}/", {"ref": new_ref(), "text": ""})
    assert empty.status_code == 200
    answer = page(cast.inga, event, f"{first.ref}/", {"ref": new_ref(), "text": "Piezvani man rīt."})
    assert answer.headers["Location"].endswith(f"#s-{first.ref}")
    assert "Piezvani man rīt." in words(page(cast.elina, event))
    assert f"/events/{event.ref}/talk/" in words(page(cast.elina, event, "../"))


@pytest.mark.parametrize("language", ["lv", "lt", "en"])
def test_the_page_asks_little_in_three_languages(cast: Cast, event: Event, language: str) -> None:
    Person.objects.update(language=language)
    counts = []
    for number in range(20):
        first = said(event, cast.elina, f"Grūtības {number}.")
        said(event, cast.andris, "Padoms.", under=first)
        if number in (0, 19):
            client = Client()
            client.force_login(cast.rimantas)
            with clock.moved_to(SOON):
                counts.append(queries(client, f"/events/{event.ref}/talk/"))
    assert counts[0] == counts[1] <= 14
    assert f'lang="{language}"' in words(page(cast.rimantas, event))
    assert talk_of(event, Q(pk__in=[])).count() == 20


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_sent_twice_at_one_moment_it_is_said_once() -> None:
    cast = assemble()
    event = announced(cast.programme, cast.inga)
    once = partial(said, event, cast.elina, ref=new_ref())
    at_once(once, once)
    assert Saying.objects.count() == 1
