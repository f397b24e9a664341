"""The papers of events: the list that people sign, the agenda, and the training programme."""

from typing import Any

from django.utils.translation import gettext as _

from varpa.documents.render import pdf
from varpa.documents.shapes import (
    Agenda,
    AgendaLine,
    Attendance,
    AttendanceLine,
    EventFacts,
    Training,
    Trainings,
)
from varpa.events.models import Event, TrainingProgramme
from varpa.events.queries.events import with_agenda
from varpa.events.queries.people import on_paper
from varpa.events.queries.training import Planned, trainings_of
from varpa.events.words import country_name, how_name, when, when_of
from varpa.people.models import Person
from varpa.programmes.letterheads import letterhead
from varpa.programmes.models import Programme
from varpa.programmes.roles import role_name
from varpa.ui import words

EMPTY_LINES, BLANK_LINES = 6, 20
"""Room on the list for whoever comes without having been on it, and on a list without names."""
LINE = "_" * 32


def attendance_paper(event: Event, reader: Person) -> bytes:
    """The attendance list as PDF/UA: whoever may come, with room to sign; who was there is said."""
    with words.on_paper(reader.language, event.zone):
        shape: Attendance = {
            "letterhead": letterhead(event.programme),
            "event": _facts(event),
            "agenda": _agenda(event),
            "lines": [_line(each) for each in on_paper(event)],
            "empty": EMPTY_LINES,
        }
        return pdf("attendance", shape, language=reader.language, title=_("Attendance list"))


def blank_attendance(programme: Programme, language: str) -> bytes:
    """The same for an event that nobody has entered, with room for everything, in the active language."""
    event: EventFacts = {"title": LINE, "when": LINE, "place": LINE, "link": "", "languages": ""}
    shape: Attendance = {
        "letterhead": letterhead(programme),
        "event": event,
        "agenda": [],
        "lines": [],
        "empty": BLANK_LINES,
    }
    return pdf("attendance", shape, language=language, title=_("Attendance list"))


def agenda_paper(event: Event, reader: Person) -> bytes:
    """The agenda as PDF/UA, in the reader's language."""
    with words.on_paper(reader.language, event.zone):
        shape: Agenda = {
            "letterhead": letterhead(event.programme),
            "event": _facts(event),
            "text": str(event.text),
            "agenda": _agenda(event),
        }
        return pdf("agenda", shape, language=reader.language, title=str(event.title))


def training_paper(programme: Programme, document: TrainingProgramme | None, reader: Person) -> bytes:
    """The training programme as PDF/UA, in the reader's language; a draft says nothing of publication."""
    with words.on_paper(reader.language, programme.zone):
        published = document.published_at if document else None
        shape: Trainings = {
            "letterhead": letterhead(programme),
            "published": words.day(published) if published else "",
            "text": str(document.text) if document else "",
            "trainings": [_training(each) for each in trainings_of(programme)],
        }
        return pdf("training", shape, language=reader.language, title=_("Training programme"))


def _training(planned: Planned) -> Training:
    event, days = planned.event, (planned.starts, planned.ends)
    return {
        "name": str(planned.name),
        "when": when(event) if event else " – ".join(dict.fromkeys(words.day(day) for day in days)),
        "place": event.place if event else "",
        "text": str(planned.text),
        "topics": [
            {
                "begins": "",
                "topic": str(each.title),
                "leads": each.leads,
                "materials": list(each.materials),
            }
            for each in planned.topics
        ],
    }


def _facts(event: Event) -> EventFacts:
    spoken = [words.language_name(code) for code in event.languages]
    return {
        "title": str(event.title),
        "when": when(event),
        "place": event.place,
        "link": event.link,
        "languages": ", ".join(spoken),
    }


def _agenda(event: Event) -> list[AgendaLine]:
    read = with_agenda(Event.objects.filter(pk=event.pk)).get()
    return [
        {
            "begins": when_of(item),
            "topic": str(item.title),
            "leads": item.leads,
            "materials": [material.title for material in item.materials.all()],
        }
        for item in read.agenda.all()
    ]


def _line(member: Any) -> AttendanceLine:
    return {
        "name": member.person.name,
        "role": role_name(member.programme, member.role),
        "country": country_name(member.country),
        "present": how_name(member.how),
    }
