"""What is written of a planned meeting when its pair begins to rest."""

from datetime import datetime

from varpa.kernel.text import TranslatedText
from varpa.meetings.letters.meetings import itip
from varpa.meetings.models import Meeting
from varpa.pairs.models import Side
from varpa.post import actions as post
from varpa.post.kinds import LetterKind, register
from varpa.programmes.letters import REASON

RESTS = register(
    LetterKind(
        key="meetings.rests",
        essential=True,
        brief=TranslatedText(
            lv="Tikšanās pagaidām nenotiek",
            lt="Susitikimas kol kas nevyksta",
            en="A meeting is off for now",
        ),
        reason=REASON,
        subject=TranslatedText(
            lv="Tikšanās pagaidām nenotiek: {{ starts|day_time:zone }}",
            lt="Susitikimas kol kas nevyksta: {{ starts|day_time:zone }}",
            en="A meeting is off for now: {{ starts|day_time:zone }}",
        ),
        text=TranslatedText(
            lv="Sveiki!\n\nMentorings uz laiku ir apturēts, tāpēc šī tikšanās nenotiek un ir izņemta no kalendāra. Ja mentorings turpināsies pirms tās, {% if adult %}saņemsiet{% else %}saņemsi{% endif %} jaunu ielūgumu.",
            lt="Sveiki!\n\nMentorystė laikinai sustabdyta, todėl šis susitikimas nevyksta ir išimamas iš kalendoriaus. Jei mentorystė bus tęsiama dar prieš jį, {% if adult %}gausite{% else %}gausi{% endif %} naują kvietimą.",
            en="Hello.\n\nThe mentoring rests for a while, so this meeting does not take place and leaves the calendar. If the mentoring goes on before it, a new invitation comes.",
        ),
        button=TranslatedText(lv="Atvērt", lt="Atidaryti", en="Open"),
        answer="mailroom.on_page",
    )
)


def call_off(meeting: Meeting, *, now: datetime) -> None:
    """Take the meeting out of both calendars, while it stays planned on the page."""
    links = dict.fromkeys(Side.values, f"/pairs/{meeting.pair.ref}/")
    itip(RESTS, meeting, "CANCEL", links, now=now)


def end_calling_off(meeting: Meeting, *, now: datetime) -> None:
    """The pair goes on: what was not sent yet is not sent any more."""
    post.withdraw(about=f"meeting:{meeting.ref}", kinds=(RESTS,), now=now)
