"""The pack of a visit on paper: for a pocket, where there is no signal."""

from django.utils.translation import gettext as _

from varpa.documents import shapes
from varpa.documents.render import pdf
from varpa.meetings.heard import hearing
from varpa.meetings.models import Meeting
from varpa.meetings.queries import topics_of
from varpa.pairs.queries import side_of
from varpa.people.models import Person
from varpa.profiles.queries import outline_of, unwritten
from varpa.programmes.letterheads import letterhead
from varpa.ui import words
from varpa.visits.forms import VisitForm
from varpa.visits.models import Visit
from varpa.visits.queries import place_of, visit_of


def pack(meeting: Meeting, reader: Person) -> bytes:
    """What is said of a visit, and the mentee's questions with room to write, as PDF/UA for one reader."""
    with words.on_paper(reader.language, reader.zone):
        shape = _shape(meeting, visit_of(meeting) or Visit(), reader)
        return pdf("visit", shape, language=reader.language, title=_("The visit to the company"))


def _shape(meeting: Meeting, visit: Visit, reader: Person) -> shapes.Visit:
    pair, labels = meeting.pair, VisitForm.base_fields
    heard = hearing(pair, side_of(pair, reader)).of(topics_of(meeting))
    said = ((str(labels[name].label), getattr(visit, name)) for name in Visit.TEXTS)
    length = words.minutes(meeting.minutes)
    return {
        "letterhead": letterhead(pair.programme),
        "mentor": pair.mentor.person.name,
        "mentee": pair.mentee.person.name,
        "when": f"{words.weekday_time(meeting.starts_at, meeting.zone)}, {length}",
        "place": place_of(meeting),
        "host": meeting.host,
        "back": words.weekday_time(visit.home_at, meeting.zone),
        "photos": str(meeting.get_photos_display()) if meeting.photos else "",
        "language": pair.mentor.person.language,
        "facts": [{"label": label, "text": text} for label, text in said if text],
        "questions": [topic.text for topic in heard],
        "ideas": [
            {"head": str(part.name), "questions": [str(each.text) for each in part.questions]}
            for part in unwritten(pair)
        ],
        "profile": bool(outline_of(pair.programme)),
        "asks_in": pair.mentee.person.language,
    }
