"""The training programme as it stands: each training with its day and topics, in their order."""

from datetime import date
from typing import Final, NamedTuple

from django.db.models import Q

from varpa.events.models import AgendaItem, Event, EventKind, EventState, TrainingProgramme
from varpa.events.queries.events import with_agenda
from varpa.events.words import local_start
from varpa.kernel.text import TranslatedText
from varpa.methodology.model import Training
from varpa.programmes.models import Programme
from varpa.programmes.queries import calendar_of, methodology_of

KNOWN: Final = (EventState.ANNOUNCED, EventState.HELD)
"""What members know of: a draft is nobody's but the staff's."""


class Topic(NamedTuple):
    """What a training is about; `leads` and `materials` once they are known."""

    title: TranslatedText
    leads: str = ""
    materials: tuple[str, ...] = ()


class Planned(NamedTuple):
    """A training: with its `event` once that is announced, before by the days of the calendar."""

    name: TranslatedText
    text: TranslatedText
    starts: date
    ends: date
    topics: tuple[Topic, ...]
    event: Event | None = None


def training_programme_of(programme: Programme) -> TrainingProgramme | None:
    """The document, once somebody has written or published it."""
    return TrainingProgramme.objects.filter(programme=programme).first()


def trainings_of(programme: Programme) -> list[Planned]:
    """The trainings of the methodology, and those that the programme has besides: three questions."""
    trainings, calendar = methodology_of(programme).training, calendar_of(programme)
    own = Q(training__gt="") | Q(kind=EventKind.TRAINING)
    events = list(with_agenda(Event.objects.filter(own, programme=programme, state__in=KNOWN)))
    known = {each.key: each for each in trainings}
    found = [_held(each, known.get(each.training)) for each in events]
    there = {each.training for each in events}
    for each in trainings:
        if each.key not in there:
            topics = tuple(Topic(topic.text) for topic in each.topics)
            window = calendar[each.period]
            found.append(Planned(each.name, each.text, window.starts, window.ends, topics))
    return sorted(found, key=lambda planned: planned.starts)


def _held(event: Event, training: Training | None) -> Planned:
    """An event that members know of; without an agenda it has the topics of the methodology."""
    day, others = local_start(event).date(), training.meeting_topics if training else ()
    meeting = {each.key for each in others}
    topics = tuple(_topic(item) for item in event.agenda.all() if item.topic not in meeting)
    if training and not topics:
        topics = tuple(Topic(each.text) for each in training.topics)
    text = event.text or (training.text if training else event.text)
    return Planned(event.title, text, day, day, topics, event)


def _topic(item: AgendaItem) -> Topic:
    return Topic(item.title, item.leads, tuple(each.title for each in item.materials.all()))
