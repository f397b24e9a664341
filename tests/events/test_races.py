"""Two at the same moment: one place, one row, one invitation, one vote."""

from functools import partial

import pytest

from tests.cast import assemble
from tests.events.conftest import ON_THE_DAY, SOON, announced, draft, invitation
from tests.together import at_once
from varpa.events.actions.agenda import add_item, change_item
from varpa.events.actions.duties import write_to_invited
from varpa.events.actions.planning import announce_event
from varpa.events.actions.presence import mark_present, mark_self
from varpa.events.actions.questions import ask_question, vote
from varpa.events.actions.training import publish_training_programme
from varpa.events.models import AgendaItem, Event, Question
from varpa.history.models import Line
from varpa.kernel.states import AlreadyMoved
from varpa.kernel.text import TranslatedText
from varpa.post.models import Letter

pytestmark = pytest.mark.django_db(transaction=True)


def test_announced_by_two_everybody_is_invited_once() -> None:
    cast = assemble()
    event = draft(cast.programme, cast.inga)

    def announce() -> None:
        announce_event(event=Event.objects.get(pk=event.pk), by=cast.inga, now=SOON)

    found = at_once(announce, announce)
    assert sorted(type(each) for each in found if each is not None) == [AlreadyMoved]
    assert event.invitations.count() == 4
    at_once(partial(write_to_invited, SOON), partial(write_to_invited, SOON))
    assert Letter.objects.filter(kind="events.invited").count() == 4


def test_ticked_and_scanned_at_once_somebody_is_present_once() -> None:
    cast = assemble()
    event = announced(cast.programme, cast.inga)

    def tick() -> object:
        there = Event.objects.get(pk=event.pk)
        return mark_present(event=there, members=[cast.mentee], by=cast.inga, now=ON_THE_DAY)

    def scan() -> object:
        there = Event.objects.get(pk=event.pk)
        return mark_self(event=there, membership=cast.mentee, by=cast.elina, now=ON_THE_DAY)

    assert not [each for each in at_once(tick, scan) if isinstance(each, Exception)]
    assert event.attendances.count() == 1


def test_two_clicks_are_one_vote() -> None:
    cast = assemble()
    event = announced(cast.programme, cast.inga)
    own = invitation(event, cast.elina)
    said = {"text": "Kāpēc?", "in_confidence": False, "language": "lv"}
    question = ask_question(invitation=own, by=cast.elina, now=SOON, **said)
    other = invitation(event, cast.gabija)

    def wanted() -> object:
        found = Question.objects.get(pk=question.pk)
        return vote(question=found, invitation=other, by=cast.gabija, now=SOON)

    assert sorted(map(str, at_once(wanted, wanted))) == ["False", "True"]


def test_published_by_two_the_training_programme_has_one_line() -> None:
    cast = assemble()
    act = partial(
        publish_training_programme, programme=cast.programme, published=True, by=cast.inga, now=SOON
    )
    assert at_once(act, act) == [None, None]
    assert Line.objects.filter(verb="training_programme.publish").count() == 1


def test_of_two_who_change_a_part_of_the_agenda_one_is_told() -> None:
    cast = assemble()
    event = announced(cast.programme, cast.inga)
    title = TranslatedText("Nodokļi", "Mokesčiai", "Taxes")
    item = add_item(event=event, title=title, by=cast.inga, now=SOON)

    def write(leads: str) -> object:
        fresh = AgendaItem.objects.select_related("event__programme").get(pk=item.pk)
        return change_item(item=fresh, revision=0, title=title, leads=leads, by=cast.inga, now=SOON)

    found = at_once(partial(write, "Dace"), partial(write, "Inga"))
    assert sorted(type(each).__name__ for each in found) == ["AlreadyMoved", "bool"]
